"""A model's units held against its equations."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.simulation.dimensions.doubts import doubts_of, suspects
from rcsd.simulation.dimensions.finding import UnitFinding
from rcsd.simulation.dimensions.naming.alike import Pair, variants
from rcsd.simulation.dimensions.run import TIME, Run
from rcsd.simulation.dimensions.stated import Stated
from rcsd.simulation.dimensions.words.missing import missing_units, unseen_equations
from rcsd.simulation.dimensions.words.sentences import Words
from rcsd.simulation.dimensions.words.tables import tables_at_quantities
from rcsd.simulation.ir import Model


def check_units(model: Model) -> tuple[UnitFinding, ...]:
    """Hold every equation of a model against the units that its variables have.

    One mistake, one finding, as far as that can be told: two names that are one but for a plural are taken for one once
    they are told of, and a unit that is at odds with several equations, which agree on another, is told of in their
    place.

    Parameters
    ----------
    model : Model
        As read: before arrays and functions are written out, so that findings speak of the file's equations.

    Returns
    -------
    tuple of UnitFinding
        In the order of the file. Empty for a model whose units are stated and fit.
    """
    same: dict[Pair, UnitFinding] = {}
    stated = Stated(model)
    while new := [each for each in _variants(stated) if each[0] not in same]:
        for pair, finding in new:
            same.setdefault(pair, finding)
        stated = Stated(model, same)
    found = [*same.values(), *_findings(stated)]
    return tuple(sorted(dict.fromkeys(found), key=lambda each: (each.line is None, each.line or 0)))


def _variants(stated: Stated) -> Iterator[tuple[Pair, UnitFinding]]:
    """Yield names of units that are two for want of a plural rule, with the first finding that comes of it."""
    run = Run(stated)
    words = Words(stated, run)
    for placed in run.conflicts:
        for pair in variants(placed.conflict.found / placed.conflict.expected):
            yield (min(pair), max(pair)), words.finding(placed)


def _findings(stated: Stated) -> Iterator[UnitFinding]:
    """Yield what is found; the pieces of an array say the same thing once."""
    doubts, run = doubts_of(stated)
    words = Words(stated, run)
    others = suspects(stated, run, doubts)
    once: dict[tuple[str | None, str], UnitFinding] = {}
    in_macros: set[str] = set()
    for placed in run.conflicts:
        if placed.owner.name in in_macros:
            continue  # what follows from the first within a macro's call
        if placed.part is not placed.owner:
            in_macros.add(placed.owner.name)
        finding = words.finding(placed, others.get(placed.owner.name, ()))
        once.setdefault((finding.variable, finding.message), finding)
    yield from once.values()
    yield from map(words.doubted, doubts)
    yield from dict.fromkeys(tables_at_quantities(stated, run))
    yield from stated.unread
    yield from unseen_equations(stated.model)
    units = {name: run.unit_of(name) for name in (TIME, *(variable.name for variable in stated.missing))}
    inferred = {name: None if unit is None else stated.book.spelt(unit) for name, unit in units.items()}
    yield from missing_units(stated, inferred)
