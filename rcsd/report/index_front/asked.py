"""What several studies ask together, for a reader who has never seen one."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.report.sections.holdout.tables import knowledge_of
from rcsd.report.spoken import span, spoken
from rcsd.report.wording import capital, count, listing, places, plain
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.written.standing import Standing

_MANY = 6
"""Things from which on a sentence counts them."""


def asked(results: Sequence[StudyResult], series: Sequence[Standing]) -> str:
    """Say which models were fitted to what, and what was held back for a test."""
    models = dict.fromkeys(result.model.name for result in results)
    titles = [result.info.title for result in results]
    unit, units = spoken().words.unit, spoken().words.units
    where = places(titles) if len(titles) < _MANY else count(len(titles), unit, units)
    names = listing([each.variable for each in series]) if len(series) < _MANY else f"{len(series)} series"
    held = any(result.info.holdout_window is not None for result in results)
    verb = "forecast" if held else "reproduce"
    alone = len(results) == 1
    model = (
        f"the simulation model “{next(iter(models))}”"
        if alone
        else f"one simulation model (“{next(iter(models))}”), fitted anew to each of {where},"
        if len(models) == 1
        else f"the simulation models of {where}"
    )
    return f"Can {model} {verb} {names}? {_windows(results)}{_drivers(results)}"


def _windows(results: Sequence[StudyResult]) -> str:
    """Say which years were fitted and which were held out, where all studies have the same."""
    fits = {result.info.fit_window for result in results}
    helds = {result.info.holdout_window for result in results}
    if len(fits) > 1 or len(helds) > 1:
        return f"Which {spoken().words.periods} were fitted, and which held out, stands in each report."
    first, last = fits.pop()
    fitted = f"{capital(spoken().window(span(first, last)))} {'was' if first == last else 'were'} fitted"
    held = helds.pop()
    if held is None:
        return f"{fitted}; nothing was held back to test a forecast."
    return (
        f"{fitted}; {spoken().window(span(*held))} {'was' if held[0] == held[1] else 'were'} held back: forecast from "
        "what was known before, then compared with what came, and with simple methods that need no model."
    )


def _drivers(results: Sequence[StudyResult]) -> str:
    """Say what the forecasts knew of what drives the models from outside."""
    shown = knowledge_of([target for result in results for target in result[BACKTEST].targets])
    names = list(dict.fromkeys(plain(driver.name) for result in results for driver in result.drivers))
    if not names or not shown:
        return ""
    of = f" {capital(listing(names))}, from outside the {'model' if len(results) == 1 else 'models'},"
    verb = "was" if len(names) == 1 else "were"
    known = {
        "forecast": "forecast too",
        "known": "given as known today, which nobody knew then",
        "frozen": "held at the last known value",
    }
    return f"{of} {verb} {known[shown[0]]}."
