"""The summary for the doctor without input and output: what was told, the draft, the page."""
