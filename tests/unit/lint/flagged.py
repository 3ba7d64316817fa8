"""A red flag without a fault, and the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .conftest import Tiny

FLAG = "data/red_flags/suicide_self_harm.yml"
GENERAL = "data/triage/general.yml"
HARD = "Rehabilitation encompasses comprehensive multidisciplinary neurological evaluation."
SHORTER = "Use shorter sentences and everyday words."
ASK = 'ask: "In danger, call {emergency}. Do you think of harming yourself now?"'
URGENT_SAY = """\
  urgent:
    advice: "Please get help today: {same_day}."
    reason: "It can help to talk. {crisis}"
"""


def listed(subject: str, count: int) -> str:
    return "\n".join(f"    - {subject} {number}" for number in range(count))


FILES = {
    FLAG: f"""\
id: suicide_self_harm
title: Thoughts of self-harm
level: emergency
clinical_owner: not yet named
clinically_reviewed: false
reviewed: "2026-01-15"
review_due: "2027-01-15"
sources: [nhs-foot-drop]
say:
  emergency:
    advice: "Call {{emergency}} now."
    reason: "I am glad you told me. {{crisis}}"
    meanwhile: "Stay with someone."
    safety_net: "Go with them."
    call_line: "Say: I need help now."
{URGENT_SAY}\
{ASK}
words:
  harm: [hurt, harm]
signs:
  thoughts:
    - "{{harm}} .. myself"
  old:
    patterns: ["used to"]
    ignore: [past]
rules:
  - any: [thoughts]
    unless: [old]
  - level: urgent
    all: [thoughts, old]
    within: sentence
must_fire:
  emergency:
{listed("now", 20)}
  urgent:
{listed("today", 10)}
must_not_fire:
  negated:
{listed("not", 10)}
  idiom:
{listed("as they say", 10)}
""",
    GENERAL: """\
say:
  emergency:
    advice: "Please call {emergency} now."
    reason: "This can be a sign of something bad."
crisis:
  line: "You can talk to {name} at {number}."
  none: "A line near you can help."
again:
  emergency: "Please call {emergency} now, as I said."
  urgent: "Please get help today: {same_day}."
after:
  emergency: "Have you called {emergency}?"
stay:
  emergency: "I am still here. Call {emergency}. {crisis}"
  second: "Call {emergency}. {crisis}"
  safe: "Good. In danger, call {emergency}. {crisis}"
  unsafe: "Call {emergency} now. {crisis}"
ask:
  question: "Is it new? In danger, call {emergency}."
  again: "Was it so before? In danger, call {emergency}."
  left: "If it gets worse, call {emergency}."
  noted: "If it gets worse, call {emergency}."
  "yes": ["Yes", "on"]
  "no": ["No", nope]
""",
}


def only(flagged: Tiny, path: str, words: str) -> str:
    """What is wrong in the one finding there is, which has to be at the line with ``words``."""
    found, place = flagged.only(), flagged.place(path, words)
    assert found.startswith(f"{place}: error: "), found
    return found.removeprefix(f"{place}: error: ")
