"""Starting, training and talking to Dorsi on one machine. The standard library alone."""
