"""Change requests: what somebody wants to change of the content, and how that is kept."""
