"""What each part of the model is worth: forecasts without it, beside those of the whole model."""
