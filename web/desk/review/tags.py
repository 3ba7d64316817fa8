"""Tags: the managed list, and those on a conversation."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from desk.privacy import audit
from desk.review.errors import CannotReview, Gone
from records.conversations import Conversation
from records.reviewing import ConversationTag, Tag

MAX_NAME, MAX_MEANING = 40, 200


@dataclass(frozen=True)
class Listed:
    """A tag of the managed list, and on how many conversations it is."""

    id: int
    name: str
    meaning: str
    retired: bool
    used: int


def all_tags(connection: Connection) -> Sequence[Listed]:
    """The managed list, retired ones last."""
    used = func.count(ConversationTag.number)
    asked = (
        select(Tag.id, Tag.name, Tag.meaning, Tag.retired, used)
        .outerjoin(ConversationTag, ConversationTag.tag_id == Tag.id)
        .group_by(Tag.id)
        .order_by(Tag.retired, Tag.name)
    )
    return [Listed(*row) for row in connection.execute(asked)]


def create(connection: Connection, who: audit.Actor, name: str, meaning: str) -> None:
    """Add a tag to the list.

    Raises:
        CannotReview: the name is missing, too long, or taken.
    """
    name, meaning = _fitting(connection, name, meaning)
    connection.execute(insert(Tag).values(name=name, meaning=meaning, retired=False))
    audit.append(connection, who, audit.Action.TAG_CREATED, f"tag:{name}", {})


def change(connection: Connection, who: audit.Actor, tag: int, name: str, meaning: str) -> None:
    """Give a tag another name or meaning; it stays where it is.

    Raises:
        CannotReview: there is no such tag, or the name is missing, too long, or taken.
    """
    before = _name(connection, tag)
    name, meaning = _fitting(connection, name, meaning, besides=tag)
    connection.execute(update(Tag).where(Tag.id == tag).values(name=name, meaning=meaning))
    audit.append(connection, who, audit.Action.TAG_CHANGED, f"tag:{name}", {"was": before})


def retire(connection: Connection, who: audit.Actor, tag: int, *, retired: bool) -> None:
    """Offer a tag no more, or again. It stays on the conversations that have it.

    Raises:
        Gone: there is no such tag.
    """
    name = _name(connection, tag)
    connection.execute(update(Tag).where(Tag.id == tag).values(retired=retired))
    action = audit.Action.TAG_RETIRED if retired else audit.Action.TAG_RESTORED
    audit.append(connection, who, action, f"tag:{name}", {})


def add(connection: Connection, who: audit.Actor, number: int, tag: int) -> str:
    """Put a tag of the list on a conversation, and give its name; once is enough.

    Raises:
        CannotReview: the conversation or the tag is not there, or the tag is retired.
    """
    if connection.execute(select(1).where(Conversation.number == number)).first() is None:
        raise Gone
    found = select(Tag.name).where(Tag.id == tag, Tag.retired.is_(False))
    name: str | None = connection.execute(found).scalar()
    if name is None:
        raise CannotReview("That tag is not on the list. Please choose another.")
    on = select(1).where(ConversationTag.number == number, ConversationTag.tag_id == tag)
    if connection.execute(on).first() is None:
        connection.execute(insert(ConversationTag).values(number=number, tag_id=tag, by=who.id))
        detail = {"tag": name}
        audit.append(connection, who, audit.Action.TAG_ADDED, audit.conversation(number), detail)
    return name


def remove(connection: Connection, who: audit.Actor, number: int, tag: int) -> str:
    """Take a tag off a conversation, and give its name.

    Raises:
        Gone: there is no such tag.
    """
    name = _name(connection, tag)
    gone = connection.execute(
        delete(ConversationTag).where(
            ConversationTag.number == number, ConversationTag.tag_id == tag
        )
    )
    if gone.rowcount:
        detail = {"tag": name}
        audit.append(connection, who, audit.Action.TAG_REMOVED, audit.conversation(number), detail)
    return name


def _name(connection: Connection, tag: int) -> str:
    name: str | None = connection.execute(select(Tag.name).where(Tag.id == tag)).scalar()
    if name is None:
        raise Gone
    return name


def _fitting(
    connection: Connection, name: str, meaning: str, besides: int | None = None
) -> tuple[str, str]:
    name, meaning = " ".join(name.split()), " ".join(meaning.split())
    if not name or len(name) > MAX_NAME or len(meaning) > MAX_MEANING:
        raise CannotReview(
            f"A tag needs a name of at most {MAX_NAME} characters, and its meaning has at most "
            f"{MAX_MEANING}."
        )
    same = select(Tag.id).where(func.lower(Tag.name) == name.lower())
    taken = connection.execute(same).scalars().all()
    if any(id != besides for id in taken):
        raise CannotReview("There is a tag of that name already; it may be retired.")
    return name, meaning
