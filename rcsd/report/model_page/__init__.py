"""A model as a page: every variable with its equation typeset, where it comes from and what it moves."""
