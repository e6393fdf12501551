"""Figures of feedback loops and their dominance."""
