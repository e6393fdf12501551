"""All that one setting of the digital cluster shows, in one go."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.digital_cluster.leaders import LeaderRuns, simulate_leaders
from rcsd.papers.digital_cluster.parameters import DigitalClusterParameters
from rcsd.papers.digital_cluster.path import ClusterPath, cluster_path
from rcsd.papers.digital_cluster.stages.classifier import StateReading, classify, read_state, stage_shares
from rcsd.papers.digital_cluster.stages.row_rules import READ
from rcsd.papers.digital_cluster.stages.stage_path import KINDS, ClusterSpan, path_kinds, stage_spans
from rcsd.papers.digital_cluster.steady import steady_state
from rcsd.papers.rules import positive, within

_STEP, _N_TIMES = 0.1, (601, 2401)
"""Years between the times of a path, and how many of them there are at least and at most."""
_N_DRAWS = 500


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """A path of the cluster and what it says.

    Attributes
    ----------
    path : ClusterPath
        From year 0 on.
    kind : str
        What the path is, one of `stage_path.KINDS`.
    spans : tuple of ClusterSpan
        Stages along it.
    year : float
        When the table is read.
    reading : StateReading
        The state of that year against the table.
    shares : NDArray, shape (3, n_times)
        How often each stage is named when the thresholds are drawn from their ranges.
    rest : StateReading
        The state in the long run against the table.
    leaders : LeaderRuns
        Leader changes by chance along the path.
    """

    path: ClusterPath
    kind: str
    spans: tuple[ClusterSpan, ...]
    year: float
    reading: StateReading
    shares: NDArray[np.float64]
    rest: StateReading
    leaders: LeaderRuns


def survey(
    parameters: DigitalClusterParameters,
    *,
    years: float = 60.0,
    year: float | None = None,
    n_runs: int = 2000,
    rng: np.random.Generator,
) -> Survey:
    """Solve the cluster from year 0 to `years`, read its stages, and draw leader changes.

    Parameters
    ----------
    parameters
        Of the cluster.
    years
        Length of the path, above zero.
    year
        When the table is read, within the path; its end when None.
    n_runs
        Of the leader changes, one or more.
    rng
        Source of the thresholds and of the leader changes.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.
    SimulationError
        When the path cannot be solved.
    """
    length = positive("years", years)
    when = length if year is None else within("year", year, 0, length)
    n_times = int(np.clip(round(length / _STEP) + 1, *_N_TIMES))
    times = np.unique(np.append(np.linspace(0.0, length, n_times), when))
    path = cluster_path(parameters, times)
    at = int(np.searchsorted(times, when))
    stages = classify(path.values)
    rest = steady_state(parameters)
    return Survey(
        path=path,
        kind=KINDS[int(path_kinds(stages[None])[0])],
        spans=stage_spans(times, stages),
        year=when,
        reading=read_state({name: float(path.values[name][at]) for name in READ}),
        shares=stage_shares(path.values, n_draws=_N_DRAWS, rng=rng),
        rest=read_state(rest),
        leaders=simulate_leaders(times, path.values["Leader Change Hazard"], n_runs=n_runs, rng=rng),
    )
