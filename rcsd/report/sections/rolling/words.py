"""The rolling backtest in sentences: where the model errs by less than the change of a period, and what it loses to."""

import math
from collections.abc import Mapping, Sequence

from rcsd.analysis.backtest.baselines import TWO_LINE
from rcsd.analysis.backtest.rolling import RollingScore
from rcsd.report.spoken import a_period, change, period, periods, span, spoken
from rcsd.report.wording import capital, count, fixed, listing, percent
from rcsd.study.findings.rolling_scores import GroupScore, group_scores, total_scores
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.rolling import ROLLING
from rcsd.study.written.cities_scores import CitiesScore


def _scaled() -> str:
    """Say what errors are measured in."""
    return (
        f"Errors are scaled by the mean {change()} of the series before the origin (MASE): below 1 a forecast errs by "
        f"less than {a_period()}'s change."
    )


def variables(result: StudyResult) -> dict[str, str]:
    """Name the model's variable of each series."""
    return {target.name: target.variable for target in result[BACKTEST].targets}


def rolling_reading(result: StudyResult) -> tuple[str, ...]:
    """Say where errors are below a period's change, which benchmark forecasts win, and how many cells were covered."""
    scores = group_scores(result.get(ROLLING), list(variables(result)))
    totals = total_scores([result.get(ROLLING)])
    found: list[str] = []
    for drivers, total in totals.items():
        group = [score for score in scores if score.drivers == drivers]
        if found:  # in full only what a forecaster has
            found.append(_in_short(drivers, group, total))
            continue
        found += [
            f"{spoken().with_knowledge('Model', drivers)}: {_below_one(group, variables(result))}",
            f"{_two_line(group, variables(result))}{_beaten(group, variables(result))}",
            covered(total) + _uncovered([(variables(result)[each.series], each.horizon, each.score) for each in group]),
        ]
    return tuple(capital(point) for point in found)


def _in_short(drivers: str, group: Sequence[GroupScore], total: RollingScore) -> str:
    """Sum up in a line what the same forecasts are worth with other knowledge of the drivers."""
    small, won = sum(each.score.mase < 1 for each in group), sum(each.beats_all for each in group)
    return (
        f"{spoken().with_knowledge('Model', drivers)}: MASE below 1 in {small} of {count(len(group), 'case')}, better "
        f"than every benchmark forecast in {won}; {percent(100 * total.coverage, 0)} of {total.n} cells inside the "
        "90 % intervals."
    )


def what(result: StudyResult) -> str:
    """Say from where forecasts were made, and how."""
    rolling = result.get(ROLLING)
    forecasts = () if rolling is None else rolling.forecasts
    origins = [each.origin for each in forecasts]
    ahead = max(each.horizon for each in forecasts)
    lost = {} if rolling is None else rolling.left_out
    years = span(min(origins), max(origins)) + (", but for those named below," if lost else "")
    missing = "".join(f" No forecast from {origin}: {reason}." for origin, reason in lost.items())
    return (
        f"After each {period()} of {years} the model was fitted to that {period()} and no later one, under the noise "
        f"of its own residuals, and forecast up to {count(ahead, period(), periods())} "
        f"ahead. {_scaled()}{missing}"
    )


def covered(score: RollingScore) -> str:
    """Say how many cells lay inside the intervals, and how many might."""
    low, high = (percent(100 * share, 0) for share in score.band)
    return (
        f"{percent(100 * score.coverage, 0)} of {score.n} cells lay inside the 90 % intervals (right and independent "
        f"ones would cover {low} to {high}, but neighbouring origins share {periods()})."
    )


def _uncovered(cases: Sequence[tuple[str, int, RollingScore]]) -> str:
    """List the cases whose intervals hold fewer cells than chance explains."""
    short = [(name, ahead, score) for name, ahead, score in cases if score.coverage < score.band[0]]
    parts = []
    for name in dict.fromkeys(name for name, _, _ in short):
        those = [(ahead, score) for each, ahead, score in short if each == name]
        years = listing([str(ahead) for ahead, _ in those])
        shares = listing([percent(100 * score.coverage, 0) for _, score in those])
        parts.append(f"{name} {years} {period() if years == '1' else periods()} ahead ({shares})")
    return (
        f" Fewer than chance explains lay inside for {'; '.join(parts)}: these intervals are too narrow."
        if parts
        else ""
    )


def _below_one(group: Sequence[GroupScore], names: Mapping[str, str]) -> str:
    """List the series and horizons with an error above the change of a period."""
    missed = [score for score in group if not score.score.mase < 1]
    if not missed:
        return f"MASE is below 1 in all {count(len(group), 'case')} of series and horizon."
    parts = []
    for series in dict.fromkeys(score.series for score in missed):
        those = [score for score in missed if score.series == series]
        errors = listing([fixed(score.score.mase, 2) for score in those])
        years = listing([str(score.horizon) for score in those])
        parts.append(f"{names[series]} {years} {period() if years == '1' else periods()} ahead ({errors})")
    won = len(group) - len(missed)
    return f"MASE is below 1 in {won} of {count(len(group), 'case')} of series and horizon, not for {'; '.join(parts)}."


def _two_line(group: Sequence[GroupScore], names: Mapping[str, str]) -> str:
    """Say where the two-line rule has the larger error; empty where it is not defined."""
    duels = [score for score in group if score.beats_two_line is not None]
    lost = [score for score in duels if not score.beats_two_line]
    if not duels:
        return ""
    if not lost:
        return f"it beats the two-line rule in all {count(len(duels), 'case')}, and "
    won = len(duels) - len(lost)
    return f"it beats the two-line rule in {won} of {count(len(duels), 'case')}, not for {_cases(lost, names)}; "


def _cases(group: Sequence[GroupScore], names: Mapping[str, str]) -> str:
    """List series with the years ahead."""
    parts = []
    for series in dict.fromkeys(score.series for score in group):
        years = listing([str(score.horizon) for score in group if score.series == series])
        parts.append(f"{names[series]} {years} {period() if years == '1' else periods()} ahead")
    return "; ".join(parts)


def _beaten(group: Sequence[GroupScore], names: Mapping[str, str]) -> str:
    """List the series for which some benchmark forecast has a smaller error."""
    lost = [score for score in group if not score.beats_all]
    if not lost:
        return f"it beats every benchmark forecast in all {count(len(group), 'case')}."
    won = len(group) - len(lost)
    return (
        f"it beats every benchmark forecast in {won} of {count(len(group), 'case')}; some benchmark forecast is "
        f"better for {_cases(lost, names)}."
    )


def cities_reading(results: Sequence[StudyResult], scores: Sequence[CitiesScore]) -> tuple[str, ...]:
    """Say the same over several studies, of what the scores know: medians, in how many, and pooled coverage."""
    found = []
    for drivers, total in total_scores([result.get(ROLLING) for result in results]).items():
        group = [score for score in scores if score.drivers == drivers]
        if not group:
            continue
        found += [
            _city_series(group, series, spoken().knowing(drivers)) for series in dict.fromkeys(s.series for s in group)
        ]
        found.append(
            f"{spoken().with_knowledge('Model', drivers)}, all series, horizons and {spoken().words.units}: "
            f"{covered(total)}" + _uncovered([(each.variable, each.horizon, each.pooled) for each in group])
        )
    return tuple(found)


def _city_series(group: Sequence[CitiesScore], series: str, label: str) -> str:
    shown = [score for score in group if score.series == series]
    errors = listing([fixed(score.median, 2) for score in shown])
    years = listing([str(score.horizon) for score in shown])
    above = [str(score.horizon) for score in shown if not score.median < 1]
    best = [f"{score.n_best} of {len(score.each)}" for score in shown]
    two_line = [f"{score.n_over_two_line} of {len(score.each)}" for score in shown]
    over = f"the two-line rule in {listing(two_line)} and " if math.isfinite(shown[0].baselines[TWO_LINE]) else ""
    verdict = "below 1 at every horizon" if not above else f"not below 1 at {listing(above)}"
    return (
        f"{shown[0].variable}{f' ({label})' if label else ''}: median MASE {errors} at {years} "
        f"{period() if years == '1' else periods()}, {verdict}; the model beats {over}every benchmark forecast in "
        f"{listing(best)} {spoken().words.units}."
    )
