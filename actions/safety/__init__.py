"""The safety check without input and output: reading answers, and the course of the questions."""
