"""The search for the best fit: bounded least squares from many starts."""
