"""Which column of a table is which variable of a model."""
