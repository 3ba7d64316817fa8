"""An item that goes, or gets another id, is followed to every place that names it."""

from pathlib import Path

import pytest
import yaml

from desk.content.moving import plans
from desk.content.moving.plans import Plan
from desk.content.moving.references import How, references
from desk.settings import REPOSITORY
from editing.shapes import Kind
from tests.desk.content.small import ASPECTS, FES, FILES, GREET, RECOVERY, SHOES, TYPES

TOPIC = Kind.TOPIC


def after(plan: Plan) -> dict[str, str]:
    """All files once a plan is carried out."""
    kept = {path: text for path, text in FILES.items() if path not in plan.edits}
    return kept | {path: text for path, text in plan.edits.items() if text is not None}


def body(files: dict[str, str], path: str) -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load(files[path])
    return found


def test_every_place_that_names_a_topic_is_found_and_nothing_that_only_says_it() -> None:
    found = [(one.path, one.how) for one in references(TOPIC, "brace/types", FILES)]
    assert found == [
        (ASPECTS, How.VALUE),
        (ASPECTS, How.VALUE),
        (ASPECTS, How.NAME),
        (ASPECTS, How.VALUE),
        (ASPECTS, How.ITEM),
        (GREET, How.ITEM),
        ("data/conversation/texts.yml", How.ITEM),
        (RECOVERY, How.ITEM),
        ("data/safety_check.yml", How.ITEM),
        (SHOES, How.ITEM),
        (TYPES, How.OWN),
        (FES, How.MENTION),
        (FES, How.ITEM),
    ]


def test_a_red_flag_is_named_by_itself_and_by_its_signs() -> None:
    found = references(Kind.RED_FLAG, "dvt", FILES)
    assert [one.key[-2:] for one in found] == [("flags", "0"), ("signs", "0")]


def test_a_source_is_named_where_something_rests_on_it() -> None:
    found = references(Kind.SOURCES, "nhs", FILES)
    assert [(one.path, one.key) for one in found] == [
        (SHOES, ("sources", "0")),
        (TYPES, ("sources", "0")),
    ]


def test_a_topic_that_goes_is_named_nowhere_any_more() -> None:
    plan = plans.deletion(TOPIC, "brace/types", FILES)
    files = after(plan)
    assert TYPES not in files
    assert body(files, SHOES)["follow_ups"] == []
    assert body(files, GREET)["buttons"] == ["fes/what_is"]
    assert body(files, "data/safety_check.yml")["offer_after"] == []
    assert body(files, ASPECTS)["aspects"]["cost"] == {  # type: ignore[index]
        "title": "What it costs",
        "examples": ["how much is it"],
        "after": {"fes": "fes/what_is"},
        "self": ["fes/*"],
    }
    left = references(TOPIC, "brace/types", files)
    assert [(one.path, one.how) for one in left] == [(FES, How.MENTION)]
    assert "The scope of “What FES is” names it still: write it anew." in plan.breaks


def test_what_breaks_is_said_before_a_topic_goes() -> None:
    plan = plans.deletion(TOPIC, "brace/types", FILES)
    assert any(one.startswith("Nothing else tells the fact T1 (“A brace") for one in plan.breaks)
    assert not any("T2" in one or "source" in one for one in plan.breaks)
    assert "A button below “Hello”: it is taken away." in plan.done
    assert "A button below “welcome”: it is taken away." in plan.done
    assert "A follow-up of “Shoes”: it is taken away." in plan.done


def test_another_topic_takes_the_place_of_one_that_goes() -> None:
    plan = plans.deletion(TOPIC, "brace/types", FILES, instead="fes/what_is")
    files = after(plan)
    assert body(files, SHOES)["follow_ups"] == ["fes/what_is"]
    # It is there already, and a topic does not offer itself.
    assert body(files, GREET)["buttons"] == ["fes/what_is"]
    assert body(files, FES)["follow_ups"] == []
    assert body(files, FES)["scope"] == "Not braces (fes/what_is)."
    cost = body(files, ASPECTS)["aspects"]["cost"]  # type: ignore[index]
    assert cost["default"] == "fes/what_is"
    assert cost["after"] == {
        "brace/*": "fes/what_is",
        "fes/*": "fes/what_is",
        "fes": "fes/what_is",
    }
    assert references(TOPIC, "brace/types", files) == []


def test_what_cannot_be_empty_needs_something_in_its_place() -> None:
    plan = plans.deletion(TOPIC, "brace/shoes", FILES)
    assert plan.edits == {}
    assert plan.blocked == [
        "How long recovery takes (causes > topic) needs a topic: choose what takes this one's "
        "place."
    ]
    files = after(plans.deletion(TOPIC, "brace/shoes", FILES, instead="fes/what_is"))
    assert body(files, RECOVERY)["causes"][0]["topic"] == "fes/what_is"  # type: ignore[index]


def test_a_family_goes_with_its_last_topic() -> None:
    plan = plans.deletion(TOPIC, "fes/what_is", FILES)
    files = after(plan)
    assert body(files, "data/families.yml") == {"brace": "Braces", "surgery": "Surgery"}
    assert files["data/families.yml"].startswith("# All of them.\n")
    cost = body(files, ASPECTS)["aspects"]["cost"]  # type: ignore[index]
    assert cost["after"] == {"brace/*": "brace/types", "brace/types": "brace/shoes"}
    assert cost["self"] == ["brace/types"]
    assert "The family “fes” has no topic left: its line goes, too." in plan.done


def test_a_new_id_is_followed_everywhere_and_nothing_else_changes() -> None:
    plan = plans.renaming("brace/types", "brace/kinds", FILES)
    files = after(plan)
    assert TYPES not in files
    changed = {path for path in FILES if path != TYPES and files[path] != FILES[path]}
    assert changed == {
        ASPECTS,
        GREET,
        "data/conversation/texts.yml",
        RECOVERY,
        "data/safety_check.yml",
        SHOES,
        FES,
    }
    new = files["data/topics/brace/kinds.yml"]
    assert new == FILES[TYPES].replace("id: brace/types", "id: brace/kinds")
    assert files[GREET] == FILES[GREET].replace("  - brace/types #", "  - brace/kinds #")
    assert "data/topics/brace/kinds.yml" in files[RECOVERY]
    assert references(TOPIC, "brace/types", files) == []


def test_a_topic_that_moves_leaves_no_empty_family() -> None:
    plan = plans.renaming("fes/what_is", "surgery/fes", FILES)
    files = after(plan)
    assert body(files, "data/topics/surgery/fes.yml")["id"] == "surgery/fes"
    assert "fes" not in body(files, "data/families.yml")
    cost = body(files, ASPECTS)["aspects"]["cost"]  # type: ignore[index]
    assert cost["after"] == {"brace/*": "brace/types", "brace/types": "brace/shoes"}


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("brace/types", "so already"),
        ("brace/shoes", "There is a topic brace/shoes already."),
        ("toys/kinds", "There is no family toys. Choose one of brace, fes, surgery."),
        ("Brace/Kinds", "small letters"),
        ("brace/../x", "small letters"),
        ("brace", "small letters"),
        ("", "small letters"),
    ],
)
def test_an_id_that_cannot_be_is_refused(new: str, said: str) -> None:
    plan = plans.renaming("brace/types", new, FILES)
    assert plan.edits == {}
    assert said in plan.blocked[0]


def real() -> dict[str, str]:
    data = REPOSITORY / "data"
    files = (path for path in data.rglob("*.yml"))
    return {str(Path("data") / path.relative_to(data)): path.read_text("utf-8") for path in files}


@pytest.mark.parametrize("id", ["seriousness/when_to_see_doctor", "recovery_time/overview"])
def test_a_topic_that_much_of_the_real_content_names_gets_a_new_id_and_its_old_one_back(
    id: str,
) -> None:
    files = real()
    there = renamed(files, id, "definition/somewhere")
    assert references(TOPIC, id, there) == []
    assert renamed(there, "definition/somewhere", id) == files


def renamed(files: dict[str, str], old: str, new: str) -> dict[str, str]:
    plan = plans.renaming(old, new, files)
    assert not plan.blocked
    made = {**files, **{path: text or "" for path, text in plan.edits.items()}}
    return {path: text for path, text in made.items() if text}
