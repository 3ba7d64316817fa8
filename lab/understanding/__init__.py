"""The laboratory: candidate pipelines for understanding, scored on the same messages."""
