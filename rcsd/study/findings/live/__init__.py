"""A fitted model as a page runs it."""
