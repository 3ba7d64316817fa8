"""What the running assistant costs in time and memory: measured, not asserted."""
