"""Messages that are noticed less than before, or without need: one by one, and per flag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from content.lint.problems import Severity
from deploy.train import DATA
from gate.heldout.alarms import Message
from gate.reasons import agree, named, say_so
from gate.report import Change, Figure, Finding, Side, StepId
from gate.safety.effects import Effect
from triage.examples import Example
from triage.files import FLAGS
from triage.model import Level

SHOWN = 8
RECALL, ALARMS = "noticed", "false escalation"

Effects = Mapping[str, Effect]


@dataclass
class Compared:
    """What a change does to screening."""

    figures: dict[str, Figure] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    better: list[Change] = field(default_factory=list)
    worse: list[Change] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)


def compared(
    told: Iterable[Example],
    held_out: Sequence[Message],
    before: Effects,
    after: Effects,
    reason: str,
) -> Compared:
    """Compare what came of messages.

    Args:
        told: the examples of the live red flags.
        held_out: messages that nothing was made from.
        before: what the live content makes of each text.
        after: what the change makes of it.
        reason: why the change is made.
    """
    found = Compared()
    _examples(told, before, after, reason, found)
    groups: dict[tuple[str, bool], list[Message]] = defaultdict(list)
    for message in held_out:
        groups[message.group, message.level is not Level.NONE].append(message)
    for (group, alarming), messages in sorted(groups.items()):
        if alarming:
            _noticed(group, messages, before, after, found)
        else:
            _escalated(group, messages, before, after, reason, found)
    return found


def _examples(
    told: Iterable[Example], before: Effects, after: Effects, reason: str, found: Compared
) -> None:
    """Examples that live red flags judge rightly, and the change does not."""
    lost: dict[str, list[str]] = defaultdict(list)
    false: dict[str, list[str]] = defaultdict(list)
    for example in told:
        was, now = before[example.text], after[example.text]
        if example.must_fire:
            told_less = _reached(was, example) and not _reached(now, example)
            ruled_less = _ruled(was, example) and not _ruled(now, example)
            if told_less or ruled_less:
                lost[example.flag].append(example.text)
                found.sides.append(_side(example.text, example.flag, was, now, right=False))
        elif _alarms(now) and not _alarms(was):
            for flag in _new_alarms(was, now):
                false[flag].append(example.text)
            found.sides.append(_side(example.text, example.flag or "none", was, now, right=False))
    for flag, texts in sorted(lost.items()):
        wrong = f"{len(texts)} examples that raised this flag do not any more: {_listed(texts)}"
        mend = "Put back the words that noticed them."
        found.findings.append(_finding(flag, wrong, mend))
    for flag, texts in sorted(false.items()):
        wrong = f"it is raised for {len(texts)} examples that must not raise an alarm: "
        found.findings.append(_unneeded(flag, wrong + _listed(texts), reason))


def _noticed(
    group: str, messages: Sequence[Message], before: Effects, after: Effects, found: Compared
) -> None:
    """Held-out messages of one flag: as many have to reach the level they deserve."""
    was = [before[m.text].level.rank >= m.level.rank for m in messages]
    now = [after[m.text].level.rank >= m.level.rank for m in messages]
    total = len(messages)
    found.figures[f"{RECALL}: {group}"] = Figure(sum(was) / total, sum(now) / total, total, "share")
    lost = [m.text for m, b, a in zip(messages, was, now, strict=True) if b and not a]
    gained = [m.text for m, b, a in zip(messages, was, now, strict=True) if a and not b]
    _tell(found, f"`{group}`: held-out messages", gained, lost)
    for text in (*lost, *gained):
        found.sides.append(_side(text, group, before[text], after[text], right=text in gained))
    if sum(now) < sum(was):
        wrong = f"{sum(now)} of {total} held-out messages are noticed, {sum(was)} before: "
        mend = "Look at what was deleted or changed: these are emergencies that would be missed."
        found.findings.append(_finding(group, wrong + _listed(lost), mend))


def _escalated(
    group: str,
    messages: Sequence[Message],
    before: Effects,
    after: Effects,
    reason: str,
    found: Compared,
) -> None:
    """Held-out messages that deserve no alarm: not more of them may raise one."""
    was = [_alarms(before[m.text]) for m in messages]
    now = [_alarms(after[m.text]) for m in messages]
    total = len(messages)
    found.figures[f"{ALARMS}: {group}"] = Figure(sum(was) / total, sum(now) / total, total, "share")
    more = [m.text for m, b, a in zip(messages, was, now, strict=True) if a and not b]
    fewer = [m.text for m, b, a in zip(messages, was, now, strict=True) if b and not a]
    _tell(found, f"{group}: alarms without need", fewer, more)
    for text in (*more, *fewer):
        found.sides.append(_side(text, group, before[text], after[text], right=text in fewer))
    if sum(now) > sum(was):
        flags = {flag for text in more for flag in _new_alarms(before[text], after[text])}
        wrong = f"alarms without need ({group}): {sum(now)} of {total}, {sum(was)} before: "
        for flag in sorted(flags):
            found.findings.append(_unneeded(flag, wrong + _listed(more), reason))


def _tell(found: Compared, what: str, better: Sequence[str], worse: Sequence[str]) -> None:
    if better:
        said = f"{what}: {len(better)} judged rightly now"
        found.better.append(Change(StepId.SAFETY, said, tuple(better[:SHOWN])))
    if worse:
        said = f"{what}: {len(worse)} judged wrongly now"
        found.worse.append(Change(StepId.SAFETY, said, tuple(worse[:SHOWN])))


def _reached(effect: Effect, example: Example) -> bool:
    return effect.level.rank >= example.level.rank


def _ruled(effect: Effect, example: Example) -> bool:
    own = effect.flags.get(example.flag)
    return own is not None and own.rank >= example.level.rank


def _alarms(effect: Effect) -> bool:
    return effect.level.rank >= Level.URGENT.rank


def _new_alarms(was: Effect, now: Effect) -> list[str]:
    """The flags that raise the alarm now, and did not."""
    return [
        flag
        for flag, level in now.raised.items()
        if level.rank >= Level.URGENT.rank and was.raised.get(flag, Level.NONE).rank < level.rank
    ]


def _side(text: str, label: str, was: Effect, now: Effect, *, right: bool) -> Side:
    before, after = was.level.value, now.level.value
    if before == after:
        before, after = f"{before}, by rules too", f"{after}, but not by rules"
    return Side(text, label, before, after, not right, right, StepId.SAFETY)


def _finding(flag: str, wrong: str, mend: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(f"{DATA}/{FLAGS}/{flag}.yml", 1, wrong, mend, severity)


def _unneeded(flag: str, wrong: str, reason: str) -> Finding:
    if named(reason, flag):
        return _finding(flag, wrong, agree(), Severity.WARNING)
    return _finding(flag, wrong, f"Make the new words narrower. {say_so(flag)}")


def _listed(texts: Sequence[str]) -> str:
    shown = "; ".join(f"“{text}”" for text in texts[:SHOWN])
    return shown if len(texts) <= SHOWN else f"{shown} and {len(texts) - SHOWN} more"
