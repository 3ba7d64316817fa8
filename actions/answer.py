"""Answering a topic: what it is, where that comes from, and what to ask next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import memory
from actions.replies import Speaker, understanding
from content import Catalogue, Topic
from content.names import ActId, Kind, TextId
from content.names import Action as ActionName

MAX_BUTTONS = 4


class ActionAnswer(Action):
    """Says the answer of the topic that was understood or chosen."""

    def name(self) -> str:
        """The action's name in the domain."""
        return ActionName.ANSWER.value

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> memory.Events:
        """Answer, or say that the button is of an older release."""
        speaker = Speaker(dispatcher, tracker)
        understood = understanding(tracker)
        topic = speaker.catalogue.topics.get(understood.get("topic") or "")
        if topic is None:
            speaker.say_text(TextId.CHOICE_GONE)
            return memory.offering(speaker.catalogue.texts[TextId.CHOICE_GONE].buttons)
        stated = bool(understood.get("statement")) and topic.see_someone is not None
        turn = len(tracker.events)
        return answer(speaker, topic, stated=stated, also=understood.get("also") or [], turn=turn)


def answer(
    speaker: Speaker,
    topic: Topic,
    *,
    stated: bool,
    also: Sequence[str],
    turn: int,
    offering: bool = True,
) -> memory.Events:
    """Say a topic's answer.

    Args:
        speaker: who says it.
        topic: what is answered.
        stated: whether the patient told of it as a symptom and asked nothing.
        also: topics asked about in the same message, which are offered.
        turn: any number that grows, to vary the wording.
        offering: whether to offer what to ask next.

    Returns:
        The events that remember what was said and offered.
    """
    also = [identifier for identifier in also if identifier in speaker.catalogue.topics]
    stated = stated and not also
    texts: list[str] = list(topic.answer)
    offers = list(topic.follow_ups) if offering else []
    coach = speaker.catalogue.coach
    if offering and not also and coach and coach.of_topic(topic.id):
        offers.insert(0, ActId.EXERCISE.value)
    check = speaker.catalogue.safety_check
    if offering and not also and check and topic.id in check.offer_after and not stated:
        texts.append(speaker.one_of(TextId.SYMPTOM_OFFER, turn))
        offers.insert(0, ActId.SAFETY_CHECK.value)
    if stated and topic.see_someone:
        texts[0] = f"{speaker.one_of(TextId.SYMPTOM_LEAD, turn)}\n\n{texts[0]}"
        offer = speaker.one_of(TextId.SYMPTOM_OFFER, turn)
        texts.append(f"{topic.see_someone}\n\n{offer}")
        offers.insert(0, ActId.SAFETY_CHECK.value)
    last = len(texts) - 1
    for index, text in enumerate(texts):
        speaker.say(
            text,
            Kind.ANSWER,
            topic=topic.id,
            buttons=offers[:MAX_BUTTONS] if index == last and not also else (),
            sources=cited(speaker.catalogue, topic) if index == last else (),
        )
    if also:
        speaker.say(speaker.one_of(TextId.ALSO_ASKED, turn), Kind.CLARIFY, buttons=also)
    return memory.talked_about(topic.id, also or offers[:MAX_BUTTONS])


def cited(catalogue: Catalogue, topic: Topic) -> list[dict[str, Any]]:
    """A topic's sources as the patient sees them, with the date of the last review."""
    sources = (catalogue.sources[identifier] for identifier in topic.sources)
    return [
        {
            "title": source.title,
            "publisher": source.publisher,
            "url": source.url,
            "reviewed": topic.reviewed,
        }
        for source in sources
    ]
