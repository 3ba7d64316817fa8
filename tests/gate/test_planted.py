"""Faults that somebody could make at the desk: each is stopped, and told so that it can be mended.

Those that take a trained model stand in test_planted_examples.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from gate.report import StepId

from .planting import QUICK, Planted

TOPIC = "topics/brace/types.yml"
OTHER = "topics/surgery/tendon_transfer.yml"
FLAG = "red_flags/dvt.yml"
REGIONS = "regions.yml"
FIRST = "  - There are several kinds."


@dataclass(frozen=True)
class Fault:
    """A fault, and what has to be said of it.

    Attributes:
        name: what was done.
        plant: does it.
        path: the file that has to be named, from ``data/``.
        wrong: words that have to be said of it.
        mend: words of what to do.
        key: the field that has to be named, if one is meant.
    """

    name: str
    plant: Callable[[Planted], None]
    path: str
    wrong: str
    mend: str
    key: tuple[str, ...] | None = None


def edited(name: str, old: str, new: str) -> Callable[[Planted], None]:
    return lambda planted: planted.edit(name, old, new)


def answer(words: str) -> Callable[[Planted], None]:
    return edited(TOPIC, FIRST, f"  - {words} There are several kinds.")


def emptied(planted: Planted) -> None:
    planted.edit(TOPIC, planted.section(TOPIC, "examples"), "examples: []\n")


def deleted(planted: Planted) -> None:
    (planted.data / "topics/brace/choosing.yml").unlink()


def not_utf8(planted: Planted) -> None:
    raw = (planted.data / TOPIC).read_bytes()
    (planted.data / TOPIC).write_bytes(raw.replace(b"several kinds", b"s\xe9veral kinds", 1))


def new_source(planted: Planted) -> None:
    planted.edit(TOPIC, "sources: [", "sources: [a-new-page, ")
    text = "a-new-page:\n  publisher: Somebody\n  title: A page\n  url: https://example.org/page\n"
    planted.write("sources.yml", planted.read("sources.yml") + text + "  verified: false\n")


def numbers_with_note(planted: Planted) -> None:
    planted.edit(REGIONS, '      number: "116 123"', '      number: "116 132"')
    planted.edit(REGIONS, "has been 116 123 since", "has been 116 132 since")


def flag_removed(planted: Planted) -> None:
    (planted.data / FLAG).unlink()


def cue_added(planted: Planted) -> None:
    planted.edit("triage/cues.yml", '    - "no"\n', '    - "no"\n    - swollen\n')


FAULTS = [
    Fault(
        "broken YAML",
        edited(TOPIC, "title: Kinds", "title: [Kinds"),
        *(TOPIC, "not valid YAML", "in quotes"),
    ),
    Fault("not UTF-8", not_utf8, TOPIC, "not UTF-8 text", "Save it as UTF-8"),
    Fault(
        "an unknown field",
        edited(TOPIC, "facts:", "fakts: [T3]\nfacts:"),
        *(TOPIC, "`fakts:` is unknown", "Write `facts:`", ("fakts",)),
    ),
    Fault(
        "a wrong id",
        edited(TOPIC, "id: brace/types", "id: brace/kinds"),
        *(TOPIC, "`brace/kinds` is not the file's path", "Write `id: brace/types`", ("id",)),
    ),
    Fault(
        "no source",
        edited(
            TOPIC, "sources: [mstrust-orthotics, pmc-afo-review, msuk-foot-drop-fes]", "sources: []"
        ),
        *(TOPIC, "no source", "Add an id", ("sources",)),
    ),
    Fault(
        "a source that is not there",
        edited(TOPIC, "sources: [", "sources: [pmc-afo-revew, "),
        *(TOPIC, "`pmc-afo-revew` does not exist", "Did you mean `pmc-afo-review`", ("sources",)),
    ),
    Fault(
        "a source that nobody opened",
        new_source,
        *("sources.yml", "nobody opened this address", "Open the address"),
    ),
    Fault(
        "a dead follow-up",
        edited(TOPIC, "follow_ups: [brace/choosing", "follow_ups: [brace/chosing"),
        *(TOPIC, "`brace/chosing` does not exist", "Did you mean `brace/choosing`"),
    ),
    Fault(
        "an example that another topic has",
        edited(
            TOPIC,
            "  - kinds of splints\n",
            "  - choosing a splint\n  - kinds of splints\n",
        ),
        *(TOPIC, "choosing a splint", "Keep"),
    ),
    Fault(
        "an answer much too long",
        answer(" ".join(["A brace may help you."] * 40)),
        *(TOPIC, "the most is 75", "Cut it", ("answer",)),
    ),
    Fault(
        "an answer too hard to read",
        answer("Orthotic interventions facilitate considerable ambulatory rehabilitation. " * 3),
        *(TOPIC, "reading grade", "shorter sentences", ("answer",)),
    ),
    Fault(
        "a dose of a medicine",
        answer("Take 10 mg of baclofen at night."),
        *(TOPIC, "“10 mg” is a dose".replace("“", '"').replace("”", '"'), "doctor or pharmacist"),
    ),
    Fault("a script", answer("Yes. <script>x()</script> You can."), TOPIC, "markup", "words alone"),
    Fault(
        "a deleted topic that others offer",
        deleted,
        *("topics/brace/", "`brace/choosing` does not exist", "Write one that exists"),
    ),
    Fault("examples emptied", emptied, TOPIC, "needs 25", "Add 25 more", ("examples",)),
    Fault(
        "a review that is overdue",
        edited(TOPIC, 'review_due: "2027-11-21"', 'review_due: "2026-11-21"'),
        *(TOPIC, "review_due", "review"),
    ),
    Fault(
        "a wrong emergency number",
        edited(REGIONS, 'emergency: "999"', 'emergency: "989"'),
        *(REGIONS, "no page is noted to give the number 989", "Open a page", ("GB", "emergency")),
    ),
    Fault(
        "a wrong crisis line with a note to match",
        numbers_with_note,
        *(REGIONS, "the numbers of GB changed", "set `opened:`", ("GB",)),
    ),
    Fault(
        "a telephone number in an answer",
        answer("You can call 0800 123 4567."),
        *(TOPIC, "“0800 123 4567” is the number of no region", "regions.yml", ("answer",)),
    ),
    Fault(
        "one country's number in an answer",
        answer("You can call 999."),
        *(TOPIC, "the number of one region", "{emergency}", ("answer",)),
    ),
    Fault(
        "another figure with the old review",
        edited("topics/ms_link/inheritance.yml", "1 in 600", "1 in 300"),
        *("topics/ms_link/inheritance.yml", "the figures 300 are new", "set `reviewed:`"),
    ),
    Fault(
        "two answers in each other's place",
        lambda planted: planted.swap(TOPIC, OTHER, "answer"),
        *("topics/", "fits the questions of", "changed places", ("answer",)),
    ),
    Fault(
        "another topic's examples",
        lambda planted: planted.swap(TOPIC, OTHER, "examples"),
        *("topics/", "fits the questions of", "changed places", ("answer",)),
    ),
    Fault(
        "nobody to see any more",
        edited("topics/causes/stroke.yml", "\nsee_someone:", "\n#see_someone:"),
        *("topics/causes/stroke.yml", "`see_someone` is gone", "Put it back", ("see_someone",)),
    ),
    Fault(
        "whom to call is gone from an advice",
        edited(FLAG, "Call {emergency} if it gets hard", "Call for help if it gets hard"),
        *(
            FLAG,
            "no longer says {emergency}",
            "Put {emergency} back",
            ("say", "urgent", "safety_net"),
        ),
    ),
    Fault(
        "a phrase of a red flag",
        edited(FLAG, "swollen, swole, swoled, swolen", "swole, swoled, swolen"),
        *(FLAG, "“swollen” is gone", "Put it back", ("words", "swollen")),
    ),
    Fault(
        "a pattern that examples need",
        edited(FLAG, 'swollen_calf: ["{calf} & {swollen}"]', 'swollen_calf: ["{calf} & elephant"]'),
        *(FLAG, "examples that raised this flag do not any more", "Put back the words"),
    ),
    Fault(
        "an example that has to raise a flag",
        edited(FLAG, '    - "swollen calf"\n', ""),
        *(FLAG, "`must_fire`: “swollen calf” is gone", "Put it back", ("must_fire",)),
    ),
    Fault(
        "a lowered level",
        edited(FLAG, "level: urgent", "level: soon"),
        *(FLAG, "lowered from urgent to soon", "Put it back", ("level",)),
    ),
    Fault(
        "a red flag removed",
        flag_removed,
        *("safety_check.yml", "the red flag `dvt` does not exist", "or delete it"),
    ),
    Fault(
        "a cue that silences signs",
        cue_added,
        *("triage/cues.yml", "“swollen” is new, so fewer signs count", "write `cues`"),
    ),
    Fault(
        "a milder answer in the safety check",
        edited("safety_check.yml", "level: emergency", "level: soon"),
        *("safety_check.yml", "lowered from emergency to soon", "write `safety_check`"),
    ),
    Fault(
        "a dose of exercise with the old review",
        edited("exercises/heel_raises.yml", "repetitions: ", "repetitions: 1"),
        *(
            "exercises/heel_raises.yml",
            "the dose of the exercise changed",
            "set `reviewed:`",
            ("dose",),
        ),
    ),
    Fault(
        "a file of words that is no YAML",
        edited("triage/words.yml", "lemmas:\n", "lemmas: [\n"),
        *("triage/words.yml", "not valid YAML", "quotes"),
    ),
    Fault(
        "a label that stands twice among the messages to learn from",
        edited("triage/learning/third_body_9.yml", "none:\n", "none: [one]\nnone:\n"),
        *("triage/learning/third_body_9.yml", "stands here and in line", "Keep one", ("none",)),
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_stopped_and_told(fault: Fault, planted: Planted) -> None:
    fault.plant(planted)
    errors = planted.errors(*QUICK)
    told = "\n".join(f"{e.path}:{e.line} {e.key} {e.wrong} | {e.mend}" for e in errors)
    assert any(
        error.path.startswith(f"data/{fault.path}")
        and fault.wrong in error.wrong
        and fault.mend in error.mend
        and (fault.key is None or error.key == fault.key)
        for error in errors
    ), told or "nothing stopped it"


def test_a_red_flag_that_nothing_else_names_is_missed_all_the_same(planted: Planted) -> None:
    flag_removed(planted)
    [gone] = planted.checked(StepId.SAFETY).findings[:1]
    assert gone.wrong == "“Signs of a clot in a leg vein” is gone, with all that it noticed"
    assert gone.mend.startswith("Put it back. If that is meant, write `dvt`, with its backticks,")


def test_there_are_enough_planted_faults() -> None:
    assert len(FAULTS) >= 20


def test_what_the_reason_names_is_told_to_approvers_and_stops_nothing(planted: Planted) -> None:
    planted.edit(FLAG, '    - "swollen calf"\n', "")
    reason = "`dvt`: “swollen calf” alone is no sign, says the physiotherapist"
    assert planted.errors(*QUICK, reason=reason) == []
    [told] = planted.checked(StepId.SAFETY, reason).findings
    assert "“swollen calf” is gone" in told.wrong
    assert "look whether you agree" in told.mend


def test_content_that_is_as_it_was_passes(planted: Planted) -> None:
    assert planted.errors(*QUICK) == []


def test_a_reworded_answer_passes(planted: Planted) -> None:
    planted.edit(
        TOPIC, "There are several kinds. Doctors call them", "You can choose. Doctors call them"
    )
    assert planted.errors(*QUICK) == []


def test_five_good_new_examples_pass(planted: Planted) -> None:
    new = ["which sorts of orthosis can I get", "name me the braces there are for a drop foot"]
    new += ["carbon one, plastic one, what others", "list of splints please"]
    new += ["my niece asks what supports exist for the ankle"]
    lines = "".join(f"  - {text}\n" for text in new)
    planted.edit(TOPIC, "  - kinds of splints\n", f"  - kinds of splints\n{lines}")
    assert planted.errors(*QUICK) == []


def test_a_word_more_for_a_red_flag_passes(planted: Planted) -> None:
    planted.edit(FLAG, "elephants, tree trunk", "elephants, tree trunk, drainpipe")
    assert planted.errors(*QUICK) == []
