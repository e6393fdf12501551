"""The scales on which parameters are searched: the value itself, its logarithm, or its logit."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Scale = Literal["linear", "log", "logit"]


def on_scale(value: ArrayLike, scale: str) -> NDArray[np.float64]:
    """Take natural values, of any shape, to the "linear", "log" or "logit" scale."""
    natural = np.asarray(value, dtype=np.float64)
    if scale == "log":
        return np.asarray(np.log(natural))
    if scale == "logit":
        return np.asarray(np.log(natural) - np.log1p(-natural))
    return natural


def off_scale(search: ArrayLike, scale: str) -> NDArray[np.float64]:
    """Take values of any shape from the "linear", "log" or "logit" scale back to the natural one."""
    z = np.asarray(search, dtype=np.float64)
    if scale == "log":
        return np.asarray(np.exp(z))
    if scale == "logit":
        return np.asarray(1 / (1 + np.exp(-z)))
    return z
