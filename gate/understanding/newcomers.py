"""New examples, judged by the model that patients have: it saw none of them.

Whoever adds many examples that belong to another topic teaches a wrong answer, and a model that
learnt them would call them right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gate.report import Finding
from gate.understanding.comparing import Placed, Titled
from gate.understanding.crossing import Judged
from gate.understanding.versions import Versions

FEWEST = 5
"""Of fewer new examples nothing is concluded: editors add what was misunderstood."""
MOSTLY = 0.5
SURE = 0.5
"""How likely the live model must find another label for it to count."""

Likely = Mapping[str, tuple[str, float]]
"""What the live model takes a text for, and how likely it finds that."""


def poisoned(found: Versions, live: Likely, titled: Titled, placed: Placed) -> Iterator[Finding]:
    """Labels whose new examples are mostly, and surely, understood as another one.

    Args:
        found: both versions.
        live: what the live model makes of the texts that are new to it.
        titled: names a label.
        placed: says where a label's examples stand.
    """
    known = {one.label for one in found.live}
    # The live model has seen texts that only moved; there the one counts that has not.
    unseen = {one.text: one.likeliest[0] for one in found.live}
    for label, ones in sorted(_grouped(found.new).items()):
        if label not in known or len(ones) < FEWEST:
            continue
        taken = [unseen.get(one.text) or live[one.text] for one in ones]
        elsewhere = [other for other, p in taken if other != label and p >= SURE]
        if len(elsewhere) > MOSTLY * len(ones):
            most, count = Counter(elsewhere).most_common(1)[0]
            path, line = placed(label)
            wrong = f"{len(elsewhere)} of {len(ones)} new examples of {titled(label)} are "
            wrong += f"understood as something else, {count} of them as {titled(most)}"
            mend = "Move them where they belong. If they do belong here, the examples there that "
            yield Finding(path, line, wrong, f"{mend}are like them stand wrong.", key=("examples",))


def _grouped(ones: Sequence[Judged]) -> dict[str, list[Judged]]:
    found: dict[str, list[Judged]] = defaultdict(list)
    for one in ones:
        found[one.label].append(one)
    return found
