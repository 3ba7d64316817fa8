"""How fast the desk is with many conversations: a generator and a benchmark. Run by hand."""
