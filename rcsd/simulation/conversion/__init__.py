"""From a model file of one tool to that of another, and the proof that both say the same."""

from rcsd.simulation.conversion.converting import Conversion, convert

__all__ = ["Conversion", "convert"]
