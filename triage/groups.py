"""Where words, forms and groups of words stand in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from triage.text import Break, Word

Places = Mapping[str, Mapping[int, Sequence[int]]]
CLAUSE = Break.CLAUSE


class _Node:
    """What a group's members, read word by word, may go on with, and the groups that end here."""

    __slots__ = ("keys", "next")

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.next: dict[str, _Node] = {}


class Groups:
    """Words and phrases under a common name.

    Args:
        groups: a name's members, each a sequence of lemmas.
    """

    def __init__(self, groups: Mapping[str, Iterable[Sequence[str]]]) -> None:
        self._root = _Node()
        for name, members in groups.items():
            for member in {tuple(member) for member in members}:
                node = self._root
                for lemma in member:
                    node = node.next.setdefault(lemma, _Node())
                node.keys.append(f"{{{name}}}")

    def places(self, words: Sequence[Word]) -> Places:
        """Where each key stands: key to start to ends, over lemmas, forms and groups."""
        found: dict[str, dict[int, tuple[int, ...]]] = defaultdict(dict)
        for at, word in enumerate(words):
            node, end = self._root.next.get(word.lemma), at + 1
            only = (end,)
            found[word.lemma][at] = found["=" + word.form][at] = only
            while node is not None:
                for key in node.keys:
                    home = found[key]
                    home[at] = (*home[at], end) if at in home else only
                if not node.next or end == len(words) or words[end].before >= CLAUSE:
                    break
                node, end = node.next.get(words[end].lemma), end + 1
                only = (end,)
        return found
