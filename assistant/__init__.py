"""What is plugged into Rasa: understanding, the channel, and the reader of the catalogue."""
