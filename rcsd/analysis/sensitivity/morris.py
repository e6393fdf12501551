"""Morris screening: which parameters matter at all, for few runs.

Along each trajectory one parameter at a time moves by a step over a grid on the unit cube. The change of the output
over the step, as if over the whole range, is an elementary effect: its mean mu says which way, the mean of its size mu*
how much, its standard deviation sigma how differently from place to place (curvature or interaction).

References
----------
M. Morris (1991), Factorial sampling plans for preliminary computational experiments, Technometrics 33, 161-174.
F. Campolongo, J. Cariboni and A. Saltelli (2007), An effective screening design for sensitivity analysis of large
models, Environmental Modelling & Software 22, 1509-1518.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.analysis.sensitivity.failures import Failures, OnFailure, check_rule
from rcsd.analysis.sensitivity.marginals import Inputs, marginals_of
from rcsd.analysis.sensitivity.runs import Task, run_rows
from rcsd.errors import ParameterError
from rcsd.simulator import Simulator
from rcsd.work.progress import Progress, silent

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class MorrisResult:
    """Elementary effects over the whole range of each parameter, in the unit of the output.

    Attributes
    ----------
    parameters, outputs : tuple of str
        What varied and what was looked at.
    units : mapping of str to str
        Unit of each output.
    times : NDArray, shape (time,)
        When.
    n_trajectories : int
        Trajectories, of one run more than there are parameters.
    mu, mu_star, sigma, mu_star_conf : NDArray, shape (time, output, parameter)
        Mean, mean size and standard deviation of the effects, and half-width of the 95 % interval of the mean size.
    failures : Failures
        Runs that were replaced.
    """

    parameters: tuple[str, ...]
    outputs: tuple[str, ...]
    units: Mapping[str, str]
    times: NDArray[np.float64]
    n_trajectories: int
    mu: NDArray[np.float64]
    mu_star: NDArray[np.float64]
    sigma: NDArray[np.float64]
    mu_star_conf: NDArray[np.float64]
    failures: Failures

    def to_frame(self) -> pd.DataFrame:
        """Return a row per output, time and parameter."""
        import pandas as pd  # noqa: PLC0415 - slow to import, needed here alone

        index = pd.MultiIndex.from_product(
            [self.times, self.outputs, self.parameters], names=["time", "output", "parameter"]
        )
        columns = {name: getattr(self, name).ravel() for name in ("mu", "mu_star", "sigma", "mu_star_conf")}
        return pd.DataFrame(columns, index=index).reset_index()


def morris_screening(
    simulator: Simulator,
    inputs: Inputs,
    *,
    rng: np.random.Generator,
    outputs: Sequence[str] | None = None,
    times: ArrayLike | None = None,
    n_trajectories: int = 20,
    on_failure: OnFailure = "refuse",
    progress: Progress = silent,
) -> MorrisResult:
    """Screen the parameters of a model.

    Parameters
    ----------
    simulator : Simulator
        Any.
    inputs : ParameterSpace or sequence of Marginal
        What varies.
    rng : numpy.random.Generator
        Source of the trajectories.
    outputs, times : sequence of str and array_like, optional
        What to look at, and when; everything at the simulator's own times when None.
    n_trajectories : int
        At least 2; 10 to 50 are usual. Each takes one run more than there are parameters.
    on_failure : {"refuse", "median"}
        What to do when runs fail.
    progress : Progress
        Told how many runs are done.

    Raises
    ------
    ParameterError, ModelError
        For unknown names, or fewer than two trajectories.
    SensitivityError, SimulationError
        When runs failed and none may; when all failed.
    """
    from SALib.analyze import morris as analysis  # noqa: PLC0415 - slow to import, needed here alone
    from SALib.sample import morris as sampling  # noqa: PLC0415 - likewise

    marginals = marginals_of(inputs)
    check_rule(on_failure)
    if n_trajectories < 2:  # noqa: PLR2004 - a spread needs two
        raise ParameterError(f"{n_trajectories} Morris trajectories: at least 2 are needed, and 10 to 50 are usual")
    d = len(marginals)
    problem = {"num_vars": d, "names": [str(i) for i in range(d)], "bounds": [[0.0, 1.0]] * d}
    shares = np.asarray(sampling.sample(problem, n_trajectories, seed=rng), dtype=np.float64)
    runs = run_rows(Task(simulator, marginals, outputs, times, on_failure), shares, progress=progress)
    n_times, n_outputs = runs.values.shape[1:]
    found = {name: np.empty((n_times, n_outputs, d)) for name in ("mu", "mu_star", "sigma", "mu_star_conf")}
    for time in range(n_times):
        for output in range(n_outputs):
            effects = analysis.analyze(problem, shares, runs.values[:, time, output], seed=rng)
            for name, array in found.items():
                array[time, output] = effects[name]
    return MorrisResult(
        tuple(marginal.name for marginal in marginals),
        runs.outputs,
        runs.units,
        runs.times,
        n_trajectories,
        **found,
        failures=runs.failures,
    )
