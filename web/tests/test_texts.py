from pathlib import Path

import pytest

from gateway.settings import REPOSITORY
from gateway.texts import TOO_LONG, UNAVAILABLE, UNKNOWN, WELCOME, ContentError, Texts


def test_a_text_is_filled_in_for_the_region(content: Path) -> None:
    [reply] = Texts(content).say(UNAVAILABLE, "GB")
    assert reply.text == "Please try again in a minute. In danger call 999."


def test_the_advice_line_is_filled_in_and_may_be_empty(content: Path) -> None:
    file = content / "conversation/texts.yml"
    file.write_text(file.read_text().replace("In danger call {emergency}.", "<{advice_line}>"))
    texts = Texts(content)
    assert texts.say(TOO_LONG, "GB")[1].text == "<NHS 111>"
    assert texts.say(TOO_LONG, UNKNOWN)[1].text == "<>"


def test_a_region_that_has_left_the_files_counts_as_unknown(content: Path) -> None:
    assert "112, 999 or 911" in Texts(content).say(WELCOME, "XX")[0].text


def test_buttons_carry_what_rasa_understands(content: Path) -> None:
    offers = Texts(content).say(WELCOME, "GB")[0].buttons
    assert [offer.payload for offer in offers] == ["topic:exercises/overview", "act:privacy"]


@pytest.mark.parametrize(
    ("file", "was", "becomes", "complaint"),
    [
        ("conversation/texts.yml", "welcome:", "other:", "the text `welcome` is missing"),
        ("conversation/texts.yml", "kind: notice", "kind: poem", "texts.welcome.kind"),
        ("conversation/texts.yml", "texts:", "texts: [", "not readable as YAML"),
        ("regions.yml", "unknown:", "XX:", "the region `unknown` is missing"),
        ("regions.yml", 'emergency: "999"', 'emergency: ""', "GB.emergency"),
        ("regions.yml", 'emergency: "999"', "emergency: 999", "GB.emergency"),
        ("topics/exercises/overview.yml", "title", "name", "the title is missing"),
    ],
)
def test_content_that_is_not_right_is_named(
    content: Path, file: str, was: str, becomes: str, complaint: str
) -> None:
    path = content / file
    path.write_text(path.read_text().replace(was, becomes))
    with pytest.raises(ContentError) as error:
        Texts(content)
    assert file in str(error.value)
    assert complaint in str(error.value)


@pytest.mark.parametrize("file", ["conversation/texts.yml", "regions.yml"])
def test_a_content_file_that_is_missing_is_named(content: Path, file: str) -> None:
    (content / file).unlink()
    with pytest.raises(ContentError, match=file):
        Texts(content)


def test_the_projects_own_content_is_complete() -> None:
    texts = Texts(REPOSITORY / "data")
    for region, number in {"GB": "999", "US": "911", UNKNOWN: "112"}.items():
        assert texts.region(region) == region
        for key in (WELCOME, UNAVAILABLE, TOO_LONG):
            said = " ".join(reply.text for reply in texts.say(key, region))
            assert number in said
            assert "{" not in said
