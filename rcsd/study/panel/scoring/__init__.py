"""What the forecasts of a panel from many origins are worth, beside those of benchmark rules."""
