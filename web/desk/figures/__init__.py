"""Counts, charts and what patients asked in vain. Nothing here reads the messages themselves."""
