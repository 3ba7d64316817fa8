"""Moving and deleting: examples from one topic to another, and whole items with what names them."""
