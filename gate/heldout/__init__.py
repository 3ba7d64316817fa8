"""Messages that nothing was learnt from, and what became of them."""
