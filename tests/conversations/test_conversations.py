"""Whole dialogues against the real assistant: trained model, real actions, the chat API."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.stack import Stack
from gate.dialogues.playing import play
from gate.dialogues.written import Conversation, ConversationError, read

HERE = Path(__file__).parent


CONVERSATIONS = list(read(HERE))


@pytest.mark.stack
@pytest.mark.parametrize("conversation", [c for c in CONVERSATIONS if not c.fault], ids=str)
def test_the_conversation_goes_as_written(conversation: Conversation, stack: Stack) -> None:
    play(conversation, stack)


@pytest.mark.stack
@pytest.mark.parametrize("conversation", [c for c in CONVERSATIONS if c.fault], ids=str)
def test_a_known_fault_is_still_there(conversation: Conversation, stack: Stack) -> None:
    """One that is gone has to leave the list."""
    with pytest.raises(ConversationError):
        play(conversation, stack)
