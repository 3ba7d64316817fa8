"""What staff make of conversations: status, tags, notes, verdicts, and what comes of them."""
