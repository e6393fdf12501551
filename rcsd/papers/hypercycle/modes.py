"""The paper's four innovation modes as catalytic networks (section IV, Figures 2 to 5).

Strengths are growth at full share, 1/Year; the paper prints none. Each mode widens the one before: a point (one
industry and its innovation), a line (two industries of a chain), a surface (the chain's cluster with its institutions),
a domain (clusters of several cities).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError
from rcsd.papers.hypercycle.network import Catalyst, CatalyticNetwork, Unit
from rcsd.papers.rules import whole, within

Mode = Literal["form", "structure", "organisation", "regional"]
MODES: tuple[Mode, ...] = get_args(Mode)
STEPS = {"form": "point", "structure": "line", "organisation": "surface", "regional": "domain"}
"""The paper's conclusion: from point to line, to surface, to domain."""
FIGURES = {"form": 2, "structure": 3, "organisation": 4, "regional": 5}
"""Number of the paper's figure."""

INDUSTRIES = ("Coal mining", "Coal chemicals", "Mining equipment")
"""A chain that closes: mining feeds the chemicals, these the equipment makers, and they the mines."""
INSTITUTIONS = ("Research institute", "Intermediary")
INNOVATIONS = ("Technological innovation", "Institutional innovation")
MOST_CITIES = 4


@dataclass(frozen=True, slots=True)
class ModeParameters:
    """Strengths of the links, 1/Year, 0 to 1; the values are assumed.

    Attributes
    ----------
    replication : float
        Growth of an industry by itself.
    innovation : float
        What E1, technological and institutional innovation from outside, adds to the growth of an industry (Figure 2).
    own : float
        What an industry's own replicase gives its enterprises ("among peers", section 4.2).
    chain : float
        What an industry gains from one up or down its chain (Figure 3).
    spillover : float
        What it gains besides from knowledge shared within the cluster (Figure 4).
    institutions : float
        What research institutes and intermediaries together add to the growth of an industry (Figure 4).
    intercity : float
        What it gains from an industry of another city (Figure 5).

    Raises
    ------
    ParameterError
        When a strength lies outside its range.
    """

    replication: float = 0.03
    innovation: float = 0.01
    own: float = 0.01
    chain: float = 0.06
    spillover: float = 0.02
    institutions: float = 0.01
    intercity: float = 0.07

    def __post_init__(self) -> None:
        """Check every rule of the class."""
        for field in fields(self):
            within(field.name, getattr(self, field.name), 0.0, 1.0)

    def to_dict(self) -> dict[str, float]:
        """Return the strengths by name."""
        return {name: float(value) for name, value in asdict(self).items()}

    @property
    def local(self) -> float:
        """Mean link within a city's cluster of three industries, an industry's link to itself included, 1/Year."""
        return (self.own + 2 * (self.chain + self.spillover)) / len(INDUSTRIES)


def checked_mode(mode: str) -> Mode:
    """Return a mode.

    Raises
    ------
    ParameterError
        For a word that names none.
    """
    for known in MODES:
        if mode == known:
            return known
    raise ParameterError(f"{mode!r} is no innovation mode; choose one of {', '.join(MODES)}", field="mode")


def mode_network(mode: str, parameters: ModeParameters | None = None, *, n_cities: int = 2) -> CatalyticNetwork:
    """Return the network of a mode under a replicase of one.

    Parameters
    ----------
    mode
        "form": a reaction cycle, an industry with its innovation, beside one without. "structure": two industries of a
        chain, each catalysing itself and the other. "organisation": three industries of a cluster and its institutions.
        "regional": such clusters in several cities, every industry linked with all of the other cities.
    parameters
        Strengths; the assumed ones when None.
    n_cities
        Of the regional mode, 2 to 4.

    Raises
    ------
    ParameterError
        For an unknown mode, or a number of cities outside its range.
    """
    known, strengths = checked_mode(mode), ModeParameters() if parameters is None else parameters
    cities = int(within("n_cities", whole("n_cities", n_cities, 2), 2, MOST_CITIES))
    if known == "form":
        return _form(strengths)
    if known == "structure":
        return _clusters(strengths, INDUSTRIES[:2], ("",), spillover=0.0, institutions=0.0)
    places = ("",) if known == "organisation" else tuple(f"City {'ABCD'[i]}" for i in range(cities))
    return _clusters(strengths, INDUSTRIES, places, spillover=strengths.spillover, institutions=strengths.institutions)


def shared_advantage(mode: str, parameters: ModeParameters | None = None, *, n_cities: int = 2) -> float:
    """Return the advantage at equal shares under a replicase of one, 1/Year: innovation + institutions + mean link.

    The links are alike for all industries, so that equal shares are the interior point at rest. In the form mode it is
    that of the innovating industry alone, which is what the two end in.

    Raises
    ------
    ParameterError
        As `mode_network`.
    """
    known, strengths = checked_mode(mode), ModeParameters() if parameters is None else parameters
    if known == "form":
        return strengths.innovation
    if known == "structure":
        return strengths.innovation + (strengths.own + strengths.chain) / 2
    outside = strengths.innovation + strengths.institutions
    if known == "organisation":
        return outside + strengths.local
    return outside + (strengths.local + (n_cities - 1) * strengths.intercity) / n_cities


def _form(strengths: ModeParameters) -> CatalyticNetwork:
    half = strengths.innovation / 2
    return CatalyticNetwork(
        units=(Unit("Innovating industry", "industry"), Unit("Industry without innovation", "industry")),
        replication=np.full(2, strengths.replication),
        catalysis=np.zeros((2, 2)),
        catalysts=tuple(Catalyst(name, "innovation") for name in INNOVATIONS),
        support=np.array([[half, half], [0.0, 0.0]]),
    )


def _clusters(
    strengths: ModeParameters,
    industries: tuple[str, ...],
    cities: tuple[str, ...],
    *,
    spillover: float,
    institutions: float,
) -> CatalyticNetwork:
    """Return the industries of some cities, linked within each city and, where there are several, across them."""
    units = tuple(Unit(_named(name, city), "industry", city) for city in cities for name in industries)
    city = np.repeat(np.arange(len(cities)), len(industries))
    industry = np.tile(np.arange(len(industries)), len(cities))
    same_city = city[:, None] == city[None, :]
    same_industry = industry[:, None] == industry[None, :]
    catalysis = np.where(
        same_city, np.where(same_industry, strengths.own, strengths.chain + spillover), strengths.intercity
    )
    catalysts = [Catalyst(name, "innovation") for name in INNOVATIONS]
    support = [np.full((len(units), len(catalysts)), strengths.innovation / 2)]
    if institutions > 0 or spillover > 0:
        catalysts += [Catalyst(_named(name, place), "institution", place) for place in cities for name in INSTITUTIONS]
        support += [_supported(city == place, institutions / len(INSTITUTIONS)) for place in range(len(cities))]
    return CatalyticNetwork(
        units=units,
        replication=np.full(len(units), strengths.replication),
        catalysis=catalysis,
        catalysts=tuple(catalysts),
        support=np.hstack(support),
    )


def _supported(here: NDArray[np.bool_], strength: float) -> NDArray[np.float64]:
    return np.repeat(np.where(here, strength, 0.0)[:, None], len(INSTITUTIONS), axis=1)


def _named(name: str, city: str) -> str:
    return f"{name}, {city}" if city else name
