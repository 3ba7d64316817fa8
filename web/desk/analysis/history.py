"""When content was changed last, as its repository tells it."""

import logging
from collections.abc import Iterable
from datetime import datetime

from editing.git import GitFailed
from editing.repository import NoContent, Repository

log = logging.getLogger(__name__)


def changed(repository: Repository, paths: Iterable[str]) -> dict[str, datetime]:
    """When each of some files was changed last; files it does not know are left out.

    It takes a while for each, and is to be done in a thread. Where there is no repository nothing
    is known.
    """
    try:
        head = repository.head()
        found = {path: repository.history(path, head, limit=1) for path in paths}
    except (GitFailed, KeyError, NoContent, OSError) as error:
        log.warning("nothing is known of the content's history", extra={"reason": str(error)})
        return {}
    return {path: commits[0].at for path, commits in found.items() if commits}
