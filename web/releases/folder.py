"""The folder of a release: its content, its model, and what it says of itself.

Once it has its name, `data/` and `model.tar.gz` never change: whoever serves a release reads them
while another is being made. A model that newer code learnt from the same content lies beside them,
with its checksum in a file of its own.
"""

import json
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from releases.checksums import files, of_content, of_file

DATA, MODEL, MANIFEST = "data", "model.tar.gz", "release.json"
PACKED = ".tar.gz"
CHECKSUM = ".sha256"
UNFINISHED = ".unfinished-"
# Only what the project itself calls so says by which data and code it was trained.
OURS = "dorsi-"


class Broken(Exception):
    """A release's folder is not as it was made; the text says what is wrong with it."""


@dataclass(frozen=True)
class Manifest:
    """What a release says of itself, beside what the database knows.

    Attributes:
        number: the release's.
        commit: the commit of the content, where it has one.
        title: what was published.
        checksum: of all content files.
        model: the name by which the model is known in the notes of turns.
        model_checksum: of the model's file.
        code: what the model was trained by.
        figures: what was measured.
        approvers: who approved of it, by name.
        by: who had it made.
        made_at: when, in ISO format.
    """

    number: int
    commit: str
    title: str
    checksum: str
    model: str
    model_checksum: str
    code: str
    figures: Any
    approvers: tuple[str, ...]
    by: str
    made_at: str


@dataclass(frozen=True)
class Place:
    """Where a release lies."""

    releases: Path
    number: int

    @property
    def path(self) -> Path:
        """The release's own folder."""
        return self.releases / str(self.number)

    @property
    def data(self) -> Path:
        """Its content."""
        return self.path / DATA

    def model(self, code: str = "", trained_by: str = "") -> Path:
        """The model of its content.

        Args:
            code: what runs here; nothing where that is not known.
            trained_by: what the release's own model was trained by.
        """
        is_own = not code or code == trained_by
        return self.path / (MODEL if is_own else f"model-{code}{PACKED}")


def place(releases: Path, number: int) -> Place:
    """Where a release lies, or would lie."""
    return Place(releases, number)


def prepare(releases: Path, data: Path, model: Path) -> Path:
    """Copy content and model into a folder that has no number yet.

    Args:
        releases: the folder of all releases.
        data: the content.
        model: the trained model. It is linked where that can be: a model never changes.

    Returns:
        The folder; whoever asked for it gives it a number with `finish`, or removes it.

    Raises:
        OSError: something cannot be read or written; then nothing is left of it.
    """
    releases.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=releases))
    try:
        for file in files(data):
            copy = folder / DATA / file.relative_to(data)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        link(model, folder / MODEL)
        folder.chmod(0o755)
        os.sync()  # the database keeps its promises over a power cut; so must what it names
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def finish(unfinished: Path, manifest: Manifest) -> Place:
    """Give a folder its number, at once and whole.

    What lies there under that number belongs to no release: its making was never committed.

    Raises:
        OSError: it cannot be written.
    """
    found = Place(unfinished.parent, manifest.number)
    (unfinished / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n")
    if found.path.exists():
        shutil.rmtree(found.path)
    unfinished.rename(found.path)
    return found


def read(releases: Path, number: int) -> Manifest:
    """What a release says of itself.

    Raises:
        Broken: it is not there, or is not readable.
    """
    file = Place(releases, number).path / MANIFEST
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return Manifest(**{**found, "approvers": tuple(found["approvers"])})
    except OSError as error:
        raise Broken(f"{file}: {error.strerror}") from None
    except (ValueError, TypeError, KeyError) as error:
        raise Broken(f"{file}: {error}") from None


def verify(releases: Path, number: int, checksum_of_data: str = "", code: str = "") -> list[str]:
    """What is wrong with a release's folder, in words; nothing if it is as it was made.

    Args:
        releases: the folder of all releases.
        number: the release's.
        checksum_of_data: what the database says; the manifest's own word if not given.
        code: what runs here, to look at the model that it learnt anew as well, if it did.
    """
    found = Place(releases, number)
    try:
        manifest = read(releases, number)
        faults = []
        if manifest.number != number:
            faults.append(f"{found.path} is release {manifest.number}")
        if of_content(found.data) != (checksum_of_data or manifest.checksum):
            faults.append(f"{found.data}: a content file was changed, added or removed")
        if of_file(found.model()) != manifest.model_checksum:
            faults.append(f"{found.model()}: the model is not the one that was checked")
        renewed = found.model(code, manifest.code)
        if renewed != found.model() and renewed.exists() and not _is_whole(renewed):
            faults.append(f"{renewed}: the model is not the one that was learnt anew")
        return faults
    except Broken as error:
        return [str(error)]
    except OSError as error:
        return [f"{error.filename}: {error.strerror}"]


def has_model(releases: Path, number: int, code: str) -> bool:
    """Whether a release has a model that the code which runs here can use.

    Args:
        releases: the folder of all releases.
        number: the release's.
        code: what runs here; nothing where that is not known, and any model will do.

    Raises:
        Broken: the release's folder cannot be read.
    """
    return place(releases, number).model(code, read(releases, number).code).exists()


def renew(releases: Path, number: int, model: Path, code: str) -> None:
    """Lay a model that newer code learnt from a release's content beside its own.

    Args:
        releases: the folder of all releases.
        number: the release's.
        model: the model.
        code: what it was trained by.

    Raises:
        Broken: there is no such release.
        OSError: the model cannot be read, or not be laid there.
    """
    to = place(releases, number).model(code, read(releases, number).code)
    _checksum(to).write_text(f"{of_file(model)}\n")
    link(model, to)


def is_renewed(releases: Path, number: int, code: str) -> bool:
    """Whether what is served of a release is a model that newer code learnt.

    Args:
        releases: the folder of all releases.
        number: the release's.
        code: what runs here; nothing where that is not known.

    Raises:
        Broken: the release's folder cannot be read.
    """
    found = place(releases, number)
    served = found.model(code, read(releases, number).code)
    return served != found.model() and served.exists()


def of_other_code(number: int) -> str:
    """What is said of a release without such a model."""
    wrong = f"The model of release {number} was trained by another version of the program"
    return f"{wrong}. Train it anew first: make release-model RELEASE={number}"


def link(file: Path, to: Path) -> None:
    """Have a file under another name as well, without a copy where that can be.

    Raises:
        OSError: it can be neither linked nor copied.
    """
    unfinished = to.with_name(f"{UNFINISHED}{to.name}")
    unfinished.unlink(missing_ok=True)
    try:
        os.link(file.resolve(), unfinished)
    except OSError:  # on another file system, or one that has no links
        shutil.copyfile(file, unfinished)
    unfinished.replace(to)


def name_of(model: Path, its_checksum: str) -> str:
    """By what name a model is known in the notes of turns."""
    own = model.name.removesuffix(PACKED)
    return own if own.startswith(OURS) else f"{OURS}{its_checksum[:16]}"


def _checksum(model: Path) -> Path:
    return model.with_name(model.name + CHECKSUM)


def _is_whole(model: Path) -> bool:
    file = _checksum(model)
    return file.exists() and file.read_text().strip() == of_file(model)
