"""Whole dialogues, as somebody wrote them, against a running assistant."""
