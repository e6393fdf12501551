"""The levels at which a predictive distribution is kept as quantiles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

N_LEVELS = 99
LEVELS: NDArray[np.float64] = np.arange(1, N_LEVELS + 1) / (N_LEVELS + 1)
"""Shares below each kept quantile, equally spaced."""

LOW, MIDDLE, HIGH = 4, 49, 94
"""Places of the 5 % quantile, the median and the 95 % quantile."""
