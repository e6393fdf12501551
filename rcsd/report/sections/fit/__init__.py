"""Simulated against actual."""
