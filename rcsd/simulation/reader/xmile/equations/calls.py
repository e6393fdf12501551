"""Calls in equations: array functions, graphical functions, macros, and what PySD's own table of functions knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pysd.translators.structures import abstract_expressions as ae
from pysd.translators.xmile.xmile_structures import structures

from rcsd.names import canonical
from rcsd.simulation.reader.pysd_calls import Misread
from rcsd.simulation.reader.xmile.equations import grammar
from rcsd.simulation.reader.xmile.equations.grammar import call
from rcsd.simulation.reader.xmile.equations.marks import Marks
from rcsd.simulation.reader.xmile.equations.nodes import Called, Reference, Wildcard
from rcsd.simulation.reader.xmile.symbols import Macro, Symbol
from rcsd.simulation.reader.xmile.tables import Table

if TYPE_CHECKING:
    from rcsd.simulation.reader.xmile.equations.reading import Reading

_NO_FUNCTIONS = {
    "reference",
    "subscripts_ref",
    "arithmetic",
    "logic",
    "inline_lookup",
    "lookup",
    "call",
    "stock",
    "negative",
}
# what Vensim's models bring along when they are converted
_OTHERS = {
    "game": ae.GameStructure,
    "initial": ae.InitialStructure,
    "delay_fixed": ae.DelayFixedStructure,
    "allocate_available": ae.AllocateAvailableStructure,
    "allocate_by_priority": ae.AllocateByPriorityStructure,
    "sample_if_true": ae.SampleIfTrueStructure,
}
_CONSTANTS = {"time", "dt", "starttime", "stoptime", "pi", "inf"}
_RANK = "calls RANK; it is read as RANK(array of one dimension or such a slice, number), as in RANK(a[*], 1)"
_REDUCED = {"sum": "sum", "prod": "prod", "min": "vmin", "max": "vmax"}


def called(reading: Reading, node: Called, marks: Marks | None) -> Any:
    """Look up what a call calls, and its arguments."""
    symbol = reading.variable(node)
    if symbol is not None and not symbol.tables and canonical(symbol.name) in reading.symbols.macros:
        raise Misread("calls the macro itself, so that it has no end; write what it repeats as equations")
    if symbol is not None:
        return _of_table(reading, symbol, node.arguments, (), marks)
    name = canonical(node.path[-1]).replace(" ", "_")  # a vendor's namespace may stand before it: isee.MEAN
    if (macro := reading.symbols.macros.get(canonical(node.path[-1]))) is not None:
        return _of_macro(reading, macro, node.arguments, marks)
    if name in _CONSTANTS and not node.arguments:
        return reading.expression(Reference((name,)), marks)
    if (build := _BUILDERS.get(name)) is not None:
        return build(reading, node, marks)
    return _of_pysd(name, reading.expression(node.arguments, marks))


def _of_pysd(name: str, arguments: tuple[Any, ...]) -> Any:
    """Call what PySD's table of functions has a structure for, else the function of that name."""
    build = None if name in _NO_FUNCTIONS else structures.get(name, _OTHERS.get(name))
    if isinstance(build, dict):
        build = build.get(len(arguments))
    if build is None:
        return call(name, *arguments)
    try:
        return build(*arguments)
    except TypeError as error:
        raise Misread(f"calls {name.upper()} with {len(arguments)} arguments, which it does not take") from error


def _reduce(reading: Reading, node: Called, marks: Marks | None) -> Any:
    """Read SUM, PROD and MEAN: of all elements, or of several values."""
    name = canonical(node.path[-1])
    whole = len(node.arguments) == 1
    parts = [_reduced(reading, "sum" if name == "mean" else name, part, marks, whole=whole) for part in node.arguments]
    _need(name, bool(parts))
    values = [value for value, _ in parts]
    joined = (
        values[0]
        if len(values) == 1
        else ae.ArithmeticStructure(["*" if name == "prod" else "+"] * (len(values) - 1), tuple(values))
    )
    if name != "mean":
        return joined
    return ae.ArithmeticStructure(["/"], (joined, float(sum(count for _, count in parts))))


def _reduced(reading: Reading, name: str, part: Any, marks: Marks | None, *, whole: bool) -> tuple[Any, int]:
    """Read one argument of an array function, and over how many elements it runs."""
    taken = (*reading.place.subscripts, *(() if marks is None else (*marks.taken, *marks.names)))
    own = Marks(reading.symbols, taken, whole=whole)
    inside = reading.expression(part, own)
    return (call(_REDUCED[name], inside), own.count) if own.names else (inside, 1)


def _extreme(reading: Reading, node: Called, marks: Marks | None) -> Any:
    """Read MIN and MAX: of all elements of an array, or of several values."""
    name = canonical(node.path[-1])
    _need(name, bool(node.arguments))
    whole = len(node.arguments) == 1
    values = [_reduced(reading, name, part, marks, whole=whole)[0] for part in node.arguments]
    result = values[0]
    for value in values[1:]:
        result = call(name, result, value)
    return result


def _spread(reading: Reading, node: Called, marks: Marks | None) -> Any:
    """Read STDDEV: the root of the mean square less the squared mean."""
    _need("stddev", len(node.arguments) == 1)
    mean = _reduce(reading, Called(("mean",), node.arguments), marks)
    (part,) = node.arguments
    gap = ae.ArithmeticStructure(["-"], (part, mean))
    square = ae.ArithmeticStructure(["*"], (gap, gap))
    return call("sqrt", _reduce(reading, Called(("mean",), (square,)), marks))


def _size(reading: Reading, node: Called, marks: Marks | None) -> Any:
    """Read SIZE: how many elements an array, a slice of it, or a dimension has."""
    _need("size", len(node.arguments) == 1)
    (part,) = node.arguments
    if isinstance(part, Reference) and reading.variable(part) is None:
        dimension = reading.symbols.dimension(".".join(part.path))
        if dimension is not None:
            return float(len(dimension.elements))
    own = Marks(reading.symbols, reading.place.subscripts, whole=True)
    reading.expression(part, own)
    if not own.names:
        raise Misread(
            "calls SIZE of what is neither an array nor a dimension; name one, as in SIZE(a) or SIZE(a[*, 1])"
        )
    return float(own.count)


def _rank(reading: Reading, node: Called, marks: Marks | None) -> Any:
    """Read RANK: the number of the element that is the k-th smallest; the earlier first among equals."""
    array, which = node.arguments if len(node.arguments) == 2 else (None, None)  # noqa: PLR2004
    symbol = reading.variable(array) if isinstance(array, Reference) else None
    if symbol is None or not isinstance(array, Reference):
        raise Misread(_RANK)
    subscripts = array.subscripts or (Wildcard(None),) * len(symbol.dimensions)
    axes = [i for i, subscript in enumerate(subscripts) if subscript == Wildcard(None)]
    if len(axes) != 1 or len(subscripts) != len(symbol.dimensions):
        raise Misread(_RANK)
    (axis,) = axes
    dimension = reading.symbols.dimension(symbol.dimensions[axis])
    n = 0 if dimension is None else len(dimension.elements)
    if isinstance(which, (int, float)) and which not in range(1, n + 1):
        raise Misread(f"asks for rank {which:g} of {symbol.name!r}, which has the ranks 1 to {n}; correct the number")
    wanted = reading.expression(which, marks)
    members = [
        reading.expression(Reference(array.path, (*subscripts[:axis], float(i), *subscripts[axis + 1 :])), None)
        for i in range(1, n + 1)
    ]
    terms = []
    for i, one in enumerate(members):
        before = [
            call("if_then_else", ae.LogicStructure(["<=" if j < i else "<"], (other, one)), 1.0, 0.0)
            for j, other in enumerate(members)
            if j != i
        ]
        place = ae.ArithmeticStructure(["+"] * len(before), (1.0, *before)) if before else 1.0
        terms.append(call("if_then_else", ae.LogicStructure(["="], (place, wanted)), float(i + 1), 0.0))
    return terms[0] if len(terms) == 1 else ae.ArithmeticStructure(["+"] * (len(terms) - 1), tuple(terms))


def _lookup(reading: Reading, node: Called, marks: Marks | None) -> Any:
    """Read LOOKUP and LOOKUPINV: the graphical function of a variable at another x, or turned round."""
    name = canonical(node.path[-1]).replace(" ", "").replace("_", "")
    first = node.arguments[0] if node.arguments else None
    symbol = reading.variable(first) if isinstance(first, Reference) else None
    if symbol is None or not isinstance(first, Reference):
        raise Misread(f"calls {name.upper()}; its first argument is the name of a variable with a graphical function")
    return _of_table(reading, symbol, node.arguments[1:], first.subscripts, marks, inverse=name == "lookupinv")


def _of_table(
    reading: Reading,
    symbol: Symbol,
    arguments: tuple[Any, ...],
    subscripts: tuple[Any, ...],
    marks: Marks | None,
    *,
    inverse: bool = False,
) -> Any:
    """Read the graphical function of a variable at one x."""
    source = reading.symbols.source(symbol)
    if not source.tables:
        raise Misread(f"calls {symbol.name!r}, which has no graphical function")
    if len(arguments) != 1:
        raise Misread(f"calls the graphical function {symbol.name!r} with {len(arguments)} values; it takes one")
    x = reading.expression(arguments[0], marks)
    if source.only_table and not inverse:
        where = reading.expression(Reference(("", source.name), subscripts), marks)
        if isinstance(where, ae.ReferenceStructure):
            return ae.CallStructure(where, (x,))
    table = _one_table(reading, source, subscripts)
    turned = table.inverse() if inverse else table
    if turned is None:
        raise Misread(f"turns the graphical function {symbol.name!r} round, which neither rises nor falls all the way")
    return ae.InlineLookupsStructure(x, turned.abstract)


def _one_table(reading: Reading, source: Symbol, subscripts: tuple[Any, ...]) -> Table:
    """Return the table that a reference means."""
    different = list(dict.fromkeys(source.tables.values()))
    if len(different) == 1:
        return different[0]
    meant = reading.expression(Reference(("", source.name), subscripts), None)
    elements = tuple(meant.subscripts.subscripts) if isinstance(meant, ae.ReferenceStructure) else ()
    found = next(
        (table for own, table in source.tables.items() if [*map(canonical, own)] == [*map(canonical, elements)]), None
    )
    if found is None:
        reading.ask_by_element()
        raise Misread(f"calls the graphical functions {source.name!r}; say of which element")
    return found


def _of_macro(reading: Reading, macro: Macro, arguments: tuple[Any, ...], marks: Marks | None) -> Any:
    """Call a macro; what is left out has the macro's own value."""
    given = [reading.expression(argument, marks) for argument in arguments]
    for name in macro.parameters[len(given) :]:
        if name not in macro.defaults:
            break
        given.append(reading.expression(grammar.parse(macro.defaults[name], reading.place.known), marks))
    return call(macro.name.lower().replace(" ", "_"), *given)


def _selection(reading: Reading, node: Called, marks: Marks | None) -> Any:
    """Read VECTOR SELECT: the stars of its selection and of its array run over the same elements."""
    own = Marks(reading.symbols, reading.place.subscripts, whole=False)
    arrays = [reading.expression(part, own) for part in node.arguments[:2]]
    return call("vector_select", *arrays, *(reading.expression(part, marks) for part in node.arguments[2:]))


def _need(name: str, holds: bool) -> None:
    if not holds:
        raise Misread(f"calls {name.upper()} with a wrong number of arguments")


_BUILDERS = {
    "sum": _reduce,
    "prod": _reduce,
    "mean": _reduce,
    "min": _extreme,
    "max": _extreme,
    "stddev": _spread,
    "size": _size,
    "rank": _rank,
    "lookup": _lookup,
    "lookupinv": _lookup,
    "vector_select": _selection,
}
READ_HERE = (*(name for name in _BUILDERS if name != "vector_select"), "integ")
"""Functions whose arguments are counted here; a stock is shown as INTEG."""
