"""Courses that a hidden quantity may take: the pair of the paper, and what it has to beat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.coevolution.equations.parameters import CoevolutionParameters

Floats = NDArray[np.float64]

FIRST = 2000.0
"""Year from which ages and slopes are counted: the first of the city's model."""

_NODES = np.linspace(-2.5, 2.5, 21)
"""Standard scores at which phases of cities are integrated over."""

_INTERVAL = 0.25
"""Years between the noted values of a path, between which it is a straight line."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A parameter of a course: name, range and unit."""

    name: str
    low: float
    high: float
    unit: str = "Dmnl"


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """A family of courses.

    Attributes
    ----------
    name, label : str
        Identifier, and what a reader is told.
    shapes : tuple of Shape
        Its parameters; a clock of the cities' own has their spread as the last.
    courses : callable
        Takes rows of parameters, shape (n_rows, n_shapes), standard scores, shape (n_nodes,), and years, shape
        (n_years,); gives courses, shape (n_rows, n_nodes, n_years).
    own : bool
        Whether each city has a phase (for a trend: a slope) of its own, normal over the cities.
    loaded : bool
        Whether there is a course at all for the proxies to load on.
    walk : bool
        Whether what is left is a random walk, which keeps all that it has gathered.
    """

    name: str
    label: str
    shapes: tuple[Shape, ...]
    courses: Callable[[Floats, Floats, Floats], Floats]
    own: bool = False
    loaded: bool = True
    walk: bool = False

    @property
    def nodes(self) -> Floats:
        """Standard scores of the phases, shape (n_nodes,)."""
        return _NODES if self.own else np.zeros(1)

    @property
    def weights(self) -> Floats:
        """Probabilities of the phases, shape (n_nodes,), of sum one."""
        density = np.exp(-(self.nodes**2) / 2)
        return np.asarray(density / density.sum())


def _still(rows: Floats, nodes: Floats, years: Floats) -> Floats:
    return np.zeros((len(rows), nodes.size, years.size))


def _slope(rows: Floats, nodes: Floats, years: Floats) -> Floats:
    """Decades since 2000, each city's own slope a multiple of the common one."""
    spread = rows[:, 0] if rows.shape[1] else np.zeros(len(rows))
    slopes = 1 + spread[:, np.newaxis] * nodes
    return slopes[:, :, np.newaxis] * (years - FIRST) / 10


def _phases(rows: Floats, nodes: Floats, centre: int) -> Floats:
    """Return centre plus spread times score, shape (n_rows, n_nodes); the spread, if any, comes after the centre."""
    spread = rows[:, centre + 1] if rows.shape[1] > centre + 1 else np.zeros(len(rows))
    return np.asarray(rows[:, centre, np.newaxis] + spread[:, np.newaxis] * nodes)


def _logistic(rows: Floats, nodes: Floats, years: Floats) -> Floats:
    """1/(1 + exp(-(t - midpoint)/width))."""
    phase = (years - FIRST - _phases(rows, nodes, 1)[:, :, np.newaxis]) / rows[:, 0, np.newaxis, np.newaxis]
    return np.asarray(0.5 * (1 + np.tanh(phase / 2)))


def _pair(rows: Floats, nodes: Floats, years: Floats) -> Floats:
    """Follow x of eqs 12 and 17 from x = -1 and alpha = 0 at age 0; before that x = -1."""
    from rcsd.papers.coevolution.equations.path_kernel import preference_paths  # noqa: PLC0415 - compiling takes seconds

    ages = _phases(rows, nodes, 5)[:, :, np.newaxis] + (years - FIRST)
    n_times = int(np.ceil(max(float(ages.max()), 0.0) / _INTERVAL)) + 2
    paths = preference_paths(np.ascontiguousarray(rows[:, :5]), n_times, _INTERVAL)
    place = np.clip(ages, 0, None) / _INTERVAL
    before = place.astype(np.intp)
    share, run = place - before, np.arange(len(rows))[:, np.newaxis, np.newaxis]
    return np.asarray((1 - share) * paths[run, before] + share * paths[run, before + 1])


def _assumed(rows: Floats, nodes: Floats, years: Floats) -> Floats:
    """Take the values of the city's model, which begins the pair in 2000."""
    given = CoevolutionParameters()
    row = np.array([[given.nu, given.beta, given.omega, given.alpha0, given.lam, 0.0]])
    return np.repeat(_pair(row, nodes, years), len(rows), axis=0)


_MIDPOINT = (Shape("width", 0.5, 15, "Year"), Shape("midpoint", -15, 30, "Year"))
_DYNAMICS = (
    Shape("nu", 0.02, 0.5, "1/Year"),
    Shape("beta", 0, 2.5),
    Shape("omega", 0, 0.3, "1/Year"),
    Shape("alpha0", 0, 2),
    Shape("lambda", 0, 5),
    Shape("age", 0, 40, "Year"),
)
"""Ranges of models/innovation_coevolution; the age of the pair in 2000 is zero in the city's model."""

PAIR = "pair"
CONSTANT = "constant"

CLOCKS = (
    Clock(CONSTANT, "none, or a constant split", (), _still, loaded=False),
    Clock("walk", "random walk", (), _still, loaded=False, walk=True),
    Clock("drift", "random walk with drift", (), _slope, walk=True),
    Clock("trend", "linear trend", (), _slope),
    Clock("logistic", "logistic, one clock", _MIDPOINT, _logistic),
    Clock("assumed", "pair as assumed in the city's model", (), _assumed),
    Clock(PAIR, "pair, one clock", _DYNAMICS, _pair),
    Clock("own_drift", "random walk, own drifts", (Shape("spread", 0, 30),), _slope, own=True, walk=True),
    Clock("own_trend", "own linear trends", (Shape("spread", 0, 30),), _slope, own=True),
    Clock("own_logistic", "logistic, own clocks", (*_MIDPOINT, Shape("spread", 0, 20, "Year")), _logistic, own=True),
    Clock("own_pair", "pair, own clocks", (*_DYNAMICS, Shape("spread", 0, 20, "Year")), _pair, own=True),
)
"""In the order in which they are shown. No data on x can tell no pair at all from a split that never changes: each
city's level is free, so both predict the same."""


def clock(name: str) -> Clock:
    """Return a clock by name."""
    return next(each for each in CLOCKS if each.name == name)
