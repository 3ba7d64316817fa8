"""A desk with content in git, a change request in it, and people to bring it to patients."""

import hashlib
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update
from starlette.applications import Starlette

from desk.access.permissions import Role
from desk.publishing import present
from desk.publishing.checks import folders, queue
from desk.publishing.report.shape import STEPS
from desk.services import Services
from editing.commits import Author
from editing.repository import Repository
from records.base import now
from records.people import Deed
from records.publishing import ChangeRequest, Check, Release, Replica
from records.words import ChangeStatus, CheckStatus
from releases import making, switching
from tests.desk.conftest import Client, SignedIn

TOPIC, FLAG, REGIONS = "data/topics/brace/types.yml", "data/red_flags/dvt.yml", "data/regions.yml"
CONTENT = {
    TOPIC: 'id: brace/types\ntitle: Kinds of brace\nanswer: Some.\nreview_due: "2026-10-01"\n',
    FLAG: 'id: dvt\ntitle: A clot\nclinical_owner: Dr Ray\nreview_due: "2026-12-01"\n',
    REGIONS: "GB:\n  name: Britain\n  sources:\n    - title: A\n      opened: '2026-01-01'\n",
}
TITLE = "Braces in plainer words"


def git(folder: Path, *arguments: str) -> str:
    """What git says."""
    who = ("-c", "user.name=Zoe", "-c", "user.email=zoe@clinic.example")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def upstream(folder: Path) -> Path:
    """A git repository that the content comes from."""
    made = folder / "upstream"
    write(made, CONTENT)
    git(folder, "init", "--quiet", "--initial-branch=main", str(made))
    git(made, "add", ".")
    git(made, "commit", "--quiet", "--message=Content")
    git(made, "checkout", "--quiet", "--detach")
    return made


def write(folder: Path, texts: Mapping[str, str]) -> None:
    """Files with their folders."""
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


@dataclass
class Desk:
    """The desk, and a change request on it that Ann wrote."""

    app: Starlette
    signed_in: SignedIn
    ann: Client
    change: int
    folder: Path

    @property
    def parts(self) -> Services:
        """The desk's parts."""
        found: Services = self.app.state.services
        return found

    @property
    def repository(self) -> Repository:
        """Its repository."""
        return self.parts.repository

    @property
    def home(self) -> str:
        """The page of the change's way."""
        return f"/changes/{self.change}/publishing"

    @property
    def branch(self) -> str:
        """The change's branch."""
        return f"change/{self.change}"

    def edit(self, texts: Mapping[str, str | None], by: str = "ann") -> str:
        """Commit to the change's branch."""
        repository, author = self.repository, Author(by.capitalize(), f"{by}@desk")
        return repository.commit(
            self.branch, repository.head(self.branch), texts, author, "Edited", now()
        )

    async def row(self) -> Any:
        """The change's row."""
        asked = select(ChangeRequest.__table__).where(ChangeRequest.id == self.change)
        return await self.ann.read(lambda db: db.execute(asked).one())

    async def set(self, **values: object) -> None:
        """Change the change's row."""
        asked = update(ChangeRequest).where(ChangeRequest.id == self.change).values(values)
        await self.ann.write(lambda db: db.execute(asked))

    async def check(self, *, passed: bool = True, **more: Any) -> int:
        """Have the change checked as it is now; the checks' end is played."""
        answer = await self.ann.submit(f"/changes/{self.change}/checks")
        id = int(answer.headers["location"].rpartition("/")[2])
        folders.fresh(self.parts.settings, id)
        status = CheckStatus.PASSED if passed else CheckStatus.FAILED
        report = {**self.report(passed), **more}

        def run(db: Any) -> None:
            taken = queue.take(db)
            assert taken and taken.id == id
            assert queue.begin(db, id, taken.commit, switching.live(db))
            assert queue.finish(db, id, status, "", report)

        await self.ann.write(run)
        return id

    def report(self, passed: bool) -> dict[str, Any]:
        """A report, and the model that it names."""
        model = self.folder / "dorsi-0123456789abcdef.tar.gz"
        model.write_bytes(b"a model")
        steps = [{"id": id, "title": id.title(), "passed": True, "said": "Good."} for id in STEPS]
        if not passed:
            wrong = {"path": TOPIC, "line": 3, "wrong": "It is too long.", "mend": "Split it."}
            steps[0] |= {"passed": False, "state": "stopped", "findings": [wrong]}
        accuracy = {"all": {"before": 0.9, "after": 0.93, "of": 100, "unit": "share"}}
        return {
            "version": 1,
            "passed": passed,
            "steps": steps,
            "figures": {"accuracy": accuracy},
            "model": {
                "path": str(model),
                "checksum": hashlib.sha256(model.read_bytes()).hexdigest(),
            },
        }

    async def person(self, name: str, role: Role = Role.PUBLISHER, **more: Any) -> Client:
        """Somebody who is signed in."""
        return await self.signed_in(role, name=name, **more)

    async def approve(self, who: Client, capacity: str = "publisher") -> str:
        """Approve what the change is now; what the page then says."""
        state = (await present.at_present(self.parts, self.change)).rules.state
        await who.submit(f"/changes/{self.change}/approve", capacity=capacity, state=state)
        return str((await who.get(self.home)).text)

    async def publish(self, who: Client, seen: str = "") -> Any:
        """Press the button."""
        commit = (
            seen
            or self.repository.merged(
                self.repository.head(self.branch), self.repository.head()
            ).commit
        )
        return await who.submit(f"/changes/{self.change}/publish", commit=commit)

    async def ready(self) -> Client:
        """All that is needed is there; gives the publisher who has approved."""
        await self.check()
        ben = await self.person("ben")
        await self.approve(ben)
        return ben

    def by_git(self, texts: Mapping[str, str]) -> None:
        """Somebody puts files into the repository that the content comes from."""
        folder = self.folder / "upstream"
        git(folder, "checkout", "--quiet", "main")
        write(folder, texts)
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--message=By git")
        git(folder, "checkout", "--quiet", "--detach")
        self.repository.fetch()

    async def install(self, *, known: bool = True) -> int:
        """A release of what main is, live; gives its number.

        Args:
            known: whether it says by its commit which state of the content it has.
        """
        data = Path(tempfile.mkdtemp(dir=self.folder))
        model = self.folder / "installed.tar.gz"
        self.repository.tree(self.repository.head()).export(data)
        model.write_bytes(b"an older model")
        number = await making.make(
            self.parts.database,
            self.parts.settings.releases,
            data=data,
            model=model,
            code="",
            commit=self.repository.head() if known else "",
            title="As it was",
        )
        await self.ann.write(lambda db: switching.install(db, number, "the start"))
        return number

    async def replica(self, ready: int | None, *, name: str = "one", trouble: str = "") -> None:
        """A replica that says what it has ready."""
        values = {
            "name": name,
            "ready": ready,
            "trouble": trouble,
            "seen_at": now(),
        }

        def tell(db: Any) -> None:
            db.execute(delete(Replica).where(Replica.name == name))
            serving = switching.live(db)
            db.execute(insert(Replica).values(**values, serving=serving, draining=[]))

        await self.ann.write(tell)

    async def releases(self) -> list[Any]:
        """All releases."""
        asked = select(Release.__table__).order_by(Release.number)
        return await self.ann.read(lambda db: list(db.execute(asked).all()))

    async def checks(self) -> list[Any]:
        """All runs of the checks."""
        asked = select(Check.__table__).order_by(Check.id)
        return await self.ann.read(lambda db: list(db.execute(asked).all()))

    async def deeds(self) -> list[tuple[str, str, str]]:
        """What the audit log has: who, what, to what."""
        asked = select(Deed.actor, Deed.action, Deed.object).order_by(Deed.id)
        return await self.ann.read(
            lambda db: [(row.actor, row.action, row.object) for row in db.execute(asked)]
        )


async def opened(app: Starlette, signed_in: SignedIn, folder: Path) -> Desk:
    """A desk with a submitted change of a topic by Ann."""
    ann = await signed_in(Role.EDITOR, name="ann")
    row = {"title": TITLE, "branch": "change/1", "author": ann.user_id}
    made = insert(ChangeRequest).values(**row, status=str(ChangeStatus.SUBMITTED))
    (change,) = await ann.write(lambda db: db.execute(made).inserted_primary_key) or (0,)
    desk = Desk(app, signed_in, ann, int(change), folder)
    desk.repository.create(desk.branch, desk.repository.head())
    desk.edit({TOPIC: CONTENT[TOPIC].replace("Some.", "There are two.")})
    return desk
