"""Two simulators -> how their runs differ."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.difference.behaviour.difference import ROUNDING, BehaviourDifference, Moved
from rcsd.analysis.difference.behaviour.draws import SharedDraws
from rcsd.analysis.difference.behaviour.measuring import gaps, in_sd
from rcsd.bands import SHARES, band
from rcsd.ensemble import Ensemble
from rcsd.errors import ParameterError, RcsdWarning, SimulationError
from rcsd.names import canonical
from rcsd.simulator import Simulator

_MOST_VALUES = 40_000_000
"""Values that one ensemble holds: some 320 MB."""
_ALL = 2
"""Variables for each one that is asked for, up to which a run saves them all."""
_CLOSE = 1e-6


def compare_runs(
    old: Simulator,
    new: Simulator,
    pairs: Mapping[str, str],
    times: tuple[NDArray[np.float64], NDArray[np.float64]],
    draws: SharedDraws | None = None,
) -> BehaviourDifference:
    """Run both models once, and over the same draws, and say which variables moved most.

    Parameters
    ----------
    old, new : Simulator
        Of the two models.
    pairs : mapping of str to str
        What to compare: the name of an output in the new model by that in the old one.
    times : (NDArray, NDArray)
        Times that either saves; what both save is compared.
    draws : SharedDraws, optional
        Of constants, the same for both; no ensemble without.

    Raises
    ------
    ParameterError
        When no time is saved by both.
    SimulationError
        When a base run fails.
    """
    when = _common(*times)
    before, after = _run(old, None, list(pairs), when), _run(new, None, list(pairs.values()), when)
    _require(before, "old")
    _require(after, "new")
    shares, indices = gaps(before.values[0].T, after.values[0].T)
    moved = [
        Moved(
            name,
            old_name,
            new.units.get(name, ""),
            before.values[0, :, i],
            after.values[0, :, i],
            float(shares[i]),
            float(when[indices[i]]),
        )
        for i, (old_name, name) in enumerate(pairs.items())
    ]
    difference = BehaviourDifference(when, tuple(moved), len(moved))
    if draws is not None and draws.space.n:
        difference = _with_draws(difference, old, new, draws)
    ranked = sorted((each for each in difference.moved if each.has_moved), key=lambda each: -each.largest)
    return replace(difference, moved=tuple(ranked))


def _require(base: Ensemble, which: str) -> None:
    """Insist on a base run.

    Raises
    ------
    SimulationError
        When it fails, with the model that it is of.
    """
    try:
        base.require_some()
    except SimulationError as error:
        raise SimulationError(f"the {which} model: {error}") from error


def _with_draws(
    difference: BehaviourDifference, old: Simulator, new: Simulator, draws: SharedDraws
) -> BehaviourDifference:
    """Add what an ensemble tells of each variable."""
    n_draws = len(next(iter(draws.new.values())))
    room = max(_MOST_VALUES // (n_draws * len(difference.times)), 1)
    ranked = sorted(difference.moved, key=lambda each: -each.base)
    asked, rest = ranked[:room], ranked[room:]
    before = _run(old, draws.old, [each.old_name for each in asked], difference.times)
    after = _run(new, draws.new, [each.name for each in asked], difference.times)
    ok = before.ok & after.ok
    notes = []
    if rest:
        notes.append(
            f"The ensemble holds the {room} variables that moved most in the base run; {len(rest)} are left out."
        )
    if ok.any():
        asked = [_judged(each, before.values[ok, :, i], after.values[ok, :, i]) for i, each in enumerate(asked)]
    else:
        notes.append("No draw ran to its end in both models: only the base runs are compared.")
    return replace(
        difference,
        moved=(*asked, *rest),
        n_draws=n_draws,
        varied=draws.space.names,
        failed=(before.n_failed, after.n_failed),
        notes=(*difference.notes, *notes),
    )


def _high(shares: NDArray[np.float64]) -> float:
    """Return the share at or below 95 % of the way up: shares may be infinite, and between those lies nothing."""
    return float(np.sort(shares)[int(SHARES[-1] * (len(shares) - 1))])


def _judged(variable: Moved, old: NDArray[np.float64], new: NDArray[np.float64]) -> Moved:
    """Add to a variable what draws of shape (draw, time) tell of it."""
    shares, _ = gaps(old, new)
    finite = bool(np.isfinite(old).all() and np.isfinite(new).all())
    return replace(
        variable,
        median=float(np.median(shares)),
        high=_high(shares),
        moved_in=float((shares > ROUNDING).mean()),
        in_sd=in_sd(old, new),
        gap=band(new - old) if finite else None,
    )


def _run(
    simulator: Simulator,
    inputs: Mapping[str, NDArray[np.float64]] | None,
    outputs: Sequence[str],
    times: NDArray[np.float64],
) -> Ensemble:
    """Run a model; a variable that is no number ends no run, unless most variables are left out for room."""
    every = len(simulator.variables) <= _ALL * len(outputs)
    with warnings.catch_warnings():  # of what is no number; where only one model has it, that is a difference
        warnings.simplefilter("ignore", RcsdWarning)
        return simulator.run(inputs, outputs=None if every else outputs, times=times).only(outputs)


def _common(old: NDArray[np.float64], new: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the times that both models save.

    Raises
    ------
    ParameterError
        When there is none.
    """
    nearest = np.abs(old[:, None] - new[None, :]).min(axis=1)
    step = min(float(np.diff(each).min()) if each.size > 1 else 1.0 for each in (old, new))
    common = np.asarray(old[nearest < _CLOSE * step], dtype=np.float64)
    if not common.size:
        raise ParameterError(
            f"the models save no time in common: {old[0]:g} to {old[-1]:g} and {new[0]:g} to {new[-1]:g}; put both on "
            "one time axis (with_time() in Python) to compare their runs"
        )
    return common


def output_pairs(
    counterparts: Mapping[str, str], old: Sequence[str], new: Sequence[str], subscripts: Callable[[str], str] = str
) -> dict[str, str]:
    """Pair what two simulators can save.

    Parameters
    ----------
    counterparts : mapping of str to str
        Name in the new model of each variable of the old.
    old, new : sequence of str
        Outputs of either: variables, and elements as ``Name[a,b]``.
    subscripts : callable
        The name in the new model of an element of the old, both in canonical form.
    """
    by_form = {_form(name): name for name in new}
    names = {canonical(a): canonical(b) for a, b in counterparts.items()}
    found: dict[str, str] = {}
    for name in old:
        base, bracket, inside = name.partition("[")
        counterpart = names.get(canonical(base))
        elements = [subscripts(canonical(each)) for each in inside.removesuffix("]").split(",")] if bracket else []
        if counterpart is not None and (form := (counterpart, *elements)) in by_form:
            found[name] = by_form[form]
    return found


def _form(name: str) -> tuple[str, ...]:
    base, bracket, inside = name.partition("[")
    elements = inside.removesuffix("]").split(",") if bracket else []
    return (canonical(base), *map(canonical, elements))
