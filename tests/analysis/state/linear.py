"""A linear-Gaussian model as a file, and the exact answers of Kalman's filter and of Rauch, Tung and Striebel."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import rcsd
from rcsd.analysis.calibration import Target
from rcsd.analysis.series import ObservedSeries
from rcsd.analysis.state import Disturbance, Gap, Process

TIMES = np.arange(0.0, 11.0)
STEP = 0.25

FILE = """{UTF-8}
Level = INTEG(Drift * Level + Push * Slope, 10)
~Dmnl
~|
Slope = INTEG(Bend * Level + Slope * Fade, 1)
~Dmnl
~|
Hidden = INTEG(Slope - 0.3 * Hidden, -2)
~Dmnl
~|
Sum = Level + 2 * Hidden
~Dmnl
~|
Drift = 0.02
~1/Year
~|
Push = 0.5
~1/Year
~|
Bend = -0.15
~1/Year
~|
Fade = -0.05
~1/Year
~|
INITIAL TIME = 0
~Year
~|
FINAL TIME = 20
~Year
~|
TIME STEP = 0.25
~Year
~|
SAVEPER = 1
~Year
~|
\\\\\\---/// Sketch information - do not modify anything except names
V300
*View 1
$192-192-192
///---\\\\\\
:L<%^E!@
15:0,0,0,0,0,0
"""

RATES = np.array([[0.02, 0.5, 0.0], [-0.15, -0.05, 0.0], [0.0, 1.0, -0.3]])
FIRST = np.array([10.0, 1.0, -2.0])
FIRST_SD = np.array([1.0, 0.5, 0.8])
NOISE_SD = np.array([0.3, 0.2, 0.1])
OBSERVED = np.array([[1.0, 0.0, 0.0], [1.0, 0.0, 2.0]])
ERROR_SD = np.array([0.5, 1.0])
STOCKS = ("Level", "Slope", "Hidden")
ONE_YEAR = np.linalg.matrix_power(np.eye(3) + STEP * RATES, round(1 / STEP))
"""Euler's rule, four steps."""


def simulator(folder: Path, backend: str = "compiled"):
    """Return the model of the file."""
    path = folder / "linear.mdl"
    path.write_text(FILE, "utf-8")
    return rcsd.load(path).simulator(backend)  # type: ignore[arg-type]


def process() -> Process:
    """Return what disturbs it: nothing is taken in logarithms."""
    rows = zip(STOCKS, NOISE_SD, FIRST_SD, strict=True)
    return Process(tuple(Disturbance(name, float(sd), "absolute", float(first)) for name, sd, first in rows))


@dataclass(frozen=True)
class Exact:
    """Means (time, stock) and covariances (time, stock, stock) of the filter and the smoother, and the likelihood."""

    filtered: NDArray[np.float64]
    filtered_covariance: NDArray[np.float64]
    smoothed: NDArray[np.float64]
    smoothed_covariance: NDArray[np.float64]
    log_likelihood: float


def simulated(rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw a course of the stocks (time, stock) and what is observed of it (time, series)."""
    x = FIRST + FIRST_SD * rng.standard_normal(3)
    states = [x]
    for _ in TIMES[1:]:
        x = ONE_YEAR @ x + NOISE_SD * rng.standard_normal(3)
        states.append(x)
    truth = np.array(states)
    return truth, truth @ OBSERVED.T + ERROR_SD * rng.standard_normal((TIMES.size, 2))


def targets(data: NDArray[np.float64]) -> tuple[Target, ...]:
    """State the two series as targets; the second has no cell in the year 4."""
    found = []
    for i, (name, variable) in enumerate((("level", "Level"), ("sum", "Sum"))):
        keep = (4.0 if i else -1.0) != TIMES
        series = ObservedSeries(name, "Dmnl", TIMES[keep], data[keep, i], tuple(() for _ in TIMES[keep]))
        found.append(Target(series, variable, float(ERROR_SD[i]), "absolute", np.ones(keep.sum())))
    return tuple(found)


GAP = Gap("sum", 0.6, "absolute", memory=0.8, initial=0.5)
"""By which the second series keeps differing from its variable."""


def exact(data: NDArray[np.float64], *, gap: bool = False) -> Exact:
    """Filter and smooth what `simulated` gives; with a gap it is a fourth state."""
    noise, first, spread = NOISE_SD**2, FIRST, FIRST_SD**2
    transition, design = ONE_YEAR, OBSERVED
    if gap:
        noise, first, spread = np.append(noise, GAP.sd**2), np.append(first, 0.0), np.append(spread, GAP.initial**2)
        transition = np.pad(transition, (0, 1))
        transition[3, 3] = GAP.memory
        design = np.column_stack([design, [0.0, 1.0]])
    return _exact(data, transition, np.diag(noise), design, (first, np.diag(spread)))


def _exact(
    data: NDArray[np.float64],
    transition: NDArray[np.float64],
    noise: NDArray[np.float64],
    design: NDArray[np.float64],
    first: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> Exact:
    """Filter and smooth by the textbook (Durbin & Koopman, Time Series Analysis by State Space Methods, ch. 4)."""
    (mean, covariance), log_likelihood = first, 0.0
    means, covariances = [], []
    for k in range(TIMES.size):
        if k:
            mean, covariance = transition @ mean, transition @ covariance @ transition.T + noise
        seen = [0] if TIMES[k] == 4 else [0, 1]
        h, r = design[seen], np.diag(ERROR_SD[seen] ** 2)
        innovation, s = data[k, seen] - h @ mean, h @ covariance @ h.T + r
        log_likelihood -= 0.5 * (np.linalg.slogdet(2 * np.pi * s)[1] + innovation @ np.linalg.solve(s, innovation))
        gain = covariance @ h.T @ np.linalg.inv(s)
        mean, covariance = mean + gain @ innovation, (np.eye(mean.size) - gain @ h) @ covariance
        means.append(mean)
        covariances.append(covariance)
    smooth, spread = [means[-1]], [covariances[-1]]
    for k in range(TIMES.size - 2, -1, -1):
        ahead = transition @ covariances[k] @ transition.T + noise
        gain = covariances[k] @ transition.T @ np.linalg.inv(ahead)
        smooth.insert(0, means[k] + gain @ (smooth[0] - transition @ means[k]))
        spread.insert(0, covariances[k] + gain @ (spread[0] - ahead) @ gain.T)
    return Exact(np.array(means), np.array(covariances), np.array(smooth), np.array(spread), float(log_likelihood))
