"""What of a model a column of a table can be: a variable to reproduce, a table to fill, a constant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rcsd.names import canonical
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.expression import Lookup, Points, Time, walk
from rcsd.simulation.ir.model import Variable

Role = Literal["series", "driver", "constant"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A variable, or an element of an array.

    Attributes
    ----------
    name : str
        As it is asked for: ``Population`` or ``Population[North]``.
    variable : Variable
        Of which it is.
    role : str
        "series" for what the model works out, "driver" for a table over time that a column can fill, "constant".
    """

    name: str
    variable: Variable
    role: Role


def candidates(model: Model, outputs: tuple[str, ...]) -> tuple[Candidate, ...]:
    """List everything that a column may stand for, in the order of the file.

    Parameters
    ----------
    model
        As read.
    outputs
        Names of what a simulator of it can save, elements of arrays one by one.
    """
    over_time = frozenset(_read_at_time(model))
    found: list[Candidate] = []
    elements: dict[str, list[str]] = {}
    for name in outputs:
        elements.setdefault(canonical(name.partition("[")[0]), []).append(name)
    for variable in model:
        form = canonical(variable.name)
        if variable.value is not None:
            found.append(Candidate(variable.name, variable, "constant"))
        elif variable.is_table and (variable.kind == "data" or form in over_time):
            found.append(Candidate(variable.name, variable, "driver"))
        elif variable.kind in ("stock", "flow", "auxiliary", "data"):
            found += [Candidate(name, variable, "series") for name in elements.get(form, ())]
    return tuple(found)


def _read_at_time(model: Model) -> Iterator[str]:
    """Yield the tables that are read at the time: they say how something went on."""
    for definition in model.definitions:
        content = definition.content
        if content is None or isinstance(content, Points | np.ndarray):
            continue
        for node in walk(content):
            if isinstance(node, Lookup) and isinstance(node.argument, Time):
                yield canonical(definition.name if isinstance(node.table, Points) else node.table.name)
