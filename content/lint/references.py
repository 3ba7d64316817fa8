"""Whether what one file names stands in another: buttons, follow-ups, facts, aspects' targets."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from rapidfuzz import process

from content.lint.entries import Entry, Text
from content.lint.problems import Problem, error
from content.lint.project import Project
from content.model import family_of


def check(project: Project) -> Iterator[Problem]:
    """Ids that lead nowhere, a follow-up to itself, facts that no topic tells."""
    offered = [*project.topics, *project.acts]
    for entry in (*project.acts.values(), *project.texts.values()):
        for button in entry.texts("buttons"):
            yield from unknown("button", button, offered)
    for topic in project.topics.values():
        yield from _follow_ups(project, topic)
    for aspect in project.aspects.values():
        yield from _targets(project, aspect)
    if project.facts.readable:
        yield from _facts(project)


def unknown(what: str, named: Text, known: Container[str]) -> Iterator[Problem]:
    """The problem that ``named`` is none of ``known``, with the likeliest slip of the pen."""
    if named.words in known:
        return
    choices = list(known) if isinstance(known, (list, Mapping)) else []
    best = process.extractOne(named.words, choices, score_cutoff=75)
    mend = f"Did you mean `{best[0]}`?" if best else "Write one that exists, or delete it."
    yield error(named.place, f"the {what} `{named.words}` does not exist", mend)


def _follow_ups(project: Project, topic: Entry) -> Iterator[Problem]:
    for follow_up in topic.texts("follow_ups"):
        if follow_up.words == topic.id:
            yield error(follow_up.place, "the topic offers itself", "Name another topic.")
        yield from unknown("follow-up", follow_up, project.topics)


def _targets(project: Project, aspect: Entry) -> Iterator[Problem]:
    families = {family_of(topic) for topic in project.topics}
    groups = [*project.topics, *families, *(f"{family}/*" for family in families)]
    default = aspect.text("default")
    if default:
        yield from unknown("topic", default, project.topics)
    for named in aspect.texts("self"):
        yield from unknown("topic or family", named, groups)
    after = aspect.body.get("after")
    for key, target in after.items() if isinstance(after, dict) else ():
        place = aspect.place("after", key)
        yield from unknown("topic or family", Text(key, place), groups)
        if isinstance(target, str):
            yield from unknown("topic", Text(target, place), project.topics)


def _facts(project: Project) -> Iterator[Problem]:
    known = {
        fact: project.facts.place(group, fact)
        for group, facts in project.facts.content.items()
        if isinstance(facts, dict)
        for fact in facts
    }
    covered: set[str] = set()
    for topic in project.topics.values():
        for named in topic.texts("facts"):
            covered.add(named.words)
            yield from unknown("fact", named, known)
    for fact, place in known.items():
        if fact not in covered and project.topics.complete:
            mend = f"Say it in a topic's answer and add `{fact}` to that topic's `facts:`."
            yield error(place, f"no topic covers the fact {fact}", mend)
