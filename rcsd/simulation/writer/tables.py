"""In which way a model reads its tables: XMILE's graphical functions have it in themselves, Vensim's in each call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from rcsd.names import canonical
from rcsd.simulation.ir.definition import Definition
from rcsd.simulation.ir.expression import Call, Expression, Lookup, Name, Points, walk, with_children
from rcsd.simulation.writer.formula import Unsayable

Way = Literal["", "lookup extrapolate", "lookup backward"]
"""The function that reads a table; none is needed to interpolate."""
_CALLED = ("lookup extrapolate", "lookup backward")


def way_of(points: Points) -> Way:
    """Return how Vensim reads a graphical function.

    Raises
    ------
    Unsayable
        When it cannot.
    """
    match points.between, points.beyond:
        case "linear", "hold":
            return ""
        case "linear", "extrapolate":
            return "lookup extrapolate"
        case "previous", "hold":
            return "lookup backward"
    raise Unsayable(f"has a table that is read {points.between} between its points and goes on to {points.beyond}")


def read_by(points: Points, way: Way) -> Points:
    """Return a table that is read in a way by itself."""
    if way == "lookup extrapolate":
        return replace(points, between="linear", beyond="extrapolate")
    if way == "lookup backward":
        return replace(points, between="previous", beyond="hold")
    return points


def plain(points: Points) -> Points:
    """Return a table that is interpolated, as Vensim's are."""
    return Points(points.x, points.y)


def ways_in(definitions: Iterable[Definition]) -> dict[str, set[Way]]:
    """Find in which ways each table is read, by its canonical name."""
    found: dict[str, set[Way]] = {}
    for definition in definitions:
        if not isinstance(definition.content, Expression):
            continue
        for node in walk(definition.content):
            match node:
                case Lookup(Name(name, _), _):
                    found.setdefault(canonical(name), set()).add("")
                case Call(function, (Name(name, _), *_)) if function in _CALLED:
                    found.setdefault(canonical(name), set()).add(function)  # type: ignore[arg-type]
    return found


def one_way(ways: Mapping[str, set[Way]], name: str) -> Way:
    """Return the one way in which a table is read.

    Raises
    ------
    Unsayable
        When there are several.
    """
    own = ways.get(canonical(name), {""})
    if len(own) > 1:
        said = " and ".join(sorted(way.upper() or "by its name" for way in own))
        raise Unsayable(f"is a table read in several ways ({said}), and an XMILE graphical function has one; copy it")
    return next(iter(own))


def called_by_name(expression: Expression) -> Expression:
    """Write every reading of a table as XMILE has it: by its name."""
    match expression:
        case Call(function, (Name() as table, argument)) if function in _CALLED:
            return Lookup(table, called_by_name(argument))
    return with_children(expression, called_by_name)


def called_by_way(expression: Expression, ways: Mapping[str, Way]) -> Expression:
    """Write every reading of a table as Vensim has it: with the function that reads it so."""
    inside = with_children(expression, lambda child: called_by_way(child, ways))
    match inside:
        case Lookup(Name(name, _) as table, argument) if way := ways.get(canonical(name)):
            return Call(way, (table, argument))
    return inside
