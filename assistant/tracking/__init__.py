"""Keeps conversations: Rasa's events in a database, and the hot ones in memory beside it."""
