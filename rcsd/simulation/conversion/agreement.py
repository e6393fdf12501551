"""Whether two model files say the same: names, units, ranges, time, and every value at every saved time."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.ensemble import Ensemble
from rcsd.errors import ModelError
from rcsd.names import canonical, element_form
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.expression import Arithmetic, Call, Expression, Number, Random, with_children
from rcsd.simulation.loading import LoadedModel

TOLERANCE = 1e-12
"""Largest difference of a value, relative to the largest value of its variable."""
_MOST_SHOWN = 3
_SHARE = 0.3
"""How far a settled draw lies between its limits, or from the middle in deviations."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a comparison has found.

    Attributes
    ----------
    n_variables, n_times : int
        How many trajectories were compared, and at how many times each.
    largest : float
        The largest difference, relative to the largest value of its variable.
    """

    n_variables: int
    n_times: int
    largest: float


def agreement(one: LoadedModel, other: LoadedModel) -> Agreement:
    """Compare two models.

    Parameters
    ----------
    one, other : LoadedModel
        The second may have variables more.

    Raises
    ------
    ModelError
        Naming what differs.
    """
    _require_same_time(one.ir, other.ir)
    for variable in one.ir:
        _require_same_words(one.ir, other.ir, variable.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is said of a run is said of the first file already
        runs = [settled(model).run(backend="interpreted") for model in (one, other)]
    return _of_runs(other.ir, *runs)


def settled(model: LoadedModel) -> LoadedModel:
    """Return a model with a number that hangs on each distribution in the place of its draws.

    Two files draw in another order, so that no two runs are the same; what they draw from is.
    """
    if not model.ir.random:
        return model
    definitions = tuple(
        replace(each, content=_drawn(each.content)) if isinstance(each.content, Expression) else each
        for each in model.ir.definitions
    )
    return replace(model, ir=replace(model.ir, definitions=definitions))


def _drawn(expression: Expression) -> Expression:
    inside = with_children(expression, _drawn)
    if not isinstance(inside, Random):
        return inside
    if inside.distribution == "uniform":
        low, high = inside.arguments
        return _between(low, high, _SHARE)
    low, high, centre, spread = inside.arguments
    value = Arithmetic("+", centre, Arithmetic("*", Number(_SHARE), spread))
    return Call("max", (low, Call("min", (high, value))))


def _between(low: Expression, high: Expression, share: float) -> Expression:
    return Arithmetic("+", low, Arithmetic("*", Number(share), Arithmetic("-", high, low)))


def _require_same_time(one: Model, other: Model) -> None:
    axes = [
        (model.time.start, model.time.stop, model.time.step, model.time.save_step, model.time.method)
        for model in (one, other)
    ]
    if axes[0] != axes[1]:
        raise ModelError(f"the time axis would be another: {axes[1]} for {axes[0]}", path=one.path)


def _require_same_words(one: Model, other: Model, name: str) -> None:
    """Require a variable to be there with its unit, its value and its range."""
    mine, theirs = one[name], other.get(name)
    if theirs is None:
        raise ModelError("would be missing", path=one.path, line=mine.line, variable=name)
    pairs: dict[str, tuple[object, object]] = {"unit": (mine.unit, theirs.unit), "range": (mine.limits, theirs.limits)}
    if mine.value is not None:  # what was worked out may be a number there
        pairs["value"] = (mine.value, theirs.value)
    for what, (own, its) in pairs.items():
        if own != its:
            message = f"would have another {what}: {its!r} for {own!r}"
            raise ModelError(message, path=one.path, line=mine.line, variable=name)


def _of_runs(model: Model, one: Ensemble, other: Ensemble) -> Agreement:
    if one.times.shape != other.times.shape or not np.array_equal(one.times, other.times):
        raise ModelError("other times would be saved", path=model.path)
    places = {element_form(name): i for i, name in enumerate(other.variables)}
    missing = [name for name in one.variables if element_form(name) not in places]
    if missing:
        raise ModelError(f"these would be missing: {', '.join(missing[:_MOST_SHOWN])}", path=model.path)
    theirs = other.values[0][:, [places[element_form(name)] for name in one.variables]]
    differences = _differences(one.values[0], theirs)
    worst = int(np.argmax(differences)) if differences.size else 0
    largest = float(differences[worst]) if differences.size else 0.0
    if not largest <= TOLERANCE:
        name = one.variables[worst]
        shown = model.get(canonical(name.partition("[")[0]))
        message = f"would differ in {name!r} by {largest:.1e} of its largest value, and {TOLERANCE:g} is allowed"
        raise ModelError(message, path=model.path, variable=shown.name if shown else name)
    return Agreement(len(one.variables), len(one.times), largest)


def _differences(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the largest difference of each variable, relative to its largest value; infinite where one is no number.

    Parameters
    ----------
    one, other : NDArray, shape (time, variable)
        Values.
    """
    with np.errstate(invalid="ignore", over="ignore"):
        same = (one == other) | (np.isnan(one) & np.isnan(other))
        gaps = np.where(same, 0.0, np.abs(one - other))
        gaps[np.isnan(gaps)] = np.inf
        scale = np.max(np.where(np.isfinite(one), np.abs(one), 0.0), axis=0, initial=0.0)
        worst = np.max(gaps, axis=0, initial=0.0)
        return np.where(worst == 0.0, 0.0, worst / np.where(scale > 0.0, scale, 1.0))
