"""What a panel of cities found, in sentences."""

from __future__ import annotations

from rcsd.report.fact import fact
from rcsd.report.front import Mark
from rcsd.report.sections.panel.origins_tables import ahead, share
from rcsd.report.wording import BASELINE_LABELS, TABLE_RULES, count, listing, percent, plain, span
from rcsd.study.panel.result import PanelResult, PanelRun
from rcsd.study.panel.scores import ALL, ClassScore
from rcsd.study.panel.scoring.result import OriginsResult

_EVEN = 0.5


def asked(result: PanelResult) -> str:
    """Say which model was fitted where, by which rule, and what was held back."""
    info, run, origins = result.info, result.stated, result.origins
    names = listing(list(info.series.values()))
    held = (
        f"to {span(*info.fit_window)}, and {span(*info.holdout)} held back"
        if origins is None
        else f"after each of {count(len(origins.plan.origins), 'year')} from {origins.plan.origins[0]} to "
        f"{origins.plan.origins[-1]}, to nothing later, and made to forecast up to "
        f"{count(origins.plan.horizon, 'year')} ahead"
    )
    return (
        f"Can one simulation model (“{info.model}”) forecast {names} of {count(len(run.cities), 'city', 'cities')}? "
        f"{count(len(info.parameters), 'parameter')} of it {'was' if len(info.parameters) == 1 else 'were'} fitted in "
        f"each city {held}, with the same bounds, priors and rules: nothing was set for one city."
    )


def whole(run: PanelRun, series: str) -> ClassScore:
    """Score of a series over all cities, with what a forecaster knows of the drivers."""
    return next(c for c in run.classes if (c.kind, c.series, c.drivers) == (ALL, series, run.drivers))


def scored_series(result: PanelResult) -> list[str]:
    """List the series with held-out errors, the one that is shown first at the head."""
    info, run = result.info, result.stated
    first = info.headline
    return [first, *(s for s in info.series if s != first and any(c.series == s for c in run.classes))]


def one_origin(result: PanelResult, series: str) -> str:
    """Say in how many cities a series is forecast better than by each rule, from one origin."""
    score = whole(result.stated, series)
    rules = listing([f"{BASELINE_LABELS[name]} in {share(score.beaten[name])}" for name in TABLE_RULES])
    median = _told(result, score, "median", percent(score.median, 1))
    return (
        f"From {result.info.fit_window[1]} the median error is {median}; the model beats the {rules} of "
        f"{count(score.n, 'city', 'cities')}, and the best of all rules, known only "
        f"afterwards, in {_share(result, score, 'beaten_best')}. Its 90 % interval holds "
        f"{_share(result, score, 'coverage')} of the held-out cells."
    )


def mark_of(result: PanelResult, series: str) -> Mark:
    """Hold the model against the best of all rules over the cities: better where it beats it in more than half."""
    beaten = whole(result.stated, series).beaten_best
    return "better" if beaten > _EVEN else "worse"


def _told(result: PanelResult, score: ClassScore, what: str, text: str, times: float = 1) -> str:
    at = next(i for i, each in enumerate(result.stated.classes) if each is score)
    return fact(text, "stated", "classes", at, what, times=times)


def _share(result: PanelResult, score: ClassScore, what: str) -> str:
    return _told(result, score, what, share(getattr(score, what)), times=100)


def knowledge(result: PanelResult, series: str) -> str:
    """Say what other knowledge of the drivers would change; empty where there is none."""
    run = result.stated
    found = {c.drivers: c.median for c in run.classes if (c.kind, c.series) == (ALL, series)}
    others = [state for state in ("known", "frozen") if state in found and state != run.drivers]
    if not others:
        return ""
    words = {"known": "known as they were", "frozen": f"at their values of {result.info.fit_window[1]}"}
    medians = listing([f"{percent(found[state], 1)} with them {words[state]}" for state in others])
    drivers = listing([plain(name) for name in result.info.drivers])
    how = "forecast from what was known" if run.drivers == "forecast" else "known as they were"
    return f"Drivers ({drivers}) are {how}. The median error of {result.info.series[series]} is {medians}."


def shrinkage(result: PanelResult, series: str) -> str:
    """Say what shrinkage does; empty where it was not asked for."""
    found = [each for each in result.comparison if (each.series, each.drivers) == (series, result.stated.drivers)]
    if not found:
        return ""
    each = found[0]
    return (
        f"With priors that the cities themselves suggest (shrinkage) the median error of "
        f"{result.info.series[series]} goes from {percent(each.median[0], 1)} to {percent(each.median[1], 1)}, the "
        f"mean from {percent(each.mean[0], 1)} to {percent(each.mean[1], 1)}; {share(each.better)} of the cities are "
        "forecast better."
    )


def classes(result: PanelResult) -> str:
    """Say which parameters differ between the classes of cities."""
    found = [each.parameter for each in result.differences if each.found]
    n = len(result.differences)
    if not found:
        return f"Of {count(n, 'parameter')}, none is told apart between the classes."
    verb = "differs" if len(found) == 1 else "differ"
    return f"{len(found)} of {count(n, 'parameter')} {verb} between the classes: {listing(found)}."


def bands(origins: OriginsResult) -> str:
    """Say how many cells the 90 % intervals hold, as forecast and after scaling, for every series."""
    group = origins.plan.groups[0]
    horizon = group.horizons[0]
    parts = []
    for i, each in enumerate(origins.calibrations):
        if (each.group, each.horizon) == (group.name, horizon) and each.before.n:
            before, after = (
                fact(share(shown.share), "origins", "calibration", i, name, "share", times=100)
                for name, shown in (("before", each.before), ("after", each.after))
            )
            parts.append(f"{origins.series[each.series]} {before} ({after} after scaling)")
    if not parts:
        return "No interval could be scored."
    return (
        f"Of the cells {ahead(horizon)} ahead of origins {group.title} the 90 % intervals hold, of {listing(parts)}. "
        "Scaling learns the widths from earlier origins alone."
    )


def structures(origins: OriginsResult) -> str:
    """Say which settings are averaged, and which weighs most in the end."""
    weights = dict(zip(origins.weights.structures, origins.weights.weights, strict=True))
    titles = {each.name: each.title for each in origins.forecasters}
    heaviest = max(weights, key=lambda name: float(weights[name][-1]))
    return (
        f"{count(len(weights), 'setting')} of what no data determine {'is' if len(weights) == 1 else 'are'} carried "
        f"side by side and averaged; at the last origin “{titles[heaviest]}” weighs most "
        f"({share(float(weights[heaviest][-1]))})."
    )
