"""The questions that were ticked stand in the files, and nothing else changes there."""

from desk.content.bulk import judging, pasting, taking
from desk.content.bulk.judging import Judged
from desk.content.listings import listings
from tests.desk.content.small import ASPECTS, FILES, GREET, TYPES


def judged(paste: str) -> list[Judged]:
    return judging.judge(pasting.read(paste), None, listings(FILES))


def test_each_question_goes_to_the_end_of_its_own_list() -> None:
    rows = judged(
        "brace/types\tis it soft\ngreet\thi there\ncost\thow dear is it\nHello\tgood day: to you"
    )
    made = taking.edits(taking.chosen(rows, {1, 2, 3, 4}), FILES)
    assert made == {
        TYPES: FILES[TYPES].replace('heavy"\n', 'heavy"\n  - is it soft\n'),
        GREET: FILES[GREET].replace(
            "  - brace/types\nreply", '  - brace/types\n  - hi there\n  - "good day: to you"\nreply'
        ),
        ASPECTS: FILES[ASPECTS].replace("much is it\n", "much is it\n      - how dear is it\n"),
    }


def test_what_was_not_ticked_or_may_not_be_taken_stays_out() -> None:
    rows = judged("brace/types\tis it soft\ngreet\tring me on 07700 900123\ngreet\thello")
    assert [one.text for one in taking.chosen(rows, {2, 3, 99})] == []
    assert [one.text for one in taking.chosen(rows, {1, 2})] == ["is it soft"]
    assert taking.edits([], FILES) == {}


def test_a_file_that_cannot_be_read_takes_nothing_and_breaks_nothing() -> None:
    assert listings({"data/topics/a/b.yml": "id: [", "data/topics/a/c.yml": "- x"}) == []
