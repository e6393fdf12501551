"""The stationary law of the master equation, exactly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp

from rcsd.papers.coevolution.equations.parameters import LARGEST_EXPONENT, checked_alpha
from rcsd.papers.rules import whole, within


def stationary_law(half_input: int, alpha: float, beta: float) -> NDArray[np.float64]:
    """Return P(r) ~ C(2R, R + r) exp(2 alpha r + beta r^2 / R), which detailed balance gives for eq 9.

    Parameters
    ----------
    half_input
        R, units of input, a whole number, one or more.
    alpha
        Interconversion factor, in [-20, 20].
    beta
        Coordination factor, 0 to 20; at alpha = 0 and large R the law has one mode below 1 and two above.

    Returns
    -------
    NDArray, shape (2R + 1,)
        Probability of r = -R..R, of sum one; it does not depend on nu.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.

    Examples
    --------
    >>> stationary_law(1, 0.0, 0.0)
    array([0.25, 0.5 , 0.25])
    """
    units = whole("R", half_input, 1)
    r = np.arange(-units, units + 1, dtype=np.float64)
    choices = gammaln(2 * units + 1) - gammaln(units + r + 1) - gammaln(units - r + 1)
    logs = choices + 2 * checked_alpha(alpha) * r + within("beta", beta, 0, LARGEST_EXPONENT) * r**2 / units
    return np.asarray(np.exp(logs - logsumexp(logs)))
