"""The first screen of a resilience assessment."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.papers.resilience import words
from rcsd.papers.resilience.figures import forecast_figure, ranking_figure
from rcsd.papers.resilience.studies import ResilienceResult
from rcsd.report.front import RESERVATIONS, Front, Verdict
from rcsd.report.wording import count, listing

_SURE = 0.9
"""Share of the weights from which a city's rank does not depend on them."""


def resilience_front(result: ResilienceResult) -> Front:
    """Return what a reader sees first: the order of the cities, what it depends on, and what comes of it."""
    base, ahead = result.assessment, result.outlook
    return Front(
        asked=words.asked(result),
        headline=words.order(result),
        verdicts=tuple(Verdict(base.indicators.cities[city], words.city(result, city)) for city in base.order),
        notes=(_note(result),),
        drawings=(ranking_figure(base) if ahead is None else forecast_figure(base, ahead),),
        failed=tuple(_failed(result)) or ("Nothing that was checked: every city has an index in every year.",),
        reservations=tuple(_reservations(result))[:RESERVATIONS],
        repeat=_repeat(result),
    )


def _note(result: ResilienceResult) -> str:
    """Say what the index is a mean of."""
    if result.assessment.scheme.weights == "entropy":
        return "The index is a weighted mean of scores; what lies further apart in the data weighs more (entropy)."
    return "The index is a mean of scores that all weigh the same."


def _failed(result: ResilienceResult) -> Iterator[str]:
    """Name indicators without data, cities whose runs failed, and bands that did not hold."""
    said = words.missing(result)
    if said:
        yield said
    base, ahead = result.assessment, result.outlook
    if base.constant:
        yield f"No weight for {listing([each.name.lower() for each in base.constant])}: the same everywhere."
    if ahead is not None:
        tested, better = words.better_than_last(ahead)
        if 2 * better < tested:
            yield f"The forecast of the held-out years errs less than the last value in {better} of {tested} cities."
    failed = 0 if ahead is None else sum(each.band.n_failed for each in ahead.cities)
    if failed:
        yield f"{count(failed, 'draw')} of the forecast failed and count for nothing."


def _reservations(result: ResilienceResult) -> Iterator[str]:
    ahead = result.outlook
    if ahead is not None:
        yield words.ahead_of_what(result, ahead)
    yield _depends(result)
    yield (
        "The index is relative: a city can rise because another fell, and no number of it says how much resilience is "
        "enough."
    )
    yield "A weight says how far apart cities and years lie, not what matters."


def _depends(result: ResilienceResult) -> str:
    """Say for which cities the rank depends on the weights."""
    base = result.assessment
    best = result.acceptability.shares.max(axis=1)
    loose = [base.indicators.cities[city] for city, share in zip(base.cities, best, strict=True) if share < _SURE]
    if not loose:
        return "With nine in ten of all possible weights every city keeps one rank."
    return f"The rank of {listing(loose)} depends on the weights: none holds for nine in ten of all possible ones."


def _repeat(result: ResilienceResult) -> str:
    """Write the command; what is not said is as it is without options."""
    scheme = result.assessment.scheme
    options = {
        "normalisation": (scheme.normalisation, "min-max"),
        "weights": (scheme.weights, "entropy"),
        "group": (scheme.group, "pool"),
        "systems": (scheme.systems, "sum"),
    }
    said = "".join(f" --{name} {value}" for name, (value, usual) in options.items() if value != usual)
    ahead = result.outlook
    quick = " --quick" if ahead is not None and ahead.approximate else ""
    clip = " --clip" if ahead is not None and ahead.clipped else ""
    return f"rcsd resilience{said}{' --forecast' if ahead is not None else ''}{clip}{quick}"
