"""Laying out what is checked: the change merged with what is published, beside what is live."""

import asyncio
from pathlib import Path

from desk.changes import service
from desk.errors import CannotBe
from desk.publishing.checks import folders, words
from desk.publishing.checks.queue import Taken
from desk.publishing.checks.runner import CannotCheck, Laid
from desk.services import Services
from editing.broken import TooLarge
from releases import folder as release_folder
from releases import switching


async def lay_out(parts: Services, taken: Taken, folder: Path) -> Laid:
    """Write the content that is checked into the check's folder.

    It is the merge as it would be published now, which may be newer than what was asked for.

    Raises:
        CannotCheck: the change is gone, or does not fit with what is published.
    """
    try:
        draft = await service.current(parts, taken.change_id)
        merged = await service.merged(parts, taken.change_id)
    except CannotBe as error:
        raise CannotCheck(str(error)) from None
    if merged.commit is None:
        raise CannotCheck(merged.said or words.CONFLICTS)
    commit = merged.commit
    tree = await asyncio.to_thread(parts.repository.tree, commit)
    try:
        await asyncio.to_thread(tree.export, folder / folders.DATA)
    except TooLarge as error:
        raise CannotCheck(str(error)) from None
    await asyncio.to_thread(parts.repository.keep, f"checks/{taken.id}", commit)
    against = await parts.database.read(switching.live)
    live = parts.settings.dorsi_data.absolute()
    if against is not None:
        live = release_folder.place(parts.settings.releases.absolute(), against).data
    options = [
        *("--data", str(folder / folders.DATA)),
        *("--live", str(live)),
        *("--out", str(folder)),
        f"--reason={draft.row.reason}",  # as one, for it may begin with a dash
    ]
    return Laid(commit, against, options, draft.row.reason)
