"""The private call to Rasa."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any, NamedTuple

import aiohttp
from pydantic import AfterValidator, BaseModel, Field, JsonValue, ValidationError

from gateway.breaker import Breaker, Open
from gateway.normalise import storable_json
from gateway.replies import Reply

WEBHOOK = "/webhooks/dorsi/webhook"
# Shorter than the 5 s after which Rasa's server closes an idle connection: it must not be Rasa
# that ends it, in the very moment a message is on its way.
KEEPALIVE_SECONDS = 2


class RasaUnavailable(Exception):
    """Rasa gave no answer that can be shown; the text says why and holds nothing of a patient's."""


_Json = Annotated[JsonValue, AfterValidator(storable_json)]


class Answer(BaseModel):
    """A whole turn of Rasa's: what is said, what was understood and done, and by which model.

    `served` is the number of the release that Rasa serves, if it was told one.
    """

    messages: list[Reply] = Field(min_length=1)
    understanding: _Json = None
    account: _Json = None
    release: _Json = None
    served: int | None = None


class _Export(BaseModel):
    diary: Annotated[dict[str, JsonValue] | None, AfterValidator(storable_json)]


class _Response(NamedTuple):
    status: int
    content: bytes

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


class Rasa:
    """Rasa's side of conversations. To be made where the event loop runs.

    Args:
        url: where Rasa listens.
        timeout: seconds a call may take in all.
        number: the release that it serves; an answer of any other is none.
    """

    def __init__(self, url: str, timeout: float, number: int | None = None) -> None:
        self._url = url.rstrip("/") + WEBHOOK
        self._number = number
        self._breaker = Breaker(RasaUnavailable)
        self._http = aiohttp.ClientSession(
            # In all: a slow drip, packet by packet, must not last for ever.
            timeout=aiohttp.ClientTimeout(total=timeout),
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEEPALIVE_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,  # a proxy from the environment has no business on the loopback
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    async def send(
        self,
        sender: str,
        message_id: str,
        *,
        region: str,
        escalated: bool = False,
        raised: Mapping[str, str] | None = None,
        unheard: Sequence[str] = (),
        diary: str | None = None,
        text: str | None = None,
        choice: str | None = None,
    ) -> Answer:
        """Let Rasa answer one message.

        Args:
            sender: the session's internal id.
            message_id: the client's id of the message.
            region: where the patient is, a key of the regions.
            escalated: whether an emergency was answered without Rasa since the last message.
            raised: the red flags the patient was told of, urgent ones and emergencies: id to level.
            unheard: the client's ids of the messages before, if the patient never saw the answers.
            diary: what the diary of the patient's browser goes by.
            text: what the patient wrote, or
            choice: the payload of the button taken.

        Returns:
            At least one message to show.

        Raises:
            RasaUnavailable: there is no such answer in time, or Rasa failed too often just now.
        """
        said = {"text": text} if choice is None else {"choice": choice}
        body = {
            "sender": sender,
            "message_id": message_id,
            **said,
            "metadata": {
                "region": region,
                "screened": True,
                "escalated": escalated,
                "raised": dict(raised or {}),
                **({"unheard": list(unheard)} if unheard else {}),
                **({"diary": diary} if diary else {}),
            },
        }
        try:
            response = await self._breaker.call(lambda: self._answer(body))
        except Open:
            raise RasaUnavailable("it failed too often just now") from None
        # Who answers is there: what cannot be used of it may be due to this one message.
        if response.status != HTTPStatus.OK:
            raise RasaUnavailable(f"status {response.status}")
        answer = _read(Answer, response.content)
        if self._number is not None and answer.served != self._number:
            raise RasaUnavailable(f"release {answer.served} answered for release {self._number}")
        return answer

    async def is_there(self) -> bool:
        """Whether Rasa listens; whether it answers is another matter."""
        try:
            async with self._http.get(self._url.removesuffix(WEBHOOK)) as response:
                return response.ok
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False

    async def erase(self, sender: str, diary: str | None = None) -> None:
        """Let Rasa forget a session, and erase the diary that is named.

        Raises:
            RasaUnavailable: it has not said that it did.
        """
        named = {"diary": diary} if diary else {}
        response = await self._post({"sender": sender, "erase": True, **named})
        if not response.is_success:
            raise RasaUnavailable(f"status {response.status}")

    async def diary(self, sender: str, diary: str) -> dict[str, JsonValue] | None:
        """All that the diary holds; None where there is no such diary.

        Raises:
            RasaUnavailable: it does not say.
        """
        response = await self._post({"sender": sender, "export": True, "diary": diary})
        if response.status != HTTPStatus.OK:
            raise RasaUnavailable(f"status {response.status}")
        return _read(_Export, response.content).diary

    async def _answer(self, body: dict[str, Any]) -> _Response:
        response = await self._post(body)
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise RasaUnavailable(f"status {response.status}")
        return response

    async def _post(self, body: dict[str, Any]) -> _Response:
        try:
            async with self._http.post(self._url, json=body, allow_redirects=False) as response:
                return _Response(response.status, await response.read())
        except TimeoutError:
            raise RasaUnavailable("time-out") from None
        except (aiohttp.ClientError, OSError) as error:
            raise RasaUnavailable(type(error).__name__) from None


def _read[T: BaseModel](shape: type[T], content: bytes) -> T:
    try:
        return shape.model_validate_json(content)
    except ValidationError as error:
        # Only where and how it is malformed: the values may hold a patient's words.
        found = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in found["loc"])
        raise RasaUnavailable(f"malformed: {found['type']} at {where or 'the top'}") from None
