"""What `python -m desk` can do: a table that each package adds its commands to."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from desk.settings import Settings


class CannotDo(Exception):
    """A command cannot be done; the text says why and what to do."""


def nothing_more(parser: argparse.ArgumentParser) -> None:
    """Add no arguments."""


@dataclass(frozen=True)
class Command:
    """One command.

    Args:
        name: what is typed.
        help: one line for the list of commands.
        run: does it, given the settings and what was typed.
        arguments: adds the command's own arguments.
    """

    name: str
    help: str
    run: Callable[[Settings, argparse.Namespace], None]
    arguments: Callable[[argparse.ArgumentParser], None] = nothing_more
