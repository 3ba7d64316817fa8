"""Whether a sentence is an example already. Pure."""

from collections.abc import Mapping, Sequence

from desk.content.alike import plain
from desk.content.bodies import body
from desk.content.listings import ACTS, TOPICS, listings
from desk.intake.targets import Aim, Target
from editing.trees import Tree


def standing(files: Tree, target: Target, sentences: Sequence[str]) -> Mapping[str, str]:
    """Of some sentences, those that are examples already, each with the title of what has it.

    What differs in capitals and signs alone is the same, as the content lint has it. An example of
    a red flag may well be one of a topic too.
    """
    wanted = {plain(sentence): sentence for sentence in sentences}
    found: dict[str, str] = {}
    for title, examples in _examples(files, target):
        for example in examples:
            if (sentence := wanted.get(plain(example))) is not None:
                found.setdefault(sentence, title)
    return found


def _examples(files: Tree, target: Target) -> list[tuple[str, Sequence[str]]]:
    if target.aim is Aim.TOPIC:
        paths = [*files.paths(TOPICS), *files.paths(ACTS)]
        texts = {path: files.read(path) or "" for path in paths}
        return [(one.title, one.examples) for one in listings(texts)]
    flag = body(files.read(target.path) or "")
    groups = [flag.get(str(aim)) for aim in (Aim.FIRES, Aim.SPARES)]
    return [
        (str(flag.get("title") or target.id), [str(one) for one in examples])
        for group in groups
        if isinstance(group, dict)
        for examples in group.values()
        if isinstance(examples, list)
    ]
