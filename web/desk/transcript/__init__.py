"""Conversations as the patients saw them, and beside each turn what was understood."""
