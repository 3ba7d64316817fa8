"""Custom actions, one module a conversation. They read the catalogue and generate no text."""
