"""E-mail addresses as people write them."""

import re

_LONGEST = 254
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}))+"
)


def mail_address(text: str | None) -> str | None:
    """Return the e-mail address that a text is; None if it is anything else, or more than one."""
    trimmed = (text or "").strip()
    return trimmed if len(trimmed) <= _LONGEST and _ADDRESS.fullmatch(trimmed) else None
