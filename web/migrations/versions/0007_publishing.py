"""The content's way to patients: change requests, checks, approvals, releases, switches."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
USER, CHANGE, RELEASE = "desk_users.id", "change_requests.id", "releases.number"
TABLES = (
    "dismissals",
    "taken_examples",
    "replicas",
    "switches",
    "approvals",
    "checks",
    "change_requests",
    "releases",
)


def upgrade() -> None:
    # Not as a batch: that would make the table anew, and take along whatever refers to it.
    clinical = sa.Column("clinical", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("desk_users", clinical)
    _releases()
    _changes()
    _switches()
    _examples()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("desk_users", "clinical")


def _releases() -> None:
    op.create_table(
        "releases",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("commit", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("model_checksum", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("figures", sa.JSON),
        sa.Column("approvers", sa.JSON, nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("kept", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_releases"),
    )


def _changes() -> None:
    op.create_table(
        "change_requests",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("branch", sa.String(length=80), nullable=False),
        sa.Column("author", sa.Integer),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("release", sa.Integer),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        _refers("change_requests", "author", USER, "SET NULL"),
        _refers("change_requests", "release", RELEASE, "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_change_requests"),
        sa.UniqueConstraint("branch", name="uq_change_requests_branch"),
    )
    op.create_index("ix_change_requests_author", "change_requests", ["author"])
    op.create_index("ix_change_requests_status", "change_requests", ["status"])
    op.create_table(
        "checks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("change_id", sa.Integer, nullable=False),
        sa.Column("commit", sa.String(length=40), nullable=False),
        sa.Column("against", sa.Integer),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("percent", sa.Integer, nullable=False),
        sa.Column("cancel", sa.Boolean, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("report", sa.JSON),
        sa.Column("by", sa.Integer),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("beat_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        _refers("checks", "against", RELEASE, "SET NULL"),
        _refers("checks", "by", USER, "SET NULL"),
        _refers("checks", "change_id", CHANGE, "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_checks"),
    )
    for column in ("change_id", "commit", "status"):
        op.create_index(f"ix_checks_{column}", "checks", [column])
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("change_id", sa.Integer, nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("capacity", sa.String(length=12), nullable=False),
        sa.Column("by", sa.Integer),
        sa.Column("at", MOMENT, nullable=False),
        _refers("approvals", "by", USER, "SET NULL"),
        _refers("approvals", "change_id", CHANGE, "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
        sa.UniqueConstraint(
            "change_id",
            "state",
            "capacity",
            "by",
            name="uq_approvals_change_id_state_capacity_by",
        ),
    )
    op.create_index("ix_approvals_change_id", "approvals", ["change_id"])


def _switches() -> None:
    op.create_table(
        "switches",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("release", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("live_at", MOMENT),
        _refers("switches", "release", RELEASE, "CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_switches"),
    )
    op.create_index("ix_switches_state", "switches", ["state"])
    op.create_table(
        "replicas",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("serving", sa.Integer),
        sa.Column("ready", sa.Integer),
        sa.Column("draining", sa.JSON, nullable=False),
        sa.Column("trouble", sa.Text, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_replicas"),
    )


def _examples() -> None:
    op.create_table(
        "taken_examples",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("change_id", sa.Integer, nullable=False),
        sa.Column("work_id", sa.Integer),
        sa.Column("message_id", sa.String(length=36)),
        sa.Column("target", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("before", sa.Double),
        sa.Column("after", sa.Double),
        sa.Column("scored_with", sa.Integer),
        sa.Column("by", sa.Integer),
        sa.Column("at", MOMENT, nullable=False),
        _refers("taken_examples", "by", USER, "SET NULL"),
        _refers("taken_examples", "change_id", CHANGE, "CASCADE"),
        _refers("taken_examples", "message_id", "messages.id", "SET NULL"),
        _refers("taken_examples", "scored_with", RELEASE, "SET NULL"),
        _refers("taken_examples", "work_id", "work.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_taken_examples"),
    )
    op.create_index("ix_taken_examples_change_id", "taken_examples", ["change_id"])
    op.create_table(
        "dismissals",
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.Integer),
        sa.Column("at", MOMENT, nullable=False),
        _refers("dismissals", "by", USER, "SET NULL"),
        _refers("dismissals", "message_id", "messages.id", "CASCADE"),
        sa.PrimaryKeyConstraint("message_id", name="pk_dismissals"),
    )


def _refers(table: str, column: str, to: str, gone: str) -> sa.ForeignKeyConstraint:
    """A reference, and what becomes of the row when that which it refers to is erased."""
    return sa.ForeignKeyConstraint([column], [to], name=f"fk_{table}_{column}", ondelete=gone)
