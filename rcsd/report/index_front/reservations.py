"""What a reader should hold against several studies, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from rcsd.report.front import RESERVATIONS
from rcsd.report.spoken import periods, span, spoken
from rcsd.report.wording import count, listing, plain, short_names
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.profiles import PROFILES

_FEW = 10
"""Held-out values of a series below which they rank no two forecasts."""


def reservations(results: Sequence[StudyResult]) -> tuple[str, ...]:
    """Return the gravest of what speaks against the results."""
    return tuple(islice(_reservations(results), RESERVATIONS))


def _reservations(results: Sequence[StudyResult]) -> Iterator[str]:
    yield from _untested(results)
    yield from _not_independent(results)
    told = dict.fromkeys(result.info.hindsight.partition(". ")[0].rstrip(".") for result in results)
    yield from (f"With hindsight: {said[:1].lower()}{said[1:]}." for said in told if said)
    yield from _unconverged(results)
    yield from _few(results)
    yield from _assumed(results)


def _untested(results: Sequence[StudyResult]) -> Iterator[str]:
    names = short_names([result.info.title for result in results])
    without = [name for result, name in zip(results, names, strict=True)
               if not any(target.holdout for target in result[BACKTEST].targets)]  # fmt: skip
    if without:
        yield (
            f"No forecast was tested in {listing(without)}: a model that follows the data it was fitted to need not "
            "foresee others."
        )


def _not_independent(results: Sequence[StudyResult]) -> Iterator[str]:
    """Say what the tests of the studies share."""
    windows = {result.info.holdout_window for result in results}
    window = windows.pop() if len(windows) == 1 else None
    if window is None or len(results) == 1:
        return
    drivers = set.intersection(*({plain(driver.name) for driver in result.drivers} for result in results))
    also = f" and {listing(sorted(drivers))}" if drivers else ""
    n, units = len(results), spoken().words.units
    yield (
        f"The {n} {units} are fewer than {n} tests: they share the {periods()} {span(*window)}{also}, so that their "
        "forecasts go wrong together."
    )


def _unconverged(results: Sequence[StudyResult]) -> Iterator[str]:
    names = short_names([result.info.title for result in results])
    found = [name for result, name in zip(results, names, strict=True)
             if (sampled := result.get(POSTERIOR)) is not None and sampled.faults]  # fmt: skip
    if found:
        yield f"The draws of the parameters have not converged in {listing(found)}, so that the bands there may be off."


def _few(results: Sequence[StudyResult]) -> Iterator[str]:
    tested = [
        target.holdout.statistics.n for result in results for target in result[BACKTEST].targets if target.holdout
    ]
    if tested and min(tested) < _FEW:
        least, most = min(tested), max(tested)
        values = count(most, "value") if least == most else f"{least} to {most} values"
        yield (
            f"Only {values} test each forecast: enough to catch a bad one, too few to tell a good one from a lucky one."
        )


def _assumed(results: Sequence[StudyResult]) -> Iterator[str]:
    """Count the parameters that assumptions carry."""
    shares = []
    for result in results:
        known, parameters = result.get(PROFILES), result[PARAMETERS].parameters
        if known is not None:
            carried = sum(known.verdicts[each.name] in {"prior", "nothing"} for each in parameters)
            shares.append((carried, len(parameters)))
    if shares and max(shares)[0]:
        least, most = min(shares)[0], max(shares)[0]
        counted = str(most) if least == most else f"{least} to {most}"
        yield (
            f"{counted} of {count(max(n for _, n in shares), 'parameter')} are not known from the data but assumed: "
            "what rests on them is no finding."
        )
