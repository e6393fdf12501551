"""What one language says in other words: an expression of one file with the functions that the other has."""

from rcsd.simulation.writer.rewording.rewording import Rewording

__all__ = ["Rewording"]
