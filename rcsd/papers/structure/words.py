"""What a structure optimisation found, in sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator

from rcsd.papers.structure import (
    CityStructure,
    ResourceChange,
    ShadowPrice,
    Solution,
    StructureResult,
    price_range,
    ratio_unit,
)
from rcsd.report.fact import bare, fact
from rcsd.report.wording import count, listing, number, percent

_NOTHING = 1e-9
_NAMED = 4
"""Constraints of one kind that a sentence names."""
_PAPER = 0.5
_LEAST_MOVE = 0.05
"""Difference of two ratios that is worth a word."""


def where(region: str, result: StructureResult) -> str:
    """Name a region where there are several."""
    return f"{region}: " if len(result.programme.regions) > 1 else ""


def index(value: float, actual: float) -> str:
    r"""Write a change against the actual value.

    Examples
    --------
    >>> index(108.8, 100.0).replace("\xa0", " "), index(93.5, 100.0).replace("\xa0", " ")
    ('+8.8 %', '−6.5 %')
    """
    change = 100 * (value / actual - 1)
    return f"{'−' if round(change, 1) < 0 else '+'}{percent(abs(change), 1)}"


def summary(result: StructureResult) -> tuple[str, ...]:
    """Say what was solved, what came out, what holds it there, and what it depends on."""
    return tuple(bare(sentence) for sentence in _sentences(result))


def _sentences(result: StructureResult) -> Iterator[str]:
    yield balance_sentence(result)
    yield front_sentence(result)
    yield compromise_sentence(result)
    for change in result.changes:
        yield change_sentence(result, change)
    yield from _binding_sentences(result.prices)
    if result.variations:
        yield hangs_on(result)
    for city in result.cities:
        yield city_sentence(city)


def balance_sentence(result: StructureResult) -> str:
    """Say which tables were put together, and whether they balance."""
    worst = max(b.largest for b in result.balances)
    return (
        f"{count(len(result.task.tables), 'table')} of {count(len(result.task.tables[0]), 'sector')}, put together to "
        f"{len(result.table)}; rows and columns balance to {worst:.1g} of output."
    )


def front_sentence(result: StructureResult) -> str:
    """Say from where to where the front goes, and what the resource is worth along it."""
    programme, front = result.programme, result.front
    low, high = front.least_use, front.most_value
    first, last = (("front", "vertices", at) for at in (0, len(front.vertices) - 1))
    if len(front.vertices) == 1:
        return (
            f"The constraints leave one efficient structure: value added {value_words(result, high, *first)}, use of "
            f"{programme.resource} {use_words(result, high, *first)}. There is nothing to choose."
        )
    return (
        f"The front has {len(front.vertices)} vertices, from value added {value_words(result, low, *first)} with "
        f"{programme.resource} {use_words(result, low, *first)} to {value_words(result, high, *last)} with "
        f"{use_words(result, high, *last)}, against the actual structure. Along it one more unit of "
        f"{programme.resource} is worth {fact(number(float(front.slopes[0]), 3), 'front', 'slopes', 0)} at first and "
        f"{fact(number(float(front.slopes[-1]), 3), 'front', 'slopes', len(front.slopes) - 1)} at last of value added "
        f"({ratio_unit(programme.unit, programme.resource_unit)})."
    )


def value_words(result: StructureResult, at: Solution, *place: str | int) -> str:
    """Write the change of value added at a structure, which stands at a place of result.json."""
    change = index(at.value_added, result.programme.actual_value)
    return fact(change, *place, "value_added_change", times=100)


def use_words(result: StructureResult, at: Solution, *place: str | int) -> str:
    """Write the change of the use of the resource there."""
    return fact(index(at.resource_use, result.programme.actual_use), *place, "resource_use_change", times=100)


def compromise_sentence(result: StructureResult) -> str:
    """Say what the compromise is, and which other weights would pick it too."""
    programme, picked = result.programme, result.compromise
    right, left = price_range(result.front, picked.solution)
    kind = "The compromise of the paper" if picked.weight == _PAPER else "The weighted compromise"
    first = (
        f"{kind}, {picked.weight:g} for value added and {1 - picked.weight:g} for "
        f"{programme.resource}, both normalised to their range on the front: value added "
        f"{value_words(result, picked.solution, 'compromise')}, use of {programme.resource} "
        f"{use_words(result, picked.solution, 'compromise')}."
    )
    if len(result.front.vertices) == 1:
        return first
    return (
        f"{first} It is vertex {picked.vertex + 1} of {len(result.front.vertices)}, as every weighted sum picks a "
        f"vertex: weights from {picked.weights[0]:.3f} to {picked.weights[1]:.3f} pick the same one"
        + (", which is tied with its neighbour" if picked.tied else "")
        + f". One unit less of {programme.resource} "
        + (f"costs {number(left, 3)} of value added there" if math.isfinite(left) else "is not to be had there")
        + f", one more gains {number(right, 3)}."
    )


def change_sentence(result: StructureResult, change: ResourceChange) -> str:
    """Say what becomes of the resource industry in a region."""
    region = result.programme.regions.index(change.region)
    ratios = [changes[region].ratio for changes in result.vertex_changes]
    growths = [changes[region].resource_growth for changes in result.vertex_changes]
    low, high = result.compromise.shares[region]
    unique = "" if high - low < 1e-6 else f" (between {percent(100 * low)} and {percent(100 * high)}: not unique)"  # noqa: PLR2004
    actual, optimal = share_words(result, change)
    ratio = fact(f"{change.ratio:.3f}", "compromise", "resource_industry", region, "ratio")
    return (
        f"{where(change.region, result)}{result.programme.industry} goes from {actual} to {optimal} of value added in "
        f"{change.horizon:g} years{unique}, a ratio of {ratio} ({min(ratios):.3f} to {max(ratios):.3f} along the "
        "front); its own value added changes by "
        f"{index(change.resource_growth, 1.0)} ({index(min(growths), 1.0)} to {index(max(growths), 1.0)} along it)."
    )


def share_words(result: StructureResult, change: ResourceChange) -> tuple[str, str]:
    """Write the resource industry's share of value added, actual and at the compromise."""
    at = ("compromise", "resource_industry", result.programme.regions.index(change.region))
    return (
        fact(percent(100 * change.actual_share), *at, "actual_share", times=100),
        fact(percent(100 * change.optimal_share), *at, "optimal_share", times=100),
    )


def _binding_sentences(prices: tuple[ShadowPrice, ...]) -> Iterator[str]:
    dear = [p for p in prices if p.price > _NOTHING]
    free = [p for p in prices if p.price <= _NOTHING]
    for kind in dict.fromkeys(p.constraint.kind for p in dear):
        same = [p for p in dear if p.constraint.kind == kind]
        said = "; ".join(f"{p.constraint.text}: {number(p.price, 3)}" for p in same[:_NAMED])
        more = f"; and {len(same) - _NAMED} more, in the table" if len(same) > _NAMED else ""
        yield f"Binding at the compromise ({same[0].meaning}, {same[0].unit}): {said}{more}."
    if free:
        yield f"Met exactly, and holding nothing up: {'; '.join(p.constraint.text for p in free)}."


def hangs_on(result: StructureResult) -> str:
    """Name the numbers that move the resource industry's share most."""
    base = result.changes[0].ratio
    spread: dict[str, list[float]] = {}
    clashes = [v.name for v in result.variations if v.clash]
    for v in result.variations:
        if not v.clash:
            spread.setdefault(v.name, []).append(v.ratio)
    moved = sorted(spread, key=lambda name: -max(abs(r - base) for r in spread[name]))
    strong = [name for name in moved if max(abs(r - base) for r in spread[name]) >= _LEAST_MOVE]
    if not strong:
        said = f"No number, at either end of its range, moves the ratio of {base:.3f} by {_LEAST_MOVE} or more"
    else:
        parts = [f"{name} ({min(spread[name]):.3f} to {max(spread[name]):.3f})" for name in strong]
        said = (
            f"The ratio of {base:.3f} depends on {listing(parts)}; the other numbers move it by less than {_LEAST_MOVE}"
        )
    ends = f". The constraints clash with {listing(sorted(set(clashes)))} at an end of its range" if clashes else ""
    return f"{said}{ends}."


def city_sentence(city: CityStructure) -> str:
    """Say what becomes of mining in a city."""
    return f"{city.account.title} (assumed to change like its province): {city_words(city)}"


def city_words(city: CityStructure) -> str:
    """Say the same without the city's name."""
    return (
        f"mining from {percent(100 * city.actual['mining'], 1)} of value added in {city.account.year} to "
        f"{percent(100 * city.optimal['mining'], 1)} after {city.horizon:g} years, a ratio of {city.ratio:.3f}; "
        f"{percent(100 * city.target, 1)} by the rule that knows mining and the rest alone."
    )
