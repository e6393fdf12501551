"""What is known of one function of models: how it is written, and what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rcsd.names import canonical
from rcsd.simulation.functions.ways import How

Format = Literal["vensim", "xmile", "formula"]
"""Of a file; a formula calls functions by Vensim's names, or by those of the expression tree."""

_SIGNATURE = re.compile(r"(?P<name>[A-Za-z][A-Za-z0-9_ ]*)\((?P<arguments>[^()]*)\)")
_MORE = "..."


@dataclass(frozen=True, slots=True)
class Signature:
    """A function as it is called.

    Attributes
    ----------
    text : str
        ``NAME(first, second[, third])``: what stands in brackets may be left out, ``...`` is any number more.
    name : str
        As the manual writes it.
    arguments : tuple of str
        Names of the arguments, without the dots.
    least : int
        How many it needs.
    most : int or None
        How many it takes; None for any number.
    """

    text: str
    name: str
    arguments: tuple[str, ...]
    least: int
    most: int | None

    def takes(self, n: int) -> bool:
        """Whether it can be called with so many arguments."""
        return self.least <= n and (self.most is None or n <= self.most)

    @property
    def count(self) -> str:
        """How many arguments it takes, in words."""
        if self.most is None:
            return f"{self.least} or more"
        return str(self.least) if self.most == self.least else f"{self.least} to {self.most}"


@lru_cache(maxsize=1024)
def signature(text: str) -> Signature:
    """Read a signature.

    Raises
    ------
    ValueError
        When the text is none.

    Examples
    --------
    >>> signature("DELAY1(input, delay time[, initial value])").count
    '2 to 3'
    """
    found = _SIGNATURE.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no signature; write one such as 'RAMP(slope, start[, end])'")
    needed, _, optional = found["arguments"].partition("[")
    first, rest = (
        [part.strip() for part in text.rstrip("]").split(",") if part.strip()] for text in (needed, optional)
    )
    names = [name for name in (*first, *rest) if name != _MORE]
    least = sum(name != _MORE for name in first)
    return Signature(text, found["name"].strip(), tuple(names), least, None if _MORE in first else len(names))


@dataclass(frozen=True, slots=True)
class Function:
    """One function of models.

    Attributes
    ----------
    meaning : str
        One line.
    how : Formula, Primitive, Node, Resolved, Tabular, Stateful, Refused or None
        How it is computed; None when PySD alone can do it.
    dimension : str
        The units of the arguments, in the order of the expression tree, and that of the value: ``a, time -> a``. The
        same letter is the same unit, ``time`` that of time, ``1`` none, ``_`` any unit, ``...`` more like the last.
    vensim, xmile : str or tuple of str
        How it is called in either format, each a signature; a formula has the names of the first one's arguments.
        Without either it is a part of other functions.
    pysd : str or tuple of str
        What PySD's abstract model calls it, if that is not the name in the file; a signature, if the order of the
        arguments is another there.
    name : str
        What the expression tree calls it; the first name in a file if it is not given.
    random : bool
        Whether it draws a number, anew in every step.
    pairwise : bool
        Whether more than two arguments are taken two at a time.
    differs : str
        Where it gives another number than Vensim or Stella, and why; empty where it gives the same.
    example : (str, float) or None
        A call and its value, known from elsewhere: all engines are held to it. Every function whose value follows from
        its arguments alone has one.
    """

    meaning: str
    how: How | None
    dimension: str = ""
    vensim: str | tuple[str, ...] = ()
    xmile: str | tuple[str, ...] = ()
    pysd: str | tuple[str, ...] = ()
    name: str = ""
    random: bool = False
    pairwise: bool = False
    differs: str = ""
    example: tuple[str, float] | None = None

    def signatures(self, format: Format) -> tuple[Signature, ...]:
        """Return how it is called in a format; empty when the format has no such function."""
        texts = {"vensim": self.vensim, "xmile": self.xmile, "formula": ()}[format]
        return tuple(signature(text) for text in _several(texts))

    @property
    def every_signature(self) -> tuple[Signature, ...]:
        """How it is called in any format."""
        return self.signatures("vensim") + self.signatures("xmile")

    @property
    def key(self) -> str:
        """What the expression tree calls it."""
        return self.name or canonical(self.every_signature[0].name)

    def pysd_names(self, format: Format) -> tuple[str, ...]:
        """Return what PySD's abstract model of a file of this format calls it; nothing if the format lacks it."""
        if format == "formula":
            return (self.key,)
        if not self.signatures(format):
            return ()
        given = _several(self.pysd) or tuple(each.name for each in self.signatures(format))
        return tuple(dict.fromkeys(canonical(name.partition("(")[0]) for name in given))

    @property
    def arguments(self) -> tuple[str, ...]:
        """Names of the arguments in the order in which the expression tree has them."""
        reordered = [signature(text) for text in _several(self.pysd) if "(" in text]
        known = (*reordered, *self.every_signature)
        return known[0].arguments if known else ()


def _several(texts: str | tuple[str, ...]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else texts
