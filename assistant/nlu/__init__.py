"""From a patient's words to what was meant. Only ``component`` knows Rasa; the rest is plain."""
