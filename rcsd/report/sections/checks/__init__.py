"""What was checked of the model, and what was found."""
