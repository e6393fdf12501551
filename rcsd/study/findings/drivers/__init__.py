"""What is known, forecast or assumed of the drivers after an origin."""
