"""What the file of checks asks of a model: its names, its runs and its loops."""
