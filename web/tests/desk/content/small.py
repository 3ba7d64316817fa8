"""A few content files, small enough to see at a glance."""

from collections.abc import Mapping

TYPES = "data/topics/brace/types.yml"
SHOES = "data/topics/brace/shoes.yml"
FES = "data/topics/fes/what_is.yml"
GREET = "data/conversation/greet.yml"
ASPECTS = "data/conversation/aspects.yml"
RECOVERY = "data/recovery.yml"

FILES: Mapping[str, str] = {
    TYPES: """\
id: brace/types
title: Kinds of brace
scope: The kinds there are. Not shoes (brace/shoes), not the current (fes/what_is).
facts: [T1, T2]
examples: # as people type them
  - what kinds are there
  - 'carbon: yes or no'
  - "=is it heavy"
answer:
  - There are several kinds.
  - Some are soft, and some are hard.
follow_ups: [brace/shoes, fes/what_is]
sources: [nhs, mstrust]
reviewed: "2026-11-21"
review_due: "2027-11-21"
""",
    SHOES: """\
id: brace/shoes
title: Shoes
scope: Shoes for a brace.
examples:
  - which shoes fit
answer:
  - Wide ones.
follow_ups: [brace/types]
sources: [nhs]
reviewed: "2026-11-21"
review_due: "2027-11-21"
""",
    FES: """\
id: fes/what_is
title: What FES is
scope: Not braces (brace/types).
facts: [T2]
examples:
  - what is fes
answer:
  - A current lifts the foot.
see_someone: A physiotherapist knows.
follow_ups: [brace/types]
sources: [mstrust]
reviewed: "2026-11-21"
review_due: "2027-11-21"
""",
    GREET: """\
id: greet
kind: smalltalk
title: Hello
examples:
  - hello
  - brace/types
reply:
  - Hello. See brace/types.
buttons:
  - brace/types # the first
  - fes/what_is
""",
    "data/conversation/texts.yml": """\
texts:
  welcome:
    kind: notice
    reply:
      - Welcome.
    buttons:
      - brace/types
""",
    ASPECTS: """\
aspects:
  cost:
    title: What it costs
    examples:
      - how much is it
    default: brace/types
    after:
      brace/*: brace/types
      brace/types: brace/shoes
      fes/*: brace/types
      fes: fes/what_is
    self:
      - brace/types
      - fes/*
""",
    "data/safety_check.yml": """\
offer_after: [brace/types]
questions:
  - id: one
    answers:
      "yes":
        flags: [dvt]
        signs: [dvt.swollen, other.dvt]
""",
    RECOVERY: """\
# New: see data/topics/brace/types.yml.
causes:
  - id: nerve
    topic: brace/shoes
    next: [brace/types, fes/what_is]
""",
    "data/families.yml": "# All of them.\nbrace: Braces\nfes: Stimulation\nsurgery: Surgery\n",
    "data/facts.yml": "treatment:\n  T1: A brace holds the foot.\n  T2: It can be stimulated.\n",
    "data/sources.yml": """\
nhs:
  publisher: NHS
  title: Braces
  url: https://nhs.example/brace/types
  verified: true
mstrust:
  publisher: MS Trust
  title: Orthotics
  url: https://mstrust.example/
  verified: false
""",
}
