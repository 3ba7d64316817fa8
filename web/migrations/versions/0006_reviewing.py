"""The review: views, tags, notes, verdicts, and what comes of them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "work",
    "incident_comments",
    "verdicts",
    "review_steps",
    "notes",
    "incidents",
    "conversation_tags",
    "saved_views",
    "holds",
    "tags",
)


def upgrade() -> None:
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("meaning", sa.String(length=200), nullable=False),
        sa.Column("retired", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tags"),
        sa.UniqueConstraint("name", name="uq_tags_name"),
    )
    op.create_table(
        "holds",
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.Integer),
        sa.Column("at", MOMENT, nullable=False),
        _refers("holds", "by", "desk_users.id", "SET NULL"),
        _refers("holds", "session_id", "sessions.id", "CASCADE"),
        sa.PrimaryKeyConstraint("session_id", name="pk_holds"),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("owner", sa.Integer),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        _refers("saved_views", "owner", "desk_users.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
    )
    op.create_index("ix_saved_views_owner", "saved_views", ["owner"])
    op.create_table(
        "conversation_tags",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("tag_id", sa.Integer, nullable=False),
        sa.Column("by", sa.Integer),
        sa.Column("at", MOMENT, nullable=False),
        _refers("conversation_tags", "by", "desk_users.id", "SET NULL"),
        _refers("conversation_tags", "number", "conversations.number", "CASCADE"),
        _refers("conversation_tags", "tag_id", "tags.id", "CASCADE"),
        sa.PrimaryKeyConstraint("number", "tag_id", name="pk_conversation_tags"),
    )
    op.create_index("ix_conversation_tags_tag_id_number", "conversation_tags", ["tag_id", "number"])
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer),
        sa.Column("message_id", sa.String(length=36)),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("flag", sa.String(length=60)),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("release", sa.String(length=80)),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("outcome", sa.String(length=24), nullable=False),
        sa.Column("opened_by", sa.Integer),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("second_by", sa.Integer),
        sa.Column("second_at", MOMENT),
        sa.Column("second_agrees", sa.Boolean),
        sa.Column("closed_at", MOMENT),
        _refers("incidents", "message_id", "messages.id", "SET NULL"),
        _refers("incidents", "number", "conversations.number", "SET NULL"),
        _refers("incidents", "opened_by", "desk_users.id", "SET NULL"),
        _refers("incidents", "second_by", "desk_users.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_incidents"),
    )
    op.create_index("ix_incidents_message_id", "incidents", ["message_id"])
    op.create_index("ix_incidents_number", "incidents", ["number"])
    op.create_index("ix_incidents_status", "incidents", ["status"])
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("author", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _refers("notes", "author", "desk_users.id", "SET NULL"),
        _refers("notes", "number", "conversations.number", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
    )
    op.create_index("ix_notes_number", "notes", ["number"])
    op.create_table(
        "review_steps",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("by", sa.Integer),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("field", sa.String(length=16), nullable=False),
        sa.Column("before", sa.String(length=40)),
        sa.Column("after", sa.String(length=40)),
        sa.Column("undone", sa.Boolean, nullable=False),
        _refers("review_steps", "by", "desk_users.id", "SET NULL"),
        _refers("review_steps", "number", "conversations.number", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_review_steps"),
    )
    op.create_index("ix_review_steps_number", "review_steps", ["number"])
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("reviewer", sa.Integer),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=120)),
        sa.Column("flag", sa.String(length=60)),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _refers("verdicts", "message_id", "messages.id", "CASCADE"),
        _refers("verdicts", "number", "conversations.number", "CASCADE"),
        _refers("verdicts", "reviewer", "desk_users.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_verdicts"),
        sa.UniqueConstraint("message_id", "reviewer", name="uq_verdicts_message_id_reviewer"),
    )
    op.create_index("ix_verdicts_number", "verdicts", ["number"])
    op.create_table(
        "incident_comments",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("incident_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("author", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _refers("incident_comments", "author", "desk_users.id", "SET NULL"),
        _refers("incident_comments", "incident_id", "incidents.id", "CASCADE"),
        _refers("incident_comments", "number", "conversations.number", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_incident_comments"),
    )
    op.create_index("ix_incident_comments_incident_id", "incident_comments", ["incident_id"])
    op.create_index("ix_incident_comments_number", "incident_comments", ["number"])
    op.create_table(
        "work",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("verdict_id", sa.Integer),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("topic", sa.String(length=120)),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closed_by", sa.Integer),
        sa.Column("closed_at", MOMENT),
        _refers("work", "closed_by", "desk_users.id", "SET NULL"),
        _refers("work", "message_id", "messages.id", "CASCADE"),
        _refers("work", "number", "conversations.number", "CASCADE"),
        _refers("work", "verdict_id", "verdicts.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_work"),
    )
    op.create_index("ix_work_message_id", "work", ["message_id"])
    op.create_index("ix_work_number", "work", ["number"])
    op.create_index("ix_work_status", "work", ["status"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _refers(table: str, column: str, to: str, gone: str) -> sa.ForeignKeyConstraint:
    """A reference, and what becomes of the row when that which it refers to is erased."""
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", ondelete=gone)
