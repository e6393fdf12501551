"""Sampling of any density that knows the prior of each of its coordinates."""
