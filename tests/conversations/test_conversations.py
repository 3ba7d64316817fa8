"""Whole dialogues against the real assistant: trained model, real actions, the chat API."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.stack import Stack
from tests.conversations.runner import Conversation, play, read

HERE = Path(__file__).parent


@pytest.mark.stack
@pytest.mark.parametrize("conversation", read(HERE), ids=str)
def test_the_conversation_goes_as_written(conversation: Conversation, stack: Stack) -> None:
    play(conversation, stack)
