"""What of the content is due for review, and whose it is."""
