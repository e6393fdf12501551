"""A variance-based sensitivity analysis of a simulator: sample, run, estimate."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.sensitivity.estimators.estimate import estimate
from rcsd.analysis.sensitivity.estimators.indices import Indices
from rcsd.analysis.sensitivity.estimators.moments import mean_and_sd
from rcsd.analysis.sensitivity.estimators.saltelli import check_base, n_blocks, saltelli_rows
from rcsd.analysis.sensitivity.failures import OnFailure, check_rule
from rcsd.analysis.sensitivity.marginals import Inputs, marginals_of
from rcsd.analysis.sensitivity.outcomes import Outcome
from rcsd.analysis.sensitivity.pawn import PawnIndices, pawn_indices
from rcsd.analysis.sensitivity.result import OutcomeIndices, SobolResult
from rcsd.analysis.sensitivity.runs import Runs, Task, check_level, run_rows
from rcsd.errors import ModelError, ParameterError
from rcsd.names import canonical
from rcsd.simulator import Simulator
from rcsd.work.progress import Progress, silent

LEAST_FOR_PAWN = 64
"""PAWN cuts the 2 N independent rows into ten slices, each of which needs some rows."""

_SMALLEST = 8
"""Convergence is shown from this many base rows on."""


@dataclass(frozen=True, slots=True)
class SobolSettings:
    """How much to compute.

    Attributes
    ----------
    n_base : int
        N, rows of the base samples, a power of two; the runs are N (2 D + 2), or N (D + 2) without second order.
    second_order : bool
        Whether to estimate pairs.
    n_resamples : int
        Bootstrap resamples behind the intervals.
    confidence : float
        Level of the intervals.
    on_failure : {"refuse", "median"}
        What to do when runs fail.
    pawn_times : tuple of float
        Saved times at which PAWN gives a second opinion on every output; N is then 64 or more.

    Raises
    ------
    ParameterError
        When a rule above is broken.
    """

    n_base: int = 64
    second_order: bool = True
    n_resamples: int = 200
    confidence: float = 0.95
    on_failure: OnFailure = "refuse"
    pawn_times: tuple[float, ...] = field(default=())

    def __post_init__(self) -> None:
        """Check every rule of the class."""
        check_base(self.n_base)
        check_level(self.confidence, self.n_resamples)
        check_rule(self.on_failure)
        if self.pawn_times and self.n_base < LEAST_FOR_PAWN:
            raise ParameterError(f"N = {self.n_base} base samples: PAWN needs {LEAST_FOR_PAWN} or more")

    def n_runs(self, n_parameters: int) -> int:
        """How many runs the analysis takes."""
        return self.n_base * n_blocks(n_parameters, second_order=self.second_order)


def sobol_indices(
    simulator: Simulator,
    inputs: Inputs,
    settings: SobolSettings | None = None,
    *,
    rng: np.random.Generator,
    outputs: Sequence[str] | None = None,
    times: ArrayLike | None = None,
    outcomes: Sequence[Outcome] = (),
    progress: Progress = silent,
) -> SobolResult:
    """Say which parameter moves which output, and when.

    Parameters
    ----------
    simulator : Simulator
        Any.
    inputs : ParameterSpace or sequence of Marginal
        What varies, each parameter independently of the others; all else keeps the simulator's default.
    settings : SobolSettings, optional
        How much to compute.
    rng : numpy.random.Generator
        Source of the sample and of the resamples: the same state gives the same result.
    outputs : sequence of str, optional
        Variables to analyse; all of them when None.
    times : array_like, shape (time,), optional
        Saved times; the simulator's own when None.
    outcomes : sequence of Outcome
        Numbers derived from trajectories of the outputs, analysed besides.
    progress : Progress
        Told how many runs are done ("simulate") and how far the estimation is ("estimate").

    Raises
    ------
    ParameterError, ModelError
        For input that makes no analysis: unknown names, N that is not a power of two.
    SensitivityError
        When runs failed and the settings refuse that.
    SimulationError
        When all runs failed.
    """
    settings = settings or SobolSettings()
    marginals = marginals_of(inputs)
    task = Task(simulator, marginals, outputs, times, settings.on_failure)
    task.check()
    if times is not None:
        _places(np.asarray(times, dtype=np.float64), settings.pawn_times)
    _check_outcomes(outcomes, simulator.variables if outputs is None else outputs)
    shares = saltelli_rows(settings.n_base, len(marginals), second_order=settings.second_order, rng=rng)
    runs = run_rows(task, shares, progress=progress)
    levels = _Levels(settings, len(marginals), rng)
    series = levels.of(runs.values.reshape(len(shares), -1), progress)
    shape = (runs.times.size, len(runs.outputs))
    moments = [mean_and_sd(runs.values[:, :, output]) for output in range(len(runs.outputs))]
    return SobolResult(
        parameters=task.names,
        distributions=tuple(marginal.words for marginal in marginals),
        parameter_units=tuple(marginal.unit for marginal in marginals),
        outputs=runs.outputs,
        units=runs.units,
        times=runs.times,
        confidence=settings.confidence,
        n_resamples=settings.n_resamples,
        mean=np.column_stack([mean for mean, _ in moments]),
        sd=np.column_stack([sd for _, sd in moments]),
        levels=tuple(level.reshaped(*shape) for level in series),
        outcomes=_outcomes(outcomes, runs, levels),
        pawn=_pawn(settings, shares, runs, rng),
        failures=runs.failures,
    )


class _Levels:
    """Estimates from growing parts of one sample, N/8, N/4, N/2 and N; second order from the whole, which is last."""

    def __init__(self, settings: SobolSettings, n_parameters: int, rng: np.random.Generator) -> None:
        self.settings, self.n_parameters, self.rng = settings, n_parameters, rng
        n = settings.n_base
        self.sizes = [size for size in (n // 8, n // 4, n // 2) if size >= _SMALLEST] + [n]

    def of(self, values: NDArray[np.float64], progress: Progress = silent) -> list[Indices]:
        """Estimate for quantities, shape (run, quantity).

        Every call draws the same resamples, so that a value of an output has one interval as such and as an outcome.
        """
        rng, found = deepcopy(self.rng), []
        for size in self.sizes:
            rows = size * n_blocks(self.n_parameters, second_order=self.settings.second_order)
            found.append(
                estimate(
                    values[:rows],
                    self.n_parameters,
                    rng=rng,
                    second_order=self.settings.second_order,
                    pairs=size == self.sizes[-1],
                    n_resamples=self.settings.n_resamples,
                    confidence=self.settings.confidence,
                )
            )
            progress("estimate", len(found), len(self.sizes))
        return found


def _check_outcomes(outcomes: Sequence[Outcome], outputs: Sequence[str]) -> None:
    """Insist on outcomes with different names, of outputs that are saved.

    Raises
    ------
    ModelError, ParameterError
        Naming the outcome.
    """
    saved = {canonical(name) for name in outputs}
    for outcome in outcomes:
        if canonical(outcome.output) not in saved:
            raise ModelError(f"{outcome.name!r} needs the output {outcome.output!r}: name it among the outputs")
    if len({outcome.name for outcome in outcomes}) < len(outcomes):
        raise ParameterError("an outcome is asked for twice; keep one of the two")


def _outcomes(outcomes: Sequence[Outcome], runs: Runs, levels: _Levels) -> tuple[OutcomeIndices, ...]:
    """Work the outcomes out and estimate their indices; one that a run lacks, with no stand-in, has no indices."""
    found = []
    place = {canonical(name): index for index, name in enumerate(runs.outputs)}
    for outcome in outcomes:
        index = place[canonical(outcome.output)]
        values = outcome.of(runs.times, runs.values[:, :, index])
        lacking = np.isnan(values)
        if outcome.never is not None:
            values = np.where(lacking, outcome.never, values)
        mean, sd = (float(number[0]) for number in mean_and_sd(values[:, None]))
        usable = np.where(np.isnan(values).any(), 0.0, values)  # a constant stands for "no index"
        found.append(
            OutcomeIndices(
                name=outcome.name,
                output=runs.outputs[index],
                unit="" if outcome.is_time else runs.units.get(runs.outputs[index], ""),
                is_time=outcome.is_time,
                n_never=int(lacking.sum()),
                never=outcome.never,
                mean=mean,
                sd=sd,
                levels=tuple(level.reshaped() for level in levels.of(usable[:, None])),
            )
        )
    return tuple(found)


def _pawn(
    settings: SobolSettings, shares: NDArray[np.float64], runs: Runs, rng: np.random.Generator
) -> tuple[PawnIndices, ...]:
    """Ask PAWN at the times that the settings name, about the rows of A and B."""
    step = n_blocks(shares.shape[1], second_order=settings.second_order)
    base = np.sort(np.r_[np.arange(0, len(shares), step), np.arange(step - 1, len(shares), step)])
    return tuple(
        pawn_indices(shares[base], runs.values[base, at, index], output, float(runs.times[at]), rng=rng)
        for at in _places(runs.times, settings.pawn_times)
        for index, output in enumerate(runs.outputs)
    )


def _places(saved: NDArray[np.float64], times: Sequence[float]) -> list[int]:
    """Find saved times.

    Raises
    ------
    ParameterError
        For one that is not saved.
    """
    places = []
    for time in times:
        at = np.flatnonzero(np.isclose(saved, time, rtol=0, atol=1e-9))
        if at.size == 0:
            raise ParameterError(f"PAWN at {time:g}: the time is not saved; saved are {saved[0]:g} to {saved[-1]:g}")
        places.append(int(at[0]))
    return places
