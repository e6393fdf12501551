"""The result in sentences."""
