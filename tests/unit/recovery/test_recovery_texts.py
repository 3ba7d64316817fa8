"""The texts of the talk: readable, safe, and without promises."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from actions.recovery import course, outlook
from actions.recovery.course import State
from actions.recovery.since import Since
from content import load
from content.files import DATA, CatalogueError
from content.lint import reading
from content.names import ActId
from content.recovery import FILE, Cause, load_recovery

from .talking import RECOVERY

CATALOGUE = load()
CAUSES = list(RECOVERY.causes.values())
SCHEMA = Path("content/schema/recovery.json")
PROMISE = re.compile(
    r"\b(?:you|it|foot|nerve) will (?:get|be|heal|recover|come|mend|improve)|\bguarantee|\bcure\b"
    r"|\bfull(?:y)? recover|\bdo not worry\b|\bsurely\b|\balways (?:heals|recovers)",
    re.IGNORECASE,
)


def texts() -> Iterator[str]:
    """All that the talk says, one text at a time."""
    for asked in RECOVERY.questions.values():
        yield from (asked.ask, asked.ask_again, asked.why)
    for cause in CAUSES:
        yield from filter(None, (cause.range, cause.slow, cause.later, cause.new, cause.ask))
    yield from RECOVERY.texts.values()


@pytest.mark.parametrize("text", texts())
def test_every_text_is_easy_to_read_and_promises_nothing(text: str) -> None:
    filled = text.replace("{same_day}", "call your GP or NHS 111")
    most = reading.EMERGENCY_GRADE if reading.EMERGENCY in text else reading.GRADE
    assert reading.grade([filled]) <= most
    assert all(
        reading.count_words(one) <= reading.SENTENCE_WORDS for one in reading.sentences(filled)
    )
    assert not PROMISE.search(text)


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.id)
@pytest.mark.parametrize("weeks", [1.0, 8.0, 30.0, 600.0, None])
def test_every_message_is_short(cause: Cause, weeks: float | None) -> None:
    since = None if weeks is None else Since(weeks, weeks)
    state = State(at=None, cause=cause.id, dated=True, since=since, warned=True)
    messages = [*outlook.outlook(RECOVERY, state), outlook.warning(RECOVERY, state)]
    for message in messages:
        filled = message.replace("{same_day}", "call your GP or NHS 111")
        assert reading.count_words(filled) <= reading.MESSAGE_WORDS
        assert not re.search(r"\{(?!same_day|emergency)", message)


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.id)
def test_every_cause_says_whom_to_see_and_when_it_is_urgent(cause: Cause) -> None:
    assert re.search(r"doctor|team|surgeon", cause.slow)
    assert re.search(r"\{same_day\}|\{emergency\}", cause.slow)


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.id)
def test_what_a_cause_names_is_there(cause: Cause) -> None:
    assert {cause.topic, *cause.next} <= CATALOGUE.topics.keys()
    assert set(cause.sources) <= CATALOGUE.sources.keys()
    assert set(cause.over) <= RECOVERY.causes.keys()
    assert bool(cause.later) == (cause.usual is not None and cause.longest != cause.usual)


def test_the_facts_of_recovery_are_all_told() -> None:
    nerve, ms = RECOVERY.causes["nerve"], RECOVERY.causes["ms"]
    assert "how badly the nerves are hurt" in RECOVERY.questions["cause"].why  # R1
    assert "about 3 months" in nerve.range  # R2
    assert "up to 12 months" in ms.range
    assert "may stay" in ms.range  # R3
    for sign in ("balance", "strength", "muscle", "numbness", "stiffness"):  # R4
        assert sign in RECOVERY.texts["signs"]


@pytest.mark.parametrize(
    ("cause", "weeks", "stage"),
    [("nerve", 8, "within"), ("nerve", 30, "later"), ("nerve", 60, "past"),
     ("stroke", 20, "within"), ("stroke", 500, "later"), ("ms", 50, "within"), ("ms", 60, "past")],
)  # fmt: skip
def test_the_time_so_far_is_set_beside_the_usual_range(
    cause: str, weeks: float, stage: str
) -> None:
    state = course.tell(RECOVERY, State(), [cause], Since(weeks, weeks))
    texts = {**RECOVERY.texts, "later": RECOVERY.causes[cause].later or "none"}
    said = outlook.outlook(RECOVERY, state)[0]
    assert [one for one in ("within", "later", "past") if texts[one] in said] == [stage]


@pytest.mark.parametrize(
    ("weeks", "said"),
    [(0.3, "less than a week"), (1, "about a week"), (6, "about 6 weeks"), (13, "about 3 months"),
     (78.3, "about 18 months"), (104.4, "about 2 years"), (1560, "many years")],
)  # fmt: skip
def test_a_time_is_said_back_as_roughly_as_it_is_told(weeks: float, said: str) -> None:
    assert outlook.spoken(RECOVERY, Since(weeks, weeks)) == said


def test_an_unknown_cause_offers_the_safety_check_and_nothing_new_offers_exercise() -> None:
    unknown = course.tell(RECOVERY, State(), [RECOVERY.unknown.id], Since(30, 30))
    assert outlook.offers(RECOVERY, unknown)[0] == ActId.SAFETY_CHECK.value
    new = course.tell(RECOVERY, State(), ["nerve"], Since(1, 1))
    assert ActId.EXERCISE.value not in outlook.offers(RECOVERY, new)
    known = course.tell(RECOVERY, State(), ["nerve"], Since(30, 30))
    assert outlook.offers(RECOVERY, known)[-2:] == [ActId.EXERCISE.value, ActId.SUMMARY.value]


def test_the_file_fits_its_schema() -> None:
    body = yaml.safe_load((DATA / FILE).read_text(encoding="utf-8"))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert not list(Draft202012Validator(schema).iter_errors(body))


@pytest.mark.parametrize(
    ("before", "now", "named"),
    [
        ("new_weeks: 2", "new_weak: 2", "add the field `new_weeks:`"),
        ("unknown: true", "unknown: false", "a field does not hold what it should"),
        ("causes:", "causes: [", "not valid YAML"),
    ],
)
def test_an_error_names_the_file_and_the_mend(
    tmp_path: Path, before: str, now: str, named: str
) -> None:
    text = (DATA / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text.replace(before, now, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=re.escape(FILE)) as error:
        load_recovery(tmp_path)
    assert named in str(error.value)
