"""Dorsi beside what `rasa init` makes of the same data: speed, memory, start and training."""
