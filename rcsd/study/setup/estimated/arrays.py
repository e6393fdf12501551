"""What of the arrays of a model could be estimated: elements of constants, all of them as one, first values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from rcsd.names import canonical
from rcsd.simulation.backends import Request, make_simulator
from rcsd.simulation.ir.model import Variable
from rcsd.simulation.loading import LoadedModel
from rcsd.simulation.meant import meant
from rcsd.simulation.passes.settable import stock_named
from rcsd.study.setup.estimated.bounds import FACTOR, Bounded, of_constant, of_first
from rcsd.study.setup.estimated.roles import Roles

ALL, BY_FACTOR = "all: ", "factor: "
"""Before the name of an array whose elements one value, or one factor on the model's own values, stands for."""
_FEW = 12
"""Elements of an array that are estimated each for itself; more share one factor on the model's values."""


def of_arrays(model: LoadedModel, seen: Mapping[str, float], roles: Roles) -> list[Bounded]:
    """List what could be estimated of constants and stocks with subscripts.

    Parameters
    ----------
    model
        Of the study.
    seen
        By observed element of a stock: its value in the data where the model begins.
    roles
        Of the constants.
    """
    found = [*_constants(model, roles), *_first_values(model, seen, roles)]
    return [each for each in found if each is not None]


def _constants(model: LoadedModel, roles: Roles) -> Iterator[Bounded | None]:
    arrays = [each for each in model.ir if each.kind == "constant" and each.subscripts]
    arrays = [each for each in arrays if each.name not in roles.left_out]
    names = {each.name: meant(model.ir, each.name) for each in arrays}
    if not names:
        return
    asked = tuple(name for some in names.values() for name in some)
    values = make_simulator(model.ir, Request("interpreted", settable=asked, once=True)).constants
    for array in arrays:
        own = {name: values[name] for name in names[array.name] if name in values}
        yield from _of_one(model, array, own)


def _of_one(model: LoadedModel, array: Variable, own: Mapping[str, float]) -> Iterator[Bounded | None]:
    """Yield one value for equal elements, each of a few that differ, or one factor on many."""
    numbers = np.array(list(own.values()))
    if not np.isfinite(numbers).any() or not numbers.any():
        return
    if len(set(own.values())) == 1:
        shared = ALL if len(own) > 1 else ""
        name = f"{ALL}{array.name}" if shared else next(iter(own))
        yield of_constant(model.ir, replace(array, name=name, subscripts=(), value=float(numbers[0])))
    elif len(own) <= _FEW:
        for name, value in own.items():
            yield of_constant(model.ir, replace(array, name=name, subscripts=(), value=value))
    else:
        source = f"assumed: a factor of {FACTOR:g} either way on the model's {len(own)} values"
        name = f"{BY_FACTOR}{array.name}"
        yield Bounded(name, "Dmnl", 1.0, 1 / FACTOR, FACTOR, "log", source, array.documentation)


def _first_values(model: LoadedModel, seen: Mapping[str, float], roles: Roles) -> Iterator[Bounded | None]:
    """Yield first values of the elements of stocks: of a few, and of those that are observed."""
    for stock in roles.arrays_with_own_start:
        variable = model.ir[stock]
        elements = {name: of for name in meant(model.ir, stock) if (of := stock_named(name)) is not None}
        wanted = {name: of for name, of in elements.items() if len(elements) <= _FEW or canonical(of) in seen}
        if not wanted:
            continue
        outputs: Sequence[str] = list(wanted.values())
        run = model.run(outputs=outputs, times=[model.time.start])
        for name, of in wanted.items():
            value = float(run.of(of)[0, 0])
            whole = replace(variable, name=of, subscripts=())
            yield of_first(name, whole, value, seen=seen.get(canonical(of)), limits=variable)
