"""Which knowledge a server answers from."""

import json
from urllib.request import urlopen


def revision(port: int) -> str:
    """Return how ``/readyz`` names it; of several workers, one answers."""
    with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30) as response:
        return str(json.load(response)["parts"]["knowledge"]["reason"])
