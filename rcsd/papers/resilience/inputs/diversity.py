"""Diversity of a city's industries."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError


def shannon(parts: ArrayLike, *, axis: int = -1) -> NDArray[np.float64]:
    """Shannon index of parts of a whole, in nats: ``H = -sum P_i ln P_i`` with ``P_i = A_i / sum A``.

    Peng and Ji (2023), eqs (1)-(3); eq (2) is printed with a sum of squares in place of the sum, which (3) corrects.

    Parameters
    ----------
    parts : array_like
        Sizes of the parts, such as employees by industry, in one unit; not negative. Shares and counts give the same.
    axis : int
        Along which the parts lie.

    Returns
    -------
    NDArray
        From 0 (all in one part) to the logarithm of the number of parts (all equal); parts of zero add nothing. NaN
        where a part is missing or all are zero.

    Raises
    ------
    ParameterError
        When a part is negative or infinite.

    Examples
    --------
    >>> float(shannon([5, 5]))
    0.6931471805599453
    >>> float(shannon([7, 0]))
    0.0
    """
    sizes = np.asarray(parts, dtype=np.float64)
    bad = sizes[(sizes < 0) | np.isinf(sizes)]
    if bad.size:
        raise ParameterError(f"a part of a whole cannot be {bad[0]:g}: give sizes of zero or more")
    total = sizes.sum(axis=axis, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = sizes / total
        terms = np.where(shares > 0, shares * np.log(shares), 0.0 * shares)  # 0 ln 0 = 0, and NaN stays NaN
    return np.asarray(np.abs(terms.sum(axis=axis)))
