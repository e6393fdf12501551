"""What may stand in a study file, read and checked against its model and its data."""
