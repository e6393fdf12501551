"""The model in the page itself."""
