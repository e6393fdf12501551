"""How long the estimation of Sobol indices takes, and how much memory: many rows, outputs, years and resamples.

``python benchmarks/sensitivity.py`` prints a Markdown table: 2^15 base samples over 8 parameters, 4 outputs at 31
years, first, total and second order with 200 bootstrap resamples; first the estimator alone, then the whole analysis of
a simulator in closed form, with its convergence, so that what is left is the analysis's own cost.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.analysis.sensitivity import SobolSettings, sobol_indices
from rcsd.analysis.sensitivity.estimators.estimate import estimate
from rcsd.analysis.sensitivity.estimators.saltelli import saltelli_rows
from rcsd.ensemble import Ensemble, RunStatus
from rcsd.simulator import broadcast_inputs

N_BASE, N_PARAMETERS, N_OUTPUTS, N_YEARS = 2**15, 8, 4, 31
YEARS = np.arange(2000.0, 2000.0 + N_YEARS)
NAMES = tuple(f"p{i}" for i in range(N_PARAMETERS))
SPACE = ParameterSpace(tuple(Parameter(name, 0.0, 1.0, "Dmnl", "benchmark") for name in NAMES))


def paths(rows: np.ndarray) -> np.ndarray:
    """Return trajectories of sums and products of the parameters, shape (run, time, output)."""
    t = (YEARS - YEARS[0]) / N_YEARS
    outputs = [
        rows[:, [k]] * (1 - t) + rows[:, [k + 1]] * rows[:, [k + 2]] * t + rows[:, [k + 3]] * np.sin(3 * t)
        for k in range(N_OUTPUTS)
    ]
    return np.stack(outputs, axis=-1)


class ClosedForm:
    """A simulator of `paths`."""

    name = "closed form"
    constants = dict.fromkeys(NAMES, 0.5)
    variables = tuple(f"y{i}" for i in range(N_OUTPUTS))
    units = dict.fromkeys((*NAMES, *variables), "Dmnl")

    def run(
        self,
        inputs: Mapping[str, ArrayLike] | None = None,
        *,
        outputs: Sequence[str] | None = None,
        times: ArrayLike | None = None,
    ) -> Ensemble:
        """Evaluate all outputs at all years, whatever is asked for."""
        columns, n = broadcast_inputs(inputs, self.constants)
        values = paths(np.column_stack([columns[name] for name in NAMES]))
        ok = np.full(n, RunStatus.OK, dtype=np.int_)
        return Ensemble(values, YEARS, self.variables, self.units, ok, ("",) * n, columns)


def main() -> None:
    """Time both and print the table."""
    rows = []
    shares = saltelli_rows(N_BASE, N_PARAMETERS, rng=np.random.default_rng(0))
    values = paths(shares).reshape(len(shares), -1)
    began = time.perf_counter()
    estimate(values, N_PARAMETERS, rng=np.random.default_rng(1), n_resamples=200)
    rows.append(("estimation alone", time.perf_counter() - began, _peak()))
    del shares, values
    began = time.perf_counter()
    settings = SobolSettings(n_base=N_BASE, n_resamples=200)
    sobol_indices(ClosedForm(), SPACE, settings, rng=np.random.default_rng(0))
    rows.append(("sampling, runs in closed form, estimation at N/8, N/4, N/2, N", time.perf_counter() - began, _peak()))
    print("| step | s | peak memory so far, GiB |\n|---|---|---|")
    for name, seconds, memory in rows:
        print(f"| {name} | {seconds:.1f} | {memory:.2f} |")


def _peak() -> float:
    """Largest memory of this process so far, in GiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    main()
