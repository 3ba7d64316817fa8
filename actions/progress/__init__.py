"""The talk about progress: a short check-in, what the diary says, and erasing it."""
