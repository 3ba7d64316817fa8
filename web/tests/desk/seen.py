"""What a browser makes of markup: the text that shows, and the elements around it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Seen(HTMLParser):
    """Reads markup as a browser does, and fails where an element ends that is not open.

    Attributes:
        text: all that shows.
        tags: the elements, each with its attributes.
    """

    markup: str
    text: str = ""
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"{tag} ends and nothing is open"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


class _Names(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)


def names(markup: str) -> list[str]:
    """The elements of a page, by their names; what need not be closed may stay open."""
    reader = _Names()
    reader.feed(markup)
    return reader.found
