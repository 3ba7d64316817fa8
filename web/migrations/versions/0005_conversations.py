"""What the desk finds conversations by, and what keeps it in step with the transcript."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "unmaskings",
    "unanswered",
    "masks",
    "conversation_words",
    "conversation_topics",
    "conversation_flags",
    "conversations",
    "changes",
)

# Each message and each opinion tells of its session. Rows are never merged: one that comes while
# the session is being indexed must outlast the deletion of those before it.
# An erased conversation tells too: its words are to be purged from the search.
TELLING = {
    "messages": ("INSERT",),
    "feedback": ("INSERT", "UPDATE", "DELETE"),
    "conversations": ("DELETE",),
}
TOLD_POSTGRES = """CREATE FUNCTION session_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO changes (session_id)
            VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.session_id ELSE NEW.session_id END);
        RETURN NULL;
    END $$"""

SEARCH_SQLITE = [
    """CREATE VIRTUAL TABLE conversation_search USING fts5(words, content='conversation_words',
    content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER conversation_words_insert AFTER INSERT ON conversation_words BEGIN
    INSERT INTO conversation_search(rowid, words) VALUES (new.number, new.words); END""",
    """CREATE TRIGGER conversation_words_delete AFTER DELETE ON conversation_words BEGIN
    INSERT INTO conversation_search(conversation_search, rowid, words)
        VALUES ('delete', old.number, old.words); END""",
    """CREATE TRIGGER conversation_words_update AFTER UPDATE ON conversation_words BEGIN
    INSERT INTO conversation_search(conversation_search, rowid, words)
        VALUES ('delete', old.number, old.words);
    INSERT INTO conversation_search(rowid, words) VALUES (new.number, new.words); END""",
]
SEARCH_POSTGRES = [
    """ALTER TABLE conversation_words ADD COLUMN conversation_search tsvector
    GENERATED ALWAYS AS (to_tsvector('english', words)) STORED""",
    """CREATE INDEX ix_conversation_words_search ON conversation_words
    USING gin (conversation_search)""",
]


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "conversations",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("chain", sa.String(length=64)),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("region", sa.String(length=16), nullable=False),
        sa.Column("release", sa.String(length=80)),
        sa.Column("turns", sa.Integer, nullable=False),
        sa.Column("answered", sa.Integer, nullable=False),
        sa.Column("clarified", sa.Integer, nullable=False),
        sa.Column("fallbacks", sa.Integer, nullable=False),
        sa.Column("liked", sa.Integer, nullable=False),
        sa.Column("disliked", sa.Integer, nullable=False),
        sa.Column("exercises_begun", sa.Integer, nullable=False),
        sa.Column("exercises_done", sa.Integer, nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("level_at", MOMENT),
        sa.Column("confidence", sa.Double),
        sa.Column("sureness", sa.Double, nullable=False),
        sa.Column("doubt", sa.Double, nullable=False),
        sa.Column("unfinished", sa.String(length=40)),
        sa.Column("opening", sa.Text, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("made_by", sa.Integer, nullable=False),
        sa.Column("indexed_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(length=12), server_default="new", nullable=False),
        sa.Column("assignee", sa.Integer),
        sa.Column("reviewed_at", MOMENT),
        sa.Column("version", sa.Integer, server_default="0", nullable=False),
        _refers("conversations", "assignee", "desk_users.id", "SET NULL"),
        _refers("conversations", "session_id", "sessions.id", "CASCADE"),
        sa.PrimaryKeyConstraint("number", name="pk_conversations"),
        sa.UniqueConstraint("session_id", name="uq_conversations_session_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_conversations_assignee_last_at_number",
        "conversations",
        ["assignee", "last_at", "number"],
    )
    op.create_index("ix_conversations_chain_began_at", "conversations", ["chain", "began_at"])
    op.create_index("ix_conversations_sureness_number", "conversations", ["sureness", "number"])
    op.create_index("ix_conversations_doubt_number", "conversations", ["doubt", "number"])
    op.create_index(
        "ix_conversations_disliked",
        "conversations",
        ["last_at", "number"],
        sqlite_where=sa.text("disliked > 0"),
        postgresql_where=sa.text("disliked > 0"),
    )
    op.create_index("ix_conversations_last_at_number", "conversations", ["last_at", "number"])
    op.create_index(
        "ix_conversations_level_last_at_number", "conversations", ["level", "last_at", "number"]
    )
    op.create_index(
        "ix_conversations_status_last_at_number", "conversations", ["status", "last_at", "number"]
    )
    op.create_table(
        "conversation_flags",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("flag", sa.String(length=60), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        _refers("conversation_flags", "number", "conversations.number", "CASCADE"),
        sa.PrimaryKeyConstraint("number", "flag", name="pk_conversation_flags"),
    )
    op.create_index("ix_conversation_flags_flag_number", "conversation_flags", ["flag", "number"])
    op.create_table(
        "conversation_topics",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("turns", sa.Integer, nullable=False),
        _refers("conversation_topics", "number", "conversations.number", "CASCADE"),
        sa.PrimaryKeyConstraint("number", "topic", name="pk_conversation_topics"),
    )
    op.create_index(
        "ix_conversation_topics_topic_number", "conversation_topics", ["topic", "number"]
    )
    op.create_table(
        "conversation_words",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        _refers("conversation_words", "number", "conversations.number", "CASCADE"),
        sa.PrimaryKeyConstraint("number", name="pk_conversation_words"),
    )
    op.create_table(
        "masks",
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("spans", sa.JSON, nullable=False),
        sa.Column("made_by", sa.Integer, nullable=False),
        _refers("masks", "message_id", "messages.id", "CASCADE"),
        sa.PrimaryKeyConstraint("message_id", name="pk_masks"),
    )
    op.create_table(
        "unanswered",
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("confidence", sa.Double),
        _refers("unanswered", "message_id", "messages.id", "CASCADE"),
        _refers("unanswered", "number", "conversations.number", "CASCADE"),
        sa.PrimaryKeyConstraint("message_id", name="pk_unanswered"),
    )
    op.create_index("ix_unanswered_at", "unanswered", ["at"])
    op.create_index("ix_unanswered_number", "unanswered", ["number"])
    op.create_table(
        "unmaskings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        _refers("unmaskings", "number", "conversations.number", "CASCADE"),
        _refers("unmaskings", "user_id", "desk_users.id", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_unmaskings"),
    )
    op.create_index("ix_unmaskings_number", "unmaskings", ["number"])
    op.add_column("erasures", sa.Column("number", sa.Integer))
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _told_sqlite() if on_sqlite else _told_postgres():
        op.execute(statement)
    for statement in SEARCH_SQLITE if on_sqlite else SEARCH_POSTGRES:
        op.execute(statement)
    op.execute("INSERT INTO changes (session_id) SELECT id FROM sessions")


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, verbs in TELLING.items():
        for verb in verbs if on_sqlite else ("change",):
            name = f"{table}_tell_{verb.lower()}"
            op.execute(f"DROP TRIGGER {name}" + ("" if on_sqlite else f" ON {table}"))
    op.execute("DROP TABLE conversation_search" if on_sqlite else "DROP FUNCTION session_changed")
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("erasures", "number")


def _told_sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {table}_tell_{verb.lower()} AFTER {verb} ON {table} BEGIN INSERT INTO "
        f"changes (session_id) VALUES ({'old' if verb == 'DELETE' else 'new'}.session_id); END"
        for table, verbs in TELLING.items()
        for verb in verbs
    ]


def _told_postgres() -> list[str]:
    return [TOLD_POSTGRES] + [
        f"CREATE TRIGGER {table}_tell_change AFTER {' OR '.join(verbs)} ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION session_changed()"
        for table, verbs in TELLING.items()
    ]


def _refers(table: str, column: str, to: str, gone: str) -> sa.ForeignKeyConstraint:
    """A reference, and what becomes of the row when that which it refers to is erased."""
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", ondelete=gone)
