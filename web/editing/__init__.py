"""Changing the content files, which stay the truth: forms, git and what is between them."""
