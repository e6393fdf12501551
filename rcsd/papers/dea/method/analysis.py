"""Data and model in, scores out."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array, csr_array

from rcsd.errors import AssessmentError, ParameterError
from rcsd.papers.dea.method.data import DeaData, Floats
from rcsd.papers.dea.method.model import DeaModel
from rcsd.papers.dea.method.radial import Weights, factors, farrell, held, weights
from rcsd.papers.dea.method.result import TOLERANCE, DeaResult, Standing
from rcsd.papers.dea.method.slacks_based import slacks_based
from rcsd.papers.dea.method.technology import Rows, amounts, rows_for
from rcsd.papers.dea.method.undesirable import reflected

_ROUNDING = 1e-9
"""Distance from one within which a score is one."""

_SURE = 1e-6
"""Furthest that a score may lie above one, and the dual form from the primal one, before the answer is refused."""


def dea(data: DeaData, model: DeaModel | None = None, *, by_period: bool = False) -> DeaResult:
    """Measure every unit against the frontier of all.

    Parameters
    ----------
    data
        n units.
    model
        Which measure; the output-oriented CCR model when None.
    by_period
        Hold each unit against the frontier of its own period alone, instead of one frontier of all rows.

    Raises
    ------
    ParameterError
        When there are no periods to go by.
    AssessmentError
        When a programme cannot be solved.

    Examples
    --------
    >>> import pandas as pd
    >>> from rcsd.papers.dea import DeaData, dea
    >>> table = pd.DataFrame({"staff": [2.0, 4.0], "served": [2.0, 3.0]}, index=["A", "B"])
    >>> dea(DeaData.from_frame(table, inputs=["staff"], outputs=["served"])).scores.tolist()
    [1.0, 0.75]
    """
    asked = DeaModel() if model is None else model
    if not by_period:
        return _against_one(data, asked)
    if not data.periods:
        raise ParameterError(
            "the data have no periods: name their column, or measure all rows together", field="period"
        )
    groups = [data.rows_of(period) for period in data.distinct_periods]
    return _merged(data, asked, groups, [_against_one(data.take(rows), asked) for rows in groups])


def _against_one(data: DeaData, model: DeaModel) -> DeaResult:
    if not model.radial:
        return _slacks_based(data, model)
    return _radial(data, model)


def _radial(data: DeaData, model: DeaModel) -> DeaResult:
    """Two phases, and a third against the others alone where super-efficiency is asked for."""
    desirable = reflected(data)
    rows = rows_for(desirable, desirable, model.returns)
    first = factors(rows, model.orientation)
    scores = bounded(farrell(first, model.orientation))
    second = held(rows, model.orientation, first, slack_cost=-1.0)
    _insist(first.solved & second.solved, data)
    slacks = _cleaned(second.own)
    shares, gap = slacks, float(first.gap.max())
    standing = standings(scores, shares)
    found_weights, lambdas = weights(rows, first), second.lambdas
    targets = _radial_targets(desirable, scores, shares * rows.scale[:, : rows.n_amounts], model)
    if model.super_efficiency:
        scores, standing = _super(rows, model, scores, standing)
    return _result(data, model, rows, scores, standing, shares, lambdas, found_weights, targets, gap)


def _super(
    rows: Rows, model: DeaModel, scores: Floats, standing: tuple[Standing, ...]
) -> tuple[Floats, tuple[Standing, ...]]:
    """Measure those on the frontier against the others; for the rest nothing changes when they are left out."""
    on = np.flatnonzero(scores >= 1 - TOLERANCE)
    found = factors(rows.pick(on), model.orientation, exclude_self=True)
    after, names = scores.copy(), list(standing)
    after[on] = farrell(found, model.orientation)
    for k in on[np.isnan(after[on])]:
        names[k] = "infeasible"
    return after, tuple(names)


def _slacks_based(data: DeaData, model: DeaModel) -> DeaResult:
    rows = rows_for(data, data, model.returns)
    found = slacks_based(rows, model.orientation)
    _insist(np.array([each == "optimal" for each in found.outcome]), data)
    shares = _cleaned(found.slacks)
    scores = bounded(found.score)
    change = shares * rows.scale[:, : rows.n_amounts] * rows.slacks.sum(axis=0)
    gap = float(found.gap.max())
    return _result(
        data, model, rows, scores, standings(scores, shares), shares, found.lambdas, None, amounts(data) - change, gap
    )


def _radial_targets(desirable: DeaData, scores: Floats, slacks: Floats, model: DeaModel) -> Floats:
    """Return inputs theta x - s- and outputs phi y + s+."""
    m = desirable.inputs.shape[1]
    inputs, outputs = desirable.inputs, desirable.outputs
    if model.orientation == "input":
        inputs = inputs * scores[:, None]
    else:
        outputs = outputs / scores[:, None]
    return np.hstack([inputs - slacks[:, :m], outputs + slacks[:, m:]])


def _result(  # noqa: PLR0913, PLR0917 - what was found, in order
    data: DeaData,
    model: DeaModel,
    rows: Rows,
    scores: Floats,
    standing: tuple[Standing, ...],
    shares: Floats,
    lambdas: csr_array,
    found_weights: Weights | None,
    targets: Floats,
    gap: float,
) -> DeaResult:
    """Put slacks into the columns' units; what was reflected comes back as what it was."""
    if gap > _SURE:
        raise AssessmentError(
            f"the two forms of the programme differ by {gap:.1e}: scale the columns so that their largest and smallest "
            "values lie closer together"
        )
    slacks = shares * rows.scale[:, : rows.n_amounts]
    m, s, k = (block.shape[1] for block in (data.inputs, data.outputs, data.undesirable))
    if model.radial and k:
        mirror = data.undesirable.max(axis=0) + data.undesirable.min(axis=0)
        targets = np.hstack([targets[:, : m + s], mirror - targets[:, m + s :]])
    return DeaResult(
        data=data,
        model=model,
        frontier=None,
        scores=scores,
        standing=standing,
        input_slacks=slacks[:, :m],
        output_slacks=slacks[:, m : m + s],
        undesirable_slacks=slacks[:, m + s :],
        lambdas=lambdas,
        weights=found_weights,
        targets=targets + 0.0,
        gap=gap,
    )


def bounded(scores: Floats) -> Floats:
    """Take a score within rounding of one for one.

    Raises
    ------
    AssessmentError
        For a score above one: no such mix of units exists, so that the programme was not solved.
    """
    if (scores > 1 + _SURE).any():
        raise AssessmentError(
            f"a score came out as {np.nanmax(scores):.9f}, above one: scale the columns so that their largest and "
            "smallest values lie closer together"
        )
    return np.where(np.abs(scores - 1) < _ROUNDING, 1.0, np.minimum(scores, 1.0))


def standings(scores: Floats, shares: Floats) -> tuple[Standing, ...]:
    """Tell who is on the frontier, and who of them has slack."""
    slack = np.asarray((shares > TOLERANCE).any(axis=1)).tolist()
    return tuple(
        "inefficient" if score < 1 - TOLERANCE else "weakly efficient" if loose else "efficient"
        for score, loose in zip(scores, slack, strict=True)
    )


def _cleaned(shares: Floats) -> Floats:
    """Take the solver's dust out of slacks."""
    return np.where(shares > TOLERANCE / 10, shares, 0.0)


def _insist(solved: np.ndarray, data: DeaData) -> None:
    if not solved.all():
        label = data.labels[int(np.flatnonzero(~solved)[0])]
        raise AssessmentError(
            f"no solution was found for {label}, though its own figures are one: scale the columns so that their "
            "largest and smallest values lie closer together"
        )


def _merged(data: DeaData, model: DeaModel, groups: list[np.ndarray], parts: list[DeaResult]) -> DeaResult:
    """Put the results of the periods back into the order of the data."""
    order = np.argsort(np.concatenate(groups))

    def stacked(name: str) -> Floats:
        return np.asarray(np.concatenate([getattr(part, name) for part in parts])[order])

    standing = [each for part in parts for each in part.standing]
    lambdas = [part.lambdas.tocoo() for part in parts]
    rows = np.concatenate([group[each.coords[0]] for group, each in zip(groups, lambdas, strict=True)])
    columns = np.concatenate([group[each.coords[1]] for group, each in zip(groups, lambdas, strict=True)])
    values = np.concatenate([each.data for each in lambdas])
    own = [part.weights for part in parts if part.weights is not None]
    return DeaResult(
        data=data,
        model=model,
        frontier="own period",
        scores=stacked("scores"),
        standing=tuple(standing[i] for i in order),
        input_slacks=stacked("input_slacks"),
        output_slacks=stacked("output_slacks"),
        undesirable_slacks=stacked("undesirable_slacks"),
        lambdas=csr_array(coo_array((values, (rows, columns)), (len(data), len(data)))),
        weights=Weights(
            np.concatenate([w.inputs for w in own])[order],
            np.concatenate([w.outputs for w in own])[order],
            np.concatenate([w.intercept for w in own])[order],
        )
        if own
        else None,
        targets=stacked("targets"),
        gap=max(part.gap for part in parts),
    )
