"""The years after the data: forecast and scenarios."""
