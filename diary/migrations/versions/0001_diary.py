"""The diary: consent, practices with their exercises, and check-ins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "diaries",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("consented_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_diaries"),
    )
    op.create_table(
        "diary_visits",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("diary_id", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_diary_visits"),
        sa.UniqueConstraint("diary_id", "at", name="uq_diary_visits_diary_id_at"),
        _within("diary_visits", "diary_id", "diaries"),
    )
    op.create_table(
        "diary_done",
        sa.Column("visit_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("exercise", sa.String(64), nullable=False),
        sa.Column("variant", sa.String(16)),
        *(sa.Column(name, sa.Integer) for name in ("repetitions", "seconds", "pain", "effort")),
        sa.Column("skipped", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("visit_id", "position", name="pk_diary_done"),
        _within("diary_done", "visit_id", "diary_visits"),
    )
    op.create_table(
        "diary_check_ins",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("diary_id", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("trips", sa.Integer),
        sa.Column("falls", sa.Integer),
        sa.Column("function", sa.String(8)),
        sa.Column("healing", sa.JSON, nullable=False),
        sa.Column("single_leg_seconds", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_diary_check_ins"),
        sa.UniqueConstraint("diary_id", "at", name="uq_diary_check_ins_diary_id_at"),
        _within("diary_check_ins", "diary_id", "diaries"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("diary_check_ins", "diary_done", "diary_visits", "diaries"):
        op.drop_table(table)


def _within(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    """A reference whose row is erased together with what it refers to."""
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")
