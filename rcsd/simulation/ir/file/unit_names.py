"""What a file says about the names of units: which mean the same, and which stand for others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UnitNames:
    """One unit of a file: a ``22:`` line of Vensim, a ``<unit>`` of XMILE.

    Attributes
    ----------
    names : tuple of str
        What it may be called, the main name first; at least one.
    equation : str
        What it is made of, such as ``"people/year"``; empty for a unit of its own.
    """

    names: tuple[str, ...]
    equation: str = ""
