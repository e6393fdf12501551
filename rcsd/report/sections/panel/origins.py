"""The part of a panel's page on forecasts from many origins: what holds, and what fails."""

import math

from rcsd.report.page import Section
from rcsd.report.sections.panel.ablation import ablation_by_origin_table, ablation_figure, ablation_table
from rcsd.report.sections.panel.origins_figures import (
    by_origin_figure,
    coverage_figure,
    headline_figure,
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
from rcsd.study.panel.scoring.result import AVERAGE, OriginsResult


def headline_section(result: OriginsResult) -> Section:
    """Say first how the model does beside the rule that it must beat."""
    first = result.weights.series
    return Section(
        "headline",
        f"{result.series[first]}: the model against the {_title(result, result.reference[first])}",
        points=(*headline_points(result), *failure_points(result)),
        drawings=(headline_figure(result), by_origin_figure(result)),
        tables=(headline_table(result), origins_table(result)),
    )


def headline_points(result: OriginsResult) -> tuple[str, ...]:
    """Say how the model does beside the rule of reference, in every group."""
    first = result.weights.series
    rule = result.reference[first]
    found = []
    for group in result.plan.groups:
        for horizon in group.horizons:
            ours, other = (result.score(name, first, group.name, horizon) for name in (AVERAGE, rule))
            if ours is None or other is None or not ours.n:
                continue
            duel = next(
                d for d in result.duels
                if (d.rule, d.series, d.group, d.horizon) == (rule, first, group.name, horizon)
            )  # fmt: skip
            verb = "errs less than" if ours.mase < other.mase else "errs more than"
            found.append(
                f"Origins {group.title}, {ahead(horizon)} ahead: the model {verb} the {_title(result, rule)}, MASE "
                f"{fixed(ours.mase, 3)} against {fixed(other.mase, 3)}, CRPS {percent(ours.crps)} against "
                f"{percent(other.crps)}; it errs less in {share(duel.wins)} of the city-origins. Its 90 % intervals "
                f"hold {share(ours.coverage)} of {count(ours.n, 'cell')}."
            )
    return tuple(found)


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


def worth_section(result: AblationResult, origins: OriginsResult) -> Section:
    """Say what each part of the model is worth."""
    group = origins.plan.groups[0]
    scores = {s.part: s for s in result.scores if (s.group, s.horizon) == (group.name, group.horizons[0])}
    ordered = sorted(result.parts, key=lambda part: -scores[part.name].mase_lost)
    helping = [part for part in ordered if scores[part.name].mase_lost > _error(scores[part.name].mase_error)]
    idle = [part for part in ordered if part not in helping]
    points = []
    if helping:
        named = listing([f"{part.title} ({scores[part.name].mase_lost:+.3f})" for part in helping])
        points.append(
            f"These changes make the forecast of {result.variable} worse by more than two standard errors: {named}."
        )
    if idle:
        named = listing([f"{part.title} ({scores[part.name].mase_lost:+.3f})" for part in idle])
        points.append(f"These change it by less than that, or for the better: {named}.")
    return Section(
        "parts",
        "What each part of the model is worth",
        paragraphs=(
            f"The structure “{result.whole}” is fitted and forecast anew without one part at a time ({result.file}), "
            "from the same origins and with the same random numbers. In brackets: how much larger the MASE is without "
            f"it, origins {group.title}, {ahead(group.horizons[0])} ahead.",
        ),
        points=tuple(points),
        drawings=(ablation_figure(result, origins.plan),),
        tables=(ablation_table(result, origins.plan), ablation_by_origin_table(result, origins.plan)),
    )


def _error(error: float) -> float:
    """Two standard errors; none can be told from one origin."""
    return 2 * error if math.isfinite(error) else float("inf")


def detail_sections(result: OriginsResult) -> list[Section]:
    """Show structures, intervals and all scores."""
    found = [
        Section(
            "structures",
            "Structures and their weights",
            paragraphs=(
                "What no data determine is carried as several settings of one model. Each is fitted and forecasts "
                "alone; the model's forecast is the average of their distributions, but for those that are there for "
                "comparison (weight 0). A weight is the exponential of the mean log scores, summed over the earlier "
                f"origins of which something is known, times {result.weights.temper:g}: an origin counts as one "
                "observation, since its forecasts share the shocks of the nation and of the coal price.",
            ),
            drawings=(weights_figure(result),) if len(result.weights.structures) > 1 else (),
            tables=(structures_table(result), knowledge_table(result)),
        ),
        Section(
            "intervals",
            "Do the intervals hold what they promise?",
            drawings=(coverage_figure(result), pit_figure(result)),
            tables=(calibration_table(result),),
        ),
        Section(
            "scores",
            "Every forecast, every series",
            tables=(
                *(score_table(result, series, group) for series in result.series for group in result.plan.groups),
                tests_table(result),
                missing_table(result),
            ),
        ),
    ]
    return found
