"""The transcript: sessions, messages, the buttons offered, and erasures yet to be told to Rasa."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("region", sa.String(16), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("direction", sa.String(8), nullable=False),
        sa.Column("client_id", sa.String(36)),
        sa.Column("reply_to", sa.String(36)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16)),
        sa.Column("level", sa.String(16)),
        sa.Column("topic", sa.String(120)),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("understanding", sa.JSON),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("session_id", "seq", name="uq_messages_session_id_seq"),
        sa.UniqueConstraint("session_id", "client_id", name="uq_messages_session_id_client_id"),
        _within("messages", "session_id", "sessions"),
        _within("messages", "reply_to", "messages"),
    )
    op.create_index("ix_messages_reply_to", "messages", ["reply_to"])
    op.create_table(
        "buttons",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("message_id", sa.String(36), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("topic", sa.String(120)),
        sa.PrimaryKeyConstraint("id", name="pk_buttons"),
        _within("buttons", "session_id", "sessions"),
        _within("buttons", "message_id", "messages"),
    )
    op.create_index("ix_buttons_session_id", "buttons", ["session_id"])
    op.create_index("ix_buttons_message_id", "buttons", ["message_id"])
    op.create_table(
        "erasures",
        sa.Column("session_id", sa.String(32), nullable=False),
        sa.Column("erased_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("session_id", name="pk_erasures"),
    )


def downgrade() -> None:
    for table in ("erasures", "buttons", "messages", "sessions"):
        op.drop_table(table)


def _within(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    """A reference whose row is erased together with what it refers to."""
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=name, ondelete="CASCADE")
