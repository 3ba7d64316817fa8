"""Pasted questions beside the examples of everything else, as the workbench sees it."""

from collections.abc import Sequence

from desk.changes.service import Draft
from desk.content.bulk import judging
from desk.content.bulk.judging import Alike, Judged, Verdict
from desk.services import Services
from desk.workbench import asking
from desk.workbench.client import Refused, Unavailable


async def look(
    services: Services, draft: Draft, judged: Sequence[Judged]
) -> tuple[Sequence[Judged], str]:
    """Hold back what is much like an example of something else.

    Args:
        services: the desk's parts.
        draft: the change request.
        judged: the questions.

    Returns:
        The questions; and why nobody could look, empty where somebody did.
    """
    texts: dict[str, list[str]] = {}
    for one in judged:
        if one.verdict is Verdict.TAKEN and one.target:
            texts.setdefault(one.target.path, []).append(one.text)
    found: dict[str, Alike] = {}
    try:
        for path, asked in texts.items():
            for near in reversed(await asking.near(services, draft, {}, path, asked)):
                found[near.text] = Alike(near.like, near.title)
    except (Unavailable, Refused) as error:
        return judged, str(error)
    return judging.near(judged, found), ""
