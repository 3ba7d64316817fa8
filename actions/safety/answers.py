"""What a typed reply says to a question of the safety check. Pure: text in, reading out.

A yes may be vague; a no has to be plain. What is neither is unclear, and is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from actions.safety import wording
from actions.safety.values import ANSWERS, Named, Reading, Said
from actions.safety.wording import BREAK, Words

NO_WORDS = 40
STOP_WORDS = 8
NEAR = 4
_TIME = re.compile(
    r"(?:\d+|one|two|three|four|five|six|a|an|couple|few|several|last|past|this) "
    r"(?:of )?(?:minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|months?)"
)


class Reader:
    """Reads replies by lists of words.

    Args:
        words: the lists of ``data/safety_check.yml``.
        sudden: whether the question asks how fast it came on; only there "slowly" is a no.
    """

    def __init__(self, words: Mapping[str, Sequence[str]], *, sudden: bool = False) -> None:
        self._lists = {
            name: frozenset(wording.spoken(wording.split(phrase)) for phrase in phrases)
            for name, phrases in words.items()
        }
        self._gradual = Said.NO if sudden else Said.UNCLEAR
        if sudden:
            self._lists["harmless"] |= self._lists["gradual"]

    def read(self, text: str, named: Named | None = None) -> Reading:
        """Read one reply.

        Args:
            text: any string at all.
            named: the signs it names, if it was looked through for them.
        """
        named = named or Named(text)
        words = self._trim(wording.split(text))
        corrected = self._corrected(words)
        if corrected is not None:
            return Reading(corrected, corrects=True)
        control = self._control(wording.spoken(words))
        said = control or self._polarity(words, named)
        return Reading(said, onset=said is Said.YES and self._is_onset(words))

    def is_pace(self, text: str) -> bool:
        """Whether it is told how fast something came on, and no more."""
        return self._trim(wording.split(text)) in self._lists["gradual"]

    def is_question(self, text: str) -> bool:
        """Whether something is asked."""
        words = self._trim(wording.split(text))
        asks = bool(wording.longest(words, self._lists["asking"]))
        return text.rstrip().endswith("?") or asks

    def is_old(self, text: str) -> bool:
        """Whether it tells of what has long been so."""
        return self._is_old(wording.split(text))

    def is_readiness(self, text: str) -> bool:
        """Whether the text only says to go on, which answers nothing."""
        return self._trim(wording.split(text)) in self._lists["unclear"]

    def _trim(self, words: Words) -> Words:
        return wording.trimmed(words, self._lists["filler"], self._lists["closing"])

    def _corrected(self, words: Words) -> Said | None:
        """The answer that a correction ends with."""
        ends = [
            (at + len(marker), at)
            for marker in self._lists["correction"]
            for at in wording.places(words, marker)
        ]
        for end, at in sorted(ends, reverse=True):
            rest = self._trim(words[end:])
            # "wait" may be meant as it is said; only an answer and no more makes it a correction.
            said = self._polarity(rest, Named(" ".join(rest)))
            if said in ANSWERS and (at == 0 or self._is_lead(words[:at])):
                return said
        return None

    def _is_lead(self, words: Words) -> bool:
        """Whether what comes before a correction is no more than an answer or an excuse."""
        return (
            len(wording.spoken(words)) <= NEAR or self._control(wording.spoken(words)) is not None
        )

    def _control(self, words: Words) -> Said | None:
        """Stopping, going back or asking about the question."""
        lead = wording.longest(words, self._lists["no"] | self._lists["unclear"])
        told = self._trim(words[lead:])
        if words in self._lists["stop"] or (told and told in self._lists["stop"]):
            return Said.STOP
        for said in (Said.BACK, Said.WHY, Said.MEANING, Said.STOP):
            phrases = self._lists[said.value]
            # A single word may begin anything: "back pain", "why me", "stop start".
            begins = wording.longest(words, phrases) > 1
            if said is Said.STOP and len(words) > STOP_WORDS:
                begins = False
            if words in phrases or begins:
                return said
        return None

    def _polarity(self, words: Words, named: Named) -> Said:
        if not words or words in self._lists["unclear"]:
            return Said.UNCLEAR
        if words in self._lists["yes_alone"]:
            return Said.YES
        if words in self._lists["no_alone"]:
            return Said.NO
        if words in self._lists["gradual"]:
            return self._gradual
        if self._has(words, "begun"):
            # "No, not until today."
            return Said.UNCLEAR if self._is_old(words) else Said.YES
        lengths = {
            said: wording.longest(words, self._lists[said.value])
            for said in (Said.UNSURE, Said.NO, Said.YES)
        }
        said = max(lengths, key=lengths.__getitem__)
        if not lengths[said]:
            return self._time(words)
        rest = self._trim(words[lengths[said] :])
        if said is Said.YES:
            return self._yes(words, rest)
        if said is Said.NO:
            return self._no(words, lengths[said], rest, named)
        return said

    def _time(self, words: Words) -> Said:
        """A time since when is a yes; one of long ago is not."""
        text = " ".join(words)
        told = _TIME.search(text) is not None and len(words) <= STOP_WORDS
        denied = self._has(words, "negators")
        # "Gradually over three weeks" is no yes where it is asked whether it gets worse fast.
        slow = self._has(words, "gradual") and self._gradual is Said.UNCLEAR
        plain = not denied and not slow and not self._is_old(words)
        return Said.YES if told and plain else Said.UNCLEAR

    def _yes(self, words: Words, rest: Words) -> Said:
        if self._is_old(words):
            return Said.UNCLEAR
        if rest in self._lists["no"] | self._lists["no_alone"]:
            return Said.UNCLEAR
        return Said.YES

    def _no(self, words: Words, length: int, rest: Words, named: Named) -> Said:
        if not rest:
            return Said.NO
        if any(wording.places(rest, phrase) for phrase in self._lists["unsure"]):
            return Said.UNSURE
        if rest in self._lists["no_alone"] | self._lists["no"]:
            return Said.NO
        if rest in self._lists["yes_alone"]:
            return Said.UNCLEAR
        if len(words) > NO_WORDS or self._is_bare_noun(words, length, named):
            return Said.UNCLEAR
        left = wording.split(named.rest)
        plain = self._is_harmless(left, named) and not self._speaks_against(left, named)
        return Said.NO if plain else Said.UNCLEAR

    def _is_bare_noun(self, words: Words, length: int, named: Named) -> bool:
        """Whether "no" belongs to a word nobody knows: "no feeling", "no grip"."""
        after = words[length]
        known = self._lists["after_no"] | (self._lists["turn"] if named.other else frozenset())
        return after != BREAK and (after,) not in known and not named.denied

    def _is_harmless(self, words: Words, named: Named) -> bool:
        """Whether every word is one that may stand beside a no."""
        eased = self._has(words, "fine") or self._has(words, "ease")
        known = self._lists["harmless"] | self._lists["doubt"] | self._lists["fine"]
        known |= self._lists["organ"] if eased else frozenset()
        known |= self._lists["turn"] if named.other else frozenset()
        singles = {word for phrase in self._lists["no"] for word in phrase}
        fillers = {
            word for name in ("filler", "closing") for one in self._lists[name] for word in one
        }
        return all(
            (word,) in known or word in singles or word in fillers for word in wording.spoken(words)
        )

    def _speaks_against(self, words: Words, named: Named) -> bool:
        if any(wording.places(words, phrase) for phrase in self._lists["lost"]):
            return True
        if not named.other and self._has(words, "turn"):
            return True
        for at, word in enumerate(words):
            clause = " ".join(words[max(0, at - NEAR) : at]).rpartition(BREAK)[2].split()
            denied = self._has(tuple(clause), "negators")
            if (word,) in self._lists["doubt"] and not denied:
                return True
            # "My bladder is not right."
            if (word,) in self._lists["fine"] and "not" in clause:
                return True
        return False

    def _is_onset(self, words: Words) -> bool:
        """Whether the words say since when, and no yes besides."""
        told = wording.longest(words, self._lists["onset"])
        return told > 0 or not wording.longest(words, self._lists["yes"] | self._lists["yes_alone"])

    def _is_old(self, words: Words) -> bool:
        return self._has(words, "long_past")

    def _has(self, words: Words, name: str) -> bool:
        return any(wording.places(words, phrase) for phrase in self._lists[name])
