"""Two people saved the same fields: the one who came second sees both, and loses nothing."""

from desk.content.forms.sheets import sheet
from desk.content.forms.stale import marked, together
from editing.documents import Document

PATH = "data/topics/brace/types.yml"
BASE = """\
id: brace/types
title: Kinds of brace
scope: The kinds there are.
examples:
  - kinds of splints
  - foot up splint
answer:
  - There are several.
follow_ups: []
sources: [nhs]
reviewed: "2026-11-21"
review_due: "2027-11-21"
"""


def test_what_only_one_changed_is_taken_from_each() -> None:
    saved = BASE.replace("foot up splint", "insoles").replace("several", "many")
    typed = BASE.replace("Kinds of brace", "Braces")
    both = together(PATH, BASE, saved, typed)
    assert both.saved == {}
    document = Document.parse(both.text)
    assert document.get(("title",)) == "Braces"
    assert document.get(("examples",)) == ["kinds of splints", "insoles"]
    assert document.get(("answer",)) == ["There are many."]


def test_where_both_differ_what_was_typed_stands_and_what_is_saved_is_shown() -> None:
    saved = BASE.replace("Kinds of brace", "Splints").replace("nhs", "nhs, msif")
    typed = BASE.replace("Kinds of brace", "Braces").replace("  - kinds of splints\n", "")
    both = together(PATH, BASE, saved, typed)
    assert both.saved == {("title",): "Splints"}
    rows = marked(sheet(PATH, both.text).filled(), both.saved)
    boxes = {box.name: box for _, group in rows for box in group}
    assert boxes["title"].boxes == ["Braces"]
    assert boxes["title"].saved == "Splints"
    assert boxes["examples"].boxes == ["foot up splint"]
    assert boxes["sources"].boxes == ["nhs", "msif"]
    assert not boxes["sources"].saved
