"""Which parameters the data can tell apart: sensitivities, Fisher information, collinearity.

References: Brun, Reichert & Künsch, Water Resour. Res. 37 (2001), for the measures; Seber & Wild, Nonlinear Regression,
1989, section 2.1, for the information.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.cube import UnitCube
from rcsd.analysis.calibration.problem import Problem
from rcsd.analysis.calibration.profiles import Profile

COLLINEAR = 10.0
"""Collinearity index above which a set of parameters is poorly identifiable (Brun et al. 2001: 10 to 15)."""

HARDLY = 0.9
"""Posterior over prior standard deviation above which the data have hardly narrowed a prior."""

INFINITE = 1e4
"""Collinearity index from which on it is infinite: differences of runs do not tell it from that."""

_STILL = 1e-5
"""Length of a column, in standard deviations of the data, up to which a parameter moves nothing: a prior's spread then
shows less than the differences' own rounding."""

_LARGEST_SET = 3
_LISTED = 12
Verdict = Literal["data", "data and prior", "prior", "nothing"]


@dataclass(frozen=True, slots=True)
class Collinear:
    """Parameters whose effects on the data nearly cancel: a change of one is undone by the others to 1/index.

    Attributes
    ----------
    names, index
        The parameters, and their collinearity index.
    left
        What the data leave, to first order and the others held, of a standard deviation in the direction that they see
        least: of the priors' or, without one, of a quarter of the search interval.
    """

    names: tuple[str, ...]
    index: float
    left: float

    @property
    def undivided(self) -> bool:
        """Whether the data know one combination less than there are parameters: nothing in them says how it splits."""
        return self.left > HARDLY


@dataclass(frozen=True, slots=True)
class Identifiability:
    """What the residuals of the data, priors left out, say about the parameters near an estimate.

    Attributes
    ----------
    names
        The parameters, in the order of every array.
    sensitivity
        Root mean square of the derivatives of the residuals, each parameter measured by its prior's standard deviation
        or, without one, by a quarter of its search interval; shape (n_parameters,). Below 0.1 or so a parameter hardly
        moves the data within what was thought possible.
    matrix
        These derivatives, shape (n_data, n_parameters).
    information
        Fisher information in the same measures, shape (n_parameters, n_parameters).
    collinear
        The sets of up to three parameters with an index above `COLLINEAR`, the worst first; a set that holds a listed
        pair is left out.
    index
        Collinearity of all parameters that move the data at all.
    weakest
        Direction of least information, by parameter, unit length; the first of its large components is positive.
    """

    names: tuple[str, ...]
    sensitivity: NDArray[np.float64]
    matrix: NDArray[np.float64]
    information: NDArray[np.float64]
    collinear: tuple[Collinear, ...]
    index: float
    weakest: NDArray[np.float64]


def identifiability(problem: Problem, estimate: NDArray[np.float64]) -> Identifiability:
    """Examine a problem at an estimate (natural scale), from one batch of runs.

    Parameters
    ----------
    problem
        With the noise that its residuals should be judged by.
    estimate
        Shape (n_parameters,).
    """
    cube, space = UnitCube(problem), problem.space
    u = cube.point(estimate)[np.newaxis, :]
    jacobian = cube.jacobians(u, cube.evaluate(u)[0])[0][0][: problem.n_data]
    width = space.upper - space.lower
    sizes = np.array(
        [
            0.25 * w if (prior := p.searched_prior) is None else prior.sd
            for p, w in zip(space.parameters, width, strict=True)
        ]
    )
    matrix = jacobian / width * sizes
    lengths = np.linalg.norm(matrix, axis=0)
    moving = np.flatnonzero(lengths > _STILL)
    unit = matrix[:, moving] / lengths[moving]
    names = space.names
    information = matrix.T @ matrix
    return Identifiability(
        names=names,
        sensitivity=lengths / np.sqrt(len(matrix)),
        matrix=matrix,
        information=information,
        collinear=_collinear_sets(unit, information[np.ix_(moving, moving)], [names[i] for i in moving]),
        index=_index(unit),
        weakest=_turned(np.linalg.eigh(information)[1][:, 0]),
    )


def verdict(profile: Profile, error_over_prior: float | None) -> Verdict:
    """Say what determines a parameter.

    The data, when its profile, which knows no prior, closes on both sides within the bounds, and the posterior is
    narrower than the prior; its prior, when the profile is open on both sides, or open and the data have hardly
    narrowed the prior; nothing, when it is open and there is no prior; else data and prior.

    Parameters
    ----------
    profile
        Of the parameter.
    error_over_prior
        Posterior over prior standard deviation, NaN where it is not known; None without a prior.
    """
    if error_over_prior is None:
        return "nothing" if profile.open else "data"
    hardly = error_over_prior > HARDLY
    if profile.open == "":
        return "data and prior" if hardly else "data"
    return "prior" if hardly or profile.open == "both" else "data and prior"


def _collinear_sets(
    unit: NDArray[np.float64], information: NDArray[np.float64], names: list[str]
) -> tuple[Collinear, ...]:
    """List sets of parameters with a high index; unit columns, and the information of the same parameters."""
    found: list[tuple[float, tuple[int, ...]]] = []
    for size in range(2, min(_LARGEST_SET, len(names)) + 1):
        for chosen in combinations(range(len(names)), size):
            if not _holds_one(chosen, (other for _, other in found)):
                index = _index(unit[:, chosen])
                if index > COLLINEAR:
                    found.append((index, chosen))
    worst = sorted(found, key=lambda pair: -pair[0])[:_LISTED]
    return tuple(
        Collinear(tuple(names[i] for i in chosen), index, _left(information[np.ix_(chosen, chosen)]))
        for index, chosen in worst
    )


def _turned(direction: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give a direction a sign, which an eigenvector has only by chance."""
    size = np.abs(direction)
    return np.asarray(direction * np.sign(direction[np.argmax(size > 0.5 * size.max())]))


def _left(information: NDArray[np.float64]) -> float:
    """Return the largest posterior standard deviation in any direction where the prior's is 1."""
    return float(1 / np.sqrt(1 + max(0.0, np.linalg.eigvalsh(information)[0])))


def _holds_one(chosen: tuple[int, ...], others: Iterable[tuple[int, ...]]) -> bool:
    return any(set(other) <= set(chosen) for other in others)


def _index(unit: NDArray[np.float64]) -> float:
    """Collinearity index of unit columns: one over their least singular value, the root of an eigenvalue."""
    if unit.shape[1] == 0:
        return 1.0
    least = float(np.linalg.svd(unit, compute_uv=False)[-1]) if unit.shape[0] >= unit.shape[1] else 0.0
    return float("inf") if least * INFINITE < 1 else 1 / least
