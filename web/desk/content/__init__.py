"""Dorsi's words at the desk: read as staff understand them, and changed in forms."""
