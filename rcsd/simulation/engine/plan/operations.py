"""Operations of a kernel: arithmetic that fuses into loops, calls that read and write whole blocks, and repetitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from numpy.typing import NDArray

from rcsd.simulation.ir.expression import Expression, Join, names_in, walk


@dataclass(frozen=True, slots=True)
class _One:
    """What gives a value to one name.

    Attributes
    ----------
    target : str
        The name.
    """

    target: str

    @property
    def targets(self) -> tuple[str, ...]:
        """What it writes."""
        return (self.target,)


@dataclass(frozen=True, slots=True)
class Assign(_One):
    """Arithmetic: `expression` holds numbers, names, the time and functions that are an instruction."""

    expression: Expression
    comment: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        """What it reads."""
        return tuple(dict.fromkeys(name.name for name in names_in(self.expression)))

    @property
    def size(self) -> int:
        """How many nodes it has."""
        return sum(1 for _ in walk(self.expression))


@dataclass(frozen=True, slots=True)
class Apply(_One):
    """A lane function over blocks."""

    function: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Logarithm:
    """A logarithm as the sum of two blocks, for powers of its argument."""

    target: str
    rest: str
    sources: tuple[str, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """What it writes."""
        return (self.target, self.rest)


@dataclass(frozen=True, slots=True)
class Read(_One):
    """A table read at a block of arguments."""

    table: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draw(_One):
    """Random numbers; `sources`, its own copies of the arguments, and `target` are neighbours in memory."""

    distribution: str
    stream: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gather(_One):
    """A function of many values; `sources`, its own copies of them, and `target` are neighbours in memory."""

    function: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fold(_One):
    """Terms of one form, joined two by two.

    Attributes
    ----------
    target : str
        What it gives a value to.
    operator : str
        As of `rcsd.simulation.ir.expression.Joined`.
    count : int
        How many terms there are, at least two.
    term : str
        What `body` gives the value of a term to.
    body : tuple of Operation
        In order.
    """

    operator: Join
    count: int
    term: str
    body: tuple[Operation, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """What it reads."""
        return read_from_outside(self.body)


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """The same operations for every member of some families.

    Attributes
    ----------
    key : str
        Tells the bundles of a kernel apart.
    n : int
        How many members each family has.
    outputs : mapping of str to tuple of str
        What `body` gives a value to, to its name in each member.
    columns : mapping of str to NDArray
        As of `rcsd.simulation.ir.family.Family`.
    body : tuple of Operation
        In order.
    sources : tuple of str
        What all members read.
    """

    key: str
    n: int
    outputs: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, NDArray[Any]]
    body: tuple[Operation, ...]
    sources: tuple[str, ...]

    @property
    def targets(self) -> tuple[str, ...]:
        """What they write."""
        return tuple(name for names in self.outputs.values() for name in names)


Operation: TypeAlias = Assign | Apply | Logarithm | Read | Draw | Gather | Fold | Members


def read_by(operations: Iterable[Operation]) -> Iterator[str]:
    """Yield every name that some operations read."""
    for operation in operations:
        yield from operation.sources


def read_from_outside(operations: Iterable[Operation]) -> tuple[str, ...]:
    """Return what some operations read and do not work out themselves."""
    operations = list(operations)
    own = {name for operation in operations for name in operation.targets}
    return tuple(dict.fromkeys(name for name in read_by(operations) if name not in own))


def deeply(operations: Iterable[Operation]) -> Iterator[Operation]:
    """Yield operations and those that they repeat."""
    for operation in operations:
        yield operation
        if isinstance(operation, (Fold, Members)):
            yield from deeply(operation.body)
