"""Whatever people do to one topic at the same time, nothing of anybody is lost in silence."""

from hypothesis import given, settings
from hypothesis import strategies as st

from editing.documents import Document
from editing.merging import Choice, merge, resolved
from editing.trees import Texts
from tests.editing.editors import TOPIC, Ledger, changed, deeds

PATH = "data/topics/brace/types.yml"


@settings(max_examples=300, deadline=None)
@given(ours=deeds, theirs=deeds, which=st.booleans())
def test_of_two_changes_each_is_in_the_result_or_told(
    ours: list[tuple[str, int, int]], theirs: list[tuple[str, int, int]], which: bool
) -> None:
    ledger = Ledger()
    mine, done = changed(TOPIC, ours, "ours")
    other, did = changed(TOPIC, theirs, "theirs")
    for deed in (*done, *did):
        ledger.owed.append(deed)
    base, left, right = (Texts({PATH: text}) for text in (TOPIC, mine, other))
    merged = merge(base, left, right)
    for conflict in merged.conflicts:
        ledger.told(conflict.key)
    for said in merged.lost:
        ledger.remark(said)
    text = left.changed(merged.changes).read(PATH) or ""
    assert ledger.missing(text) == []
    assert Document.parse(text).get(("id",)) == "brace/types"
    choices = {(c.path, c.key): Choice(theirs=which) for c in merged.conflicts}
    settled = resolved(left, merged, choices)
    assert not settled.conflicts
    text = left.changed(settled.changes).read(PATH) or ""
    whose = right if which else left
    for conflict in merged.conflicts:
        wanted = Document.parse(whose.read(PATH) or "").value(conflict.key)
        assert Document.parse(text).value(conflict.key) == wanted
