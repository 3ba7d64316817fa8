"""What the diary of a patient's browser goes by, beside the session and its erasure."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("sessions", "erasures")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("diary_hash", sa.String(64)))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "diary_hash")
