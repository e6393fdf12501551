"""What drives the model from outside."""
