"""Forecasts of a panel from many origins, by each structure of the model, and what is kept of them."""
