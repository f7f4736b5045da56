"""Secrets that we hand out: long and random, so that a plain hash of one is enough to keep."""

import hashlib
import secrets

_BYTES = 32


def new_secret() -> str:
    """Return a secret that nobody can guess, of letters, digits, ``-`` and ``_``."""
    return secrets.token_urlsafe(_BYTES)


def fingerprint(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256, in hexadecimal."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
