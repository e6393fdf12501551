"""A layout for models without views: stocks in rows, the rest about them, on pages that fit a screen."""

from rcsd.simulation.layout.laying import lay_out

__all__ = ["lay_out"]
