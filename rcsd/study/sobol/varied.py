"""Which constants a sensitivity analysis varies, and over which range."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.errors import ParameterError
from rcsd.names import element_form, near_matches
from rcsd.simulation.ir import Variable
from rcsd.simulation.passes.settable import stock_named
from rcsd.study.file.groups import Bounds
from rcsd.study.file.study import Study

_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_DOCUMENTED = re.compile(rf"\bRange ({_NUMBER}) to ({_NUMBER})(?=[\s.,;)]|$)")
"""How a model's documentation states the range of a constant."""


def varied_space(
    study: Study,
    names: Sequence[str] | None = None,
    bounds: Mapping[str, Bounds] | None = None,
    *,
    source: str = "given for this analysis",
) -> ParameterSpace:
    """Say what varies, and how far.

    Parameters
    ----------
    study : Study
        Whose parameters and model are meant.
    names : sequence of str, optional
        Constants of the model; the parameters that the study estimates when None.
    bounds : mapping of str to (float, float), optional
        Ranges in place of those known, on the natural scale. Without them a parameter of the study has the study's
        bounds and scale, and any other constant the range that its documentation states ("Range 0.1 to 0.5.").
    source : str
        Where the given ranges are from.

    Raises
    ------
    ParameterError
        For a name that is no constant, no range, a reversed one, or a range for what does not vary.
    """
    if names is None and not bounds:
        return study.space
    chosen = [_known(study, name) for name in (study.space.names if names is None else names)]
    if not chosen:
        raise ParameterError("no parameter varies: name at least one constant of the model")
    given = {_known(study, name).name: pair for name, pair in (bounds or {}).items()}
    stray = [name for name in given if name not in {variable.name for variable in chosen}]
    if stray:
        raise ParameterError(f"bounds are given for {stray[0]!r}, which does not vary: name it among the parameters")
    return ParameterSpace(tuple(_parameter(study, variable, given.get(variable.name), source) for variable in chosen))


def _known(study: Study, name: str) -> Variable:
    variable = study.model.ir.get(name) or _estimated(study, name)
    if variable is None or variable.value is None:
        hint = near_matches(name, study.model.constants) or "see the model's README or `rcsd run` for its constants"
        raise ParameterError(f"{name!r} is not a constant of the model {study.model.name!r}; {hint}")
    return variable


def _own(study: Study, name: str) -> Parameter | None:
    """Return the parameter of that name, in any spelling, that the study estimates."""
    return next((each for each in study.space.parameters if element_form(each.name) == element_form(name)), None)


def _estimated(study: Study, name: str) -> Variable | None:
    """Return an estimated element or initial value as a variable of its own; None for another name."""
    own = _own(study, name)
    base = study.model.ir.get((stock_named(name) or name).partition("[")[0])
    if own is None or base is None:
        return None
    return replace(base, name=own.name, unit=own.unit, value=0.5 * (own.lower + own.upper), subscripts=())


def _parameter(study: Study, variable: Variable, bounds: Bounds | None, source: str) -> Parameter:
    own = _own(study, variable.name)
    if own is not None and bounds is None:
        return own
    if own is not None and bounds is not None:
        return replace(own, lower=bounds[0], upper=bounds[1], source=source, start=None, prior=None)
    if bounds is None:
        bounds, source = _documented(variable), "range stated by the model's documentation"
    return Parameter(variable.name, *bounds, unit=variable.unit, source=source, documentation=variable.documentation)


def _documented(variable: Variable) -> Bounds:
    """Return the range that the documentation of a constant states.

    Raises
    ------
    ParameterError
        When it states none.
    """
    found = documented_range(variable)
    if found is None:
        raise ParameterError(
            f"{variable.name!r} is no parameter of the study, and its documentation states no range: give its bounds, "
            f"or write 'Range 0.1 to 0.5.' into the documentation"
        )
    return found


def documented_range(variable: Variable) -> Bounds | None:
    """Read the range that the documentation of a constant states; None where it states none."""
    found = _DOCUMENTED.search(variable.documentation)
    return None if found is None else (float(found[1]), float(found[2]))
