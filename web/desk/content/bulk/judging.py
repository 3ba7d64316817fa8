"""What is to be said of each question that was pasted, before any of it is kept. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desk.content.alike import plain
from desk.content.bulk.pasting import Pasted
from desk.content.listings import Listing
from desk.content.personal import NAMES, NUMBERS, personal

# The longest example there is has 354 characters.
LONGEST = 400


class Verdict(StrEnum):
    """What becomes of a question."""

    TAKEN = "taken"
    """It is new, and taken unless somebody says no."""
    NEAR = "near"
    """Something much like it stands elsewhere: taken only if somebody says so."""
    NAMED = "named"
    """It seems to hold a name: taken only if somebody says that the name is nobody's."""
    THERE = "there"
    """It has it already."""
    DOUBLED = "doubled"
    """It stands in the paste twice."""
    ELSEWHERE = "elsewhere"
    """Something else has it."""
    PERSONAL = "personal"
    """It seems to hold a number or an address of somebody."""
    LONG = "long"
    WORDLESS = "wordless"
    COLUMNS = "columns"
    NOWHERE = "nowhere"
    """Nothing is called what its first column says."""


# Those that may be taken, and whether they are without more being said.
CHOICES: Mapping[Verdict, bool] = {
    Verdict.TAKEN: True,
    Verdict.NEAR: False,
    Verdict.NAMED: False,
}


@dataclass(frozen=True)
class Alike:
    """An example of something else that is much like a question."""

    example: str
    title: str


@dataclass(frozen=True)
class Judged:
    """A question with what is to be said of it.

    Attributes:
        line: the line of the paste it begins in.
        text: the question.
        target: what gets it; None where nothing is called so.
        verdict: what becomes of it.
        said: the same in words, with what to do.
    """

    line: int
    text: str
    target: Listing | None
    verdict: Verdict
    said: str


def judge(
    pasted: Sequence[Pasted], default: Listing | None, listings: Sequence[Listing]
) -> list[Judged]:
    """Judge all questions of a paste.

    Args:
        pasted: the questions.
        default: what gets those of which no first column says anything else.
        listings: all that has examples.
    """
    named, owners = by_name(listings), _owners(listings)
    first: dict[str, int] = {}
    judged = []
    for one in pasted:
        target = named.get(one.target.casefold()) if one.target else default
        verdict, said = _verdict(one, target, owners, first)
        first.setdefault(plain(one.text), one.line)
        judged.append(Judged(one.line, one.text, target, verdict, said))
    return judged


def near(judged: Sequence[Judged], found: Mapping[str, Alike]) -> list[Judged]:
    """The same, with what is much like an example of something else held back.

    Args:
        judged: the questions.
        found: by a question, what is most like it elsewhere.
    """
    return [
        Judged(one.line, one.text, one.target, Verdict.NEAR, _near(found[one.text]))
        if one.verdict is Verdict.TAKEN and one.text in found
        else one
        for one in judged
    ]


def by_name(listings: Sequence[Listing]) -> dict[str, Listing]:
    """What has examples, by what a first column may call it: an id, or a title of its own."""
    titles: dict[str, list[Listing]] = {}
    for one in listings:
        titles.setdefault(one.title.casefold(), []).append(one)
    alone = {title: same[0] for title, same in titles.items() if len(same) == 1}
    return alone | {one.id.casefold(): one for one in reversed(listings)}


def _owners(listings: Sequence[Listing]) -> dict[str, Listing]:
    return {plain(text): one for one in listings for text in one.examples}


def _verdict(
    one: Pasted, target: Listing | None, owners: Mapping[str, Listing], first: Mapping[str, int]
) -> tuple[Verdict, str]:
    """The first thing that is to be said; what is personal comes before all else."""
    for verdict, said in (*_personal(one.text), *_wrong(one, target)):
        return verdict, said
    words = plain(one.text)
    if words in first:
        return Verdict.DOUBLED, f"It stands in line {first[words]} already. It is left out."
    owner = owners.get(words)
    if owner is not None and target is not None and owner.name == target.name:
        return Verdict.THERE, "It is there already. It is left out."
    if owner is not None:
        return Verdict.ELSEWHERE, (
            f"It belongs to “{owner.title}” ({owner.id}). One question can lead to one answer "
            "alone: leave it there, or move it."
        )
    names = personal(one.text, NAMES)
    if names:
        return Verdict.NAMED, (
            f"{names} looks like a name. Write it without. Tick it only if the name is made up, or "
            "is none."
        )
    return Verdict.TAKEN, "It is new."


def _personal(text: str) -> Iterator[tuple[Verdict, str]]:
    found = personal(text, NUMBERS)
    if found:
        yield (
            Verdict.PERSONAL,
            f"{found} looks like a number or an address of somebody. Nothing of a patient's may "
            "come in here: write it without.",
        )


def _wrong(one: Pasted, target: Listing | None) -> Iterator[tuple[Verdict, str]]:
    if target is None:
        yield (
            Verdict.NOWHERE,
            f"Nothing is called “{one.target}”. Write an id, such as brace/types, or a title."
            if one.target
            else "It is not said what it belongs to. Choose it above the box.",
        )
    if one.columns > 2:
        yield Verdict.COLUMNS, "The line has more than two columns. Paste two: topic and question."
    if not any(letter.isalnum() for letter in one.text):
        yield Verdict.WORDLESS, "It has no words."
    if len(one.text) > LONGEST:
        yield (
            Verdict.LONG,
            f"It is too long: {len(one.text)} characters of at most {LONGEST}. Shorten it to what "
            "is asked.",
        )


def _near(alike: Alike) -> str:
    return (
        f"It is much like “{alike.example}” of “{alike.title}”. Tick it only if patients mean "
        "something else by it."
    )
