"""What a publication says of the same cities, held beside what comes out: claims are compared, never aimed at."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import IndicatorError
from rcsd.files import read_input
from rcsd.papers.resilience.index.assessment import Assessment, mean_over
from rcsd.papers.resilience.inputs.indicators import IndicatorSet

INDEX = "index"
"""In place of a system: the index itself."""


@dataclass(frozen=True, slots=True)
class Said:
    """Where something is said, and what, in our words."""

    where: str
    says: str


@dataclass(frozen=True, slots=True)
class Heaviest(Said):
    """The systems with the largest, or the smallest, weights in a city; on the mean of all when `city` is empty."""

    systems: tuple[str, ...]
    city: str = ""
    least: bool = False


@dataclass(frozen=True, slots=True)
class MostIn(Said):
    """The city in which a system weighs most."""

    system: str
    city: str


@dataclass(frozen=True, slots=True)
class Order(Said):
    """Cities from the highest to the lowest mean of the index or of one system over some years."""

    of: str
    cities: tuple[str, ...]
    years: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Printed:
    """A table as it was printed."""

    title: str
    where: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claims:
    """All that is said."""

    weights: tuple[Heaviest | MostIn, ...] = ()
    orders: tuple[Order, ...] = ()
    printed: tuple[Printed, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim and what came out.

    Attributes
    ----------
    claim
        What is said.
    said, found
        The same in codes of systems or names of cities: what the claim names, and what came out in its place.
    agrees
        Share of what is said that came out: 1 in full.
    """

    claim: Heaviest | MostIn | Order
    said: tuple[str, ...]
    found: tuple[str, ...]
    agrees: float


def judge_weights(claims: Claims, by_city: Assessment) -> tuple[Judged, ...]:
    """Hold claims on weights against entropies of each city's own years, of which alone such claims can speak.

    Parameters
    ----------
    claims
        What is said.
    by_city
        An assessment whose weights are taken over each city's years.
    """
    codes = [system.code for system in by_city.indicators.systems]
    weights = by_city.weights.systems[:, 0]
    found = []
    for claim in claims.weights:
        if isinstance(claim, MostIn):
            heaviest = by_city.cities[int(weights[:, codes.index(claim.system)].argmax())]
            found.append(Judged(claim, (claim.city,), (heaviest,), float(heaviest == claim.city)))
            continue
        row = weights[by_city.cities.index(claim.city)] if claim.city else weights.mean(axis=0)
        order = np.argsort(row if claim.least else -row, kind="stable")[: len(claim.systems)]
        came = tuple(codes[i] for i in order)
        found.append(Judged(claim, claim.systems, came, len({*came} & {*claim.systems}) / len(claim.systems)))
    return tuple(found)


def judge_order(claim: Order, cities: tuple[str, ...], means: NDArray[np.float64]) -> Judged:
    """Hold an order of cities against means of them: the share of pairs of cities that stand as is said."""
    value = dict(zip(cities, means.tolist(), strict=True))
    pairs = [(a, b) for i, a in enumerate(claim.cities) for b in claim.cities[i + 1 :]]
    came = tuple(sorted(claim.cities, key=lambda city: -value[city]))
    return Judged(claim, claim.cities, came, sum(value[a] > value[b] for a, b in pairs) / len(pairs))


def judge_orders(claims: Claims, assessment: Assessment) -> tuple[Judged, ...]:
    """Hold every order against the means of the assessed years."""
    codes = [system.code for system in assessment.indicators.systems]
    return tuple(
        judge_order(
            claim,
            assessment.cities,
            assessment.mean_index if claim.of == INDEX else mean_over(assessment.scores[..., codes.index(claim.of)]),
        )
        for claim in claims.orders
    )


def load_claims(path: Path, indicators: IndicatorSet) -> Claims:
    """Read a file of claims.

    Raises
    ------
    IndicatorError
        One error that lists every claim that is not one, or names what the indicator file does not have.
    """
    try:
        content = tomllib.loads(read_input(path).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise IndicatorError(f"the claims cannot be read ({why}): correct the file", path=path) from error
    reader = _Reader(indicators)
    unknown = [key for key in content if key not in {"heaviest", "lightest", "most_in", "order", "printed"}]
    reader.faults += [f"{key}: there are heaviest, lightest, most_in, order and printed" for key in unknown]
    weights: list[Heaviest | MostIn] = []
    for least, key in ((False, "heaviest"), (True, "lightest")):
        for each, at in reader.entries(content, key):
            systems = reader.known(each, at, "systems", reader.systems)
            city = reader.known({"city": [each["city"]]}, at, "city", reader.cities)[0:1] if "city" in each else ()
            weights.append(Heaviest(*reader.said(each, at), systems, city[0] if city else "", least))
    for each, at in reader.entries(content, "most_in"):
        pair = [
            (reader.known({key: [each.get(key)]}, at, key, known) or ("",))[0]
            for key, known in (("system", reader.systems), ("city", reader.cities))
        ]
        weights.append(MostIn(*reader.said(each, at), *pair))
    orders = [reader.order(each, at) for each, at in reader.entries(content, "order")]
    printed = [reader.printed(each, at) for each, at in reader.entries(content, "printed")]
    if reader.faults:
        listed = "\n".join(f"  {fault}" for fault in reader.faults)
        raise IndicatorError(f"{len(reader.faults)} fault(s) in the claims, correct each:\n{listed}", path=path)
    return Claims(tuple(weights), tuple(orders), tuple(printed))


@dataclass(slots=True)
class _Reader:
    """Reads entries, and notes what is wrong with them."""

    indicators: IndicatorSet
    faults: list[str] = field(default_factory=list)

    @property
    def systems(self) -> tuple[str, ...]:
        return tuple(system.code for system in self.indicators.systems)

    @property
    def cities(self) -> tuple[str, ...]:
        return tuple(self.indicators.cities)

    def entries(self, content: Mapping[str, Any], key: str) -> list[tuple[Mapping[str, Any], str]]:
        found = content.get(key, [])
        if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
            self.faults.append(f"{key}: write each as a table of its own under [[{key}]]")
            return []
        return [(each, f"{key} {number}") for number, each in enumerate(found, start=1)]

    def text(self, each: Mapping[str, Any], at: str, key: str) -> str:
        value = each.get(key)
        if not isinstance(value, str) or not value:
            self.faults.append(f"{at}: {key} must be a text, found {value!r}")
            return ""
        return value

    def said(self, each: Mapping[str, Any], at: str) -> tuple[str, str]:
        return self.text(each, at, "where"), self.text(each, at, "says")

    def known(self, each: Mapping[str, Any], at: str, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
        value = each.get(key)
        if not isinstance(value, list) or not value or any(part not in known for part in value):
            self.faults.append(f"{at}: {key} must be of {', '.join(known)}, found {value!r}")
            return ()
        return tuple(value)

    def order(self, each: Mapping[str, Any], at: str) -> Order:
        of = self.text(each, at, "of")
        if of and of not in {INDEX, *self.systems}:
            self.faults.append(f"{at}: of must be {INDEX} or one of {', '.join(self.systems)}, found {of!r}")
        years = each.get("years")
        if not isinstance(years, list) or len(years) != 2 or not all(isinstance(y, int) for y in years):  # noqa: PLR2004
            self.faults.append(f"{at}: years must be the first and the last, found {years!r}")
            years = [0, 0]
        cities = self.known(each, at, "cities", self.cities)
        return Order(*self.said(each, at), of, cities, (years[0], years[1]))

    def printed(self, each: Mapping[str, Any], at: str) -> Printed:
        columns, rows = each.get("columns", []), each.get("rows", [])
        if not isinstance(rows, list) or any(not isinstance(row, list) or len(row) != len(columns) for row in rows):
            self.faults.append(f"{at}: every row needs one cell for each of the columns")
            columns, rows = [], []
        note = each.get("note", "")
        return Printed(
            self.text(each, at, "title"),
            self.text(each, at, "where"),
            tuple(map(str, columns)),
            tuple(tuple(map(str, row)) for row in rows),
            str(note),
        )
