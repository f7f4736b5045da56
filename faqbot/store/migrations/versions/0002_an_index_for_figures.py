"""An index that holds all that figures count"""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make it, in place of the one that it includes."""
    columns = ["at", "kind", "language", "channel", "section", "conversation"]
    op.create_index("ix_exchanges_figures", "exchanges", columns)
    op.drop_index("ix_exchanges_at", "exchanges")
