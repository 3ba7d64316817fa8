"""How the second opinion of `triage` is trained."""
