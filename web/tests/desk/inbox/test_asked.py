"""Addresses of the inbox, however odd: none of them fails."""

from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from desk.access.permissions import Role
from desk.inbox.asked import asked
from desk.inbox.filters import FILTERS
from desk.inbox.searching import Term, terms
from desk.inbox.sorting import SORTS
from tests.desk.conftest import SignedIn
from tests.desk.inbox.conftest import add


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("level=dreadful", "It may be emergency, urgent, soon, none."),
        ("turns_from=-1", "It is a whole number, such as 3."),
        ("turns_from=9999999999999", "It is a whole number, such as 3."),
        ("turns_from=²", "It is a whole number, such as 3."),
        ("sure_below=nan", "It is a number from 0 to 1, such as 0.5."),
        ("sure_below=2", "It is a number from 0 to 1, such as 0.5."),
        ("since=yesterday", "It is a day, such as 2026-03-31."),
        ("since=2026-02-30", "It is a day, such as 2026-03-31."),
        ("days=0", "from 1 to 3660"),
        ("topic=<b>", "Please choose one of the list."),
        ("q=***", "Please type at least one word"),
        ("sort=upwards", "There is no such order"),
        ("colour=blue", "There is no filter"),
        ("level=soon&level=none", "can be given once"),
        ("after=1", "That page is not there any more"),
        ("after=x~y", "That page is not there any more"),
        ("after=99999999999999999999~1", "That page is not there any more"),
        ("before=1~2~3", "That page is not there any more"),
        ("sort=unsure&after=inf~1", "That page is not there any more"),
        ("&".join("a=1" for _ in range(100)), "too many parts"),
        ("q=" + "x" * 3000, "too long"),
    ],
)
def test_what_cannot_be_read_is_told_in_plain_words(query: str, problem: str) -> None:
    found = asked(query)
    assert any(problem in one for one in found.problems)


def test_empty_fields_of_a_form_are_no_problem() -> None:
    found = asked("q=&level=&topic=&sort=newest")
    assert not found.problems
    assert found.query == ""


@given(some.dictionaries(some.sampled_from([*FILTERS, "sort"]), some.text(max_size=20)))
def test_what_could_be_read_reads_the_same_again(fields: dict[str, str]) -> None:
    found = asked(urlencode(fields))
    again = asked(found.query)
    assert not again.problems
    assert again.values == found.values
    assert again.query == found.query


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("my toes", [Term(("my",)), Term(("toes",))]),
        ('"my toes" drag*', [Term(("my", "toes")), Term(("drag",), is_prefix=True)]),
        ('"my to"*', [Term(("my", "to"), is_prefix=True)]),
        ("foot-drop", [Term(("foot", "drop"))]),
        ('"open', [Term(("open",))]),
        ("NOT NEAR(a b)", [Term(("NOT",)), Term(("NEAR", "a")), Term(("b",))]),
        ('" * ^ : ( ) -', []),
        ("über 3mm", [Term(("über",)), Term(("3mm",))]),
    ],
)
def test_a_search_is_words_phrases_and_beginnings(typed: str, found: list[Term]) -> None:
    assert terms(typed) == found


HOSTILE = [
    '"', '""', '"*', "*", "a*b*", "NEAR(a, 5)", "a AND", "OR", "NOT x", "^a", "words:a", "{a b}:c",
    "a + b", "'; DROP TABLE sessions; --", "a' OR '1'='1", "\\", "a & | ! b", "a <-> b", "(a", ":*",
    "%", "_", "½", "ﷺ", "İ", "👣 foot", "\u202e", "a\x00b", "x" * 500, "a " * 400, "the",
    "the of and", '"the of"', "ß*", "a\tb\nc", "$$", "?", ":1", "%s", "{}",
]  # fmt: skip


async def test_no_search_is_refused_by_the_database(signed_in: SignedIn) -> None:
    client = await signed_in(Role.VIEWER)
    await client.write(add)
    for typed in HOSTILE:
        response = await client.get(f"/inbox?q={quote(typed)}")
        assert response.status_code == 200, typed


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    fields=some.lists(
        some.tuples(
            some.sampled_from([*FILTERS, "sort", "after", "before", "x"]),
            some.text(max_size=15)
            | some.sampled_from([*SORTS, "me", "emergency", "1~2", "0.5~3", "0~1~2", "-1~-1"])
            | some.integers().map(str)
            | some.floats().map(str),
        ),
        max_size=4,
    )
)
async def test_no_address_fails(signed_in: SignedIn, fields: list[tuple[str, str]]) -> None:
    clients = signed_in.__dict__.setdefault("kept", [])
    if not clients:
        clients.append(await signed_in(Role.VIEWER))
    query = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in fields)
    response = await clients[0].get(f"/inbox?{query}")
    assert response.status_code == 200
