"""What a typed message wants of the draft. Pure: text in, command out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from actions.summary import tokens
from actions.summary.draft import Waits
from actions.summary.tokens import Phrases, Token
from actions.summary.values import Command, Kind

MARKS = {'"': '"', "“": '”"', "'": "'", "‘": "’'"}
WHOLE = (Kind.UNDO, Kind.STOP, Kind.SHOW, Kind.NO, Kind.MAKE)
RANGE_TO = frozenset({tokens.RANGE, "until", "through", "till"})
Rest = Sequence[Token]


class Reader:
    """Reads commands by lists of words.

    Args:
        words: the lists of ``data/summary.yml``.
    """

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self._lists = {name: Phrases(phrases) for name, phrases in words.items()}
        self._split = frozenset(words["remove_split"])
        self._out = frozenset(words["out"])

    def read(self, text: str, waits: Waits | None = None) -> Command:
        """Read one message.

        Args:
            text: any string at all.
            waits: what was asked last; after "Which line should go?" a number alone answers.
        """
        found = tokens.split(text)
        whole = self._whole(found)
        if whole is not None:
            return whole
        rest = found[self._lists["lead"].skip(found) :]
        # "Yes, that's right" is one of the lists without its yes.
        whole = self._whole(rest)
        if whole is not None:
            return whole
        numbers, left = self._numbers(rest)
        if numbers and not left and waits is Waits.REMOVE:
            return Command(Kind.REMOVE, numbers)
        ways: tuple[Callable[[str, Rest], Command | None], ...] = (
            self._only, self._keep, self._remove, self._change, self._add, self._of_number,
        )  # fmt: skip
        for way in ways:
            command = way(text, rest)
            if command is not None:
                return command
        return Command(Kind.UNKNOWN)

    def _whole(self, found: Rest) -> Command | None:
        """A message that is one phrase, with courtesies after it."""
        for words in (found, self._lists["closing"].trimmed(found)):
            for kind in WHOLE:
                if words and self._lists[kind.value].is_all(words):
                    return Command(kind)
        return None

    def _only(self, text: str, rest: Rest) -> Command | None:
        length = self._lists["only"].at(rest)
        numbers, left = self._numbers(rest[length:])
        return Command(Kind.ONLY, numbers) if length and numbers and not left else None

    def _keep(self, text: str, rest: Rest) -> Command | None:
        length = self._lists["keep"].at(rest)
        numbers, left = self._numbers(rest[length:])
        return Command(Kind.KEEP, numbers) if length and numbers and not left else None

    def _remove(self, text: str, rest: Rest) -> Command | None:
        rest = self._lists["closing"].trimmed(rest)
        apart = rest and rest[0].word in self._split and rest[-1].word in self._out
        weak = self._lists["remove_weak"].at(rest)
        length = 1 if apart else self._lists["remove"].at(rest) or weak
        if not length:
            return None
        rest = rest[length : -1 if apart else None]
        if self._lists["everything"].is_all(rest):
            return Command(Kind.REMOVE, everything=True)
        numbers, left = self._numbers(rest)
        if numbers:
            return Command(Kind.REMOVE, numbers) if not left else None
        if weak:
            return None
        words = rest[self._lists["about"].skip(rest) :]
        filler = self._lists["add_filler"].is_all(words) or self._lists["number"].is_all(words)
        meant = "" if filler else " ".join(token.word for token in words)
        return Command(Kind.REMOVE, text=meant)

    def _change(self, text: str, rest: Rest) -> Command | None:
        length = self._lists["change"].at(rest)
        if not length:
            return None
        number, after = self._number(rest, length)
        if number is None:
            left = rest[self._lists["add_filler"].skip(rest, length) :]
            return None if left else Command(Kind.CHANGE)
        after += self._lists["change_to"].at(rest, after)
        return Command(Kind.CHANGE, (number,), _said(text, rest, after))

    def _of_number(self, text: str, rest: Rest) -> Command | None:
        """What begins with a line's number: "2 should say …", "number 3 is wrong", "2 out"."""
        number, after = self._number(rest, 0)
        if number is None:
            return None
        should = self._lists["should"].at(rest, after)
        if should:
            return Command(Kind.CHANGE, (number,), _said(text, rest, after + should))
        if self._lists["wrong"].at(rest, after):
            return Command(Kind.CHANGE, (number,))
        numbers, left = self._numbers(rest)
        left = left[self._lists["lead"].skip(left) :]
        out = left and self._lists["after_number"].is_all(left)
        return Command(Kind.REMOVE, numbers) if out else None

    def _add(self, text: str, rest: Rest) -> Command | None:
        length = self._lists["add"].at(rest)
        if not length:
            return None
        asks = self._lists["ask"].at(rest) > 0
        start = self._lists["add_filler"].skip(rest, length)
        question = self._lists["a_question"].at(rest, start)
        start = self._lists["add_filler"].skip(rest, start + question)
        said = _said(text, rest, start)
        return Command(Kind.ADD, text=said, question=asks or question > 0)

    def _number(self, rest: Rest, start: int) -> tuple[int | None, int]:
        """The number of a line at ``start``, and the place after it."""
        at = start
        # "One" is a word before a number as well: "the one".
        while at < len(rest) and tokens.number(rest[at].word) is None:
            length = self._lists["number"].at(rest, at)
            if not length:
                return None, start
            at += length
        if at == len(rest):
            return None, start
        number, at = tokens.number(rest[at].word), at + 1
        named = at < len(rest) and rest[at].word in {"one", "line", "point", "item"}
        return number, at + named

    def _numbers(self, rest: Rest) -> tuple[tuple[int, ...], Rest]:
        """The numbers of lines that the words begin with, and the words after them."""
        rest = self._lists["closing"].trimmed(rest) if rest else rest
        found: list[int] = []
        at = 0
        while at < len(rest):
            number, after = self._number(rest, at)
            if number is not None:
                found.append(number)
            elif found and rest[at].word in RANGE_TO and at + 1 < len(rest):
                number, after = self._number(rest, at + 1)
                if number is None:
                    break
                found += range(found[-1] + 1, number + 1)
            else:
                break
            at = after
        return tuple(dict.fromkeys(found)), rest[at:]


def _said(text: str, rest: Rest, start: int) -> str:
    """The words from a place on, as they were typed; of words in quotation marks, those alone."""
    if start >= len(rest):
        return ""
    first = rest[start].start
    said = text[first:]
    closing = MARKS.get(text[first - 1 : first], "")
    end = max((said.rfind(mark) for mark in closing), default=-1)
    return said[:end].strip() if end > 0 else said.strip()
