"""Analysis: how well what Dorsi says and understands serves those who ask, topic by topic."""
