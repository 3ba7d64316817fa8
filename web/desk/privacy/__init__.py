"""What protects the people in the conversations, and what watches those who read them."""
