"""Whether red flags are noticed as before: what notices them, and what comes of it."""
