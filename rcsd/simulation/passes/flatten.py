"""Definitions -> `System`: the passes one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from rcsd.simulation.ir.system import Equation, Memory, Pipe, Stock, System
from rcsd.simulation.ir.unsound import Unsound
from rcsd.simulation.passes.elements import Scalar, resolve
from rcsd.simulation.passes.fold import fold
from rcsd.simulation.passes.lower import lower
from rcsd.simulation.passes.order import ordered, reached
from rcsd.simulation.passes.states import without_memory
from rcsd.simulation.passes.tables import named, with_points


def flatten(model: Model, points: Mapping[str, Points] | None = None) -> System:
    """Make a model ready to run.

    Parameters
    ----------
    model : Model
        As read, with definitions.
    points : mapping of str to Points, optional
        Tables and data variables whose points are exchanged.

    Returns
    -------
    System

    Raises
    ------
    ModelError
        For an unresolved subscript, an algebraic loop, a delay whose order is no constant, or a data variable
        without a series, with the variable and the line.
    """
    try:
        return _flatten(model, points or {})
    except Unsound as error:
        where = model.get(error.variable.partition("[")[0].partition("#")[0]) if error.variable else None
        line = where.line if error.line is None and where is not None else error.line
        raise ModelError(error.message, path=model.path, line=line, variable=error.variable) from error


_TIME_STEP = "time step"


def _flatten(model: Model, points: Mapping[str, Points]) -> System:
    scalars = _spelt(resolve(with_points(model.definitions, points), model.ranges))
    tables = {s.name: s.content for s in scalars if isinstance(s.content, Points)}
    constants = dict(model.constants)
    fixed = {s.name: s.content.value for s in scalars if isinstance(s.content, Number) and s.name not in constants}
    expansion = Expansion(constants | fixed, model.time.step)
    auxiliaries: dict[str, Expression] = {}
    for scalar in scalars:
        if scalar.name in constants or scalar.name in fixed or isinstance(scalar.content, Points):
            continue
        if scalar.content is None:
            raise Unsound(
                "is a data variable without a series; give its points with tables={...}", variable=scalar.name
            )
        content = _checked(named(scalar.name, scalar.content, tables), tables)
        left = without_memory(scalar.name, content, expansion)
        if left is not None:
            auxiliaries[left.name] = left.expression
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

    remembered = (*auxiliaries.values(), *first.values(), *(s.rate for s in stocks), *(m.following for m in memories))
    if _TIME_STEP not in {*constants, *auxiliaries} and any(_TIME_STEP in _needs(each) for each in remembered):
        fixed.setdefault(_TIME_STEP, model.time.step)  # a function with memory may name it where the file does not
    known = constants.keys() | fixed.keys()
    statics = _static(auxiliaries, in_start, known)
    moving = {name: e for name, e in auxiliaries.items() if name not in statics}
    needs = {name: _needs(e) for name, e in auxiliaries.items()}
    rates = [s.rate for s in stocks] + [m.following for m in memories] + [p.entering for p in pipes]
    in_step = reached({name for rate in rates for name in _needs(rate)}, {n: needs[n] for n in moving})

    start_expressions = auxiliaries | in_start | first
    start_needs = {name: _needs(e) for name, e in start_expressions.items()}
    for pipe in pipes:
        start_needs[pipe.name] = (*start_needs[pipe.name], *_needs(pipe.delay))
    in_begin = reached(first, {n: needs_of for n, needs_of in start_needs.items() if n not in statics})
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
    )


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
    auxiliaries: Mapping[str, Expression], in_start: Mapping[str, Expression], known: Iterable[str]
) -> set[str]:
    """Names of the auxiliaries that depend on constants alone."""
    settled = set(known)
    waiting = {
        name: _needs(expression)
        for name, expression in auxiliaries.items()
        if name not in in_start and not any(isinstance(node, (Time, Random)) for node in walk(expression))
    }
    found: set[str] = set()
    while fresh := {name for name, needs in waiting.items() if name not in found and settled.issuperset(needs)}:
        found |= fresh
        settled |= fresh
    return found


def _checked(expression: Expression, tables: Mapping[str, object]) -> Expression:
    """Check that what is called as a table is one."""
    if isinstance(expression, Lookup) and isinstance(expression.table, Name):
        name = expression.table.name
        if name not in tables:
            raise Unsound(f"{name!r} is called as a table but is none", variable=name)
        return replace(expression, argument=_checked(expression.argument, tables))
    return with_children(expression, lambda child: _checked(child, tables))


def _spelt(scalars: list[Scalar]) -> list[Scalar]:
    """Bring every reference to the spelling of the definition; elements may differ in case."""
    spelling = {canonical(scalar.name): scalar.name for scalar in scalars}

    def spell(expression: Expression) -> Expression:
        if isinstance(expression, Name):
            form = canonical(expression.name)
            if form not in spelling:
                raise Unsound(f"{expression.name!r} is used but no equation covers it", variable=expression.name)
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
