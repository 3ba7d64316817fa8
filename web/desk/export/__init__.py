"""Taking conversations away as a file."""
