"""Releases: publishing a change, what is served where, and going back."""
