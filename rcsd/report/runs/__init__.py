"""Runs of a model as a figure and as a page."""
