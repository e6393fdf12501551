"""Bass's diffusion of digital technology among the participants, in closed form."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rcsd.errors import ParameterError
from rcsd.papers.rules import all_within, within


def bass_adoption(
    digitalisation: NDArray[np.float64],
    external: NDArray[np.float64],
    imitation: NDArray[np.float64],
    ceiling: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return (p + q D)(m - D), 1/Year: external influence and imitation among those who are not digital yet."""
    return np.asarray((external + imitation * digitalisation) * (ceiling - digitalisation))


def bass_path(
    times: ArrayLike, *, external: float, imitation: float, ceiling: float = 1.0, initial: float = 0.0
) -> NDArray[np.float64]:
    """Solve dD/dt = (p + q D)(m - D), D(0) = `initial` (Bass 1969, eq 6, with a ceiling and a first share).

    Parameters
    ----------
    times
        Years since the beginning, zero or more, any shape.
    external, imitation
        p and q, 1/Year, zero or more.
    ceiling
        m, in [0, 1].
    initial
        D(0), in [0, m].

    Returns
    -------
    NDArray
        The digital share, shape of `times`.

    Raises
    ------
    ParameterError
        When an argument breaks its rule.

    Examples
    --------
    >>> bass_path([0.0, 10.0, 1000.0], external=0.003, imitation=0.35, ceiling=0.95, initial=0.01).round(4)
    array([0.01  , 0.3379, 0.95  ])
    """
    years = all_within("times", times, 0, np.inf)
    p, q = within("external", external, 0, np.inf), within("imitation", imitation, 0, np.inf)
    m = within("ceiling", ceiling, 0, 1)
    first = within("initial", initial, 0, 1)
    if first > m:
        raise ParameterError(f"initial must not lie above the ceiling {m:g}; got {first:g}", field="initial")
    if p + q * first == 0:
        return np.full(years.shape, first)
    # (m - D)/(p + q D) falls exponentially at the rate p + q m
    left = (m - first) / (p + q * first) * np.exp(-(p + q * m) * years)
    return np.asarray((m - p * left) / (1 + q * left))
