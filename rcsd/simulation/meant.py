"""Which inputs a study means by the name of a variable, an element, a stock or a point of a table."""

from __future__ import annotations

from typing import Literal

from rcsd.names import canonical, element_form, point_named
from rcsd.simulation.inputs import elements_of
from rcsd.simulation.ir.model import Model, Variable
from rcsd.simulation.passes.settable import asked, initial_of

Shared = Literal["no", "value", "factor"]


def meant(model: Model, name: str, shared: Shared = "no") -> tuple[str, ...]:
    """Return the inputs of a simulator that a name means.

    A stock means its initial value, an array each of its elements, ``Effect(2.5)`` a point of a table. A name that
    means none of these stands for itself.

    Parameters
    ----------
    model
        Whose variables are named.
    name
        In any spelling.
    shared
        Whether one value, or one factor on the model's own values, stands for all elements of an array (of a table: for
        all points).
    """
    own = model.get(name)
    point = None if own is not None else point_named(name)
    if point is not None and (table := model.get(point[0].partition("[")[0])) is not None and _is_table(table):
        return (f"point: {point[0]}({point[1]:.12g})",)
    each = asked(name)
    variable = model.get(each.base)
    if variable is None or each.how != "alone" or each.what in ("point", "delay time"):
        return (name,)
    is_initial = each.what == "initial" or variable.kind == "stock"
    thing = initial_of(each.variable) if is_initial else name
    if shared != "no":
        return (f"{'all' if shared == 'value' else 'factor'}: {thing}",)
    if "[" in each.variable or not variable.subscripts or not (is_initial or variable.kind == "constant"):
        return (thing,)
    bare = initial_of(variable.name) if is_initial else variable.name
    return tuple(f"{bare}[{','.join(element)}]" for element in elements_of(model, variable.name))


def overlap(one: str, other: str) -> bool:
    """Whether two inputs of a simulator set the same: both one thing, or one of them all of an array.

    Examples
    --------
    >>> overlap("all: Rate", "rate[north]"), overlap("Rate[north]", "Rate[south]")
    (True, False)
    """
    a, b = asked(one), asked(other)
    if element_form(one) == element_form(other):
        return True
    whole = "alone" not in (a.how, b.how) or a.how != b.how
    kinds = {"element" if each.what == "point" else each.what for each in (a, b)}
    return whole and len(kinds) == 1 and canonical(a.base) == canonical(b.base)


def _is_table(variable: Variable) -> bool:
    return variable.tabulated or variable.kind == "lookup"
