"""The running assistant as one object: actions, Rasa, gateway and desk under a supervisor."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from deploy.train import ONE_THREAD, ROOT, code, content, environment, home, model_path

SUPERVISOR = ROOT / "web/.venv/bin/supervisord"
GATEWAY = ROOT / "web/.venv/bin/python"
ACTIONS = ROOT / ".venv/bin/python"
LOOPBACK = "127.0.0.1"
# A proxy set for the outside world knows nothing of this machine's own ports.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
# Where Rasa and the action server say that they are there.
LIVENESS = {"rasa": "/", "actions": "/health"}
# Who is the slowest comes first: nobody else is asked before it is there. The canary comes last,
# for the gateway remembers its trouble for some seconds. Patients do not need the desk, so it is
# not among them.
PROCESSES = ("rasa", "actions", "gateway")
LOOK_EVERY = 0.1
# With the id of a process that supervisord adds while it makes the socket; Linux takes 107.
LONGEST_SOCKET = 90


class StackError(RuntimeError):
    """The assistant could not be started; the text says why and where to look."""


class Stack:
    """Starts every process, waits until a message is answered, and stops them all."""

    def __init__(
        self,
        port: int,
        state: Path | None = None,
        host: str = LOOPBACK,
        *,
        desk_port: int = 0,
        desk_host: str = LOOPBACK,
        variables: Mapping[str, str] | None = None,
        path: Sequence[Path] = (),
    ) -> None:
        """Plan a stack.

        Args:
            port: the gateway's port; 0 takes a free one.
            state: the folder for database and logs; ``DORSI_HOME`` if not given.
            host: the address the gateway binds to.
            desk_port: the desk's port; 0 takes a free one.
            desk_host: the address the desk binds to.
            variables: more of the environment of every process.
            path: folders that every process finds Python modules in.
        """
        self.host = host
        self.port = port or free_port()
        self.desk_host = desk_host
        self.desk_port = desk_port or free_port()
        self.state = state or home()
        # A stack with a folder of its own keeps out of the configured database, and it may be
        # asked faster than a patient types.
        own = {"DATABASE_URL": "", "EVENTS_URL": "", "DIARY_URL": "", "DORSI_RATE_LIMIT": "off"}
        own |= {"DORSI_RELEASES": "", "DORSI_RELEASE": "", "DORSI_REPLICA": ""}
        self._own = own if state else {}
        self._more = dict(variables or {})
        self._path = [str(folder) for folder in path]
        self._ports = {"rasa": free_port(), "actions": free_port()}
        self._supervisor: subprocess.Popen[bytes] | None = None
        self._engine = {"ENGINE_DATA": str(content()), "ENGINE_MODEL": str(model_path())}
        self.said: Sequence[str] = ()

    @property
    def rasa_url(self) -> str:
        """Rasa's address, which is for this machine alone."""
        return f"http://{LOOPBACK}:{self.rasa_port}"

    @property
    def rasa_port(self) -> int:
        """Rasa's port."""
        return self._ports["rasa"]

    @property
    def socket(self) -> Path:
        """Where the supervisor listens. The path of a socket must be short."""
        near = self.state / "supervisor.sock"
        if len(str(near)) <= LONGEST_SOCKET:
            return near
        name = hashlib.sha256(str(near).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir(), f"dorsi-{name}.sock")

    @property
    def pid(self) -> int | None:
        """The supervisor's process."""
        return self._supervisor.pid if self._supervisor else None

    @property
    def url(self) -> str:
        """The gateway's address."""
        return address(self.host, self.port)

    @property
    def desk_url(self) -> str:
        """The desk's address."""
        return address(self.desk_host, self.desk_port)

    def start(self) -> None:
        """Migrate the databases and start the supervisor.

        Raises:
            StackError: a port is taken, there is no model, or the migration failed.
        """
        if not port_is_free(self.host, self.port):
            raise StackError(f"Port {self.port} is in use; choose another: PORT=8090 make run")
        if self.desk_port == self.port or not port_is_free(self.desk_host, self.desk_port):
            wrong = f"Port {self.desk_port} is in use; choose another for the desk"
            raise StackError(f"{wrong}: DESK_PORT=8091 make run")
        if not model_path().exists():
            raise StackError("There is no model of the present data; run `make train`")
        (self.state / "log").mkdir(parents=True, exist_ok=True)
        wrong = "The database could not be brought up to date"
        self._run(wrong, GATEWAY, "gateway", "migrate")
        self._run(wrong, ACTIONS, "diary", "migrate")
        self._choose()
        variables = self.variables()
        self._supervisor = subprocess.Popen(
            [SUPERVISOR, "-c", ROOT / "deploy/supervisord.conf"],
            cwd=ROOT,
            env=variables,
            start_new_session=True,  # Ctrl-C reaches run.py alone, which stops the rest in order
        )

    def _choose(self) -> None:
        """Find out which release is served, and train its model anew if newer code runs here."""
        engines = self.state / "engines"
        engines.mkdir(exist_ok=True)
        for left in (*engines.glob("*.json"), *engines.glob("*.conf")):
            left.unlink()  # of engines that ended with the supervisor before this one
        wrong = "It could not be found out what is to be served"
        start = json.loads(self._run(wrong, GATEWAY, "releases", "start"))
        if start["train"] is not None:
            self._renew(start["train"])
            start = json.loads(self._run(wrong, GATEWAY, "releases", "start"))
        self.said = start["said"]
        self._engine = {"ENGINE_DATA": start["data"], "ENGINE_MODEL": start["model"]}
        if start["served"] is not None:
            self._engine["DORSI_SERVED"] = str(start["served"])

    def _renew(self, release: int) -> None:
        """Train what the present code learns from a release's content."""
        print(f"The code has changed since release {release} was trained: training it anew …")
        self._run("Training failed", ACTIONS, "deploy.train", "--release", str(release))

    def _run(self, wrong: str, python: Path, module: str, *words: str, **more: str) -> str:
        """What a command prints that is part of the start.

        Raises:
            StackError: it failed; the text says what was wrong, and then what the command says.
        """
        done = subprocess.run(
            [python, "-m", module, *words],
            cwd=ROOT / "web" if python == GATEWAY else ROOT,
            env={**self.variables(), **more},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise StackError(f"{wrong}:\n{done.stderr}")
        return done.stdout

    def wait(self, seconds: float = 180) -> float:
        """Wait until a canary message is answered; the desk is not waited for.

        Args:
            seconds: how long at the most.

        Returns:
            The seconds it took.

        Raises:
            StackError: the supervisor ended, or nothing answered in time.
        """
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            if self._supervisor is None or self._supervisor.poll() is not None:
                raise StackError(f"The supervisor ended; see {self.state / 'log'}")
            if all(map(self.is_up, PROCESSES)) and self.is_healthy():
                return time.monotonic() - started
            time.sleep(LOOK_EVERY)
        raise StackError(f"Nothing answered within {seconds:.0f} s; see {self.state / 'log'}")

    def is_healthy(self) -> bool:
        """Whether the gateway's canary gets its answer."""
        return answers(f"{self.url}/healthz")

    def is_up(self, name: str) -> bool:
        """Whether the process of that name (gateway, desk, rasa, actions) answers."""
        if name == "gateway":
            return answers(f"{self.url}/openapi.json")
        if name == "desk":
            return answers(f"{self.desk_url}/healthz")
        return answers(f"http://{LOOPBACK}:{self._ports[name]}{LIVENESS[name]}")

    def is_running(self) -> bool:
        """Whether the supervisor is alive."""
        return self._supervisor is not None and self._supervisor.poll() is None

    def stop(self) -> None:
        """Stop every process and wait for them."""
        if self._supervisor is None:
            return
        self._supervisor.send_signal(signal.SIGTERM)
        try:
            self._supervisor.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self._supervisor.pid, signal.SIGKILL)
            self._supervisor.wait()
        self._supervisor = None

    def post(
        self, path: str, body: object, token: str | None = None, timeout: float = 30
    ) -> dict[str, object]:
        """Send JSON to the gateway and read the JSON it returns."""
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode(), headers, method="POST"
        )
        with DIRECT.open(request, timeout=timeout) as reply:
            result = json.load(reply)
        return dict(result)

    def __enter__(self) -> Stack:
        try:
            self.start()
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def variables(self) -> dict[str, str]:
        """The environment of every process, which commands on the same state want as well."""
        basic = environment()
        return {
            **ONE_THREAD,
            **basic,
            **self._own,
            **self._more,
            "PYTHONPATH": os.pathsep.join([basic["PYTHONPATH"], *self._path]),
            "DORSI_HOME": str(self.state),
            "DORSI_ROOT": str(ROOT),
            "DORSI_MODEL": str(model_path()),
            "DORSI_CODE": code(),
            "DORSI_SERVED": "",
            "DORSI_SUPERVISOR": str(self.socket),
            **self._engine,
            "HOST": self.host,
            "PORT": str(self.port),
            "DESK_HOST": self.desk_host,
            "DESK_PORT": str(self.desk_port),
            "PATIENT_URL": basic.get("PATIENT_URL") or self.url,
            "RASA_PORT": str(self._ports["rasa"]),
            "RASA_URL": self.rasa_url,
            "ACTIONS_PORT": str(self._ports["actions"]),
        }


def address(host: str, port: int) -> str:
    """Where a server on this host and port can be opened from this machine."""
    return f"http://{LOOPBACK if host in ('0.0.0.0', '::') else host}:{port}"


def answers(url: str) -> bool:
    """Whether something at this address answers that all is well."""
    try:
        with DIRECT.open(url, timeout=15) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could bind to this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
