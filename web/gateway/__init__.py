"""Dorsi's gateway: the public chat API, the transcript and the patient's page."""

VERSION = "0.1.0"
