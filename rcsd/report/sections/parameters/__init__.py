"""Estimates and how they were found."""
