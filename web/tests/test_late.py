"""What is remembered around a message that is answered after a later one."""

import pytest
from triage import Level

from gateway.late import screened_with, together, with_question
from gateway.watch import Asked, Watch

STROKE = Asked(flag="stroke", level=Level.EMERGENCY, text="my face feels odd")
CLOT = Asked(flag="dvt", level=Level.URGENT, text="my calf feels odd")


def test_it_is_screened_knowing_all_that_was_told_meanwhile() -> None:
    later = Watch(raised={"dvt": Level.URGENT}, signs=["back_pain"], untold=True)
    assert screened_with(Watch(), later) == later


@pytest.mark.parametrize(
    ("raised", "asked"),
    [({}, STROKE), ({"stroke": Level.NONE}, STROKE), ({"stroke": Level.EMERGENCY}, None)],
)
def test_it_can_answer_the_question_before_it_unless_that_is_settled(
    raised: dict[str, Level], asked: Asked | None
) -> None:
    assert screened_with(Watch(asked=STROKE), Watch(raised=raised)).asked == asked


def test_a_question_asked_meanwhile_still_waits() -> None:
    assert with_question(Watch(), Watch(), Watch(asked=CLOT)).asked == CLOT
    assert with_question(Watch(), Watch(asked=STROKE), Watch(asked=CLOT)).asked == CLOT


def test_the_question_that_it_answered_does_not() -> None:
    again = STROKE.model_copy(update={"again": True})
    assert with_question(Watch(), Watch(asked=STROKE), Watch(asked=again)).asked is None


def test_its_own_question_is_the_newest() -> None:
    assert with_question(Watch(asked=STROKE), Watch(), Watch(asked=CLOT)).asked == STROKE


def test_of_each_flag_the_higher_level_is_remembered() -> None:
    after = Watch(raised={"dvt": Level.URGENT, "stroke": Level.NONE}, signs=["b", "a"])
    later = Watch(raised={"dvt": Level.EMERGENCY, "falls": Level.SOON}, signs=["c"], stays=1)
    assert together(after, later) == Watch(
        raised={"dvt": Level.EMERGENCY, "falls": Level.SOON, "stroke": Level.NONE},
        signs=["a", "b", "c"],
        stays=1,
    )
