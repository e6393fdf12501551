"""PySD's abstract expressions turned into `ir` definitions, with what cannot be taken listed."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from pysd.translators.structures import abstract_expressions as ae

from rcsd.names import canonical
from rcsd.simulation.ir import Definition, Ranges, TimeAxis
from rcsd.simulation.ir.expression import (
    Arithmetic,
    Call,
    Comparison,
    Conditional,
    Expression,
    Logical,
    Lookup,
    Name,
    Negative,
    Not,
    Number,
    Points,
    Random,
    Reduction,
    Stateful,
    Time,
)
from rcsd.simulation.ir.functions import COMPOSED, PRIMITIVES
from rcsd.simulation.reader.abstract import CONTROLS
from rcsd.simulation.reader.external import Unreadable, constants, lookups, series
from rcsd.simulation.reader.source import Fault, SourceText

_SPELT = {"integer": "trunc", "Xpulse": "pulse height", "Xpulse_train": "pulse height train", "Xramp": "ramp"}
_NODES: dict[str, Callable[[tuple[Expression, ...]], Expression]] = {
    "active_initial": lambda a: Stateful("active initial", a),
    "if_then_else": lambda a: Conditional(*a),
    "pi": lambda a: Number(math.pi),
    "power": lambda a: Arithmetic("^", *a),
    "prod": lambda a: Reduction("prod", *a),
    "random_0_1": lambda a: Random("uniform", (Number(0.0), Number(1.0))),
    # the seed, their last argument, tells streams apart in Vensim: here every call has its own
    "random_exponential": lambda a: Random("exponential", a[:4]),
    "random_normal": lambda a: Random("normal", a[:4]),
    "random_uniform": lambda a: Random("uniform", a[:2]),
    "sum": lambda a: Reduction("sum", *a),
    "vmax": lambda a: Reduction("vmax", *a),
    "vmax_xmile": lambda a: Reduction("vmax", *a),
    "vmin": lambda a: Reduction("vmin", *a),
    "vmin_xmile": lambda a: Reduction("vmin", *a),
}
_BETWEEN = {"interpolate": ("linear", "hold"), "hold_backward": ("previous", "hold")}
_BETWEEN["extrapolate"] = ("linear", "extrapolate")


class _Untaken(Exception):  # noqa: N818 - no error: the model then runs through PySD
    """Something that `ir` has no form for."""


def definitions_of(
    sections: Sequence[Any], source: SourceText, axis: TimeAxis, ranges: Ranges
) -> tuple[tuple[Definition, ...], tuple[Fault, ...]]:
    """Translate a model's equations.

    Parameters
    ----------
    sections : sequence of AbstractSection
        The main section, then the macros.
    source : SourceText
        For lines.
    axis : TimeAxis
        Values of TIME STEP and its like.
    ranges : Ranges
        The subscript ranges.

    Returns
    -------
    (definitions, untaken)
        In the order of the main section; macro calls are written out. `untaken` names what has no form in `ir`.
    """
    main = sections[0]
    book = _Book({canonical(macro.name): macro for macro in sections[1:]}, axis, ranges, source)
    names = {canonical(element.name): " ".join(element.name.split()) for element in main.elements}
    scope = _Scope(book, {form: partial(Name, name) for form, name in names.items()})
    for element in main.elements:
        name = " ".join(element.name.split())
        if canonical(name) in CONTROLS:
            continue
        entries = source.entries_of(name)
        for i, component in enumerate(element.components):
            line = entries[min(i, len(entries) - 1)].line if entries else None
            scope.define(name, component, line)
    return tuple(book.definitions), tuple(book.untaken)


class _Book:
    """What a translation gathers."""

    def __init__(self, macros: Mapping[str, Any], axis: TimeAxis, ranges: Ranges, source: SourceText) -> None:
        self.macros = macros
        self.ranges = ranges
        self.folder = source.path.parent
        self.format = source.format
        self.controls = {
            "time step": axis.step,
            "initial time": axis.start,
            "final time": axis.stop,
            "saveper": axis.save_step,
        }
        self.definitions: list[Definition] = []
        self.untaken: list[Fault] = []
        self.instances = 0


class _Scope:
    """Names of one section: the main one, or one call of a macro."""

    def __init__(self, book: _Book, names: Mapping[str, Callable[[tuple[str, ...]], Expression]]) -> None:
        self._book = book
        self._names = names
        self._owner: tuple[str, ...] = ()

    def define(self, name: str, component: Any, line: int | None) -> None:
        """Translate one piece of a variable."""
        subscripts, exceptions = component.subscripts
        self._owner = tuple(subscripts)
        excepted = tuple(tuple(some) for some in exceptions)
        try:
            if type(component.ast) in _EXTERNAL:
                self._book.definitions += self._external(name, component, line)
            else:
                content = self._content(component)
                self._book.definitions.append(Definition(name, self._owner, excepted, content, line))
        except (_Untaken, Unreadable) as reason:
            self._book.untaken.append(Fault(line, name, str(reason)))

    def _external(self, name: str, component: Any, line: int | None) -> list[Definition]:
        """Read a definition from its file; one piece for each element of a subscripted table."""
        ast, folder = component.ast, self._book.folder
        members = {subscript: list(self._book.ranges.members(subscript)) for subscript in self._owner}
        if isinstance(ast, ae.GetConstantsStructure):
            values = constants(ast, members, folder)
            return [Definition(name, self._owner, (), values if members else Number(float(values)), line)]
        if isinstance(ast, ae.GetLookupsStructure):
            return [Definition(name, own, (), points, line) for own, points in lookups(ast, members, folder)]
        keyword = getattr(component, "keyword", None)
        pieces = series(ast, keyword, members, folder)
        return [Definition(name, own, (), Lookup(points, Time()), line) for own, points in pieces]

    def _content(self, component: Any) -> Any:
        ast = component.ast
        if isinstance(ast, ae.DataStructure):
            return None
        if isinstance(ast, np.ndarray):
            return np.asarray(ast, dtype=np.float64)
        if isinstance(ast, ae.LookupsStructure):
            return _points(ast)
        return self.expression(ast)

    def expression(self, ast: Any) -> Expression:
        """Translate an abstract expression."""
        if isinstance(ast, (bool, int, float, np.number)):
            return Number(float(ast))
        build = _BUILDERS.get(type(ast))
        if build is None:
            raise _Untaken(f"uses {type(ast).__name__.removesuffix('Structure')}")
        return build(self, ast)

    def reference(self, ast: Any) -> Expression:
        """Translate a name."""
        form = canonical(ast.reference)
        subscripts = tuple(ast.subscripts.subscripts) if ast.subscripts else ()
        if form == "time":
            return Time()
        if form in self._book.controls:
            return Number(self._book.controls[form])
        if form not in self._names:
            raise _Untaken(f"uses the subscript {ast.reference!r} as a number")
        return self._names[form](subscripts)

    def arithmetic(self, ast: Any) -> Expression:
        """Translate a chain of operators of one precedence, read from the left."""
        parts = [self.expression(part) for part in ast.arguments]
        if ast.operators == ["negative"]:
            return Negative(parts[0])
        if "^" in ast.operators and len(ast.operators) > 1:
            raise _Untaken("chains powers (a^b^c), which engines read in different order: write brackets")
        if "^" in ast.operators and isinstance(parts[0], Number) and parts[0].value < 0:
            raise _Untaken("raises a negative number to a power; PySD reads -2^2 and (-2)^2 alike: write 0-2^2 or 2^2")
        result = parts[0]
        for operator, part in zip(ast.operators, parts[1:], strict=True):
            result = Arithmetic(operator, result, part)
        return result

    def logic(self, ast: Any) -> Expression:
        """Translate comparisons and their combinations."""
        parts = [self.expression(part) for part in ast.arguments]
        if ast.operators == [":NOT:"]:
            return Not(parts[0])
        result = parts[0]
        for operator, part in zip(ast.operators, parts[1:], strict=True):
            if operator in (":AND:", ":OR:"):
                result = Logical("and" if operator == ":AND:" else "or", result, part)
            elif len(ast.operators) > 1:
                raise _Untaken("chains comparisons (a<b<c): write them with :AND:")
            else:
                result = Comparison(operator, result, part)
        return result

    def call(self, ast: Any) -> Expression:
        """Translate a call of a macro, a table or a function."""
        form = canonical(ast.function.reference)
        if form in self._book.macros:
            return self._macro(form, [self.expression(part) for part in ast.arguments])
        if form in self._names:
            return Lookup(self.reference(ast.function), self.expression(ast.arguments[0]))  # type: ignore[arg-type]
        if form == "elmcount":  # its argument is a range, no variable
            return Call("elmcount", (Name(ast.arguments[0].reference),))
        if form == "integer" and self._book.format == "xmile":  # XMILE rounds down, Vensim towards zero
            return Call("floor", (self.expression(ast.arguments[0]),))
        return _function(ast.function.reference, tuple(self.expression(part) for part in ast.arguments))

    def _macro(self, form: str, arguments: list[Expression]) -> Expression:
        """Write the variables of a macro out for one call; they have the subscripts of the caller."""
        macro = self._book.macros[form]
        self._book.instances += 1
        prefix = f"{macro.name}#{self._book.instances}"
        owner = self._owner
        own = {canonical(element.name): f"{prefix}.{' '.join(element.name.split())}" for element in macro.elements}
        meanings: dict[str, Expression] = {key: Name(name, owner) for key, name in own.items()}
        meanings |= {canonical(name): argument for name, argument in zip(macro.params, arguments, strict=True)}
        names = {key: partial(_always, meaning) for key, meaning in meanings.items()}
        inner = _Scope(self._book, names)
        for element in macro.elements:
            if len(element.components) > 1 or element.components[0].subscripts[0]:
                raise _Untaken(f"calls the macro {macro.name!r}, which has subscripts of its own")
            component = element.components[0]
            inner._owner = owner
            content = inner._content(component)
            self._book.definitions.append(Definition(own[canonical(element.name)], owner, (), content))
        return Name(own[form], owner)

    def _stateful(self, kind: str, *parts: Any) -> Expression:
        return Stateful(kind, tuple(self.expression(part) for part in parts))

    def integ(self, ast: Any) -> Expression:
        """Translate a stock."""
        return self._stateful("non-negative integ" if ast.non_negative else "integ", ast.flow, ast.initial)

    def inline_lookup(self, ast: Any) -> Expression:
        """Translate a table with its argument."""
        return Lookup(_points(ast.lookups), self.expression(ast.argument))


def _always(meaning: Expression, _: tuple[str, ...]) -> Expression:
    """Give a name of a macro its meaning in one call, whatever its subscripts."""
    return meaning


def _function(name: str, arguments: tuple[Expression, ...]) -> Expression:
    """Write a call of a function by its PySD name."""
    if name in _NODES:
        return _NODES[name](arguments)
    spelt = _SPELT.get(name, name.replace("_", " "))
    if spelt not in PRIMITIVES and spelt not in COMPOSED:
        raise _Untaken(f"calls {name.upper().replace('_', ' ')}")
    return Call(spelt, arguments)


def _points(ast: Any) -> Points:
    x, y = tuple(float(v) for v in ast.x), tuple(float(v) for v in ast.y)
    if len(x) != len(y) or not x or any(b <= a for a, b in itertools.pairwise(x)):
        raise _Untaken("has a table whose x do not increase")
    between, beyond = _BETWEEN[ast.type]
    return Points(x, y, between, beyond)  # type: ignore[arg-type]


_EXTERNAL = (ae.GetConstantsStructure, ae.GetLookupsStructure, ae.GetDataStructure)
_BUILDERS: dict[type, Callable[[_Scope, Any], Expression]] = {
    ae.ReferenceStructure: _Scope.reference,
    ae.ArithmeticStructure: _Scope.arithmetic,
    ae.LogicStructure: _Scope.logic,
    ae.CallStructure: _Scope.call,
    ae.IntegStructure: _Scope.integ,
    ae.InlineLookupsStructure: _Scope.inline_lookup,
    ae.GameStructure: lambda s, a: s.expression(a.expression),
    ae.InitialStructure: lambda s, a: s._stateful("initial", a.initial),
    ae.DelayStructure: lambda s, a: s._stateful("delay", a.input, a.delay_time, a.initial, a.order),
    ae.DelayNStructure: lambda s, a: s._stateful("delay n", a.input, a.delay_time, a.initial, a.order),
    ae.DelayFixedStructure: lambda s, a: s._stateful("delay fixed", a.input, a.delay_time, a.initial),
    ae.SmoothStructure: lambda s, a: s._stateful("smooth", a.input, a.smooth_time, a.initial, a.order),
    ae.SmoothNStructure: lambda s, a: s._stateful("smooth", a.input, a.smooth_time, a.initial, a.order),
    ae.TrendStructure: lambda s, a: s._stateful("trend", a.input, a.average_time, a.initial_trend),
    ae.ForecastStructure: lambda s, a: s._stateful("forecast", a.input, a.average_time, a.horizon, a.initial_trend),
    ae.SampleIfTrueStructure: lambda s, a: s._stateful("sample if true", a.condition, a.input, a.initial),
}
