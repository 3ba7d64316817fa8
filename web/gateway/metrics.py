"""What is counted and timed, for Prometheus: never a word of a patient's, nor who they are."""

from http import HTTPMethod, HTTPStatus
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response
from prometheus_client import (
    CONTENT_TYPE_PLAIN_0_0_4,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from starlette.exceptions import HTTPException

# From a repeated answer to the longest wait for Rasa.
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0, 10.0, 15.0)
SHORT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)
# How a turn went, as it is counted; whatever else went wrong is one of them.
OUTCOMES = frozenset({"answered", "escalated", "repeated", "too_long", "unscreened"})
OTHER = "unavailable"
# A proxy passed the request on: whoever sent it is not on this machine.
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")

router = APIRouter()


class Metrics:
    """The gateway's own numbers, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._turns = Histogram(
            "dorsi_turn_seconds",
            "A message from its arrival to its replies.",
            ["outcome"],
            buckets=SECONDS,
            registry=registry,
        )
        self._rasa = Histogram(
            "dorsi_rasa_seconds", "Rasa's part of a turn.", buckets=SECONDS, registry=registry
        )
        self._screened = Histogram(
            "dorsi_screen_seconds", "Screening a text.", buckets=SHORT, registry=registry
        )
        self._flags = Counter(
            "dorsi_flags_total", "Red flags told of.", ["flag", "level"], registry=registry
        )
        self._requests = Counter(
            "dorsi_http_requests_total",
            "Requests that were answered.",
            ["route", "method", "status"],
            registry=registry,
        )
        self._limited = Counter(
            "dorsi_rate_limited_total", "Refused as too many.", ["kind"], registry=registry
        )
        self._streams = Gauge("dorsi_streams", "Streams that are open.", registry=registry)

    def turn(self, outcome: str, seconds: float) -> None:
        """A turn ended.

        Args:
            outcome: how, one of `OUTCOMES`; any other counts as `unavailable`.
            seconds: how long it took.
        """
        known = outcome if outcome in OUTCOMES else OTHER
        self._turns.labels(known).observe(seconds)

    def rasa(self, seconds: float) -> None:
        """Rasa answered, or failed to, after so many seconds."""
        self._rasa.observe(seconds)

    def screened(self, seconds: float) -> None:
        """A text was screened for red flags in so many seconds."""
        self._screened.observe(seconds)

    def flagged(self, flag: str, level: str) -> None:
        """A patient was told of a red flag."""
        self._flags.labels(flag, level).inc()

    def streams(self, change: int) -> None:
        """A stream opened (1) or closed (-1)."""
        self._streams.inc(change)

    def limited(self, kind: str) -> None:
        """A request was refused as one too many: of `messages` or of `sessions`."""
        self._limited.labels(kind).inc()

    def request(self, route: str, method: str, status: int) -> None:
        """A request was answered.

        Args:
            route: the path of the route, never the address as it was sent.
            method: the HTTP method.
            status: the HTTP status.
        """
        known = method if method in HTTPMethod.__members__ else "other"
        self._requests.labels(route, known, str(status)).inc()

    def text(self) -> bytes:
        """All numbers as Prometheus reads them."""
        return generate_latest(self._registry)


@router.get("/metrics", include_in_schema=False)
async def read_metrics(request: Request) -> Response:
    """The numbers, for whoever asks from this machine itself; 404 for everybody else."""
    if not _is_direct(request):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    metrics = request.app.state.services.metrics
    assert isinstance(metrics, Metrics)
    return Response(metrics.text(), headers={"Content-Type": CONTENT_TYPE_PLAIN_0_0_4})


def _is_direct(request: Request) -> bool:
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
