"""Whether what Dorsi says still belongs to what it is asked, and keeps its warnings."""
