"""The coach speaking: before the exercise, during it, and after it."""
