"""Which feedback loops rule, in the report."""
