"""Loop dominance over many runs."""
