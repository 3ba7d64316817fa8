"""All that a turn is made of, of one release: texts, regions, red flags, and its Rasa."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import triage
from triage import Context, Screening

from gateway.metrics import Metrics
from gateway.rasa import Rasa
from gateway.screening import Screener
from gateway.settings import Settings
from gateway.site import Place, places
from gateway.texts import Texts
from gateway.watch import Watcher


@dataclass(frozen=True)
class Content:
    """What is read of a release's content files, once.

    Attributes:
        number: the release; None for the files that were installed, where there are no releases.
        data: the folder of the files.
        texts: the gateway's own texts, and the regions' numbers.
        places: where a reader of the pages can be.
        watcher: decides what is said about red flags.
        screen: notices them in a text.
    """

    number: int | None
    data: Path
    texts: Texts
    places: Mapping[str, Place]
    watcher: Watcher
    screen: Callable[[str, Context], Screening]


@dataclass(frozen=True)
class Bundle:
    """The content of a release with the Rasa that serves it.

    A turn takes one at its beginning and uses nothing of any other.
    """

    content: Content
    screener: Screener
    rasa: Rasa

    @property
    def number(self) -> int | None:
        """The release; None where there are no releases."""
        return self.content.number

    @property
    def texts(self) -> Texts:
        """The gateway's own texts."""
        return self.content.texts


def read(data: Path, number: int | None = None) -> Content:
    """The content of a release, read from its files; it takes seconds, so never in the event loop.

    Args:
        data: the folder of the files.
        number: the release. The red flags of files that are of none are those of the process, of
            which the environment says where they are.

    Raises:
        gateway.texts.ContentError: a file lacks something that is needed.
        triage.files.KnowledgeError: the same of the files about red flags.
    """
    texts, where = Texts(data), places(data / "regions.yml")
    if number is None:
        return Content(None, data, texts, where, Watcher(triage.advice()), _screen)
    advice, screener = triage.advice(data), triage.screener(data)
    return Content(number, data, texts, where, Watcher(advice), screener.screen)


def put_together(content: Content, url: str, settings: Settings, metrics: Metrics) -> Bundle:
    """A bundle; to be made where the event loop runs, and its Rasa to be closed there.

    Args:
        content: what was read.
        url: where the release's Rasa listens.
        settings: how long Rasa is waited for.
        metrics: is told how long screening takes.
    """
    screener = Screener(content.texts, content.watcher, content.screen, metrics)
    return Bundle(content, screener, Rasa(url, settings.rasa_timeout, content.number))


def _screen(text: str, context: Context) -> Screening:
    return triage.screen(text, context)
