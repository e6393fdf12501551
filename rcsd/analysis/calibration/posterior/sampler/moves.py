"""Moves along differences of earlier points, which know the shape of what they come from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.calibration.posterior.sampler.mixture import Random

_SCATTER = 0.5  # of the logarithm of a move's length
_WHOLE = 0.1  # share of the moves that carry a difference over as it is: from mode to mode
_SOME, _HALF = 0.4, 0.5  # share of the moves that leave so many of the coordinates, or so, where they are


def differences(points: NDArray[np.float64], archive: NDArray[np.float64], random: Random) -> NDArray[np.float64]:
    """Move points (n_points, n) by scaled differences of two points of an archive (n_archive, n) each.

    Differential evolution with a set of past points (ter Braak & Vrugt, Stat. Comput. 18, 2008). A move is as likely as
    the one back, since the archive stays as it is.
    """
    n_points, n = points.shape
    first = np.floor(random.uniform(size=n_points) * len(archive)).astype(int)
    apart = 1 + np.floor(random.uniform(size=n_points) * (len(archive) - 1)).astype(int)
    second = (first + apart) % len(archive)
    moves = random.uniform(size=(n_points, n)) < _HALF
    moves[random.uniform(size=n_points) >= _SOME] = True
    # a length that suits a bell of so many coordinates (Roberts & Rosenthal, Stat. Sci. 16, 2001)
    length = 2.38 / np.sqrt(2 * np.maximum(moves.sum(axis=1), 1))
    length = length * np.exp(_SCATTER * random.standard_normal(n_points))
    whole = random.uniform(size=n_points) < _WHOLE
    length[whole], moves[whole] = 1.0, True
    return np.asarray(points + length[:, np.newaxis] * moves * (archive[first] - archive[second]))
