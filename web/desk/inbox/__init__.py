"""The inbox: conversations by what is known of them, and by the patients' words."""
