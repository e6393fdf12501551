"""Indicator files and the series of cities."""
