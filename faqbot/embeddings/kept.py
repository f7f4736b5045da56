"""Keep the vectors of stored texts on disk, so that the next start need not ask for them again."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from faqbot.embeddings.client import Vectors
from faqbot.whole_file import write_whole

MOST = 20_000
"""How many vectors are kept for a model: texts that were edited away go first."""


def key(text: str) -> bytes:
    """Return what stands for a text on disk."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest().encode()


def recall(url: str, model: str) -> dict[bytes, Vectors]:
    """Return the kept vectors by key; none if there is no file, or it is damaged."""
    try:
        content = _file(url, model).read_bytes()
    except OSError:
        return {}
    head, _, body = content.partition(b"\n")
    if head != _digest(body):
        return {}
    table = np.load(BytesIO(body), allow_pickle=False)
    return dict(zip(table["key"].tolist(), table["vector"], strict=True))


def keep(url: str, model: str, vectors: Mapping[bytes, Vectors]) -> None:
    """Keep vectors, the last ``MOST``, in place of those kept before; where the folder cannot be written, keep nothing.

    :param vectors: By key, all of the same length; at least one.
    """
    rows = list(vectors.items())[-MOST:]
    body = BytesIO()
    np.save(body, np.array(rows, dtype=[("key", "S64"), ("vector", "<f4", rows[0][1].shape)]), allow_pickle=False)
    with suppress(OSError):
        write_whole(_file(url, model), _digest(body.getvalue()) + b"\n" + body.getvalue())


def _file(url: str, model: str) -> Path:
    name = hashlib.sha256(f"{url}\n{model}".encode("utf-8", "replace")).hexdigest()[:16]
    return user_cache_path("faqbot") / "embeddings" / name


def _digest(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()
