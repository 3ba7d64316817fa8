"""Making a release ready beside the one that is served: its content, and its engine's answer."""

import asyncio
import gc
import hashlib
import logging
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from triage.files import KnowledgeError

from gateway.bundle import Bundle, Content, put_together, read
from gateway.bundles import Bundles
from gateway.metrics import Metrics
from gateway.rasa import RasaUnavailable
from gateway.settings import Settings
from gateway.texts import UNKNOWN, ContentError
from releases import engines, folder
from releases.engines import Engine

log = logging.getLogger(__name__)

LOOK_AGAIN = 0.25
TRY_AGAIN = 5.0
ANSWER_SECONDS = 60.0
"""An engine that listens and does not answer right by then never will: it may lack its model."""
WARMING = ("hello", "what is foot drop?", "how do I stretch my calf?")
"""What a new engine is asked before patients are: the first turns of a process take longer."""


class Preparation:
    """One release being made ready for one switch.

    Args:
        settings: where everything lies.
        metrics: are told how long screening takes, once it is live.
        bundles: the releases that are open already.
        number: the release.
        switch: the switch that wants it; 0 where it is live elsewhere already.

    Attributes:
        bundle: the release, once it is ready.
        trouble: why it never will be.
    """

    def __init__(
        self, settings: Settings, metrics: Metrics, bundles: Bundles, number: int, switch: int
    ) -> None:
        self._settings = settings
        self._metrics = metrics
        self._bundles = bundles
        self.number = number
        self.switch = switch
        self.bundle: Bundle | None = None
        self.trouble = ""
        self._own: Bundle | None = None
        self._held = ExitStack()
        self._task = asyncio.create_task(self._prepare())

    async def give_up(self) -> None:
        """End it. What was made for it is closed, unless it went live."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._held.close()
        if self._own is not None and self._own not in self._bundles.open:
            await self._own.rasa.close()

    async def _prepare(self) -> None:
        while self.bundle is None:
            try:
                self.bundle = await self._ready()
            except TimeoutError:
                self.trouble = f"the engine of release {self.number} gives no right answer"
            except (ContentError, KnowledgeError) as error:
                self.trouble = f"release {self.number} cannot be read: {error}"
            except Exception as error:
                log.exception("a release cannot be made ready")
                self.trouble = f"release {self.number}: {type(error).__name__}, see the log"
            if self.trouble and self.switch:
                return  # the switch fails, and nothing was changed
            await asyncio.sleep(TRY_AGAIN if self.trouble else 0)

    async def _ready(self) -> Bundle:
        bundle = self._bundles.find(self.number)
        if bundle is None:
            bundle = await self._made()
        else:
            self._held.enter_context(self._bundles.held(bundle))
        await self._answered(bundle)
        return bundle

    async def _made(self) -> Bundle:
        content = await loaded(self._settings, self.number)
        engine = await self._engine()
        self._own = put_together(content, engine.rasa, self._settings, self._metrics)
        return self._own

    async def _engine(self) -> Engine:
        """The release's engine, once the keeper tells of it."""
        while True:
            found = engines.read(self._settings.dorsi_home, self.number)
            if found is not None and not found.leaving:
                return found
            await asyncio.sleep(LOOK_AGAIN)

    async def _answered(self, bundle: Bundle) -> None:
        """Wait until the engine answers with this very release, and is warm."""
        engine = await self._engine()
        sender = canary(self._settings.dorsi_replica, self.number)
        while not await bundle.rasa.is_there():
            await asyncio.sleep(LOOK_AGAIN)
        async with asyncio.timeout(ANSWER_SECONDS):
            for text in WARMING:
                while not await _answers(bundle, sender, text, engine.model):
                    await asyncio.sleep(LOOK_AGAIN)
        await bundle.rasa.erase(sender)


async def loaded(settings: Settings, number: int) -> Content:
    """A release's content, read in a thread while patients are served.

    Raises:
        gateway.texts.ContentError: a file lacks something that is needed.
        triage.files.KnowledgeError: the same of the files about red flags.
    """
    with _uncollected():
        return await asyncio.to_thread(read, folder.place(settings.releases, number).data, number)


def canary(replica: str, number: int | None) -> str:
    """Under which name a release's engine is asked whether it answers; nobody else uses it."""
    if number is None:
        return "0" * 32
    return hashlib.sha256(f"canary {replica} {number}".encode()).hexdigest()[:32]


async def _answers(bundle: Bundle, sender: str, text: str, model: str) -> bool:
    try:
        answer = await bundle.rasa.send(sender, str(uuid.uuid4()), region=UNKNOWN, text=text)
    except RasaUnavailable as error:
        log.info("an engine does not answer yet", extra={"reason": str(error)})
        return False
    return answer.release == model


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the event loop the looking for garbage among what is being read, and ever after."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()
