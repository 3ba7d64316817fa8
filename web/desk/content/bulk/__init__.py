"""Many questions put in at once: read, judged in words, and taken when somebody has agreed."""
