"""What an editor is told while typing, by the part of Dorsi that reads and understands content."""
