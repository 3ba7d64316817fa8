"""Dorsi's gateway: the public chat API, the transcript and the patient's page."""
