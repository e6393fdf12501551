"""What a study asks, for a reader who has never seen one."""

from __future__ import annotations

from rcsd.report.sections.holdout.tables import knowledge_of
from rcsd.report.spoken import span, spoken
from rcsd.report.wording import capital, count, listing, plain
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS

_MANY = 5
"""Series from which on a sentence counts them."""


def asked(result: StudyResult) -> str:
    """Say what was fitted to what, and what was held back for a test."""
    targets = result[BACKTEST].targets
    names = [target.variable for target in targets]
    series = listing(names) if len(names) <= _MANY else count(len(names), "series", "series")
    fitted = count(len(result[PARAMETERS].parameters), "parameter")
    values = count(result[CALIBRATE].fit.n_residuals, "observed value")
    window = spoken().window(span(*result.info.fit_window))
    told = f"{fitted} {'was' if fitted.startswith('1 ') else 'were'} fitted to {values} of {window}."
    model = f"the simulation model “{result.model.name}”"
    if result.info.holdout_window is None:
        return f"Can {model} reproduce {series}? {capital(told)} Nothing was held back to test a forecast."
    held = spoken().window(span(*result.info.holdout_window))
    first, last = result.info.holdout_window
    verb = "was" if first == last else "were"
    return (
        f"Can {model} forecast {series}? {capital(told)} {capital(held)} {verb} held back: forecast from what was "
        f"known before, then compared with what came, and with simple methods that need no model.{_drivers(result)}"
    )


def _drivers(result: StudyResult) -> str:
    """Say what the forecasts knew of what drives the model from outside."""
    found = result[BACKTEST]
    shown = knowledge_of(found.targets)
    if not result.drivers or not shown:
        return ""
    names = capital(listing([plain(driver.name) for driver in result.drivers]))
    one = len(result.drivers) == 1
    of = f"{names}, which {'drives' if one else 'drive'} the model from outside, {'was' if one else 'were'}"
    return {
        "forecast": f" {of} forecast too.",
        "known": f" {of} given as it came to be, which nobody knew then."
        if one
        else f" {of} given as they came to be, which nobody knew then.",
        "frozen": f" {of} held at the last known value.",
    }[shown[0]]
