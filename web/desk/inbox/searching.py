"""Searching the patients' words: what somebody typed becomes a search that no database refuses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, column, func, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import REGCONFIG

from records.conversations import SEARCH, Conversation, ConversationWords

MAX_LENGTH, MAX_TERMS, MAX_WORDS = 200, 10, 20

_CHUNK = re.compile(r'"([^"]*)"?(\*?)|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Term:
    """Words that are to stand side by side; of the last only the beginning, with `is_prefix`."""

    words: tuple[str, ...]
    is_prefix: bool = False


def terms(typed: str) -> list[Term]:
    """What somebody searches for; all of it has to be found.

    `"toes drag"` are words side by side, `walk*` is the beginning of a word; everything else is
    a word by itself, whatever signs stand around it.
    """
    found: list[Term] = []
    left = MAX_WORDS
    for quoted, star, plain in _CHUNK.findall(typed[:MAX_LENGTH]):
        words = tuple(_WORD.findall(quoted or plain))[:left]
        left -= len(words)
        if words:
            found.append(Term(words, is_prefix=bool(star) or plain.endswith("*")))
    return found[:MAX_TERMS]


def matching(typed: str, *, is_sqlite: bool) -> ColumnElement[bool]:
    """The condition that a conversation has what is searched for; no word at all finds nothing."""
    wanted = terms(typed)
    if not wanted:
        return Conversation.number.in_([])
    if is_sqlite:
        search = table(SEARCH, column("rowid", Integer))
        matches = text(f"{SEARCH} MATCH :searched").bindparams(searched=_for_fts5(wanted))
        return Conversation.number.in_(select(search.c.rowid).where(matches))
    english = literal_column("'english'", REGCONFIG)
    asked = func.to_tsquery(english, _for_postgres(wanted))
    vector: ColumnElement[str] = column(SEARCH)
    found = select(ConversationWords.number).where(vector.op("@@")(asked))
    return Conversation.number.in_(found)


def _for_fts5(wanted: Sequence[Term]) -> str:
    """Each term in quotes: there are no operators in it, and no word with a quote."""
    return " ".join(f'"{" ".join(term.words)}"' + " *" * term.is_prefix for term in wanted)


def _for_postgres(wanted: Sequence[Term]) -> str:
    """The words are letters and digits alone, so that all signs are ours."""
    return " & ".join(
        "(" + " <-> ".join(term.words) + ":*" * term.is_prefix + ")" for term in wanted
    )
