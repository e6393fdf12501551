"""Writes the Python module of a kernel: readable, and nothing in it that is not checked or made up here."""

from rcsd.simulation.engine.source.module import source_of

__all__ = ["source_of"]
