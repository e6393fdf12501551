"""Definitions -> `System`: the passes one after the other."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from rcsd.errors import ModelError
from rcsd.names import canonical
from rcsd.simulation.ir.expansion import Expansion
from rcsd.simulation.ir.expression import (
    Expression,
    Lookup,
    Name,
    Number,
    Points,
    Random,
    Time,
    names_in,
    walk,
    with_children,
)
from rcsd.simulation.ir.model import Model
from rcsd.simulation.ir.order import ordered, reached
from rcsd.simulation.ir.system import Equation, Memory, Pipe, Stock, System
from rcsd.simulation.ir.unsound import EngineLimit, Unsound
from rcsd.simulation.passes.clock import STEP, with_clock
from rcsd.simulation.passes.derived import Readings, with_readings
from rcsd.simulation.passes.elements import Scalar, resolve
from rcsd.simulation.passes.fold import fold
from rcsd.simulation.passes.lower import lower
from rcsd.simulation.passes.no_data import lacking
from rcsd.simulation.passes.settable import Delays, SetPoints, make_settable
from rcsd.simulation.passes.states import without_memory
from rcsd.simulation.passes.tables import named, with_points


def flatten(model: Model, points: Mapping[str, Points] | None = None, settable: Iterable[str] = ()) -> System:
    """Make a model ready to run.

    Parameters
    ----------
    model : Model
        As read, with definitions.
    points : mapping of str to Points, optional
        Tables and data variables whose points are exchanged.
    settable : iterable of str, optional
        What a run may set beside the constants: see `rcsd.simulation.passes.settable`.

    Returns
    -------
    System

    Raises
    ------
    ModelError
        For an unresolved subscript, an algebraic loop, a delay whose order is no constant, or a data variable
        without a series, with the variable and the line. An `EngineLimit` is one that PySD may be able to run.
    """
    try:
        return _flatten(model, points or {}, tuple(settable))
    except Unsound as error:
        where = model.get(error.variable.partition("[")[0].partition("#")[0]) if error.variable else None
        line = where.line if error.line is None and where is not None else error.line
        fault = ModelError if error.certain else EngineLimit
        raise fault(error.message, path=model.path, line=line, variable=error.variable) from error
    except RecursionError as error:
        raise EngineLimit(
            "an expression is nested too deep; part it into several variables", path=model.path
        ) from error


def _flatten(model: Model, points: Mapping[str, Points], settable: Sequence[str]) -> System:
    definitions = with_clock(with_points(model.definitions, points, model.ranges), model.time)
    scalars = _spelt(resolve(definitions, model.ranges))
    tables = {s.name: s.content for s in scalars if isinstance(s.content, Points)}
    constants = dict(model.constants)
    fixed = {s.name: s.content.value for s in scalars if isinstance(s.content, Number) and s.name not in constants}
    known_beforehand = constants | fixed
    expansion = Expansion(known_beforehand, model.time.step, structural=set(model.clock))
    computed = [s for s in scalars if not (s.name in constants or s.name in fixed or isinstance(s.content, Points))]
    delays = Delays(settable, constants, known_beforehand)
    auxiliaries = _taken_apart(computed, tables, expansion, lambda: SetPoints(settable, tables, constants), delays)
    make_settable(settable, constants, fixed, expansion)
    fixed |= {name: constants.pop(name) for name in expansion.structural if name in constants}

    def low(expression: Expression) -> Expression:
        return fold(lower(expression, model.time.step))

    auxiliaries |= {equation.name: equation.expression for equation in expansion.hidden}
    auxiliaries = {name: low(expression) for name, expression in auxiliaries.items()}
    first = {name: low(expression) for name, expression in expansion.first.items()}
    in_start = {name: low(expression) for name, expression in expansion.in_start.items()}
    stocks = tuple(Stock(s.name, low(s.rate), s.non_negative) for s in expansion.stocks)
    memories = tuple(Memory(m.name, low(m.following)) for m in expansion.memories)
    pipes = tuple(Pipe(p.name, low(p.entering), low(p.delay), low(p.initial)) for p in expansion.pipes)

    needs = {name: _needs(e) for name, e in auxiliaries.items()}
    start_needs = {name: _needs(e) for name, e in (in_start | first).items()}
    remembered = [_needs(e) for e in (*(s.rate for s in stocks), *(m.following for m in memories))]
    every = itertools.chain(needs.values(), start_needs.values(), remembered)
    if STEP not in {*constants, *auxiliaries} and any(STEP in each for each in every):
        fixed.setdefault(STEP, model.time.step)  # a function with memory may name it where the file does not
    known = constants.keys() | fixed.keys()
    statics = _static(auxiliaries, in_start, needs, known)
    moving = {name: e for name, e in auxiliaries.items() if name not in statics}
    remembered += [_needs(p.entering) for p in pipes]
    in_step = reached(set().union(*remembered), {n: needs[n] for n in moving})

    start_expressions = auxiliaries | in_start | first
    start_needs = needs | start_needs
    for pipe in pipes:
        start_needs[pipe.name] = (*start_needs[pipe.name], *_needs(pipe.delay))
    in_begin = reached(first, {n: needs_of for n, needs_of in start_needs.items() if n not in statics})
    decisive = reached({*in_step, *set().union(*remembered), *(n for f in first for n in start_needs[f])}, start_needs)
    expansion.doubts += lacking([s.name for s in scalars if s.content is None], decisive)
    outputs = _outputs(model, scalars)
    return System(
        name=model.name,
        time=model.time,
        constants=constants,
        fixed=fixed,
        statics=_sorted(statics, auxiliaries, needs, "in the equations that do not change with time"),
        start=_sorted(in_begin, start_expressions, start_needs, "at the initial time"),
        steps=_sorted(in_step, auxiliaries, needs, "within a time step"),
        reports=_sorted(moving.keys() - in_step, auxiliaries, needs, "within a time step"),
        stocks=stocks,
        memories=memories,
        pipes=pipes,
        tables=tables,
        outputs=outputs,
        doubts=tuple(dict.fromkeys(expansion.doubts)),
    )


def _taken_apart(
    computed: Iterable[Scalar],
    tables: dict[str, Points],
    expansion: Expansion,
    set_points: Callable[[], SetPoints],
    delays: Delays,
) -> dict[str, Expression]:
    """Name the tables of equations, and take out what remembers; return what is left of each equation.

    Tables gain those inside equations, the expansion what was taken out. A data variable without data is no number.
    """
    contents = {s.name: named(s.name, s.content, tables) for s in computed if not isinstance(s.content, Points | None)}
    readings = Readings(tables, expansion.constants, expansion.structural)
    points = set_points()  # now that all tables have names
    auxiliaries: dict[str, Expression] = {}
    for scalar in computed:
        if scalar.content is None:
            auxiliaries[scalar.name] = Number(math.nan)
            continue
        try:
            content = with_readings(contents[scalar.name], readings)
            content = points.within(delays.within(scalar.name, _checked(content, tables)))
            left = without_memory(scalar.name, content, expansion)
        except Unsound as error:
            raise error.at(scalar.name, scalar.line) from error
        if left is not None:
            auxiliaries[left.name] = left.expression
    points.require_unfixed()
    return auxiliaries


def _sorted(
    names: Iterable[str],
    expressions: Mapping[str, Expression],
    needs: Mapping[str, tuple[str, ...]],
    during: str,
) -> tuple[Equation, ...]:
    inside = set(names)
    in_file_order = [name for name in expressions if name in inside]
    return tuple(Equation(name, expressions[name]) for name in ordered(in_file_order, needs, during=during))


def _needs(expression: Expression) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.name for name in names_in(expression)))


def _static(
    auxiliaries: Mapping[str, Expression],
    in_start: Mapping[str, Expression],
    needs: Mapping[str, tuple[str, ...]],
    known: Iterable[str],
) -> set[str]:
    """Names of the auxiliaries that depend on constants alone."""
    known = set(known)
    found: set[str] = set()
    lacking: dict[str, int] = {}
    readers: dict[str, list[str]] = {}
    ready = []
    for name, expression in auxiliaries.items():
        if name in in_start or any(isinstance(node, (Time, Random)) for node in walk(expression)):
            continue
        lacks = [other for other in needs[name] if other not in known]
        lacking[name] = len(lacks)
        for other in lacks:
            readers.setdefault(other, []).append(name)
        if not lacks:
            ready.append(name)
    while ready:
        name = ready.pop()
        found.add(name)
        for reader in readers.get(name, ()):
            lacking[reader] -= 1
            if not lacking[reader]:
                ready.append(reader)
    return found


def _checked(expression: Expression, tables: Mapping[str, object]) -> Expression:
    """Check that what is called as a table is one, and that what is a table is called."""
    if isinstance(expression, Name) and expression.name in tables:
        name = expression.name
        raise Unsound(f"uses the table {name!r} as a number; read it somewhere, as in {name}(Time)", certain=True)
    if isinstance(expression, Lookup) and isinstance(expression.table, Name):
        name = expression.table.name
        if name not in tables:
            raise Unsound(f"{name!r} is called as a table but is none", variable=name, certain=True)
        return replace(expression, argument=_checked(expression.argument, tables))
    return with_children(expression, lambda child: _checked(child, tables))


def _spelt(scalars: list[Scalar]) -> list[Scalar]:
    """Bring every reference to the spelling of the definition; elements may differ in case."""
    spelling = {canonical(scalar.name): scalar.name for scalar in scalars}

    def spell(expression: Expression) -> Expression:
        if isinstance(expression, Name):
            form = canonical(expression.name)
            if form not in spelling:
                message = f"{expression.name!r} is used but no equation covers it"
                raise Unsound(message, variable=expression.name, certain=True)
            return Name(spelling[form])
        return with_children(expression, spell)

    return [
        scalar
        if scalar.content is None or isinstance(scalar.content, Points)
        else replace(scalar, content=spell(scalar.content))
        for scalar in scalars
    ]


def _outputs(model: Model, scalars: Iterable[Scalar]) -> tuple[str, ...]:
    """Scalars of the variables that the file names, tables left out, in the order of the file."""
    position = {canonical(variable.name): i for i, variable in enumerate(model)}
    named = [
        (position[form], scalar.name)
        for scalar in scalars
        if not isinstance(scalar.content, Points) and (form := canonical(scalar.name.partition("[")[0])) in position
    ]
    return tuple(name for _, name in sorted(named, key=lambda pair: pair[0]))
