"""Points at rest of a network, on every face of the simplex, with their eigenvalues."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError
from rcsd.papers.hypercycle.growth import growth_rates, mean_growth
from rcsd.papers.hypercycle.network import CatalyticNetwork
from rcsd.papers.rules import positive, whole

MOST_UNITS_OF_FACES = 14
"""2^n faces are looked at."""

_SINGULAR = 1e-10
_ABOVE_ZERO = 1e-12
_STILL = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class RestPoint:
    """A point at which no share moves.

    Attributes
    ----------
    shares : NDArray, shape (unit,)
        x, zero outside `support`.
    support : tuple of int
        The units that are there.
    growth : float
        phi, 1/Year.
    eigenvalues : NDArray of complex, shape (unit - 1,)
        Of the drift along the simplex, 1/Year: first those within the face, then f_i - phi of the units that are not
        there, the rates at which they would come in.
    """

    shares: NDArray[np.float64]
    support: tuple[int, ...]
    growth: float
    eigenvalues: NDArray[np.complex128]

    @property
    def inside(self) -> NDArray[np.complex128]:
        """Eigenvalues within the face of the units that are there."""
        return self.eigenvalues[: len(self.support) - 1]

    @property
    def invasion_rates(self) -> NDArray[np.float64]:
        """Growth minus phi of each unit that is not there, 1/Year, in the order of the units."""
        return self.eigenvalues[len(self.support) - 1 :].real

    @property
    def interior(self) -> bool:
        """Whether every unit is there."""
        return len(self.support) == self.shares.size

    @property
    def stability(self) -> str:
        """Say what the eigenvalues tell: "stable", "unstable", or "neutral" where the largest real part is zero."""
        if not self.eigenvalues.size:
            return "stable"
        top = float(self.eigenvalues.real.max())
        scale = max(float(np.abs(self.eigenvalues).max()), 1e-300)
        return "neutral" if abs(top) <= _STILL * scale or scale < _STILL else "stable" if top < 0 else "unstable"


def interior_equilibrium(network: CatalyticNetwork) -> RestPoint | None:
    """Find the one point at rest at which every unit is there; None where there is none or no single one.

    All f_i are equal there: (a + s) + K p = phi 1, sum p = 1, a linear system.
    """
    return _on_face(network, tuple(range(network.size)))


def rest_points(network: CatalyticNetwork) -> tuple[RestPoint, ...]:
    """Find the points at rest that are single on their face, from the vertices to the interior.

    Faces on which a whole line is at rest have none of their own; the ends of such a line lie on smaller faces.

    Raises
    ------
    ParameterError
        For more than 14 units: 2^n faces would be too many.
    """
    if network.size > MOST_UNITS_OF_FACES:
        raise ParameterError(
            f"the faces of {network.size} units are too many to look at: take at most {MOST_UNITS_OF_FACES} units"
        )
    faces = (face for size in range(1, network.size + 1) for face in combinations(range(network.size), size))
    found = (_on_face(network, face) for face in faces)
    return tuple(point for point in found if point is not None)


def cycle_eigenvalues(n: int, strength: float) -> NDArray[np.complex128]:
    """Return (k/n) exp(2 pi i j/n), j = 1..n-1: those of the pure cycle of equal strengths at its interior point.

    The Jacobian there is circulant (Hofbauer and Sigmund 1998, section 12.3): stable for n = 2 and 3, neutral for
    n = 4, unstable from n = 5 on.

    Raises
    ------
    ParameterError
        When n is below two or the strength not above zero.
    """
    size = whole("n", n, 2)
    return np.asarray(positive("strength", strength) / size * np.exp(2j * np.pi * np.arange(1, size) / size))


def cycle_shares(strengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the interior point of a pure cycle with equal a: p_i ~ 1/k_{i+1} (Hofbauer and Sigmund 1998, 12.2)."""
    weights = 1 / np.roll(np.asarray(strengths, dtype=np.float64), -1)
    return np.asarray(weights / weights.sum())


def _on_face(network: CatalyticNetwork, face: tuple[int, ...]) -> RestPoint | None:
    here = np.array(face)
    size = here.size
    matrix = np.zeros((size + 1, size + 1))
    matrix[:size, :size] = network.catalysis[np.ix_(here, here)]
    matrix[:size, size] = -1.0
    matrix[size, :size] = 1.0
    # strengths in units of their largest, so that "singular" means the same whatever the unit of time
    scale = float(np.abs(matrix[:size, :size]).max()) or 1.0
    matrix[:size, :size] /= scale
    if np.linalg.svd(matrix, compute_uv=False)[-1] < _SINGULAR:
        return None
    solution = np.linalg.solve(matrix, np.append(-network.baseline[here] / scale, 1.0))
    if not (solution[:size] > _ABOVE_ZERO).all():
        return None
    shares = np.zeros(network.size)
    shares[here] = solution[:size] / solution[:size].sum()
    phi = float(mean_growth(network, shares))
    absent = np.setdiff1d(np.arange(network.size), here)
    invasion = growth_rates(network, shares)[absent] - phi
    return RestPoint(shares, face, phi, np.concatenate([_within(network, shares, here), invasion.astype(complex)]))


def _within(network: CatalyticNetwork, shares: NDArray[np.float64], here: NDArray[np.int_]) -> NDArray[np.complex128]:
    """Return the eigenvalues of the drift along the face, by falling real part, shape (size of face - 1,)."""
    x, catalysis = shares[here], network.catalysis[np.ix_(here, here)]
    if here.size == 1:
        return np.empty(0, dtype=np.complex128)
    # along directions of sum zero, d phi = (x K) dx, since all f_i are equal here
    jacobian = x[:, None] * (catalysis - x @ catalysis)
    along = np.linalg.svd(np.ones((1, here.size)))[2][1:].T
    values = np.linalg.eigvals(along.T @ jacobian @ along).astype(np.complex128)
    return np.asarray(values[np.argsort(-values.real, kind="stable")])
