"""The states of the model, as the data correct them."""
