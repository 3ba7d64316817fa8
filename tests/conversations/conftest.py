"""What the tests of whole conversations share."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from deploy.stack import Stack
from tests.visits import client


@pytest.fixture
def http(stack: Stack) -> Iterator[httpx.Client]:
    """A connection to the gateway of the running assistant."""
    with client(stack.url) as connection:
        yield connection
