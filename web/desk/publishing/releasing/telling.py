"""What changes for patients from one release to another, in words."""

import asyncio
import logging
from collections.abc import Sequence

from desk.publishing.releasing.reading import Made
from desk.services import Services
from editing.differing import Difference, differences
from editing.trees import changed_paths

log = logging.getLogger(__name__)


async def between(parts: Services, old: Made, new: Made) -> Sequence[Difference] | None:
    """What is other in a release than in another; None where that cannot be told.

    Nothing waits for it: who has to go back goes back without it.
    """
    try:
        return await asyncio.to_thread(_told, parts, old, new)
    except Exception:
        log.exception("the difference of two releases cannot be told")
        return None


def _told(parts: Services, old: Made, new: Made) -> Sequence[Difference]:
    before, after = parts.repository.tree(old.commit), parts.repository.tree(new.commit)
    return differences(before, after, changed_paths(before, after))
