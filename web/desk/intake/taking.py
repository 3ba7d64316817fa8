"""Making examples of what a patient said: judged, put into a change request, and remembered."""

import asyncio
from collections.abc import Mapping, Sequence

from desk import served
from desk.access.visitors import User
from desk.changes import service
from desk.changes.errors import Stale
from desk.errors import CannotBe
from desk.intake import scoring
from desk.intake.remembering import remember
from desk.intake.targets import Aim
from desk.intake.turns import Turn
from desk.intake.wishes import AreYouSure, NotSo, Wish, compare, judge, quoted
from desk.privacy.audit import Actor
from desk.services import Services
from desk.workbench.client import Refused, Unavailable
from editing.broken import BrokenYaml
from editing.documents import CannotEdit, Document
from editing.repository import NoContent
from editing.trees import Tree

FROM_INBOX = "Examples of what patients asked, from the inbox for editors."
BEFORE_SECONDS = 10.0
"""So long somebody waits on the page for what the model thinks of the sentences now."""


async def take(services: Services, user: User, turns: Sequence[Turn], wish: Wish) -> int:
    """Make examples of what patients said, and put the messages away; gives the change request.

    Args:
        services: the desk's parts.
        user: who does it.
        turns: the message, and those that ask the same and are handled with it.
        wish: what is to be taken.

    Raises:
        NotSo: it cannot be done so; nothing was changed.
        AreYouSure: it can be done, once somebody has said that it is meant; nothing was changed.
        desk.changes.errors.Stale: somebody else changes the same; it says where to choose.
    """
    judge(turns, wish)
    tree, paths = await _content(services, wish)
    await asyncio.to_thread(compare, tree, wish)
    if not wish.sure:
        changes = await asyncio.to_thread(lambda: {path: tree.read(path) for path in paths})
        await _ask_whether_near(services, changes, wish)
    before = await _before(services, wish)
    change = await _put_in(services, user, wish)
    who = Actor(user.name, user.id)
    await services.database.write(lambda db: remember(db, who, change, turns, wish, before))
    return change


async def _content(services: Services, wish: Wish) -> tuple[Tree, Sequence[str]]:
    """The content that the sentences are to go into, and the files that are changed in it.

    Raises:
        NotSo: the content cannot be read.
    """
    try:
        if wish.change is not None:
            draft = await service.current(services, wish.change)
            return draft.tree, draft.paths
        repository = services.repository
        return await asyncio.to_thread(lambda: repository.tree(repository.head())), ()
    except (CannotBe, NoContent) as error:
        raise NotSo([str(error)]) from None


async def _ask_whether_near(
    services: Services, changes: Mapping[str, str | None], wish: Wish
) -> None:
    """Ask back where a sentence is much like an example of something else.

    Raises:
        AreYouSure: that is so. Where the workbench cannot be asked nobody is asked back: the
            checks of the change request look at it again.
    """
    if wish.target.aim is not Aim.TOPIC:
        return
    sentences, path = list(wish.sentences), wish.target.path
    data = str(await served.data(services))
    try:
        found = await services.workbench.ask(
            "near", texts=sentences, data=data, changes=changes, but=path
        )
    except (Refused, Unavailable):
        return
    near = [
        f"{quoted(sentence)} is much like {quoted(one['text'])} of “{one['title']}”."
        for sentence, nearest in zip(sentences, found, strict=True)
        for one in nearest
        if one["near"]
    ]
    if near:
        raise AreYouSure(near)


async def _before(services: Services, wish: Wish) -> Sequence[float | None]:
    """How likely the release that is live finds the target of each sentence."""
    place = await services.database.read(lambda db: scoring.served(db, services.settings))
    pairs = [(sentence, wish.target) for sentence in wish.sentences]
    return await scoring.likelihoods(services.workbench, pairs, place, BEFORE_SECONDS)


async def _put_in(services: Services, user: User, wish: Wish) -> int:
    """Put the sentences into the change request, a new one if none was chosen.

    Raises:
        NotSo: it cannot be changed, or not its file.
        desk.changes.errors.Stale: somebody else changes the same just now.
    """
    message = f"Examples from the inbox for {wish.target.id}"
    try:
        change = wish.change
        if change is None:
            change = await service.open_change(services, user, wish.title, FROM_INBOX)
        draft = await service.current(services, change)
        text = await asyncio.to_thread(_added, draft.tree, wish)
        await service.save(services, user, change, draft.head, {wish.target.path: text}, message)
    except Stale:
        raise
    except (BrokenYaml, CannotBe, CannotEdit) as error:
        raise NotSo([str(error)]) from None
    return change


def _added(tree: Tree, wish: Wish) -> str:
    """The target's file with the sentences at the end of its examples.

    Raises:
        CannotBe: there is no such file in that change request.
    """
    text = tree.read(wish.target.path)
    if text is None:
        raise CannotBe("The change request has no such topic. Choose another topic.")
    document = Document.parse(text)
    examples = document.get(wish.target.key)
    had = examples if isinstance(examples, list) else []
    document.set(wish.target.key, [*had, *wish.sentences])
    return document.text()
