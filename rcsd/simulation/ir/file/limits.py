"""The range of values that a model states for a variable: beside its unit, or in its documentation."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from rcsd.errors import RcsdWarning
from rcsd.names import canonical, element_form
from rcsd.simulation.ir.model import Model, Variable

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_STATED = re.compile(rf"\brange:?\s+({_NUMBER})\s+to\s+({_NUMBER})(?![\w%])", re.IGNORECASE)

Limits = tuple[float, float]


def limits_of(variable: Variable) -> Limits | None:
    """Return the least and the greatest value that a model states, infinite where it states none.

    They stand beside the unit (Vensim's ``[0,1]``, XMILE's ``<range>``), or else in the documentation as "Range a to
    b".
    """
    low, high = variable.limits
    if low is None and high is None:
        stated = _STATED.search(variable.documentation)
        if stated is None:
            return None
        low, high = float(stated[1]), float(stated[2])
    return (-np.inf if low is None else low), (np.inf if high is None else high)


def warn_outside(model: Model, inputs: Mapping[str, ArrayLike]) -> None:
    """Warn of each input with a value outside the stated range of its variable; inputs that are unknown are left out.

    Parameters
    ----------
    model
        With the ranges.
    inputs
        Values by name: of constants, of elements of them, or of initial values of stocks.
    """
    if not inputs:
        return
    stated = {canonical(each.name): limits for each in model if (limits := limits_of(each)) is not None}
    for name, value in inputs.items():
        variable = element_form(name).removeprefix("all: ").removeprefix("initial: ").partition("[")[0]
        if variable not in stated:
            continue
        low, high = stated[variable]
        try:
            values = np.asarray(value, dtype=np.float64).reshape(-1)
        except (TypeError, ValueError):  # whoever runs the model will say so
            continue
        outside = values[(values < low) | (values > high)]
        if outside.size:
            given = f"{name} = {outside[0]:g} lies"
            if outside.size > 1:
                given = f"{outside.size:,} values of {name}, such as {outside[0]:g}, lie"
            warnings.warn(
                f"{given} outside the range {low:g} to {high:g} that the model states",
                RcsdWarning,
                stacklevel=4,
            )
