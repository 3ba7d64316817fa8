"""How hard answers are to read, asked of the workbench and remembered."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from desk.analysis.content import Content
from desk.workbench.client import Refused, Unavailable, Workbench

_REMEMBERED = 2_000
_known: dict[str, float] = {}


@dataclass(frozen=True)
class Grades:
    """The grades of answers by their topics; `missing` says why some are not known."""

    of_topics: Mapping[str, float]
    missing: str = ""


async def grades(workbench: Workbench, content: Content) -> Grades:
    """The grade of every answer: those that changed are measured, if the workbench is there."""
    texts = {id: "\n".join(topic.answer) for id, topic in content.topics.items() if topic.answer}
    keys = {id: hashlib.sha256(text.encode()).hexdigest() for id, text in texts.items()}
    new = [id for id, key in keys.items() if key not in _known]
    missing = ""
    if new:
        try:
            found = await workbench.ask("measure", texts=[texts[id] for id in new])
        except (Unavailable, Refused) as error:
            missing = str(error)
        else:
            if len(_known) > _REMEMBERED:
                _known.clear()
            _known.update(
                (keys[id], float(one["grade"])) for id, one in zip(new, found["each"], strict=True)
            )
    return Grades({id: _known[key] for id, key in keys.items() if key in _known}, missing)
