"""One digital cluster through time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.papers.digital_cluster.dynamics import readings
from rcsd.papers.digital_cluster.parameters import DigitalClusterParameters
from rcsd.papers.digital_cluster.solver import solve
from rcsd.papers.rules import increasing


@dataclass(frozen=True, slots=True, eq=False)
class ClusterPath:
    """A solution of the cluster's equations.

    Attributes
    ----------
    parameters : DigitalClusterParameters
        What it was solved with.
    times : NDArray, shape (n_times,)
        Years, increasing.
    values : mapping of str to NDArray, shape (n_times,)
        Stocks and readings, by name in the model; units in `dynamics.UNITS`.
    """

    parameters: DigitalClusterParameters
    times: NDArray[np.float64]
    values: Mapping[str, NDArray[np.float64]]


def cluster_path(parameters: DigitalClusterParameters, times: ArrayLike) -> ClusterPath:
    """Solve the cluster's equations with an adaptive solver.

    Parameters
    ----------
    parameters
        Of the cluster.
    times
        Years at which the solution is wanted, increasing, two or more; the first is that of the initial state.

    Returns
    -------
    ClusterPath
        Accurate to about 1e-8.

    Raises
    ------
    ParameterError
        When the times break a rule.
    SimulationError
        When the solver gives up.
    """
    years = increasing("times", times, least=2)
    c = parameters.columns()
    states = solve({name: value[None] for name, value in c.items()}, years)[0]
    return ClusterPath(parameters, years, readings(c, states.T))
