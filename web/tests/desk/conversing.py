"""Conversations as the gateway and the desk's index leave them in the database."""

import uuid
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from records.base import now
from records.conversations import (
    Conversation,
    ConversationFlag,
    ConversationTopic,
    ConversationWords,
    Mask,
    Unanswered,
)
from records.models import DORSI, PATIENT, Button, Feedback, Message, Session
from records.people import User
from records.publishing import ChangeRequest, Dismissal, TakenExample
from records.reviewing import (
    ConversationTag,
    Incident,
    IncidentComment,
    Note,
    ReviewStep,
    Tag,
    Verdict,
    Work,
)


def converse(
    db: Connection,
    *said: str,
    at: datetime | None = None,
    reply: str = "It can be.",
    diary: str | None = None,
    opinion: str = "",
) -> int:
    """A conversation in which a patient said this, each answered; gives its number."""
    began, session_id = at or now(), uuid.uuid4().hex
    db.execute(
        insert(Session).values(
            id=session_id,
            token_hash=uuid.uuid4().hex,
            region="GB",
            diary_hash=diary,
            created_at=began,
            used_at=began,
            last_seq=2 * len(said),
        )
    )
    values = {"session_id": session_id, "began_at": began, "last_at": began, "region": "GB"}
    made = insert(Conversation).values(**values, turns=len(said), answered=len(said))
    number = int(db.execute(made.returning(Conversation.number)).scalar_one())
    for turn, words in enumerate(said):
        _turn(db, session_id, turn, words, reply, began + timedelta(seconds=turn))
    if said:
        db.execute(insert(ConversationWords).values(number=number, words=" ".join(said)))
    if opinion:
        answered = db.scalars(
            select(Message.id).where(Message.session_id == session_id, Message.direction == DORSI)
        ).first()
        mine = {"message_id": answered, "session_id": session_id, "helpful": False}
        db.execute(insert(Feedback).values(**mine, reason=opinion))
    return number


def _turn(db: Connection, session_id: str, turn: int, words: str, reply: str, at: datetime) -> None:
    asked, answered = str(uuid.uuid4()), str(uuid.uuid4())
    shared = {"session_id": session_id, "created_at": at}
    db.execute(
        insert(Message).values(
            **shared, id=asked, seq=2 * turn + 1, direction=PATIENT, client_id=asked, text=words
        )
    )
    db.execute(
        insert(Message).values(
            **shared,
            id=answered,
            seq=2 * turn + 2,
            direction=DORSI,
            reply_to=asked,
            text=reply,
            kind="answer",
            level="none",
            topic="brace/overview",
            understanding={"text": words, "triage": {"untold": False}},
        )
    )
    button = {"id": uuid.uuid4().hex, "session_id": session_id, "message_id": answered}
    db.execute(insert(Button).values(**button, position=0, title="Braces", payload="topic:a/b"))


def review(db: Connection, number: int, user_id: int, words: str) -> int:
    """Fill every table of the review, and what the index makes, with some words."""
    asked = select(Conversation.session_id).where(Conversation.number == number)
    session_id = db.execute(asked).scalar_one()
    message = db.scalars(select(Message.id).where(Message.session_id == session_id)).first()
    tag = db.execute(insert(Tag).values(name=f"tag {number}").returning(Tag.id)).scalar_one()
    on, by, at = {"number": number}, {"by": user_id}, {"at": now()}
    db.execute(insert(ConversationTopic).values(**on, topic="brace/overview"))
    db.execute(insert(ConversationFlag).values(**on, **at, flag="chest_pain", level=3))
    db.execute(insert(Mask).values(message_id=message, spans=[[0, 3, "name"]], made_by=1))
    missed = {"message_id": message, "kind": "fallback", "text": words}
    db.execute(insert(Unanswered).values(**on, **at, **missed))
    db.execute(insert(ConversationTag).values(**on, **by, tag_id=tag))
    db.execute(insert(Note).values(**on, author=user_id, text=words))
    db.execute(insert(ReviewStep).values(**on, **by, field="status", before="new", after="open"))
    judged = {"message_id": message, "reviewer": user_id, "verdict": "wrong", "comment": words}
    db.execute(insert(Verdict).values(**on, **judged))
    db.execute(insert(Work).values(**on, message_id=message, kind="topic", reason=words))
    db.execute(insert(Dismissal).values(**by, message_id=message, reason=words))
    made = insert(ChangeRequest).values(title="Braces", branch=f"change/{number}", author=user_id)
    change = db.execute(made.returning(ChangeRequest.id)).scalar_one()
    edited = {"target": "brace/types", "text": "which splints are there"}
    db.execute(insert(TakenExample).values(**by, **edited, change_id=change, message_id=message))
    raised = insert(Incident).values(**on, message_id=message, kind="missed", opened_by=user_id)
    incident = int(db.execute(raised.returning(Incident.id)).scalar_one())
    told = {"incident_id": incident, "author": user_id, "text": words}
    db.execute(insert(IncidentComment).values(**on, **told))
    return incident


def user(db: Connection, name: str = "ann", role: str = "admin") -> int:
    """Somebody who works at the desk."""
    made = insert(User).values(name=name, shown=name.title(), role=role, password_hash="none")
    return int(db.execute(made.returning(User.id)).scalar_one())
