"""What a reader should hold against a study, the gravest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from rcsd.report.front import RESERVATIONS
from rcsd.report.question import FORECAST
from rcsd.report.sections.holdout.tables import knowledge_of
from rcsd.report.series_facts import fit_error
from rcsd.report.spoken import period, periods
from rcsd.report.wording import capital, count, listing, number, plain
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.profiles import PROFILES
from rcsd.study.steps.rolling import ROLLING

_FEW = 10
"""Held-out values of a series below which they rank no two forecasts."""
_NAMED = 3
_SUSPECT = 0.05
"""p of the test of Ljung and Box below which errors are not taken for independent."""
_DOUBTFUL = 0.2
"""Share of flagged cells from which on it is said on the first screen."""


def reservations(result: StudyResult) -> tuple[str, ...]:
    """Return the gravest of what speaks against a result."""
    return tuple(islice(_reservations(result), RESERVATIONS))


def _reservations(result: StudyResult) -> Iterator[str]:
    """Go through what may speak against a study, the gravest first."""
    targets = result[BACKTEST].targets
    yield from _untested(result)
    yield from _unfair(result, targets)
    if result.info.hindsight:
        yield result.info.hindsight.partition(". ")[0].rstrip(".") + "."
    yield from _assumed(result)
    yield from _few(result, targets)
    yield from _doubtful(targets)
    yield from _set(result)
    yield from _dependent(result)


def _untested(result: StudyResult) -> Iterator[str]:
    sampled = result.get(POSTERIOR)
    if result.info.holdout_window is None:
        yield "No forecast was tested: a model that follows the data it was fitted to need not foresee others."
    elif not any(target.holdout for target in result[BACKTEST].targets):
        yield f"No forecast was tested: none of the held-out {periods()} has a value that counts."
    if sampled is not None and sampled.faults:
        yield "The draws of the parameters have not converged, so every band that is made of them may be off."


def _unfair(result: StudyResult, targets: Sequence[TargetResult]) -> Iterator[str]:
    """Say that a forecast was told what nobody knew then."""
    shown = knowledge_of(targets)
    if result.drivers and shown and shown[0] == "known":
        names = listing([plain(driver.name) for driver in result.drivers])
        yield f"{capital(names)} came to the forecast as known today: nobody could have made it at the time."


def _assumed(result: StudyResult) -> Iterator[str]:
    """Count the parameters that assumptions carry."""
    known, parameters = result.get(PROFILES), result[PARAMETERS].parameters
    if known is None:
        return
    carried = [each.name for each in parameters if known.verdicts[each.name] in {"prior", "nothing"}]
    if carried:
        yield (
            f"{len(carried)} of {count(len(parameters), 'parameter')} {'is' if len(carried) == 1 else 'are'} not known "
            f"from the data but assumed: {_some(carried)}. What rests on them is no finding."
        )


def _some(names: Sequence[str]) -> str:
    """List a few names and count the rest."""
    few = len(names) <= _NAMED + 1
    return listing(names) if few else f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"


def _few(result: StudyResult, targets: Sequence[TargetResult]) -> Iterator[str]:
    tested = [target.holdout.statistics.n for target in targets if target.holdout is not None]
    if tested and min(tested) < _FEW:
        n, window = min(tested), result.info.holdout_window
        assert window is not None  # something was scored
        values = "one value" if n == 1 else f"{n} values"
        yield (
            f"Only {values} a series {'tests' if n == 1 else 'test'} the forecast: enough to catch a bad one, too few "
            f"to tell a good one from a lucky one.{_elsewhere(result)}"
        )


def _elsewhere(result: StudyResult) -> str:
    rolling = result.get(ROLLING)
    if rolling is None or not rolling.forecasts:
        return ""
    return f" Other starting {periods()} stand under “{FORECAST.heading}”."


def _doubtful(targets: Sequence[TargetResult]) -> Iterator[str]:
    """Name the series of which many cells are flagged."""
    doubtful = [
        target
        for target in targets
        if sum(bool(flags) and weight < 1 for flags, weight in zip(target.flags, target.weights, strict=True))
        >= _DOUBTFUL * len(target.flags)
    ]
    if doubtful:
        named = _some([f"{target.variable} (fit off by {fit_error(target, 1)})" for target in doubtful])
        yield f"Many observed values of {named} are doubtful and count for less, or not at all."


def _set(result: StudyResult) -> Iterator[str]:
    own = [constant for constant in result.constants if constant.origin == "study"]
    if own:
        named = _some([f"{each.name} ({number(each.value)} {each.unit})" for each in own])
        yield f"Set by the study, neither fitted nor taken from its data: {named}."


def _dependent(result: StudyResult) -> Iterator[str]:
    """Name the series whose errors still remember those before them."""
    known = result.get(PROFILES)
    names = {target.name: target.variable for target in result[BACKTEST].targets}
    found = [names[noise.series] for noise in (() if known is None else known.noise) if noise.after.p_value < _SUSPECT]
    if found:
        yield (
            f"What the model leaves unexplained of {_some(found)} goes on from one {period()} to the next, which no "
            "error model here explains: bands may be too narrow."
        )
