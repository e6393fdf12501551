"""XMILE 1.0: the variables of a model, its sheets, and the file."""
