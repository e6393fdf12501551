"""What a resilience assessment found, in sentences."""

from __future__ import annotations

from rcsd.papers.resilience.studies import Outlook, ResilienceResult
from rcsd.report.fact import fact
from rcsd.report.wording import count, fixed, listing, percent, span

_HEAVIEST = 3
_HALF = 0.5
_MANY = 3
"""Indicators that cannot be had up to which a sentence names them."""


def asked(result: ResilienceResult) -> str:
    """Say what is scored, from what, and in which years."""
    base = result.assessment
    names = listing([base.indicators.cities[city] for city in base.cities])
    ahead = "" if result.outlook is None else " The index is then carried on from the forecasts of the cities' models."
    years = span(int(base.years[0]), int(base.years[-1]))
    scale = (
        f"An index from 0 (the worst that any of them had in {years}, in everything) to 1 (the best)"
        if base.scheme.normalisation == "min-max"
        else f"An index of {years} on a {base.scheme.normalisation} scale"
    )
    return (
        f"How well could {names} take a shock and recover, compared with one another? {scale} weighs "
        f"{count(len(base.indicators.present), 'indicator')} of {count(len(base.indicators.systems), 'system')} "
        f"(Peng and Ji, eqs 1-9).{ahead}"
    )


def order(result: ResilienceResult) -> str:
    """List the cities from the most resilient to the least."""
    base = result.assessment
    names, means = base.indicators.cities, dict(zip(base.cities, base.mean_index, strict=True))
    said = [f"{names[city]} ({fact(fixed(means[city], 2), 'mean_index', city)})" for city in base.order]
    return f"From the highest mean index to the lowest: {listing(said)}."


def place_words(result: ResilienceResult) -> str:
    """Say by how much the first is ahead of the last, and who led in how many years."""
    base = result.assessment
    names = base.indicators.cities
    led = {city: int((base.ranks[row] == 1).sum()) for row, city in enumerate(base.cities)}
    most = max(led, key=lambda city: led[city])
    spread = max(base.mean_index) - min(base.mean_index)
    return (
        f"{names[most]} led in {led[most]} of {count(len(base.years), 'year')}; between the first and the last lie "
        f"{fixed(spread, 2)} of the index in the mean of the years."
    )


def agreement(result: ResilienceResult) -> str:
    """Say how many of the paper's claims come out; empty where it makes none."""
    judged = [*result.weight_claims, *result.order_claims]
    if not judged:
        return ""
    true = sum(each.agrees > _HALF for each in judged)
    return (
        f"{true} of {count(len(judged), 'claim')} of the paper come out for more than half of what they name. It gives "
        "neither its data nor its weights."
    )


def kept(result: ResilienceResult) -> str:
    """Say how many other ways to make the index keep that order."""
    same = sum(each.order_kept for each in result.variants)
    return f"Of {count(len(result.variants), 'other way')} to make the index {same} keep that order."


def weights(result: ResilienceResult) -> str:
    """Say which systems weigh most, and what a weight is."""
    base = result.assessment
    found = zip(base.mean_weights.systems[0, 0].tolist(), base.indicators.systems, strict=True)
    systems = sorted(found, key=lambda pair: -pair[0])
    heavy = listing([f"{each.name.lower()} ({_weight(each.code, weight)})" for weight, each in systems[:_HEAVIEST]])
    light, last = systems[-1]
    return (
        f"The systems that weigh most are {heavy}; {last.name.lower()} weighs least ({_weight(last.code, light)}). A "
        "weight says how far apart cities and years lie, not what matters."
    )


def _weight(code: str, weight: float) -> str:
    return fact(percent(100 * weight, 0), "weights", "systems", code, times=100)


def missing(result: ResilienceResult) -> str:
    """Say which indicators cannot be had; empty where all can."""
    indicators = result.assessment.indicators
    if not indicators.missing:
        return ""
    named = [each.name.lower() for each in indicators.missing]
    said = listing(named) if len(named) <= _MANY else f"{', '.join(named[:_MANY])} and {len(named) - _MANY} more"
    return (
        f"{len(indicators.missing)} of {len(indicators.indicators)} indicators cannot be had: {said}; the others of "
        "their system share their weight."
    )


def city(result: ResilienceResult, name: str) -> str:
    """Say where one city stood, and from where to where it went."""
    base = result.assessment
    row, n = base.cities.index(name), len(base.cities)
    place = base.order.index(name) + 1
    first, last = (fact(fixed(base.index[row, t], 2), "index", name, t) for t in (0, len(base.years) - 1))
    led = int((base.ranks[row] == 1).sum())
    leads = f"led in {count(led, 'year')} of {len(base.years)}" if led else "led in no year"
    return (
        f"Place {place} of {n} in the mean; from {first} in {int(base.years[0])} to {last} in {int(base.years[-1])}; "
        f"{leads}.{_later(result, name)}"
    )


def _later(result: ResilienceResult, name: str) -> str:
    """Give the forecast of a city, with its band."""
    ahead = result.outlook
    if ahead is None:
        return ""
    each = next(each for each in ahead.cities if each.city == name)
    low, median, high = (
        fact(fixed(each.summary[k, 0], 2), "forecast", "cities", name, "summary", "index", k) for k in range(3)
    )
    return f" Forecast for {span(*ahead.summary_years)}: {median}, 90 % band {low} to {high}."


def ahead_of_what(result: ResilienceResult, ahead: Outlook) -> str:
    """Say what the forecast stands on."""
    modelled = [each.code for each in result.assessment.indicators.present if each.later == "model"]
    total = len(result.assessment.indicators.present)
    return (
        f"Only {len(modelled)} of {count(total, 'indicator')} ({listing(modelled)}) follow a model; the rest of the "
        f"forecast to {int(ahead.cities[0].band.years[-1])} is what was observed last, so that it says little of "
        "systems without one of these."
    )


def held_out(ahead: Outlook) -> str:
    """Say what the forecast was worth in the years held out; empty without any."""
    if ahead.held_out is None:
        return ""
    inside, n = (sum(each.covered[k] for each in ahead.cities) for k in (0, 1))
    tested, better = better_than_last(ahead)
    than = f", and the forecast errs less than the last value in {better} of {tested}" if tested else ""
    return f"In the held-out {span(*ahead.held_out)} the 90 % bands hold {inside} of {n} indices{than}."


def better_than_last(ahead: Outlook) -> tuple[int, int]:
    """Return how many cities were tested, and in how many of them the forecast errs less than the last value."""
    errors = [(each.error, each.last_error) for each in ahead.cities]
    tested = [(error[1, 0], last[0]) for error, last in errors if error is not None and last is not None]
    return len(tested), sum(bool(error < last) for error, last in tested)
