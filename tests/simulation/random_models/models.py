"""Random models: stocks, auxiliaries, constants, tables, arrays over up to two dimensions, macros."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from tests.simulation.random_models.expressions import IN_MACROS, MOVING, Both, grown, joined, same

Kind = Literal["constant", "table", "stock", "auxiliary"]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A subscript range, the range that holds its first elements, and one that is mapped to it in reverse order."""

    name: str
    elements: tuple[str, ...]

    @property
    def part(self) -> str:
        """Name of the range of all elements but the last."""
        return f"{self.name} part"

    @property
    def twin(self) -> str:
        """Name of the mapped range."""
        return f"{self.name} twin"

    @property
    def twins(self) -> tuple[str, ...]:
        """Elements of the mapped range; the first belongs to the last of this."""
        return tuple(f"{element}t" for element in self.elements)


@dataclass(frozen=True, slots=True)
class Piece:
    """One equation of a variable: what it covers, and its right-hand side (rate and initial value of a stock)."""

    subscripts: tuple[str, ...]
    right: Both
    initial: Both | None = None


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable with its equations."""

    name: str
    kind: Kind
    axes: tuple[Dimension, ...]
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class RandomModel:
    """A model whose names all begin alike, so that many of them fit into one file.

    Attributes
    ----------
    prefix : str
        Of every name.
    dimensions : tuple of Dimension
        None, one or two.
    variables : list of Variable
        Each after the auxiliaries that it uses.
    macro : (str, Both) or None
        Name, and the body over ``first`` and ``second``.
    """

    prefix: str
    dimensions: tuple[Dimension, ...]
    variables: list[Variable] = field(default_factory=list)
    macro: tuple[str, Both] | None = None


class Maker:
    """Makes one model.

    Parameters
    ----------
    rng : Random
        What it hangs on.
    prefix : str
        Of every name.
    mapped : bool
        Whether equations may use mappings, exceptions and subranges, which XMILE has not.
    macros : bool
        Whether there may be a macro.
    remembering : bool
        Whether equations of arrays may delay and smooth.
    """

    def __init__(self, rng: Random, prefix: str, *, mapped: bool, macros: bool, remembering: bool) -> None:
        self._rng = rng
        self._mapped = mapped
        self._remembering = remembering
        names = [Dimension(f"{prefix} D{k}", tuple(f"{prefix}e{k}{i}" for i in range(rng.randint(2, 4)))) for k in "ab"]
        self.model = RandomModel(prefix, tuple(names[: rng.randint(0, 2)]))
        if macros and rng.random() < 0.5:
            body = grown(rng, lambda: same(rng.choice(["first", "second", "2"])), 2, rng.choice([(), IN_MACROS]))
            self.model.macro = (f"{prefix} combined", body)

    def made(self) -> RandomModel:
        """Return the model."""
        rng = self._rng
        for i in range(rng.randint(1, 3)):
            axes = self._axes()
            self._add(f"constant {i}", "constant", axes, [self._numbers(axes)])
        self._add(
            "table 0", "table", (), [Piece((), same(",".join(f"({x},{rng.uniform(-2, 2):.3f})" for x in range(4))))]
        )
        levels = [(f"level {i}", self._axes()) for i in range(rng.randint(1, 2))]
        for name, axes in levels:  # known before anything is written, since anything may use them
            self._add(name, "stock", axes, [])
        for i in range(rng.randint(1, 4)):
            axes = self._axes()
            self._add(f"auxiliary {i}", "auxiliary", axes, self._pieces(axes))
        if self._mapped and self.model.dimensions and rng.random() < 0.5:
            self._mirror(self.model.dimensions[0])
        for name, axes in levels:
            self._fill(name, axes)
        return self.model

    def _mirror(self, dimension: Dimension) -> None:
        """Add a variable over the mapped range, whose equation speaks of the range that it is mapped to."""
        twin = Dimension(dimension.twin, dimension.twins)
        right = grown(self._rng, lambda: self._leaf({dimension.name: dimension.name}), 2)
        self._add("mirrored", "auxiliary", (twin,), [Piece((twin.name,), right)])

    def _add(self, name: str, kind: Kind, axes: tuple[Dimension, ...], pieces: Sequence[Piece]) -> None:
        self.model.variables.append(Variable(f"{self.model.prefix} {name}", kind, axes, tuple(pieces)))

    def _fill(self, name: str, axes: tuple[Dimension, ...]) -> None:
        own = f"{self.model.prefix} {name}"
        rate = joined("SIN({0})", self._expression([axis.name for axis in axes], axes, 2))
        piece = Piece(tuple(axis.name for axis in axes), rate, same(f"{self._rng.uniform(-2, 2):.3f}"))
        at = next(i for i, variable in enumerate(self.model.variables) if variable.name == own)
        self.model.variables[at] = Variable(own, "stock", axes, (piece,))

    def _axes(self) -> tuple[Dimension, ...]:
        dimensions = self.model.dimensions
        return tuple(self._rng.sample(dimensions, self._rng.randint(0, len(dimensions))))

    def _numbers(self, axes: tuple[Dimension, ...]) -> Piece:
        sizes = [len(axis.elements) for axis in axes] or [1]
        rows = [
            [f"{self._rng.uniform(-3, 3):.3f}" for _ in range(sizes[-1])]
            for _ in range(sizes[0] if len(axes) > 1 else 1)
        ]
        text = "; ".join(", ".join(row) for row in rows) + (";" if len(axes) > 1 else "")
        return Piece(tuple(axis.name for axis in axes), same(text))

    def _pieces(self, axes: tuple[Dimension, ...]) -> list[Piece]:
        rng = self._rng
        names = [axis.name for axis in axes]
        if axes and self._mapped and rng.random() < 0.4:
            first, *rest = axes
            ways = [(first.part, first.elements[-1])]
            if len(axes) == 1:
                ways.append((f"{first.name}] :EXCEPT: [{first.elements[0]}", first.elements[0]))
            covers, left = rng.choice(ways)
            others = [axis.name for axis in rest]
            inside = first.part if covers == first.part else first.name
            return [
                Piece((covers, *others), self._expression([inside, *others], axes, 2)),
                Piece((left, *others), self._expression([left, *others], axes, 2)),
            ]
        return [Piece(tuple(names), self._expression(names, axes, 3))]

    def _expression(self, subscripts: list[str], axes: tuple[Dimension, ...], depth: int) -> Both:
        """Return an expression for an equation that covers some subscripts, one for each axis."""
        covered = dict(zip((axis.name for axis in axes), subscripts, strict=True))
        moving = MOVING if self._remembering or not axes else ()
        return grown(self._rng, lambda: self._leaf(covered), depth, moving)

    def _leaf(self, covered: dict[str, str]) -> Both:
        rng = self._rng
        known = [
            variable
            for variable in self.model.variables
            if variable.kind != "table" and variable.name[-8:] != "mirrored"
        ]
        chance = rng.random()
        if chance < 0.15 or not known:
            return rng.choice([same("0.5"), same("1.5"), same("Time / 4"), same("3")])
        if chance < 0.25:
            table = f"{self.model.prefix} table 0"
            return joined(f"{table}({{0}})", self._use(rng.choice(known), covered), xmile=f"{under(table)}({{0}})")
        if chance < 0.35 and self.model.macro is not None:
            name = self.model.macro[0]
            parts = [self._use(rng.choice(known), covered) for _ in range(2)]
            return joined(f"{name}({{0}}, {{1}})", *parts, xmile=f"{under(name)}({{0}}, {{1}})")
        return self._use(rng.choice(known), covered)

    def _use(self, variable: Variable, covered: dict[str, str]) -> Both:
        """Refer to a variable: its axes are those covered, single elements, or worked over as a whole."""
        if not variable.axes:
            return Both(self._spelt(variable.name), under(variable.name))
        over = [axis for axis in variable.axes if self._rng.random() < 0.4]
        reducer = self._rng.choice(["SUM", "VMIN", "VMAX"]) if over else ""
        vensim, xmile = [], []
        for axis in variable.axes:
            if axis in over:
                vensim.append(f"{axis.name}!")
                xmile.append("*")
                continue
            single = self._rng.choice(axis.elements)
            inside = covered.get(axis.name, single)
            vensim.append(inside)
            xmile.append(under(inside))
        name = self._spelt(variable.name)
        text = Both(f"{name}[{', '.join(vensim)}]", f"{under(name)}[{', '.join(xmile)}]")
        return joined(f"{reducer}({{0}})", text, xmile=f"{reducer.removeprefix('V')}({{0}})") if reducer else text

    def _spelt(self, name: str) -> str:
        """Write a name in other letters and with other blanks, which mean the same."""
        return self._rng.choice([name, name.upper(), name.replace(" ", "_"), name.replace(" ", "  ")])


def under(name: str) -> str:
    """Write a name as one word."""
    return "_".join(name.split())
