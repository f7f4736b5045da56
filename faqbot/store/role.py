"""What people and programs may do in the helpdesk."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody may do; each may also do what those before it may."""

    AGENT = "agent"
    """Read and answer tickets."""
    EDITOR = "editor"
    """Change the knowledge."""
    ADMIN = "admin"
    """See who changed what, and send notices again."""

    def may(self, wanted: "Role") -> bool:
        """Return whether this role includes another."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(wanted)
