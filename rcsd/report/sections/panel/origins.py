"""The part of a panel's page on forecasts from many origins: what holds, and what fails."""

import math

from rcsd.report.fact import fact
from rcsd.report.front import Mark
from rcsd.report.page import Section
from rcsd.report.sections.panel.ablation import ablation_by_origin_table, ablation_figure, ablation_table
from rcsd.report.sections.panel.origins_figures import (
    coverage_figure,
    pit_figure,
    weights_figure,
)
from rcsd.report.sections.panel.origins_tables import (
    ahead,
    calibration_table,
    headline_table,
    knowledge_table,
    missing_table,
    origins_table,
    score_table,
    share,
    structures_table,
    tests_table,
)
from rcsd.report.wording import count, fixed, listing, percent
from rcsd.study.panel.ablation.result import AblationResult
from rcsd.study.panel.origins.plan import Group
from rcsd.study.panel.scoring.result import AVERAGE, OriginsResult
from rcsd.study.panel.scoring.tables import Score


def headline_section(result: OriginsResult) -> Section:
    """Show how the model does beside the rule that it must beat."""
    first = result.weights.series
    return Section(
        "headline",
        f"{result.series[first]}: the model against the {_title(result, result.reference[first])}",
        points=headline_points(result),
        tables=(headline_table(result), origins_table(result)),
    )


def headline_points(result: OriginsResult) -> tuple[str, ...]:
    """Say how the model does beside the rule of reference, in every group."""
    first = result.weights.series
    spans = [(group, horizon) for group in result.plan.groups for horizon in group.horizons]
    return tuple(said for group, horizon in spans if (said := duel_words(result, first, group, horizon)))


def duel_words(result: OriginsResult, series: str, group: Group, horizon: int) -> str:
    """Hold the model against the rule of reference over a group of origins; empty where nothing is scored."""
    rule = result.reference[series]
    ours, other = (result.score(name, series, group.name, horizon) for name in (AVERAGE, rule))
    if ours is None or other is None or not ours.n:
        return ""
    key = (rule, series, group.name, horizon)
    duel = next((d for d in result.duels if (d.rule, d.series, d.group, d.horizon) == key), None)
    verb = "errs less than" if ours.mase < other.mase else "errs more than"
    wins = "" if duel is None else f"; it errs less in {share(duel.wins)} of the city-origins"
    mase, rival = (_fact(result, each, "mase", fixed(each.mase, 3)) for each in (ours, other))
    crps, of_rule = (_fact(result, each, "crps", percent(each.crps)) for each in (ours, other))
    held = _fact(result, ours, "coverage", share(ours.coverage), times=100)
    return (
        f"Origins {group.title}, {ahead(horizon)} ahead: the model {verb} the {_title(result, rule)}, MASE {mase} "
        f"against {rival}, CRPS {crps} against {of_rule}{wins}. Its 90 % intervals hold {held} of "
        f"{count(ours.n, 'cell')}."
    )


def mark_over(result: OriginsResult, series: str) -> Mark:
    """Hold the model against the rule of reference over every group and horizon."""
    rule, marks = result.reference[series], set()
    for group in result.plan.groups:
        for horizon in group.horizons:
            ours, other = (result.score(name, series, group.name, horizon) for name in (AVERAGE, rule))
            if ours is not None and other is not None and ours.n:
                marks.add(ours.mase < other.mase)
    if not marks:
        return "unknown"
    return "mixed" if len(marks) > 1 else "better" if marks == {True} else "worse"


def _fact(result: OriginsResult, score: Score, what: str, text: str, times: float = 1) -> str:
    at = next(i for i, each in enumerate(result.scores) if each is score)
    return fact(text, "origins", "scores", at, what, times=times)


def failure_points(result: OriginsResult) -> tuple[str, ...]:
    """Say where the model loses, and to whom."""
    first, group = result.weights.series, result.plan.groups[0]
    rule, horizon = result.reference[first], group.horizons[0]
    scores = {(s.forecaster, s.origin): s for s in result.by_origin if (s.series, s.horizon) == (first, horizon)}
    scored = [origin for origin in result.plan.origins if scores[AVERAGE, origin].n]
    if not scored:
        return ("Nothing that was forecast has come yet: no forecast can be scored.",)
    lost = [str(origin) for origin in scored if scores[AVERAGE, origin].mase > scores[rule, origin].mase]
    worst = max((scores[AVERAGE, origin] for origin in scored), key=lambda s: abs(s.bias))
    points = [
        f"Where it fails: from {listing(lost)} the {_title(result, rule)} errs less, {ahead(horizon)} ahead."
        if lost
        else f"From no origin does the {_title(result, rule)} err less, {ahead(horizon)} ahead.",
        f"Its forecasts are furthest off on average from {worst.origin}: {_bias(worst.bias)}; the "
        f"{_title(result, rule)} is {_bias(scores[rule, worst.origin].bias)} there.",
    ]
    better = [_title(result, name) for name in _better_rules(result)]
    if better:
        points.append(f"Rules with a lower MASE over some group of origins: {listing(better)}.")
    return tuple(points)


def _bias(value: float) -> str:
    """Write a mean log error in words."""
    return f"{percent(abs(value), 1)} too {'high' if value > 0 else 'low'}"


def _better_rules(result: OriginsResult) -> list[str]:
    """Name the rules that err less than the model over a group, at some horizon."""
    first = result.weights.series
    spans = [(group.name, horizon) for group in result.plan.groups for horizon in group.horizons]
    found = []
    for rule in result.of_kind("rule"):
        pairs = [(result.score(rule.name, first, *span), result.score(AVERAGE, first, *span)) for span in spans]
        if any(other and ours and ours.n and other.mase < ours.mase for other, ours in pairs):
            found.append(rule.name)
    return found


def _title(result: OriginsResult, name: str) -> str:
    return next(each.title for each in result.forecasters if each.name == name)


def worth_words(result: AblationResult, origins: OriginsResult) -> str:
    """Say which parts of the model earn their place, and which do not."""
    group = origins.plan.groups[0]
    scores = {s.part: s for s in result.scores if (s.group, s.horizon) == (group.name, group.horizons[0])}
    ordered = sorted(result.parts, key=lambda part: -scores[part.name].mase_lost)
    helping = [part for part in ordered if scores[part.name].mase_lost > _error(scores[part.name].mase_error)]
    idle = [part for part in ordered if part not in helping]
    found = []
    if helping:
        named = listing([f"{part.title} ({scores[part.name].mase_lost:+.3f})" for part in helping])
        found.append(
            f"Left out, these make the forecast of {result.variable} worse by more than two standard errors: {named}."
        )
    if idle:
        named = listing([f"{part.title} ({scores[part.name].mase_lost:+.3f})" for part in idle])
        less = "These" if helping else "Left out, these"
        found.append(f"{less} change it by less than two standard errors, or for the better: {named}.")
    return " ".join(found)


def worth_section(result: AblationResult, origins: OriginsResult) -> Section:
    """Show what each part of the model is worth."""
    group = origins.plan.groups[0]
    return Section(
        "parts",
        "What each part of the model is worth",
        paragraphs=(
            f"The structure “{result.whole}” is fitted and forecast anew without one part at a time ({result.file}), "
            "from the same origins and with the same random numbers. In brackets: how much larger the MASE is without "
            f"it, origins {group.title}, {ahead(group.horizons[0])} ahead.",
        ),
        drawings=(ablation_figure(result, origins.plan),),
        tables=(ablation_table(result, origins.plan), ablation_by_origin_table(result, origins.plan)),
    )


def _error(error: float) -> float:
    """Two standard errors; none can be told from one origin."""
    return 2 * error if math.isfinite(error) else float("inf")


def structures_section(result: OriginsResult) -> Section:
    """Show the settings of the model that no data determine, and how they are weighed."""
    return Section(
        "structures",
        "Structures and their weights",
        paragraphs=(
            "What no data determine is carried as several settings of one model. Each is fitted and forecasts "
            "alone; the model's forecast is the average of their distributions, but for those that are there for "
            "comparison (weight 0). A weight is the exponential of the mean log scores, summed over the earlier "
            f"origins of which something is known, times {result.weights.temper:g}: an origin counts as one "
            "observation, since its forecasts share the shocks of the nation and of the coal price. Weights of an "
            "origin are learned over all cities from forecasts whose year had come by then; they are equal before.",
        ),
        drawings=(weights_figure(result),) if len(result.weights.structures) > 1 else (),
        tables=(structures_table(result), knowledge_table(result)),
    )


def intervals_section(result: OriginsResult) -> Section:
    """Show whether the intervals hold what they promise."""
    return Section(
        "intervals",
        "Coverage and histograms",
        drawings=(coverage_figure(result), pit_figure(result)),
        tables=(calibration_table(result),),
    )


def scores_section(result: OriginsResult) -> Section:
    """Show every forecast of every series."""
    return Section(
        "scores",
        "Every forecast, every series",
        tables=(
            *(
                score_table(result, series, group, horizon)
                for series in result.series
                for group in result.plan.groups
                for horizon in group.horizons
            ),
            tests_table(result),
            missing_table(result),
        ),
    )
