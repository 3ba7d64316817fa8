"""What stands in the inbox: a digest of each conversation, made anew when something was said."""
