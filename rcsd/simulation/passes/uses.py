"""Which variables each equation of a model names: causes of one side, uses of the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rcsd.names import canonical
from rcsd.simulation.ir import Definition, Model
from rcsd.simulation.ir.expression import Points, names_in

PART = "#part"
"""In the name of what a reader has cut off a deep expression."""


@dataclass(frozen=True, slots=True)
class Uses:
    """What names what in a model, as its file spells the names and in the order of the file.

    Attributes
    ----------
    causes : mapping of str to tuple of str
        What the equation of each variable names, initial values and tables included; itself where it does.
    uses : mapping of str to tuple of str
        The variables whose equations name each variable.
    """

    causes: Mapping[str, tuple[str, ...]]
    uses: Mapping[str, tuple[str, ...]]


def uses_of(model: Model) -> Uses:
    """Find what names what.

    A variable whose equation was not read into an expression, as `Model.untaken` says, has no causes here.

    Examples
    --------
    >>> import rcsd
    >>> sorted(uses_of(rcsd.load("hypercycle").ir).causes["Growth"])
    ['Catalysis', 'Replication Rate', 'Support']
    """
    named = names_by_variable(model)
    spelt = {canonical(name): name for name in model.names}
    order = {form: place for place, form in enumerate(spelt)}
    causes = {form: sorted(named[form] & spelt.keys(), key=order.__getitem__) for form in spelt}
    users: dict[str, list[str]] = {form: [] for form in spelt}
    for form, names in causes.items():
        for name in names:
            users[name].append(form)
    return Uses(
        {spelt[form]: tuple(spelt[each] for each in names) for form, names in causes.items()},
        {spelt[form]: tuple(spelt[each] for each in names) for form, names in users.items()},
    )


def names_by_variable(model: Model) -> dict[str, frozenset[str]]:
    """Return everything that the equation of each variable names, all in canonical form."""
    found: dict[str, frozenset[str]] = {canonical(name): frozenset() for name in model.names}
    for definition in model.definitions:  # a part that was cut off belongs to the equation it was cut from
        owner = canonical(definition.name.partition(PART)[0])
        if owner in found:
            found[owner] |= {name for name in _names(definition) if PART not in name}
    return found


def _names(definition: Definition) -> frozenset[str]:
    content = definition.content
    if content is None or isinstance(content, Points | np.ndarray):
        return frozenset()
    return frozenset(canonical(name.name) for name in names_in(content))
