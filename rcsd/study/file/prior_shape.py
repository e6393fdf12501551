"""The prior of a parameter between its bounds, on the natural scale: what the data are set beside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration import slopes
from rcsd.analysis.parameters import Parameter, ParameterSpace

_POINTS = 401


@dataclass(frozen=True, slots=True)
class PriorShape:
    """A prior at points from the lower to the upper bound, each of shape (n_points,).

    Attributes
    ----------
    values
        Natural scale, increasing, evenly spaced on the search scale.
    rises
        Rise of the prior's deviance above its least: what the prior adds to a profile of the data. Zero without one.
    density
        Per natural unit, of unit area between the bounds; flat on the search scale without a prior.
    """

    values: NDArray[np.float64]
    rises: NDArray[np.float64]
    density: NDArray[np.float64]


def prior_shape(parameter: Parameter) -> PriorShape:
    """Evaluate a parameter's prior between its bounds."""
    search = np.linspace(*parameter.search_bounds, _POINTS)
    rises = np.zeros(_POINTS)
    prior = parameter.searched_prior
    if prior is not None:
        rises = prior.residual(search) ** 2
    space = ParameterSpace((parameter,))
    values = parameter.from_search(search)
    slope = np.array([slopes(space, np.array([value]))[0] for value in values])
    weight = np.exp(-0.5 * rises)
    return PriorShape(values, rises, weight / np.trapezoid(weight, search) / slope)
