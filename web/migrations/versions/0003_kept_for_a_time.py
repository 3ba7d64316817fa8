"""How long a session lasts, its earlier token, which messages are answered, and feedback."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LONG_AGO = "1970-01-01 00:00:00+00"  # replaced at once; a column that may not be empty needs one

LAST_USED = """UPDATE sessions SET
    last_seq = COALESCE((SELECT MAX(seq) FROM messages WHERE session_id = sessions.id), 0),
    used_at = COALESCE(
        (SELECT MAX(created_at) FROM messages WHERE session_id = sessions.id), created_at)"""
UNANSWERED = """UPDATE messages SET answered = false WHERE direction = 'patient'
    AND NOT EXISTS (SELECT 1 FROM messages AS reply WHERE reply.reply_to = messages.id)"""


def upgrade() -> None:
    for column in (
        sa.Column("used_at", MOMENT, nullable=False, server_default=LONG_AGO),
        sa.Column("last_seq", sa.Integer, nullable=False, server_default="0"),
        sa.Column("previous_hash", sa.String(64)),
        sa.Column("previous_until", MOMENT),
    ):
        op.add_column("sessions", column)
    op.execute(LAST_USED)
    op.create_index("ix_sessions_previous_hash", "sessions", ["previous_hash"])

    answered = sa.Column("answered", sa.Boolean, nullable=False, server_default=sa.true())
    op.add_column("messages", answered)
    op.execute(UNANSWERED)
    op.create_index(
        "ix_messages_unanswered",
        "messages",
        ["session_id"],
        sqlite_where=sa.text("NOT answered"),
        postgresql_where=sa.text("NOT answered"),
    )

    op.create_table(
        "feedback",
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_feedback"),
        _within("feedback", "message_id", "messages"),
        _within("feedback", "session_id", "sessions"),
    )
    op.create_index("ix_feedback_session_id", "feedback", ["session_id"])


def downgrade() -> None:
    op.drop_table("feedback")
    op.drop_index("ix_messages_unanswered", "messages")
    op.drop_column("messages", "answered")
    op.drop_index("ix_sessions_previous_hash", "sessions")
    for column in ("previous_until", "previous_hash", "last_seq", "used_at"):
        op.drop_column("sessions", column)


def _within(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    """A reference whose row is erased together with what it refers to."""
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")
