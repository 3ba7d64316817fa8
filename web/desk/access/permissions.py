"""Roles and permissions: the one table that says who may do what.

A viewer reads, and sees the figures; nothing that a viewer does changes anything. A reviewer works
on conversations: status, notes, verdicts, the second look on safety incidents, and exports, which
are masked. An editor writes Dorsi's words and so works on reviews too, but takes no data away.
A publisher also puts the words before patients, and keeps the tags in order, by which reviews
are sorted.

Seeing what masking hides, keeping a conversation beyond its time, erasing one, reading the audit
log and managing users are for administrators alone: none of the daily work needs them, and each
is rare enough to ask somebody. That is why a publisher may not unmask.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Permission(StrEnum):
    """One thing that may be allowed."""

    READ = "read"
    """See the inbox and the transcripts, masked."""
    FIGURES = "figures"
    """See counts and charts."""
    REVIEW = "review"
    """Give a conversation a status, an assignee, tags, notes and verdicts."""
    MANAGE_TAGS = "manage_tags"
    """Make, rename and remove the tags that all use."""
    INCIDENTS = "incidents"
    """Take the second look on a safety incident."""
    EXPORT = "export"
    """Take conversations away as a file, masked."""
    UNMASK = "unmask"
    """See what masking hides, with a reason that is kept."""
    HOLD = "hold"
    """Keep a conversation beyond its time, and let it go."""
    ERASE = "erase"
    """Erase a conversation."""
    AUDIT = "audit"
    """Read the audit log."""
    EDIT = "edit"
    """Change what Dorsi says, as a draft."""
    PUBLISH = "publish"
    """Put a draft before patients."""
    MANAGE_USERS = "manage_users"
    """Make users, give them a role, and shut them out."""


class Role(StrEnum):
    """What somebody is at the desk."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    ADMIN = "admin"


_VIEWER = frozenset({Permission.READ, Permission.FIGURES})
_EDITOR = _VIEWER | {Permission.REVIEW, Permission.EDIT}

PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.VIEWER: _VIEWER,
        Role.REVIEWER: _VIEWER | {Permission.REVIEW, Permission.INCIDENTS, Permission.EXPORT},
        Role.EDITOR: _EDITOR,
        Role.PUBLISHER: _EDITOR | {Permission.PUBLISH, Permission.MANAGE_TAGS},
        Role.ADMIN: frozenset(Permission),
    }
)
