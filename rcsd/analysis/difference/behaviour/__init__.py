"""What two models do differently: one run each, and an ensemble of the same draws."""
