"""Demonstration data: invented patients who talk to the running assistant over its chat API."""
