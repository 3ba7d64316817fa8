"""The keeper of a machine's engines: it starts what a switch needs and stops what nobody needs.

There is one on each machine, beside the gateway. It holds nothing that matters: one that is killed
is started again and goes on from the database, the files of the engines and the supervisor.
"""

import logging
import socket
import time

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import SQLAlchemyError

from records.publishing import Replica
from releases import engines, folder, switching
from releases.needing import Needs, Steps, steps
from releases.programs import configuration
from releases.settings import Settings
from releases.supervisor import Supervisor, Unreachable

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
RESTARTS = 2
"""An engine whose processes ended so often before it was ready does not start at all."""
REFUSED_SECONDS = 10.0
"""So long what cannot be started is left alone; a switch to it has failed by then."""
LOOPBACK = "127.0.0.1"


class Keeper:
    """Looks after the engines.

    Args:
        settings: where everything is.
        database: where the switches are.
        supervisor: starts and stops processes.
    """

    def __init__(self, settings: Settings, database: Engine, supervisor: Supervisor) -> None:
        self._settings = settings
        self._database = database
        self._writing = database.execution_options(begin="IMMEDIATE")
        self._supervisor = supervisor
        self._refused: dict[int, float] = {}
        self._left: dict[int, float] = {}
        self._pids: dict[str, set[int]] = {}

    def keep(self) -> None:
        """Look after them for ever. What cannot be done now is tried again."""
        is_quiet = False
        while True:
            try:
                self.look()
                is_quiet = False
            except (SQLAlchemyError, Unreachable, OSError) as error:
                if not is_quiet:
                    extra = {"reason": type(error).__name__}
                    log.warning("the engines cannot be looked after now", extra=extra)
                is_quiet = True
            time.sleep(LOOK_SECONDS)

    def look(self) -> None:
        """Look once: settle the switch under way, and start and stop what follows from it."""
        with self._database.connect() as db:
            needs, switch = self._needs(db)
        if switch is not None:
            with self._writing.begin() as db:
                switching.settle(db)
                needs, switch = self._needs(db)
        known = engines.known(self._settings.dorsi_home)
        self._do(steps(needs, known, self._left, time.monotonic()), switch)
        if switch is not None and needs.wanted is not None:
            self._watch(needs.wanted, switch)

    def _needs(self, db: Connection) -> tuple[Needs, int | None]:
        """What is needed, and the id of the switch under way."""
        wanted = switching.preparing(db)
        asked = select(Replica.serving, Replica.draining)
        row = db.execute(asked.where(Replica.name == self._settings.dorsi_replica)).one_or_none()
        held = None if row is None else {row.serving, *(row.draining or ())}
        number, id = (None, None) if wanted is None else (wanted.release, wanted.id)
        return Needs(switching.live(db), number, held), id

    def _do(self, todo: Steps, switch: int | None) -> None:
        home = self._settings.dorsi_home
        for engine in todo.keep:
            engines.write(home, engines.with_notice(engine, False))
            self._left.pop(engine.release, None)
        for engine in todo.leave:
            engines.write(home, engines.with_notice(engine, True))
        for engine in engines.known(home):
            if engine.leaving:  # a keeper before this one may have given it notice
                self._left.setdefault(engine.release, time.monotonic())
        for engine in todo.stop:
            self._stop(engine)
        for number in todo.start:
            self._start(number, switch)

    def _start(self, number: int, switch: int | None) -> None:
        settings, programs = self._settings, engines.programs(number)
        if time.monotonic() - self._refused.get(number, float("-inf")) < REFUSED_SECONDS:
            return
        if wrong := self._wrong_with(number):
            log.error("an engine cannot be started", extra={"release": number, "reason": wrong})
            self._refused[number] = time.monotonic()
            self._fail(switch, wrong)
            return
        if not self._supervisor.stop(programs):
            return  # a keeper before this one came no further
        self._supervisor.remove(programs)
        code, home = settings.dorsi_code, settings.dorsi_home
        name = engines.lay_out(home, settings.releases, number, code)
        ports = _free_ports()
        text = configuration(
            programs,
            number=number,
            data=folder.place(settings.releases, number).data,
            model=engines.model(home, name),
            ports=ports,
        )
        engines.configuration_file(home, number).write_text(text, encoding="utf-8")
        self._pids = {program: set() for program in programs}
        self._supervisor.add(programs)
        url = f"http://{LOOPBACK}:{ports[1]}"
        engines.write(home, engines.Engine(number, name, url, programs))
        log.info("an engine was started", extra={"release": number})

    def _wrong_with(self, number: int) -> str:
        releases, code = self._settings.releases, self._settings.dorsi_code
        try:
            if not folder.has_model(releases, number, code):
                return folder.of_other_code(number)
        except folder.Broken as error:
            return str(error)
        return "; ".join(folder.verify(releases, number, code=code))

    def _stop(self, engine: engines.Engine) -> None:
        programs = tuple(engine.programs)
        if not self._supervisor.stop(programs):
            return
        home = self._settings.dorsi_home
        if programs != engines.FIRST:
            self._supervisor.remove(programs)
            engines.configuration_file(home, engine.release).unlink(missing_ok=True)
        engines.forget(home, engine.release)
        self._left.pop(engine.release, None)
        log.info("an engine was stopped", extra={"release": engine.release})

    def _watch(self, number: int, switch: int) -> None:
        """Fail a switch whose engine does not start, instead of waiting for what never comes."""
        engine = engines.read(self._settings.dorsi_home, number)
        for program in engine.programs if engine else ():
            found = self._supervisor.process(program)
            if found is None:
                continue
            seen = self._pids.setdefault(program, set())
            seen.update({found.pid} - {0})
            if len(seen) > RESTARTS or found.state == "FATAL":
                kind = program.partition("-")[0]
                said = self._last_words(program)
                self._fail(switch, f"{kind} of release {number} does not start: {said}")

    def _last_words(self, program: str) -> str:
        file = self._settings.dorsi_home / "log" / f"{program}.log"
        try:
            lines = file.read_text(errors="replace").split("\n")
        except OSError:
            return f"see {file}"
        said = [line.strip() for line in lines if line.strip()]
        return f"{said[-1][:200]} (see {file.name})" if said else f"see {file}"

    def _fail(self, switch: int | None, wrong: str) -> None:
        if switch is not None:
            message = f"{self._settings.dorsi_replica}: {wrong}"
            with self._writing.begin() as db:
                switching.fail(db, switch, message)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind((LOOPBACK, 0))
        other.bind((LOOPBACK, 0))
        return int(one.getsockname()[1]), int(other.getsockname()[1])
