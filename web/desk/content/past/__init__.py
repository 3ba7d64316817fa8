"""Looking back: how a field came to be what it is, and what differs between two states."""
