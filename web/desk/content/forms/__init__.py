"""Content in forms: fields filled in from a file, and read back into it."""
