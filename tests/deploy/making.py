"""Runs what operators run."""

import subprocess
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).parents[2] / "deploy" / "make-secrets"


def make_secrets(folder: Path, **run_as: Any) -> dict[str, str]:
    """Run deploy/make-secrets, and return the files that are there then, by name.

    :param run_as: How ``subprocess.run`` runs it; as ourselves by default.
    """
    subprocess.run(["sh", SCRIPT, folder], check=True, **run_as)
    return {each.name: each.read_text("ascii") for each in folder.iterdir()}
