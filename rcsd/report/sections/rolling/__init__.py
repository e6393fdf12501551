"""Forecasts from many origins."""
