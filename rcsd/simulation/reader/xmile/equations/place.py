"""Where an equation stands: in which module, of which variable, for which elements."""

from __future__ import annotations

from dataclasses import dataclass

from rcsd.simulation.reader.xmile.symbols import Symbol, Symbols


class ByElement(Exception):  # noqa: N818 - asks for another way, and never leaves the reader
    """An equation for all elements uses the number of each: it has to be read for each of them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an equation stands.

    Attributes
    ----------
    symbols : Symbols
        What its names stand for.
    scope : str
        The module; empty in the main model.
    owner : Symbol or None
        The variable; None for a setting.
    subscripts : tuple of str
        The dimension, its alias or an element for each axis of the owner.
    """

    symbols: Symbols
    scope: str = ""
    owner: Symbol | None = None
    subscripts: tuple[str, ...] = ()

    def known(self, word: str) -> bool:
        """Whether a word is the name of a variable, a dimension or an element."""
        symbols = self.symbols
        return (
            symbols.find(self.scope, (word,)) is not None
            or symbols.dimension(word) is not None
            or bool(symbols.positions(word))
        )
