"""The talk about recovery: reading replies, its course and its words, all pure; and telling."""
