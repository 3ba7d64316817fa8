"""What the checks would say once a plan is carried out, and do not say now."""

import asyncio

from desk.changes.service import Draft, Edits
from desk.services import Services
from desk.workbench import asking
from desk.workbench.client import Refused, Unavailable

ERROR = "error"
MOST = 20


async def breaking(services: Services, draft: Draft, edits: Edits) -> tuple[list[str], str]:
    """The faults that a plan would bring.

    Args:
        services: the desk's parts.
        draft: the change request.
        edits: what the plan changes.

    Returns:
        Each fault in words; and why nobody could look, empty where somebody did.
    """
    try:
        now, then = await asyncio.gather(
            asking.findings(services, draft, {}, None),
            asking.findings(services, draft, edits, None),
        )
    except (Unavailable, Refused) as error:
        return [], str(error)
    known = {(one.path, one.wrong) for one in now}
    # Advice leaves the work as it is; an error stops the change.
    new = [one for one in then if one.severity == ERROR and (one.path, one.wrong) not in known]
    return [f"{one.path}: {one.wrong}. {one.mend}" for one in new[:MOST]], ""
