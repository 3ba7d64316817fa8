"""All that is checked before a change of the content may reach patients."""
