"""What the workbench says of a form: findings, lengths and grades, examples that are alike."""

import asyncio
from collections.abc import Mapping, Sequence

from desk.changes.service import Draft
from desk.content.forms import looking
from desk.content.forms.filling import Filled
from desk.content.forms.looking import Checked, Sorted
from desk.content.forms.sheets import Sheet
from desk.services import Services
from desk.workbench import asking
from desk.workbench.asking import Near
from desk.workbench.client import Refused, Unavailable

CANNOT = "This cannot be checked just now. It can be saved all the same."


async def findings(services: Services, draft: Draft, one: Sheet) -> tuple[Checked, Sorted]:
    """What the lint finds in a file as it would be saved, each finding at its field."""
    text = one.document.text()
    try:
        found = await asking.findings(services, draft, {one.path: text}, [one.path])
    except (Unavailable, Refused):
        return Checked(trouble=CANNOT), looking.NOTHING
    shown = {field.key for field in one.fields}
    sorted_ = await asyncio.to_thread(looking.beside, found, one.path, text, one.all_fields, shown)
    return Checked(done=True), sorted_


async def sizes(services: Services, fields: Sequence[Filled]) -> Mapping[str, str]:
    """How long and how hard texts are, by the ids of their inputs; how long is always known."""
    texts = looking.texts(fields)
    try:
        measured = await asking.measured(services, list(texts.values())) if texts else []
    except (Unavailable, Refused):
        measured = []
    known = [*measured, *[None] * (len(texts) - len(measured))]
    return {
        id: looking.size(one, text) for (id, text), one in zip(texts.items(), known, strict=True)
    }


async def near(
    services: Services, draft: Draft, path: str, text: str, lines: Sequence[str]
) -> Sequence[Near]:
    """Examples of other topics that are nearly like some lines.

    Raises:
        Unavailable: nobody can say just now.
    """
    return await asking.near(services, draft, {path: text}, path, lines)
