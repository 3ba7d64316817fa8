"""Who may approve a change as what, and what is missing before it may be published.

Two people see whatever reaches patients: who wrote it, and somebody with the permission to publish
who wrote none of it. What is clinical - red flags, the safety check, signs to stop at, the numbers
to call and whatever is said when nothing else answers - also needs a clinical owner who wrote none
of it. One person may be both: what counts is that nobody approves their own words, and a third
reader who must be found at night would only delay a mend. The author may press the button once
somebody else has approved: it adds no words.

What did not come about at the desk has authors by what git was told, which anybody may tell it. So
two people with the permission to publish approve of that: one of them is not who wrote it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from records.words import Capacity, ChangeStatus, CheckStatus

CLINICAL = (
    "data/red_flags/",
    "data/triage/",
    "data/regions.yml",
    "data/safety_check.yml",
    "data/coach/signs/",
    "data/coach/readiness.yml",
    "data/conversation/texts.yml",
    "data/conversation/safety_check.yml",
    "data/gateway.yml",
    "data/widget/",
)
"""A change of these needs a clinical owner."""
DESK = "@desk"
"""The mail address of a user in git is their name at the desk and this."""


@dataclass(frozen=True)
class Person:
    """A user, by what the rules ask of them; somebody shut out may do nothing."""

    id: int
    name: str
    shown: str
    may_edit: bool
    may_publish: bool
    clinical: bool


class Writer(Protocol):
    """Somebody whom git names as the author of a commit."""

    @property
    def name(self) -> str:
        """As they are called."""
        ...

    @property
    def email(self) -> str:
        """Their mail address."""
        ...


@dataclass(frozen=True)
class Change:
    """A change request, by what the rules ask of it.

    `state` stands for its words and for all that patients would get anew with it
    (`desk.publishing.anew.digest`), `writers` are the authors of all its commits that were in no
    release yet, `paths` what patients would get anew. `is_from_outside` says that some of it was
    put into git by others than the desk.
    """

    status: ChangeStatus
    state: str
    author: int | None
    writers: Sequence[Writer]
    paths: Sequence[str]
    is_from_outside: bool = False


@dataclass(frozen=True)
class Given:
    """An approval that somebody gave: what they are now counts, not what they were then."""

    by: Person | None
    capacity: Capacity
    state: str


@dataclass(frozen=True)
class Checked:
    """The newest run of the checks: how it ended, and whether nothing has changed since."""

    status: CheckStatus
    is_current: bool


def clinical(paths: Iterable[str]) -> list[str]:
    """Those of the paths that need a clinical owner."""
    return [path for path in paths if path.startswith(CLINICAL)]


def wrote(person: Person, change: Change) -> bool:
    """Whether somebody wrote any of a change.

    Git knows people by what they set up themselves, so whoever has the same name counts as well:
    better one reader too few than an author who approves.
    """
    if person.id == change.author:
        return True
    names = {person.name.casefold(), person.shown.casefold()}
    return any(
        writer.name.casefold() in names or _mailbox(writer.email) == person.name
        for writer in change.writers
    )


def refusal(person: Person, capacity: Capacity, change: Change) -> str:
    """Why somebody may not approve a change in a capacity, in a sentence; empty where they may."""
    if change.status is not ChangeStatus.SUBMITTED:
        return "Only what is submitted can be approved."
    if wrote(person, change):
        return "You wrote some of this change: somebody else has to approve it."
    if capacity is Capacity.PUBLISHER and not person.may_publish:
        return "Only publishers and administrators can approve for publishing."
    if capacity is Capacity.CLINICAL:
        if not clinical(change.paths):
            return "Nothing clinical changes here, so no clinical owner is needed."
        if not (person.clinical and person.may_edit):
            return "Only a clinical owner can approve this. An administrator names them."
    return ""


def counts(given: Given, change: Change) -> bool:
    """Whether an approval counts: for what the change is now, of somebody who still may give it."""
    if given.by is None or given.state != change.state:
        return False
    return not refusal(given.by, given.capacity, change)


def needed(change: Change) -> list[Capacity]:
    """As what a change has to be approved, each by somebody else where one is named twice."""
    publishers = 2 if change.is_from_outside else 1
    also = [Capacity.CLINICAL] if clinical(change.paths) else []
    return [Capacity.PUBLISHER] * publishers + also


def missing(change: Change, given: Iterable[Given]) -> list[Capacity]:
    """As what a change has still to be approved."""
    there = {(each.capacity, each.by) for each in given if counts(each, change)}
    left = Counter(needed(change))
    left.subtract(capacity for capacity, _ in there)
    return list(left.elements())


_APPROVE = {
    Capacity.PUBLISHER: "A publisher who wrote none of it has to approve it.",
    Capacity.CLINICAL: "A clinical owner who wrote none of it has to approve it.",
}
_CHECK = {
    CheckStatus.QUEUED: "The checks wait for their turn.",
    CheckStatus.RUNNING: "The checks are still running.",
    CheckStatus.FAILED: "The checks stopped it. Mend what they found, then run them again.",
    CheckStatus.CANCELLED: "The checks were cancelled. Run them again.",
    CheckStatus.BROKEN: "The checks could not be finished. Run them again.",
}
OUTSIDE = "Some of it was not written at the desk, so two publishers have to approve it."
NOT_SUBMITTED = {
    ChangeStatus.DRAFT: "It is still a draft. Submit it first.",
    ChangeStatus.PUBLISHED: "It is published already.",
    ChangeStatus.WITHDRAWN: "It was withdrawn.",
}
CONFLICTS = "It does not fit with what was published meanwhile. Settle the conflicts first."
UNCHECKED = "The checks have not run. Run them."
OUTDATED = "Something has changed since the checks ran. Run them again."


def obstacles(
    change: Change, given: Iterable[Given], check: Checked | None, *, conflicts: bool
) -> list[str]:
    """What stands between a change and its publishing, each with what to do; empty: nothing.

    Args:
        change: the change as it is now.
        given: all its approvals.
        check: its newest run of the checks.
        conflicts: whether it cannot be merged with the content's present state.
    """
    if change.status is not ChangeStatus.SUBMITTED:
        return [NOT_SUBMITTED[change.status]]
    found = [CONFLICTS] if conflicts else []
    if check is None:
        found.append(UNCHECKED)
    elif check.status is not CheckStatus.PASSED:
        found.append(_CHECK[check.status])
    elif not check.is_current:
        found.append(OUTDATED)
    return [*found, *unapproved(change, given)]


def unapproved(change: Change, given: Iterable[Given]) -> list[str]:
    """What approvals are missing, each in a sentence."""
    left = missing(change, given)
    said = [_APPROVE[capacity] for capacity in dict.fromkeys(left)]
    return [*said, *([OUTSIDE] if change.is_from_outside and Capacity.PUBLISHER in left else [])]


def _mailbox(email: str) -> str:
    """The name before the desk's own mail domain; nothing for any other address."""
    return email.removesuffix(DESK) if email.endswith(DESK) else ""
