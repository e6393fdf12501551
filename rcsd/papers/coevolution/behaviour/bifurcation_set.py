"""Where in the planes of the parameters the behaviour changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.coevolution.behaviour.conditions import cusp_alpha, hopf_point, pitchfork_beta
from rcsd.papers.coevolution.behaviour.located import locate_outer_fold
from rcsd.papers.coevolution.equations.parameters import LARGEST_EXPONENT, CoevolutionParameters, moving_omega

_N = 401


@dataclass(frozen=True, slots=True, eq=False)
class BifurcationSet:
    """The curves on which the behaviour changes.

    Attributes
    ----------
    parameters : CoevolutionParameters
        The point that is marked.
    cusp_betas, cusp_alphas : NDArray, shape (n,)
        The right branch of the cusp of x alone; the left one is its mirror image.
    ratios, hopf_betas : NDArray, shape (m,)
        omega/nu and beta_H of the coupled pair, as far as alpha0 lambda > omega/nu; empty where alpha0 lambda = 0.
    soft : NDArray of bool, shape (m,)
        Whether the onset there is a soft one.
    pitchfork : float
        beta at which the origin of the pair splits, whatever omega/nu.
    outer_fold : float or None
        beta at which outer equilibria are born apart from the origin, whatever omega/nu.
    """

    parameters: CoevolutionParameters
    cusp_betas: NDArray[np.float64]
    cusp_alphas: NDArray[np.float64]
    ratios: NDArray[np.float64]
    hopf_betas: NDArray[np.float64]
    soft: NDArray[np.bool_]
    pitchfork: float
    outer_fold: float | None


def bifurcation_set(parameters: CoevolutionParameters) -> BifurcationSet:
    """Work out the cusp in the plane of alpha and beta, and the curves of the pair in the plane of beta and omega/nu.

    Raises
    ------
    ParameterError
        When omega is zero.
    """
    moving_omega(parameters)
    strength = parameters.alpha0 * parameters.lam
    betas = np.linspace(1.0, min(max(2.0, 1.5 * parameters.beta), LARGEST_EXPONENT), _N)
    # The middles of even pieces: at both ends of the curve there is no Hopf point.
    ratios = (np.arange(_N) + 0.5) / _N * strength if strength > 0 else np.empty(0)
    hopf = [hopf_point(replace(parameters, omega=ratio * parameters.nu)) for ratio in ratios.tolist()]
    known = [point is not None for point in hopf]
    return BifurcationSet(
        parameters=parameters,
        cusp_betas=betas,
        cusp_alphas=np.array([cusp_alpha(beta) for beta in betas.tolist()]),
        ratios=ratios[known],
        hopf_betas=np.array([point.beta for point in hopf if point is not None]),
        soft=np.array([point.soft for point in hopf if point is not None], dtype=np.bool_),
        pitchfork=pitchfork_beta(parameters),
        outer_fold=locate_outer_fold(parameters),
    )
