"""Content is changed in forms within a change request, and nothing that was typed is ever lost."""

import re
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from desk.changes import service
from desk.content import shelf
from desk.content.forms.sheets import sheet
from desk.workbench import asking
from editing.shapes import Kind
from tests.desk.conftest import Client
from tests.desk.content.conftest import user_of
from tests.desk.content.files import Checkout

MOST_BYTES = 100_000
FILES = Checkout()
SHELF = shelf.read(FILES)
TOPIC = "data/topics/brace/types.yml"
REGIONS = "data/regions.yml"


class Form(HTMLParser):
    """The form of a page as a browser would send it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: list[tuple[str, str]] = []
        self._in = False
        self._box: str | None = None
        self._select: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._in = given.get("id") == "edit"
        if not self._in:
            return
        if tag == "input" and (given.get("type") != "checkbox" or "checked" in given):
            self.fields.append((name, given.get("value") or ""))
        elif tag == "textarea":
            self._box = name
            self.fields.append((name, ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.fields.append((self._select, given.get("value") or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = False
        if tag == "textarea":
            self._box = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._in and self._box is not None:
            name, before = self.fields[-1]
            # Browsers take the first line feed away.
            text = data if before else data.removeprefix("\n")
            self.fields[-1] = (name, before + text)

    def sent(self, **typed: Any) -> dict[str, list[str]]:
        """What is sent, with some fields typed into."""
        found: dict[str, list[str]] = {}
        for name, text in self.fields:
            found.setdefault(name, []).append(text)
        given = {name.replace("__", "."): value for name, value in typed.items()}
        lists = {name: v if isinstance(v, list) else [v] for name, v in given.items()}
        return {name: v for name, v in {**found, **lists}.items() if name != "csrf"}


@pytest.fixture
async def change(editor: Client) -> int:
    """A change request of the editor's own."""
    return await service.open_change(editor.services, user_of(editor), "Better braces", "")


def at(change: int, path: str, part: str = "") -> str:
    return f"/changes/{change}/edit/{path}" + (f"?part={part}" if part else "")


async def form(client: Client, address: str) -> Form:
    answer = await client.get(address)
    assert answer.status_code == 200, answer.text
    return Form(answer.text)


async def now(client: Client, change: int, path: str) -> str:
    draft = await service.current(client.services, change)
    return draft.tree.read(path) or ""


def difference(path: str, text: str) -> list[str]:
    before = (FILES.read(path) or "").split("\n")
    return [line for line in text.split("\n") if line not in before]


async def send(client: Client, address: str, page: Form, **typed: Any) -> httpx.Response:
    return await client.submit(address.partition("?")[0], **page.sent(**typed))


LONGEST = {kind: max(SHELF.of(kind), key=lambda item: len(item.text)) for kind in Kind}
BIG = [
    (item.path, part.name)
    for item in LONGEST.values()
    for part in sheet(item.path, FILES.read(item.path) or "", item.part).parts
    if not item.part or part.name == item.part
]


@pytest.mark.parametrize(("path", "part"), BIG)
async def test_the_longest_forms_are_light_and_change_nothing_by_being_sent(
    editor: Client, change: int, path: str, part: str
) -> None:
    answer = await editor.get(at(change, path, part))
    assert answer.status_code == 200
    assert len(answer.content) <= MOST_BYTES
    again = await send(editor, at(change, path), Form(answer.text))
    assert again.status_code == 303
    assert await now(editor, change, path) == FILES.read(path)


async def test_what_is_typed_is_saved_and_nothing_else(editor: Client, change: int) -> None:
    page = await form(editor, at(change, TOPIC))
    answer = await send(editor, at(change, TOPIC), page, title="Braces there are")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{at(change, TOPIC)}?look=yes"
    assert difference(TOPIC, await now(editor, change, TOPIC)) == ["title: Braces there are"]
    assert "Saved." in (await editor.get(answer.headers["location"])).text


async def test_a_part_of_a_file_that_holds_many_is_saved(editor: Client, change: int) -> None:
    page = await form(editor, at(change, REGIONS, "GB"))
    answer = await send(editor, at(change, REGIONS), page, GB__emergency="112", then="change")
    assert answer.headers["location"] == f"/changes/{change}"
    assert difference(REGIONS, await now(editor, change, REGIONS)) == []
    assert 'emergency: "112"' in (await now(editor, change, REGIONS)).split("IE:")[0]


async def test_what_cannot_be_saved_comes_back_as_it_was_typed(editor: Client, change: int) -> None:
    page = await form(editor, at(change, TOPIC))
    examples = "one <b>example</b>\nanother"
    answer = await send(
        editor, at(change, TOPIC), page, title="", examples=examples, review_due="soon"
    )
    assert answer.status_code == 422
    assert "“Title” cannot be empty" in answer.text
    assert "Write it as 2027-03-31" in answer.text
    back = Form(answer.text).sent()
    assert back["examples"] == [examples + "\n"] or back["examples"] == [examples]
    assert back["review_due"] == ["soon"]
    assert await now(editor, change, TOPIC) == FILES.read(TOPIC)


async def test_two_who_change_different_fields_both_have_what_they_typed(
    editor: Client, change: int
) -> None:
    first, second = [await form(editor, at(change, TOPIC)) for _ in range(2)]
    await send(editor, at(change, TOPIC), first, title="Braces there are")
    answer = await send(editor, at(change, TOPIC), second, scope="Kinds alone.")
    assert answer.status_code == 303
    text = await now(editor, change, TOPIC)
    assert "title: Braces there are\n" in text
    assert "scope: Kinds alone.\n" in text or "scope: 'Kinds alone.'\n" in text


async def test_two_who_change_the_same_field_the_second_sees_both_and_saves_again(
    editor: Client, change: int
) -> None:
    first, second = [await form(editor, at(change, TOPIC)) for _ in range(2)]
    await send(editor, at(change, TOPIC), first, title="Braces there are", scope="First.")
    answer = await send(editor, at(change, TOPIC), second, title="Splints", follow_ups="")
    assert answer.status_code == 422
    assert "Braces there are" in answer.text
    back = Form(answer.text)
    assert back.sent()["title"] == ["Splints"]
    assert back.sent()["scope"] == ["First."] or back.sent()["scope"] == ["First.\n"]
    answer = await send(editor, at(change, TOPIC), back)
    assert answer.status_code == 303
    text = await now(editor, change, TOPIC)
    assert "title: Splints\n" in text
    assert "follow_ups: []" in text
    assert "First." in text


@pytest.mark.parametrize(
    "address",
    [
        "/changes/999/edit/data/regions.yml",
        "/changes/{}/edit/data/no.yml",
        "/changes/{}/edit/data/families.yml",
        "/changes/{}/edit/data/regions.yml?part=XX",
        "/changes/{}/edit/../web/desk/app.py",
    ],
)
async def test_there_is_no_form_for_what_is_not_content(
    editor: Client, change: int, address: str
) -> None:
    assert (await editor.get(address.format(change))).status_code == 404


async def test_what_the_checks_cannot_say_just_now_is_said_and_stops_nothing(
    editor: Client, change: int
) -> None:
    page = await form(editor, at(change, TOPIC))
    answer = await editor.submit(f"/changes/{change}/look/{TOPIC}", **page.sent())
    assert answer.status_code == 200
    assert "cannot be checked just now" in answer.text
    answer = await editor.submit(
        f"/changes/{change}/near/{TOPIC}", **page.sent(examples="a new example")
    )
    assert "cannot be checked just now" in answer.text


async def test_findings_stand_beside_the_field_they_are_on(
    editor: Client, change: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def found(_: object, draft: object, unsaved: dict[str, str], paths: list[str]) -> Any:
        (path,) = paths
        lines = unsaved[path].split("\n")
        on = lines.index("  - a new <b>example</b>") + 1
        return [
            asking.Finding(path, on, "error", "It is there twice.", "Take one out."),
            asking.Finding(path, 2, "warning", "It is long.", "Shorten it."),
            asking.Finding("data/sources.yml", 3, "warning", "Not opened.", "Open it."),
        ]

    async def measured(_: object, texts: list[str]) -> list[asking.Measured]:
        return [asking.Measured(5.24, 6, 9, 75, 1, 9, 25, ["orthotics"]) for _ in texts]

    monkeypatch.setattr(asking, "findings", found)
    monkeypatch.setattr(asking, "measured", measured)
    page = await form(editor, at(change, TOPIC))
    sent = page.sent(examples="kinds of splints\na new <b>example</b>")
    answer = await editor.submit(f"/changes/{change}/look/{TOPIC}", **sent)
    places = dict(re.findall(r'<div id="([a-z_-]+)" hx-swap-oob="true">(.*?)</div>', answer.text))
    assert (
        "Line 2, a new &lt;b&gt;example&lt;/b&gt;: It is there twice." in places["f-examples-found"]
    )
    assert "It is long. Shorten it." in places["f-title-found"]
    assert places["f-answer-found"] == ""
    assert "In data/sources.yml: Not opened." in answer.text
    assert "1 to mend" in answer.text
    assert "9 words, reading grade 5.2. Long words: orthotics" in answer.text


async def test_examples_that_are_nearly_the_same_are_shown(
    editor: Client, change: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def near(_: object, draft: object, unsaved: object, path: str, texts: list[str]) -> Any:
        assert texts == ["which splint suits me"]
        return [asking.Near(texts[0], "brace/choosing", "Choosing", "x", 0.93, "what suits me")]

    monkeypatch.setattr(asking, "near", near)
    page = await form(editor, at(change, TOPIC))
    typed = f"{page.sent()['examples'][0]}\nwhich splint suits me"
    answer = await editor.submit(f"/changes/{change}/near/{TOPIC}", **page.sent(examples=typed))
    assert "“which splint suits me” is 93 % like “what suits me” in Choosing" in answer.text
