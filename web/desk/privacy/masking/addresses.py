"""Where somebody lives: streets with a number, boxes, named houses before a postcode, postcodes."""

import re
from collections.abc import Iterator

from desk.privacy.masking.kinds import Kind, Span
from desk.privacy.masking.lexicon import is_stop, listed
from desk.privacy.masking.postcodes import postcodes

_WORD = r"[^\W\d_][^\W\d_'\u2019.\-]*(?:['\u2019.\-]+[^\W\d_]+){0,3}\.?"
_HOME = (
    r"(?:(?:flat|apt|apartment|unit|suite|ste|room|house|lot|level|rm|block)\.?\s?#?\s?\w{1,4}[\s,/]{1,3})"
    r"?(?:(?:no|nr|number)\.?\s?)?\d{1,5}[a-z]?(?:\s?[-\u2013/]\s?\d{1,4}[a-z]?)?"
)
_SURE = (
    r"(?:roads?|rd|streets?|str|st|avenue|aven?|lane|ln|crescent|cres|terrace|terr|gardens|gdns|boulevard|blvd|highway|hwy"
    r"|parkway|pkwy|quay|mews|esplanade|crt|ct|cct|circuit|cir|circle|trl|trail|loop|turnpike|pike|freeway|close|cl|grove|gr)"
)
_UNSURE = (
    r"(?:drive|dr|place|pl|way|court|square|sq|row|hill|parade|pde|rise|view|green|park|walk"
    r"|wharf|cottages?|house|heights|estate|mount|approach|bank|brae|croft|fold|gate|garth|hollow"
    r"|meadows?|orchard|path|promenade|ridge|vale|villas|wynd)"
)
_STREET = re.compile(
    rf"(?<![\w£$€./,-]){_HOME},?\s{{1,2}}(?P<name>(?:(?:\d{{1,3}}(?:st|nd|rd|th)|{_WORD})\s){{1,4}}?|the\s)"
    rf"(?:(?P<sure>{_SURE})|(?P<unsure>{_UNSURE}))\b\.?(?:(?<=road|hway)\s\d{{1,4}}(?!\d))?(?:\s(?:north|south|east|west|upper|lower|[nsew]{{1,2}})\b)?",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"\b[^\W\d_]{2,}(?:-[^\W\d_]+){0,3}[\s-]?(?:stra(?:ß|ss)e|str\.|gasse|weg|platz|allee|damm|ufer|laan|straat|gracht|plein|kade|singel"
    r"|gatan|vägen|gata|vej|gade|veien|katu|utca)\s\d{1,4}\s?[a-z]?\b",
    re.IGNORECASE,
)
_ROMANCE = re.compile(
    r"(?:\b\d{1,4}\s?(?:bis|ter)?,?\s(?i:rue|avenue|av|boulevard|bd|chemin|impasse|allée|quai|place|cours|route)\b\.?(?:\s(?:(?:de|la|le|du|des|les)\b|"
    + _WORD
    + r")){1,4}"
    r"|\b(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Vv]icolo|[Cc]alle|C/|[Aa]venida|[Aa]vda|[Pp]laza|[Pp]aseo|[Rr]ua|[Pp]raça|[Uu]l|[Uu]lica|[Aa]leja"
    r"|[Ss]trada|[Ss]tr|[Rr]ue)\b\.?(?:\s(?:de|la|del|di|da|do|dos|della|los|las)\b){0,2}(?:\s[A-ZÀ-Ż]"
    + r"[^\W\d_.'\u2019-]*){1,3},?\s\d{1,4}\s?[A-Za-z]?(?:\s\d{1,2}[A-Z])?\b)"
)
_EUROPEAN = re.compile(
    r"(?<!\w)(?:[A-ZÀ-Ž][^\W\d_]*\.?\s|(?:ul\.|de|das|dos|la|del|am|an|der)\s){1,4}(?:,\s)?\d{1,4}[a-z]?(?:/\d{1,4})?,?\s(?:-\s)?"
    r"(?:[A-Z]{1,2}-)?(?:\d{5}|\d{4}(?:-\d{3}|\s?[A-Z]{2})?|\d{2}-\d{3}|\d{3}\s\d{2})\s[A-ZÀ-Ž][^\W\d_]+"
)
_BEFORE = re.compile(
    r"(?:(?:[A-Z][\w'\u2019]*\s){1,3}(?:House|Cottage|Court|Lodge|Farm|Barn|Hall|Mansions|Apartments"
    r"|Building|Rectory|Vicarage|Mill|Tower|Towers|Place|View)|[Bb]lock\s\w{1,2}),?\s\Z"
)
_BOX = re.compile(r"\b(?:p\.?\s?o\.?\s?box|gpo\sbox|private\sbag)\s?#?\d{1,6}\b", re.IGNORECASE)
_LIVES = re.compile(
    rf"\b(?:live|lives|living|lived|address|reside|moved|stay(?:ing)?|my\s(?:road|street))\b(?:\s(?:is|now|near|close|just|up|down|here|over)\b){{0,2}}[\s:]{{1,2}}(?:(?:on|in|at|off|to)\s)?"
    rf"(?P<street>(?:{_WORD}\s){{1,3}}?{_SURE})\b",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:live[sd]?|living|address|adress|addr|post|send|mail|deliver|at|write|to|is)\b\W{0,3}(?:\w+\W{1,3}){0,3}$",
    re.IGNORECASE,
)
_MEASURES = listed("measures.txt")
_TOKEN = re.compile(
    rf"[ ,\n]{{1,4}}(?P<token>#?\s?\d{{1,5}}(?:-\d{{4}})?[a-z]?(?!\w)|{_WORD})", re.IGNORECASE
)
_ADDED = re.compile(
    r"[\s,]{1,3}(?:apt|apartment|unit|flat|suite|ste|floor|fl|#)\.?\s?#?\s?\w{1,4}\b(?:\s?floor)?|[\s,]{1,2}#\s?\w{1,4}\b",
    re.IGNORECASE,
)
_IN_PLACES = frozenset(["the", "old", "new", "way", "down", "off", "under", "on"])
_PLACE_BEGINS = frozenset(["New", "Old", "Great", "Down"])
_REACH, _CHUNKS = 8, 3


def addresses(text: str) -> Iterator[Span]:
    """Find addresses and postcodes."""
    codes = postcodes(text)
    for start, end in codes:
        yield Span(_back(text, start), end, Kind.ADDRESS)
    for found in _STREET.finditer(text):
        if _is_street(text, found):
            house = _BEFORE.search(text[max(0, found.start() - 60) : found.start()])
            start = found.start() - len(house.group()) if house else found.start()
            yield Span(start, _forward(text, found.end(), codes), Kind.ADDRESS)
    for pattern in (_GLUED, _ROMANCE, _EUROPEAN, _BOX):
        for found in pattern.finditer(text):
            yield Span(found.start(), _forward(text, found.end(), codes), Kind.ADDRESS)
    for found in _LIVES.finditer(text):
        words = found.group("street").lower().split()
        if not any(is_stop(word) or word in _MEASURES for word in words[:-1]):
            yield Span(
                found.start("street"), _forward(text, found.end("street"), codes), Kind.ADDRESS
            )


def _is_street(text: str, found: re.Match[str]) -> bool:
    """Whether what follows a number is a street and no distance, time or count."""
    words = found.group("name").split()
    after = text[found.end() : found.end() + 2].strip(" .")
    alone = text[: found.start()].rstrip(" ")[-1:] in ("", "\n") and after[:1] in ("", "\n")
    said = _CUE.search(text[max(0, found.start() - 40) : found.start()]) is not None
    if words == ["the"] or words == ["The"]:
        return said or after.startswith((",", "\n"))
    if any(
        word.lower() in _MEASURES or (is_stop(word) and word.lower() not in {"may", "will"})
        for word in words
    ):
        return False
    if found.group("sure"):
        return True
    named = all(word[0].isupper() for word in words)
    return named or said or alone or after.startswith((",", "\n"))


def _forward(text: str, end: int, codes: list[tuple[int, int]]) -> int:
    """Where an address ends that goes on with a flat, a town and a postcode."""
    added = _ADDED.match(text, end)
    end = added.end() if added else end
    for start, close in codes:
        if 0 <= start - end <= 60 and _only_places(text[end:start]):
            return close
    reached, place = end, end
    for _ in range(_REACH):
        token = _TOKEN.match(text, place)
        if token is None:
            break
        word = token.group("token")
        comma = token.group()[0] in ",\n"
        if word[0].isdigit():
            if len(word) < 4:
                break
            reached = token.end()
        elif (is_stop(word) and word not in _PLACE_BEGINS) or not (
            word[0].isupper() or comma or token.end() == len(text.rstrip())
        ):
            break
        elif word[0].isupper() or comma or place == end:
            reached = token.end()
        place = token.end()
        if word.endswith(".") and len(word) > 4:
            break
    return reached


def _only_places(between: str) -> bool:
    words = re.findall(r"[^\s,.]+", between)
    return len(words) <= 6 and not any(is_stop(word) for word in words)


def _back(text: str, start: int) -> int:
    """Where an address begins that ends with this postcode, over parts between commas."""
    line = text[max(0, start - 120) : start]
    parts = re.split(r"(?<=[,\n])", line)
    reached = start
    place = start
    for part in reversed(parts[-_CHUNKS - 2 :]):
        words = list(re.finditer(r"[^\s,]+", part))
        last = next((n for n in range(len(words) - 1, -1, -1) if _ends(words[n].group())), -1)
        kept = words[last + 1 :]
        begin = place - len(part)
        if len(kept) > 4 and not any(char.isdigit() for char in part):
            break
        if kept and (begin != start or any(word.group()[0].isupper() for word in kept)):
            reached = begin + kept[0].start()
        if last >= 0:
            break
        place = begin
    return reached


def _ends(word: str) -> bool:
    """Whether a word stands before an address and not in it."""
    return (is_stop(word) and word.lower() not in _IN_PLACES) or (
        word.endswith((".", "!", "?", ":", ";")) and len(word) > 3
    )
