"""Where functions are looked up: by the name in a file, in PySD's abstract model, in the expression tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import FunctionType

from rcsd.names import canonical
from rcsd.simulation.functions.entry import Format, Function, Signature
from rcsd.simulation.functions.ways import Primitive

_MOST = 5
FORMATS: tuple[Format, ...] = ("formula", "vensim", "xmile")


class Registry:
    """The functions that some expressions may call.

    Parameters
    ----------
    families : mapping of str to iterable of Function
        Functions that belong together, under a title.

    Raises
    ------
    ValueError
        When two functions could not be told apart.
    """

    def __init__(self, families: Mapping[str, Iterable[Function]]) -> None:
        self.families: dict[str, list[Function]] = {}
        self._named: dict[str, Function] = {}
        self._read: dict[tuple[Format, str], Function] = {}
        self._written: dict[tuple[Format, str], list[Signature]] = {}
        for family, functions in families.items():
            for function in functions:
                self.add(function, family)
        self.has_grown = False
        """Whether a program has added functions of its own, which no other process knows."""

    def add(self, function: Function, family: str = "Others") -> None:
        """Add a function.

        Raises
        ------
        ValueError
            When it could not be told from another, or kernels could not call it.
        """
        kernel = function.how.kernel if isinstance(function.how, Primitive) else None
        if isinstance(kernel, FunctionType) and not 1 <= kernel.__code__.co_argcount <= _MOST:
            raise ValueError(f"{function.key!r}: kernels call plain functions of one to {_MOST} arguments")
        names = [(format, name) for format in FORMATS for name in function.pysd_names(format)]
        if function.key in self._named or any(name in self._read for name in names):
            raise ValueError(f"there is a function {function.key!r} already: give this one a name of its own")
        self._named[function.key] = function
        self._read |= dict.fromkeys(names, function)
        for format in FORMATS:
            for signature in function.signatures(format):
                self._written.setdefault((format, canonical(signature.name)), []).append(signature)
        self.families.setdefault(family, []).append(function)
        self.has_grown = True

    def __iter__(self) -> Iterator[Function]:
        return iter(self._named.values())

    def named(self, name: str) -> Function:
        """Return the function that the expression tree calls so.

        Raises
        ------
        KeyError
            When there is none.
        """
        return self._named[name]

    def get(self, name: str) -> Function | None:
        """Return the function that the expression tree calls so; None when there is none."""
        return self._named.get(name)

    def primitive(self, name: str) -> Primitive:
        """Return how the engines compute what the expression tree calls so.

        Raises
        ------
        ValueError
            When they do not: it should have been written in terms of others before.
        """
        how = self.named(name).how
        if not isinstance(how, Primitive):
            raise ValueError(f"{name!r} is no primitive: no engine computes it")  # noqa: TRY004 - a value of the registry
        return how

    def read(self, format: Format, name: str) -> Function | None:
        """Return the function that PySD's abstract model of a file calls so; PySD lets a format use the other's."""
        form = canonical(name)
        found = (self._read.get((each, form)) for each in _from(format))
        return next((function for function in found if function is not None), None)

    def written(self, format: Format, name: str) -> tuple[Signature, ...]:
        """Return how the function of this name in a file may be called: those of the file's format come first."""
        form = canonical(name)
        found = (self._written.get((each, form), ()) for each in _from(format))
        return tuple(next((signatures for signatures in found if signatures), ()))

    @property
    def names(self) -> tuple[str, ...]:
        """Names under which files call them."""
        return tuple(dict.fromkeys(each.name for function in self for each in function.every_signature))


def _from(format: Format) -> tuple[Format, ...]:
    """List the formats in which a name is looked up: that of the file first."""
    return (format, *(other for other in FORMATS if other not in (format, "formula")))
