"""What a study begins with: a model, and somebody's table of data."""
