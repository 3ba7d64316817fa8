"""What the transcript asks of the database, prepared once."""

from sqlalchemy import (
    BindParameter,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from records.models import DORSI, Button, Erasure, Feedback, Message, Session

_session: BindParameter[str] = bindparam("of_session")
_message: BindParameter[str] = bindparam("of_message")
_number = Session.last_seq + bindparam("more")
# A session that is neither idle for too long nor too old, by its token or the one before.
_lasts = and_(Session.used_at > bindparam("idle_since"), Session.created_at > bindparam("since"))
_known = and_(
    or_(
        Session.token_hash == bindparam("token"),
        and_(
            Session.previous_hash == bindparam("token"),
            Session.previous_until > bindparam("present"),
        ),
    ),
    _lasts,
)
_of_session = select(Message).where(Message.session_id == _session)
_unanswered = and_(Message.answered.is_(False), Message.created_at >= bindparam("not_before"))

FIND_SESSION = select(Session).where(_known)
KEPT_SESSION = select(Session).where(Session.token_hash == bindparam("token"))
USE_SESSION = (
    update(Session)
    .where(Session.id == _session, _known)
    .values(used_at=bindparam("present"), last_seq=_number)
    .returning(Session.last_seq)
)
TOUCH_SESSION = update(Session).where(Session.id == _session).values(used_at=bindparam("present"))
# The row is held until the end: two processes cannot give out the same number.
TAKE_NUMBERS = (
    update(Session)
    .where(Session.id == _session)
    .values(last_seq=_number)
    .returning(Session.last_seq)
)
ROTATE = (
    update(Session)
    .where(Session.id == _session)
    .values(
        token_hash=bindparam("token"),
        previous_hash=bindparam("before"),
        previous_until=bindparam("until"),
    )
)
LASTS = select(Session.id).where(Session.id == _session, _lasts)
IS_THERE = select(Session.id).where(Session.id == _session)
IS_TAKEN = select(Session.id).where(Session.token_hash == bindparam("token"))
ADD_SESSION = insert(Session)

ADD_MESSAGES = insert(Message)
ADD_BUTTONS = insert(Button)
EARLIER_TRY = _of_session.where(Message.client_id == bindparam("client"))
MARK_ANSWERED = (
    update(Message).where(Message.id == _message, Message.answered.is_(False)).values(answered=True)
)
FORGET_TYPED = update(Message).where(Message.id == _message).values(payload=bindparam("kept"))
HISTORY = _of_session.where(Message.seq > bindparam("after")).order_by(Message.seq)
HISTORY_BUTTONS = (
    select(Button)
    .join(Message, Message.id == Button.message_id)
    .where(Message.session_id == _session, Message.seq > bindparam("after"))
    .order_by(Button.position)
)
NEWS = HISTORY.limit(bindparam("at_most"))
NEWS_BUTTONS = HISTORY_BUTTONS.where(Message.seq <= bindparam("until"))
REPLIES = select(Message).where(Message.reply_to == _message).order_by(Message.seq)
REPLIES_BUTTONS = (
    select(Button)
    .join(Message, Message.id == Button.message_id)
    .where(Message.reply_to == _message)
    .order_by(Button.position)
)
NOTE = (
    select(Message.understanding)
    .where(
        Message.session_id == _session,
        Message.seq < bindparam("below"),
        Message.understanding.is_not(None),
    )
    .order_by(Message.seq.desc())
    .limit(1)
)
# Of a later message, by the answer to it: replies to the message itself have its own notes.
LATER_NOTE = (
    select(Message.understanding)
    .where(
        Message.session_id == _session,
        Message.seq > bindparam("above"),
        Message.reply_to != _message,
        Message.understanding.is_not(None),
    )
    .order_by(Message.seq.desc())
    .limit(1)
)
PAYLOAD = select(Message.payload).where(
    Message.id == _message, Message.session_id == _session, Message.direction == DORSI
)
OFFERED = select(Button).where(Button.session_id == _session, Button.id == bindparam("button"))
UNANSWERED = _of_session.where(_unanswered).order_by(Message.seq)
UNANSWERED_SESSIONS = (
    select(Session)
    .join(Message, Message.session_id == Session.id)
    .where(_unanswered)
    .group_by(Session.id)
    .order_by(func.min(Message.created_at))
)

DORSIS_MESSAGE = (
    select(Message.id)
    .where(Message.id == _message, Message.session_id == _session, Message.direction == DORSI)
    .with_for_update()
)
DELETE_FEEDBACK = delete(Feedback).where(Feedback.message_id == _message)
ADD_FEEDBACK = insert(Feedback)
FEEDBACK = select(Feedback).where(Feedback.session_id == _session).order_by(Feedback.at)

ERASURES = select(Erasure)
ERASURE = select(Erasure.session_id).where(Erasure.session_id == _session)
ADD_ERASURE = insert(Erasure)
DELETE_ERASURE = delete(Erasure).where(Erasure.session_id == _session).returning(Erasure.number)
