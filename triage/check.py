"""``python -m triage.check``: whether the rules do what the examples ask, and which are of no use.

A pattern is of use when, without it, some example that is judged rightly by rules alone would be
judged wrongly. This is the mutation check: every pattern is taken away in turn, and what nothing
misses stays away, so all patterns reported as idle can go together.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from triage.examples import NOT_ALARMING, Example, examples, learning
from triage.files import FLAGS, HOME
from triage.knowledge import Knowledge, RedFlag, Sign
from triage.load import load
from triage.rules import Affirmed, raise_flags
from triage.screening import Screener

Named = tuple[str, str]  # a sign and one of its patterns


@dataclass
class Report:
    """What the rules did with the examples.

    Attributes:
        missed: examples that must fire and did not reach their level.
        alarms: near misses that reached urgent or emergency, with the flags raised.
        idle: per sign, the patterns without which nothing changes.
        fired: examples that reached their level.
        quiet: near misses that stayed quiet.
    """

    missed: list[Example] = field(default_factory=list)
    alarms: list[tuple[Example, str]] = field(default_factory=list)
    idle: dict[str, list[str]] = field(default_factory=dict)
    fired: int = 0
    quiet: int = 0


@dataclass(frozen=True)
class _Case:
    """An example that is judged rightly, with the signs that were affirmed in it."""

    example: Example
    own: bool
    affirmed: Mapping[str, list[Affirmed]]

    def holds(self, flags: Mapping[str, RedFlag], removed: set[Named]) -> bool:
        """Whether it is still judged rightly without some patterns."""
        left = {}
        for sign, found in self.affirmed.items():
            kept = [one for one in found if (sign, one.candidate.pattern) not in removed]
            if kept:
                left[sign] = kept
        raised = list(raise_flags(flags.values(), left, frozenset()))
        rank = max((flag.level.rank for flag in raised), default=0)
        if not self.example.must_fire:
            return rank <= NOT_ALARMING.rank
        by_its_flag = any(flag.id == self.example.flag for flag in raised)
        return rank >= self.example.level.rank and (by_its_flag or not self.own)


def check(
    knowledge: Knowledge,
    wanted: Iterable[Example],
    more: Iterable[Example] = (),
    flags: Collection[str] = (),
) -> Report:
    """Try the rules, without the second opinion, on examples.

    Args:
        knowledge: the rules.
        wanted: what must be judged rightly.
        more: messages that the rules need not judge rightly; a pattern that serves one is of use.
        flags: if there are any, only their examples are told of, and only their own patterns are
            tried; whether one is of use, all examples decide.
    """
    screener, report = Screener(knowledge), Report()
    asked: list[Example] = []
    rest = [*more]
    for example in wanted:
        (asked if not flags or example.flag in flags else rest).append(example)
    cases = _cases(screener, asked, report) + _cases(screener, rest, Report())
    own = [one for one in knowledge.signs.values() if not flags or _owner(one) in flags]
    report.idle = _idle(knowledge, cases, own)
    return report


def _cases(screener: Screener, wanted: Iterable[Example], report: Report) -> list[_Case]:
    """The examples judged rightly; the others go into the report."""
    cases: list[_Case] = []
    for example in wanted:
        found = screener.by_rules(example.text)
        rank = found.level.rank
        if not example.must_fire and rank > NOT_ALARMING.rank:
            words = ", ".join(f"{f.id} {f.level.value} ({f.text})" for f in found.flags)
            report.alarms.append((example, words))
        elif example.must_fire and rank < example.level.rank:
            report.missed.append(example)
        else:
            report.fired += example.must_fire
            report.quiet += not example.must_fire
            own = any(flag.id == example.flag for flag in found.flags)
            cases.append(_Case(example, own, found.affirmed))
    return cases


def _owner(sign: Sign) -> str:
    """The flag in whose file a sign stands; empty for one that several share."""
    return sign.id.rpartition(".")[0]


def _idle(
    knowledge: Knowledge, cases: Iterable[_Case], signs: Iterable[Sign]
) -> dict[str, list[str]]:
    """The patterns that can all be taken away with every case still judged rightly."""
    touched: dict[Named, list[_Case]] = defaultdict(list)
    for case in cases:
        for named in {
            (sign, one.candidate.pattern) for sign, found in case.affirmed.items() for one in found
        }:
            touched[named].append(case)
    idle: dict[str, list[str]] = {}
    removed: set[Named] = set()
    for sign in signs:
        for pattern in sign.patterns:
            named = (sign.id, pattern.source)
            trial = removed | {named}
            if all(case.holds(knowledge.flags, trial) for case in touched[named]):
                removed.add(named)
                idle.setdefault(sign.id, []).append(pattern.source)
    return idle


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what the rules miss, what they raise without need, and which patterns are idle."""
    parser = argparse.ArgumentParser(prog="python -m triage.check", description=__doc__)
    parser.add_argument("flags", nargs="*", help="only the examples and signs of these flags")
    parser.add_argument("--home", type=Path, default=HOME, help="the folder of the content files")
    parser.add_argument("--quiet", action="store_true", help="only the totals")
    options = parser.parse_args(arguments)
    knowledge = load(options.home)
    unknown = sorted(set(options.flags) - knowledge.flags.keys())
    if unknown:
        parser.error(f"no red flag is called {', '.join(unknown)}; see {options.home / FLAGS}")
    report = check(knowledge, examples(options.home), learning(options.home), options.flags)
    if not options.quiet:
        for example in report.missed:
            print(f"missed  {example.flag} {example.level.value}: {example.text}")
        for example, words in report.alarms:
            where = example.flag or "ordinary"
            print(f"alarm   {where} {example.kind}: {example.text}\n        {words}")
        for sign, patterns in report.idle.items():
            for pattern in patterns:
                print(f"idle    {sign}: {pattern}")
    fire, still = report.fired + len(report.missed), report.quiet + len(report.alarms)
    print(
        f"reached their level: {report.fired} of {fire}; stayed quiet: {report.quiet} of {still}; "
        f"idle patterns: {sum(map(len, report.idle.values()))}"
    )


if __name__ == "__main__":
    main()
