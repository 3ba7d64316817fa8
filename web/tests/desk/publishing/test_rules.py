"""Who may approve what, asked of every kind of person, change and check there is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, product

import pytest

from desk.publishing import rules
from desk.publishing.rules import Change, Checked, Given, Person
from records.words import Capacity, ChangeStatus, CheckStatus

ANN, BEN = 1, 2
HEAD, OLD = "a" * 40, "b" * 40
TOPIC, FLAG = "data/topics/brace/types.yml", "data/red_flags/dvt.yml"


@dataclass(frozen=True)
class Author:
    name: str
    email: str


ELSEWHERE = Author("Zoe", "zoe@clinic.example")
# Each is Ben, as git may know him.
IS_BEN = (
    Author("whoever", "ben@desk"),
    Author("Ben Hill", "b.hill@clinic.example"),
    Author("BEN", "b@clinic.example"),
)
# None of them is.
NOT_BEN = (
    ELSEWHERE,
    Author("Bennet", "bennet@desk"),
    Author("", ""),
    Author("b", "@desk"),
    Author("b", "ben@desk.example"),
)


def ben(**more: bool) -> Person:
    rights = {"may_edit": True, "may_publish": True, "clinical": True, **more}
    return Person(BEN, "ben", "Ben Hill", **rights)


def change(**more: object) -> Change:
    basic = Change(ChangeStatus.SUBMITTED, HEAD, ANN, (Author("Ann", "ann@desk"),), (TOPIC,))
    return replace(basic, **more)  # type: ignore[arg-type]


def people() -> Iterator[Person]:
    for edit, publish, clinical in product((True, False), repeat=3):
        yield ben(may_edit=edit, may_publish=publish, clinical=clinical)


def changes() -> Iterator[tuple[Change, bool]]:
    """Changes of every kind, and whether Ben wrote some of each."""
    for status, author, writer, paths in product(
        ChangeStatus, (ANN, BEN, None), (*IS_BEN, *NOT_BEN), ((), (TOPIC,), (TOPIC, FLAG))
    ):
        made = change(status=status, author=author, writers=(ELSEWHERE, writer), paths=paths)
        yield made, author == BEN or writer in IS_BEN


def test_only_who_wrote_nothing_of_it_and_has_the_right_may_approve() -> None:
    asked = 0
    for person, (made, is_bens) in product(people(), changes()):
        open_to_him = made.status is ChangeStatus.SUBMITTED and not is_bens
        as_publisher = open_to_him and person.may_publish
        as_clinical = open_to_him and FLAG in made.paths and person.clinical and person.may_edit
        assert (not rules.refusal(person, Capacity.PUBLISHER, made)) == as_publisher
        assert (not rules.refusal(person, Capacity.CLINICAL, made)) == as_clinical
        asked += 1
    assert asked == 8 * 4 * 3 * 8 * 3


def test_every_refusal_is_a_sentence() -> None:
    for person, (made, _), capacity in product(people(), changes(), Capacity):
        said = rules.refusal(person, capacity, made)
        assert not said or (said[0].isupper() and said.endswith("."))


def test_an_approval_counts_for_just_what_the_change_is_now() -> None:
    for commit, who in product((HEAD, OLD), (ben(), ben(may_publish=False), None)):
        given = Given(who, Capacity.PUBLISHER, commit)
        assert rules.counts(given, change()) == (commit == HEAD and who == ben())


def test_an_approval_counts_no_more_once_its_giver_wrote_some_of_it() -> None:
    given = Given(ben(), Capacity.PUBLISHER, HEAD)
    assert rules.counts(given, change())
    assert not rules.counts(given, change(writers=(Author("x", "ben@desk"),)))


def test_one_person_may_be_publisher_and_clinical_owner() -> None:
    both = [Given(ben(), capacity, HEAD) for capacity in Capacity]
    assert rules.missing(change(paths=(FLAG,)), both) == []


def test_as_which_capacities_a_change_needs_approval_follows_from_its_paths() -> None:
    publisher, both = [Capacity.PUBLISHER], [Capacity.PUBLISHER, Capacity.CLINICAL]
    for path, wanted in {
        "data/topics/brace/types.yml": publisher,
        "data/conversation/greet.yml": publisher,
        "data/exercises/warm_up.yml": publisher,
        "data/red_flags.md": publisher,
        "data/regions.yml.txt": both,
        "data/regions.yml": both,
        "data/red_flags/dvt.yml": both,
        "data/triage/rules.yml": both,
        "data/safety_check.yml": both,
        "data/coach/signs/pain.yml": both,
        "data/conversation/texts.yml": both,
        "data/gateway.yml": both,
    }.items():
        assert rules.needed(change(paths=(path,))) == wanted, path
        assert rules.needed(change(paths=(TOPIC, path))) == wanted, path


def test_what_came_from_outside_needs_two_publishers_who_are_two_people() -> None:
    made = change(is_from_outside=True, paths=(FLAG,))
    cat = replace(ben(), id=3, name="cat", shown="Cat")
    publisher, clinical = Capacity.PUBLISHER, Capacity.CLINICAL
    assert rules.needed(made) == [publisher, publisher, clinical]
    twice = [Given(ben(), publisher, HEAD), Given(ben(), publisher, HEAD)]
    assert rules.missing(made, twice) == [publisher, clinical]
    assert rules.OUTSIDE in rules.unapproved(made, twice)
    both = [Given(cat, publisher, HEAD), *twice, Given(cat, clinical, HEAD)]
    assert rules.missing(made, both) == []
    assert rules.unapproved(made, both) == []


@pytest.mark.parametrize("paths", [(TOPIC,), (TOPIC, FLAG)])
def test_it_may_be_published_with_all_approvals_and_a_passed_check_of_now_alone(
    paths: tuple[str, ...],
) -> None:
    made = change(paths=paths)
    possible = [
        Given(ben(), Capacity.PUBLISHER, HEAD),
        Given(ben(), Capacity.CLINICAL, HEAD),
        Given(ben(), Capacity.PUBLISHER, OLD),
        Given(None, Capacity.PUBLISHER, HEAD),
    ]
    checks = [None, *(Checked(s, now) for s, now in product(CheckStatus, (True, False)))]
    for count in range(len(possible) + 1):
        for given in combinations(possible, count):
            for check, conflicts, status in product(checks, (True, False), ChangeStatus):
                now = replace(made, status=status)
                enough = possible[0] in given and (FLAG not in paths or possible[1] in given)
                may = (
                    enough
                    and check == Checked(CheckStatus.PASSED, True)
                    and not conflicts
                    and status is ChangeStatus.SUBMITTED
                )
                said = rules.obstacles(now, given, check, conflicts=conflicts)
                assert (not said) == may
                assert all(each.endswith(".") for each in said)
