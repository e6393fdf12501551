"""The first screen of a panel."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from rcsd.report.drawing.save import Picture
from rcsd.report.front import RESERVATIONS, Front, Mark, Verdict
from rcsd.report.sections.panel import words
from rcsd.report.sections.panel.errors import class_figure, skill_figure
from rcsd.report.sections.panel.origins import duel_words, failure_points, mark_over
from rcsd.report.sections.panel.origins_figures import by_origin_figure, headline_figure
from rcsd.report.wording import count, listing
from rcsd.study.panel.result import PanelResult
from rcsd.study.panel.scoring.result import OriginsResult

_TOLD: tuple[Mark, ...] = ("better", "mixed", "worse")


def panel_front(result: PanelResult) -> Front:
    """Return what a reader sees first: how the model does in all cities, where it fails, what to hold against it."""
    origins = result.origins
    return Front(
        asked=words.asked(result),
        headline="" if origins is None else _headline(origins),
        verdicts=_one_origin(result) if origins is None else _many_origins(origins),
        notes=(
            "MASE: error of the median over the mean yearly change before the origin. CRPS: error of the whole "
            "forecast distribution, of logarithms, about per cent. Lower is better; a 90 % interval should hold nine "
            "in ten."
            if origins is not None
            else "Errors are mean absolute percentage errors of the held-out years; better: than the best of all "
            "rules in more than half of the cities.",
        ),
        drawings=_drawings(result),
        failed=tuple(_failed(result)) or ("Nothing that was checked: every city could be fitted.",),
        reservations=tuple(_reservations(result))[:RESERVATIONS],
        repeat=_repeat(result),
    )


def _drawings(result: PanelResult) -> tuple[Picture, ...]:
    if result.origins is not None:
        return headline_figure(result.origins), by_origin_figure(result.origins)
    run, first = result.stated, result.info.headline
    known = [score for score in run.scores if (score.series, score.drivers) == (first, run.drivers)]
    medians = {each.kind: each.median for each in run.classes if (each.series, each.drivers) == (first, run.drivers)}
    variable = result.info.series[first]
    return class_figure(known, medians, variable), skill_figure(known, variable)


def _one_origin(result: PanelResult) -> tuple[Verdict, ...]:
    return tuple(
        Verdict(result.info.series[series], words.one_origin(result, series), words.mark_of(result, series))
        for series in words.scored_series(result)
    )


def _many_origins(origins: OriginsResult) -> tuple[Verdict, ...]:
    """Give a verdict a series over the first group of origins, and of the one that is shown first over all groups."""
    first, found = origins.weights.series, []
    for series in (first, *(each for each in origins.series if each != first)):
        groups = origins.plan.groups if series == first else origins.plan.groups[:1]
        said = [duel_words(origins, series, group, horizon) for group in groups for horizon in group.horizons]
        if any(said):
            found.append(Verdict(origins.series[series], " ".join(filter(None, said)), mark_over(origins, series)))
    return tuple(found)


def _headline(origins: OriginsResult) -> str:
    """Sum the verdicts up; empty where nothing was scored."""
    by_mark: dict[Mark, list[str]] = {}
    for series, variable in origins.series.items():
        by_mark.setdefault(mark_over(origins, series), []).append(variable)
    parts = [f"{mark} for {listing(by_mark[mark])}" for mark in _TOLD if mark in by_mark]
    return f"Against its rule of reference the model’s forecast is {listing(parts)}." if parts else ""


def _failed(result: PanelResult) -> Iterator[str]:
    if result.origins is not None:
        yield from failure_points(result.origins)
    missing = 0 if result.origins is None else len(result.origins.missing)
    if missing:
        yield f"{count(missing, 'forecast')} could not be made; the table of all forecasts has the reasons."
    failures = result.stated.failures
    if failures:
        yield f"{count(len(failures), 'city', 'cities')} could not be fitted; the reasons stand below the cities."


def _reservations(result: PanelResult) -> Iterator[str]:
    n = len(result.stated.cities)
    if n > 1:
        yield (
            f"{n} cities are fewer than {n} tests: they share the nation's years and its prices, so that their "
            "forecasts go wrong together."
        )
    yield (
        "No estimate uses later data, but the structure of the model and its stated priors were drawn by people who "
        "knew the years that are forecast."
    )
    if result.info.assumed:
        names = list(result.info.assumed)
        more = "" if len(names) <= RESERVATIONS else f" and {len(names) - RESERVATIONS} more"
        said = listing(names) if not more else f"{', '.join(names[:RESERVATIONS])}{more}"
        yield f"Assumed by a rule, not taken from the cities' own statistics: {said}."
    yield "The best of all rules is known only afterwards, which favours it; the rule of reference was chosen before."


def _repeat(result: PanelResult) -> str:
    """Write the command; a table of rcsd's own goes without its name."""
    words = ["rcsd", "panel", result.info.table, "--study", result.info.study_file]
    if result.origins is not None:
        plan = result.origins.plan
        words += ["--origins", ",".join(map(str, plan.origins)), "--horizon", str(plan.horizon)]
    words += [] if result.ablations is None else ["--ablate", result.ablations.file]
    words += [] if result.shrunk is None else ["--shrinkage"]
    return shlex.join(words)
