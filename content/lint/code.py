"""What the code says of the data: the names it declares, and where it uses them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from content.lint.problems import Place, Problem, error

NAMES = "content/names.py"
ACTIONS = "actions"
GATEWAY = "web/gateway"
CATALOGUE = "content"
SPEAKERS = (ACTIONS, "assistant", GATEWAY)
USERS = (*SPEAKERS, CATALOGUE)

_PAIR = re.compile(r"\b(\w+)(?=\.(\w+))")

Members = Mapping[str, tuple[str, Place]]


@dataclass(frozen=True)
class Code:
    """Python sources, as far as the data depends on them.

    Attributes:
        enums: of ``content/names.py``: enum, then member, to its value and place.
        actions: the names that Action classes return, with the place of each.
        sources: the text of every module that may use a name, by path.
        problems: modules that are not valid Python.
    """

    enums: Mapping[str, Members]
    actions: Mapping[str, Place]
    sources: Mapping[str, str]
    problems: tuple[Problem, ...] = ()

    def members(self, enum: str) -> Members:
        """The members of an enum; none if there is no such enum."""
        return self.enums.get(enum, {})

    def values(self, enum: str) -> set[str]:
        """The values of an enum."""
        return {value for value, _ in self.members(enum).values()}

    def uses(self, enum: str, member: str, folders: tuple[str, ...] = USERS) -> bool:
        """Whether a module of ``folders`` writes ``Enum.MEMBER``."""
        paths = self._mentions.get((enum, member), ())
        return any(path.startswith(folders) for path in paths)

    @cached_property
    def _mentions(self) -> Mapping[tuple[str, str], set[str]]:
        """The modules that write ``one.other``, for all such pairs of names."""
        found: dict[tuple[str, str], set[str]] = {}
        for path, source in self.sources.items():
            for pair in _PAIR.findall(source):
                found.setdefault(pair, set()).add(path)
        return found

    def quoted_in_gateway(self, value: str) -> bool:
        """Whether the gateway, which cannot import the enums, names the value in quotes."""
        quoted = (f'"{value}"', f"'{value}'")
        return any(
            path.startswith(GATEWAY) and any(text in source for text in quoted)
            for path, source in self.sources.items()
        )


def read_code(root: Path) -> Code:
    """Read the modules under ``root`` that declare or use names."""
    sources = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8", errors="replace")
        for folder in USERS
        for path in sorted((root / folder).rglob("*.py"))
    }
    names = root / NAMES
    declared = names.read_text(encoding="utf-8") if names.exists() else ""
    # The gateway is written for a newer Python than this one can parse; its text is enough.
    parsed = {path: text for path, text in sources.items() if path.startswith(f"{ACTIONS}/")}
    trees, problems = _trees({NAMES: declared, **parsed})
    enums = dict(_enums(trees.get(NAMES, ast.Module([], []))))
    action_names = {member: value for member, (value, _) in enums.get("Action", {}).items()}
    actions = {
        name: place
        for path, tree in trees.items()
        if path != NAMES
        for name, place in _actions(tree, path, action_names)
    }
    return Code(enums, actions, sources, tuple(problems))


def _trees(sources: Mapping[str, str]) -> tuple[dict[str, ast.Module], list[Problem]]:
    trees, problems = {}, []
    for path, source in sources.items():
        try:
            trees[path] = ast.parse(source)
        except SyntaxError as failure:
            place = Place(path, failure.lineno or 1)
            problems.append(error(place, "not valid Python", "Ask a programmer to mend it."))
    return trees, problems


def _enums(tree: ast.Module) -> Iterator[tuple[str, Members]]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name, dict(_members(node))


def _members(enum: ast.ClassDef) -> Iterator[tuple[str, tuple[str, Place]]]:
    for node in enum.body:
        if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant):
            continue
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, (str(node.value.value), Place(NAMES, node.lineno))


def _actions(tree: ast.Module, path: str, names: Mapping[str, str]) -> Iterator[tuple[str, Place]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        for method in node.body:
            if isinstance(method, ast.FunctionDef) and method.name == "name":
                returned = _returned(method, names)
                if returned:
                    yield returned, Place(path, node.lineno)


def _returned(method: ast.FunctionDef, names: Mapping[str, str]) -> str | None:
    """``"action_x"`` for ``return "action_x"`` as for ``return ActionName.X.value``."""
    for node in ast.walk(method):
        if isinstance(node, ast.Return):
            value = node.value
            if isinstance(value, ast.Constant):
                return str(value.value)
            if isinstance(value, ast.Attribute) and isinstance(value.value, ast.Attribute):
                return names.get(value.value.attr)
    return None
