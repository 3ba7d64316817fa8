# /// script
# requires-python = ">=3.12"
# dependencies = ["faker==40.54.0", "names==0.3.0"]
# ///
"""Make the lists of names of `web/desk/privacy/masking` from Faker and the census of 1990."""

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import faker.providers.person as people
import names

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
OUT = ROOT / "web" / "desk" / "privacy" / "masking" / "lists"
DICTIONARIES = Path("/usr/share/dict")
DICTIONARIES = Path("/usr/share/dict")
ENGLISH = [DICTIONARIES / name for name in ("american-english-small", "british-english")]
LARGE = [DICTIONARIES / name for name in ("american-english-small", "british-english-large")]
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff'’.\- ]+")
# Languages whose given names are taken for names although a patient of our examples uses the word.
NEAR = {"en_GB", "en_IE", "en_IN", "en_NZ", "en_US", "ga_IE", "pl_PL"}
SURNAMES, FREQUENT, COMMON = 20_000, 4_000, 600

sys.path.insert(0, str(ROOT / "web"))
from desk.privacy.masking.folding import folded  # noqa: E402


def parts(name: str) -> list[str]:
    """The words of a name, folded."""
    return [part for part in re.split(r"[^a-z]+", folded(name)) if len(part) > 1]


def from_faker() -> tuple[set[str], set[str], set[str]]:
    """Given names, those of them near to home, and family names; in Latin letters."""
    given: set[str] = set()
    near: set[str] = set()
    family: set[str] = set()
    for module in pkgutil.iter_modules(people.__path__):
        provider = importlib.import_module(f"{people.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            found = getattr(provider, attribute)
            if "name" not in attribute or "language" in attribute or attribute.startswith("_"):
                continue
            if isinstance(found, (tuple, list, dict, set)):
                of_families = "last" in attribute or "sur" in attribute
                spelt = [name for name in found if isinstance(name, str) and LATIN.fullmatch(name)]
                read = {part for name in spelt for part in parts(name)}
                (family if of_families else given).update(read)
                if not of_families and module.name in NEAR:
                    near |= read
    return given, near, family


def from_census(file: str) -> list[str]:
    """The names of one of the census's lists, the commonest first."""
    lines = (Path(names.__file__).parent / file).read_text("utf-8").splitlines()
    return [line.split()[0].lower() for line in lines]


def often_given() -> set[str]:
    """Names that at least one in 25,000 people was counted with."""
    lines = [
        line.split()
        for file in ("dist.female.first", "dist.male.first")
        for line in (Path(names.__file__).parent / file).read_text("utf-8").splitlines()
    ]
    return {line[0].lower() for line in lines if float(line[1]) >= 0.004}


def english() -> set[str]:
    """English words that are written small."""
    lines = {line for file in ENGLISH for line in file.read_text("utf-8").splitlines()}
    return {line for line in lines if line.isascii() and line.isalpha() and line.islower()}


def ours() -> set[str]:
    """Every word of what patients say in our examples."""
    return {word.lower() for word in spoken()}


def spoken() -> set[str]:
    """The same words as they are written."""
    folders = ("topics", "conversation", "red_flags", "triage", "coach")
    files = [file for folder in folders for file in (ROOT / "data" / folder).rglob("*.yml")]
    return {word for file in files for word in re.findall("[A-Za-z]+", file.read_text("utf-8"))}


def capitalised() -> set[str]:
    """Words that are only ever written with a capital letter."""
    lines = {line for file in LARGE for line in file.read_text("utf-8").splitlines()}
    return {line.lower() for line in lines if line.istitle() and line.lower() not in lines}


def chosen(file: str) -> set[str]:
    """The words of one of our own judgements."""
    return set((HERE / file).read_text("utf-8").split())


def write(file: str, found: Iterable[str]) -> None:
    """Write a list, one name a line."""
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / file).write_text("".join(f"{name}\n" for name in sorted(found)), "utf-8")


def main() -> None:
    """Make the four lists."""
    given, near, family = from_faker()
    counted = near | {*from_census("dist.female.first"), *from_census("dist.male.first")}
    surnames = from_census("dist.all.last")
    never = chosen("never.txt")
    certain, words = chosen("certain.txt"), english()
    uncertain = chosen("uncertain.txt") - certain
    strange = words | uncertain | (ours() - counted)
    given |= counted | certain
    family |= set(surnames[:SURNAMES])
    sure = {name for name in given if name in certain or (len(name) > 3 and name not in strange)}
    write("given.txt", sure)
    either = (given - sure - never) & (often_given() | chosen("either.txt"))
    write("given_words.txt", either - uncertain)
    write("given_places.txt", either & uncertain)
    rare = ours() - set(surnames[:FREQUENT])
    write("surnames.txt", {name for name in family - words - uncertain - rare if len(name) > 2})
    write(
        "capitals.txt",
        {word for word in capitalised() if word.isascii() and word.isalpha()} - given - family,
    )
    small = {word for word in spoken() if word.islower() and len(word) > 3}
    write("spoken.txt", small - words - given - family)
    write("surname_words.txt", (set(surnames[:COMMON]) & words) - never)


if __name__ == "__main__":
    main()
