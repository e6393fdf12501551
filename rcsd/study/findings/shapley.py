"""Which parameter what is still uncertain after the fit depends on: Shapley effects over the draws of a posterior."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import Draws
from rcsd.analysis.sensitivity.absolute import Sizes, sizes
from rcsd.analysis.sensitivity.estimators.moments import mean_and_sd
from rcsd.analysis.sensitivity.shapley import shapley_effects
from rcsd.ensemble import Ensemble
from rcsd.errors import ParameterError
from rcsd.simulator import Simulator
from rcsd.study.file.study import Study
from rcsd.study.sobol.request import SobolRequest, prepare

_ORDERS = 8
"""Distinguishes the seed of the orders of parameters from those of other draws of a study."""


@dataclass(frozen=True, slots=True)
class PosteriorShares:
    """Shares of what the posterior leaves uncertain of every output at the end of the data and at the horizon.

    Attributes
    ----------
    parameters, outputs
        What was drawn, and what was run.
    units
        Of the outputs.
    times
        Periods, the horizon last; one where both are the same. Shape (n_times,).
    mean, sd
        Of the runs of all draws, in the outputs' units, shape (n_times, n_outputs).
    effects, conf
        Shares, which add up to 1, and half-widths of their intervals, shape (n_times, n_outputs, n_parameters). NaN for
        an output that does not vary then.
    explained
        Share of the variance that a polynomial of all parameters explains, shape (n_times, n_outputs).
    undetermined
        Where the tail is too heavy for these draws, shape (n_times, n_outputs).
    confidence
        Level of the intervals.
    n_draws
        Different draws behind them.
    """

    parameters: tuple[str, ...]
    outputs: tuple[str, ...]
    units: tuple[str, ...]
    times: NDArray[np.float64]
    mean: NDArray[np.float64]
    sd: NDArray[np.float64]
    effects: NDArray[np.float64]
    conf: NDArray[np.float64]
    explained: NDArray[np.float64]
    undetermined: NDArray[np.bool_]
    confidence: float
    n_draws: int

    def sizes(self, output: int) -> Sizes:
        """Say how large the effects on an output are that its shares are shares of, given its place."""
        shown = np.where(self.undetermined[:, output, None], np.nan, self.effects[:, output])
        return sizes(self.mean[:, output], self.sd[:, output], shown, self.units[output])


@dataclass(frozen=True, slots=True)
class Shapley:
    """What a study finds of Shapley effects.

    Attributes
    ----------
    shares
        None where there are none.
    why
        Why there are none; empty where there are.
    fitted
        First and last period of the posterior's data.
    faults
        Criteria that its draws do not meet.
    n_runs, n_failed
        Model runs spent, and those that failed, which are left out.
    """

    shares: PosteriorShares | None
    why: str
    fitted: tuple[int, int]
    faults: tuple[str, ...]
    n_runs: int
    n_failed: int


def posterior_shares(
    study: Study, draws: Draws | None, simulator: Simulator, *, fitted: tuple[int, int], faults: tuple[str, ...]
) -> Shapley:
    """Run every draw of a posterior, and share the variance of the outputs out among the parameters.

    Parameters
    ----------
    study
        Read by `load_study`; its sensitivity analysis says which outputs are asked for.
    draws
        Of its posterior; None where it could not be sampled.
    simulator
        Of the study.
    fitted, faults
        Of the posterior.
    """
    if draws is None:
        return Shapley(None, f"there are no draws: {'; '.join(faults)}", fitted, faults, 0, 0)
    asked = prepare(study, SobolRequest(), draws=Path())
    times = np.array(tuple(dict.fromkeys(asked.moments)))
    ensemble = simulator.run(draws.inputs, outputs=asked.outputs, times=times)
    failed = int(np.sum(~ensemble.ok))
    try:
        shares = _shares(study, draws, ensemble, times)
    except ParameterError as failure:
        return Shapley(None, str(failure), fitted, faults, draws.n, failed)
    return Shapley(shares, "", fitted, faults, draws.n, failed)


def _shares(study: Study, draws: Draws, ensemble: Ensemble, times: NDArray[np.float64]) -> PosteriorShares:
    """Share variances out, of the runs that ended well.

    Raises
    ------
    ParameterError
        When these are too few.
    """
    values, ok = ensemble.values, ensemble.ok
    shape = values.shape[1:]
    found = shapley_effects(
        draws.values,
        np.where(ok[:, None], values.reshape(len(values), -1), np.nan),
        rng=np.random.default_rng([study.file.study.seed, _ORDERS]),
    )
    moments = [mean_and_sd(values[ok, :, output]) for output in range(shape[1])]
    return PosteriorShares(
        parameters=draws.names,
        outputs=ensemble.variables,
        units=tuple(ensemble.units.get(name, "") for name in ensemble.variables),
        times=times,
        mean=np.column_stack([mean for mean, _ in moments]),
        sd=np.column_stack([sd for _, sd in moments]),
        effects=found.effects.reshape(*shape, -1),
        conf=found.conf.reshape(*shape, -1),
        explained=found.explained.reshape(shape),
        undetermined=found.undetermined.reshape(shape),
        confidence=found.confidence,
        n_draws=found.n_draws,
    )
