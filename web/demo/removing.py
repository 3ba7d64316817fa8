"""Erases what the demonstration made, as a patient would: by its tokens, over the chat API."""

import asyncio

from demo.door import Door, DoorError
from demo.keepsake import Keepsake


async def remove(door: Door, keepsake: Keepsake, *, at_once: int) -> tuple[int, list[str]]:
    """Erase every conversation whose token is kept, with its diary.

    Args:
        door: where the assistant is.
        keepsake: the tokens; those whose conversation is gone are dropped.
        at_once: how many at a time.

    Returns:
        How many are gone, and why others are not.
    """
    waiting = iter(keepsake.tokens())
    gone: set[str] = set()
    failures: list[str] = []

    async def take_turns() -> None:
        for token in waiting:
            try:
                # 401 says that there is no such session any more.
                await door.call("DELETE", "/api/session", token=token)
                gone.add(token)
            except DoorError as error:
                failures.append(str(error))

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(at_once):
                group.create_task(take_turns())
    finally:
        keepsake.drop(gone)
    return len(gone), failures
