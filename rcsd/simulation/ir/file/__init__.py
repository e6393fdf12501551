"""What a model file says beside the equations that run: its calls as they stand, names of units, ranges of values."""
