"""A variable of a model by its name, or one element of it as a variable of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rcsd.names import canonical, element_form
from rcsd.simulation.ir.model import Model, Variable
from rcsd.simulation.passes.elements import scalar_name


def elements_of(model: Model, variable: Variable) -> Iterator[str]:
    """Yield the names of the elements of a variable with subscripts, such as "Temperature[Black]"."""
    form = canonical(variable.name)
    # an array may be defined element by element
    parts = [each.subscripts for each in model.definitions if canonical(each.name) == form] or [variable.subscripts]
    some = dict.fromkeys(elements for subscripts in parts for elements in model.ranges.covered(subscripts))
    for elements in some:
        yield scalar_name(variable.name, elements)


def named(model: Model, name: str) -> Variable | None:
    """Return a variable, or one element of it under the element's own name.

    Parameters
    ----------
    model
        Of any format.
    name
        ``Name`` or ``Name[a,b]``, in any spelling.

    Returns
    -------
    Variable or None
        None for a name that the model does not have. An element has the unit and the documentation of the whole.
    """
    base, bracket, _ = name.partition("[")
    variable = model.get(base if bracket else name)
    if variable is None or not bracket or not variable.subscripts:
        return model.get(name)
    form = element_form(name)
    found = next((own for own in elements_of(model, variable) if element_form(own) == form), None)
    return None if found is None else replace(variable, name=found, subscripts=(), value=None)


def insist(model: Model, name: str) -> Variable:
    """Return the same of a name that was found before."""
    found = named(model, name)
    if found is None:
        raise KeyError(name)
    return found
