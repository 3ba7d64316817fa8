"""Talk to Dorsi in the terminal, over the same chat API as the page."""

from __future__ import annotations

import argparse
import readline  # noqa: F401  input() gets a history and arrow keys
import tempfile
import textwrap
import uuid
from pathlib import Path
from typing import Any

from deploy.stack import Stack, StackError

WIDTH = 78
GOODBYE = {"quit", "exit", ":q"}


def main() -> int:
    """Start a stack of its own on free ports, chat until Ctrl-D, and stop it."""
    parser = argparse.ArgumentParser(prog="make chat", description=__doc__)
    parser.add_argument("--region", help="GB, IE, US, CA, AU, NZ or EU: whose emergency numbers")
    options = parser.parse_args()
    print("Starting (about ten seconds) …", flush=True)
    try:
        with tempfile.TemporaryDirectory() as state, Stack(0, Path(state)) as stack:
            talk(stack, options.region)
    except StackError as error:
        print(error)
        return 1
    except KeyboardInterrupt:
        print()
    return 0


def talk(stack: Stack, region: str | None) -> None:
    """One session: a number presses that button, anything else is said."""
    opening = stack.post("/api/sessions", {"region": region} if region else {})
    token, messages = str(opening["session"]), opening["messages"]
    print("Type a question, or the number of a button. Ctrl-D ends.\n")
    while True:
        buttons = show(messages)
        try:
            typed = input("\nyou> ").strip()
        except EOFError:
            print()
            return
        if typed.lower() in GOODBYE:
            return
        body = {"id": str(uuid.uuid4())}
        if typed.isdigit() and 0 < int(typed) <= len(buttons):
            body["choice"] = buttons[int(typed) - 1]["id"]
        else:
            body["text"] = typed
        messages = stack.post("/api/messages", body, token)["messages"]


def show(messages: Any) -> list[dict[str, Any]]:
    """Print messages with numbered buttons and their sources; the buttons are returned."""
    buttons: list[dict[str, Any]] = []
    for message in messages:
        print()
        for line in str(message["text"]).splitlines():
            print(textwrap.fill(line, WIDTH))
        for source in message.get("sources") or []:
            print(f"  · {source['title']}, {source['publisher']}: {source['url']}")
        for button in message.get("buttons") or []:
            buttons.append(button)
            print(f"  [{len(buttons)}] {button['title']}")
    return buttons


if __name__ == "__main__":
    raise SystemExit(main())
