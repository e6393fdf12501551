"""Model files -> `ir`, or everything that is wrong with a file. A process of its own does the reading."""

from rcsd.simulation.reader.read import read, reading

__all__ = ["read", "reading"]
