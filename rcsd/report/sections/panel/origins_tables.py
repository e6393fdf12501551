"""The tables of a panel's forecasts from many origins."""

from collections.abc import Sequence

from rcsd.analysis.forecasting.comparison import Test
from rcsd.report.table import Cell, Column, Table, cells, numbers, words
from rcsd.report.wording import MISSING, NO_BREAK, capital, fixed, percent
from rcsd.study.panel.origins.plan import Group
from rcsd.study.panel.scoring.result import AVERAGE, OriginsResult
from rcsd.study.panel.scoring.tables import Score

HEADLINE_RULES = (
    *("two_line", "auto_arima", "auto_arima_log", "auto_ets", "auto_ets_log", "theta", "theta_log", "ets", "mean"),
)
"""Rules that a forecaster would ask for first."""

STATES = {"forecast": "forecast", "known": f"as{NO_BREAK}they{NO_BREAK}were", "frozen": "frozen"}
"""What a forecast knows of the drivers, in words."""

_FEW_P = 0.001


def share(value: float) -> str:
    """Write a share as a whole percentage."""
    return percent(100 * value, 0)


def ahead(horizon: int) -> str:
    """Write how far forecasts look."""
    return f"1\N{EN DASH}{horizon}{NO_BREAK}years" if horizon > 1 else f"1{NO_BREAK}year"


def headline_table(result: OriginsResult) -> Table:
    """Compare the model with the rules that matter, for the series that is shown first."""
    first = result.weights.series
    spans = [(group, horizon) for group in result.plan.groups for horizon in group.horizons]
    by_name = {each.name: each for each in result.forecasters}
    shown = [by_name[name] for name in (AVERAGE, *HEADLINE_RULES) if name in by_name]
    rows = []
    for each in shown:
        row = [Cell(capital(each.title))]
        for group, horizon in spans:
            ours = result.score(AVERAGE, first, group.name, horizon)
            score = result.score(each.name, first, group.name, horizon)
            for measure in ("mase", "crps"):
                value, model = (getattr(found, measure) if found else float("nan") for found in (score, ours))
                row.append(Cell(fixed(value, 3 if measure == "mase" else 2), "alert" if value < model else ""))
            row.append(Cell(MISSING if each.name == AVERAGE else share(_wins(result, each.name, group, horizon))))
        rows.append(tuple(row))
    return Table(
        caption=f"{result.series[first]}: the model against benchmark rules",
        columns=(
            *words("Forecast"),
            *(
                Column(f"{what}, {group.title}, {ahead(horizon)}")
                for group, horizon in spans
                for what in ("MASE", "CRPS %", "model errs less")
            ),
        ),
        rows=tuple(rows),
        note="Means over cities, origins and years ahead; lower is better. MASE: error of the median over the mean "
        "yearly change before the origin. CRPS: of logarithms, about per cent. Model errs less: share of the "
        "city-origins. Red: the rule is better than the model.",
    )


def _wins(result: OriginsResult, rule: str, group: Group, horizon: int) -> float:
    key = (rule, result.weights.series, group.name, horizon)
    return next((d.wins for d in result.duels if (d.rule, d.series, d.group, d.horizon) == key), float("nan"))


def score_table(result: OriginsResult, series: str, group: Group, horizon: int) -> Table:
    """Every forecaster of one series over one group of origins, so many years ahead."""
    scores = [(each, result.score(each.name, series, group.name, horizon)) for each in result.forecasters]
    wins = {d.rule: d.wins for d in result.duels if (d.series, d.group, d.horizon) == (series, group.name, horizon)}
    return Table(
        caption=f"{result.series[series]} from {group.title}, {ahead(horizon)} ahead: every forecast",
        columns=(
            *words("Forecast"),
            *numbers("MASE", "CRPS %", "WIS %", "In the 90 % interval", "Median error", "Relative skill"),
            *numbers("Model errs less"),
        ),
        rows=tuple(
            (
                Cell(capital(each.title)),
                *cells(_with_error(score.mase, score.mase_error, 3), _with_error(score.crps, score.crps_error, 2)),
                Cell(fixed(score.wis, 2)),
                Cell(share(score.coverage), "" if score.low <= score.coverage <= score.high else "alert"),
                *cells(percent(score.mape, 1), fixed(score.skill, 2)),
                Cell(share(wins[each.name]) if each.name in wins else MISSING),
            )
            for each, score in scores
            if score is not None
        ),
        note=f"{_cells_note(result, series, group, horizon)} In brackets the standard error, clustered by origin. WIS: "
        "weighted interval score. Red in the 90 % interval: outside the 95 % band that independent cells would keep "
        "to. Median error: of the cities' mean absolute percentage errors. Relative skill: CRPS against the "
        f"{_reference(result, series)}, below 1 is better. Model errs less: share of the city-origins.",
        folded=True,
    )


def _cells_note(result: OriginsResult, series: str, group: Group, horizon: int) -> str:
    score = result.score(AVERAGE, series, group.name, horizon)
    return "" if score is None else f"{score.n:,} cells."


def _reference(result: OriginsResult, series: str) -> str:
    titles = {each.name: each.title for each in result.forecasters}
    return titles.get(result.reference[series], result.reference[series])


def _with_error(value: float, error: float, digits: int) -> str:
    return f"{fixed(value, digits)}{NO_BREAK}({fixed(error, digits)})"


def origins_table(result: OriginsResult) -> Table:
    """One row per origin of the series that is shown first: the model beside the rule of reference."""
    first = result.weights.series
    reference, horizon = result.reference[first], result.plan.groups[0].horizons[0]
    scores = {
        (each.forecaster, each.origin): each
        for each in result.by_origin
        if (each.series, each.horizon) == (first, horizon)
    }
    calibrated = {
        each.origin: each for each in result.by_origin_calibration if (each.series, each.horizon) == (first, horizon)
    }
    rows = []
    for origin in result.plan.origins:
        ours, other, found = scores[AVERAGE, origin], scores[reference, origin], calibrated[origin]
        rows.append(
            (
                *cells(str(origin), str(ours.n)),
                Cell(fixed(ours.mase, 3), "alert" if ours.mase > other.mase else ""),
                Cell(fixed(other.mase, 3)),
                Cell(fixed(ours.crps, 2), "alert" if ours.crps > other.crps else ""),
                Cell(fixed(other.crps, 2)),
                *cells(percent(ours.mape, 1), percent(other.mape, 1), f"{ours.bias:+.1f}{NO_BREAK}%"),
                *cells(share(found.before.share), fixed(found.factor, 2), share(found.after.share)),
            )
        )
    rule = _reference(result, first)
    return Table(
        caption=f"{result.series[first]}, {ahead(horizon)} ahead, origin by origin",
        columns=numbers(
            *("Origin", "Cells", "MASE", f"MASE, {rule}", "CRPS %", f"CRPS %, {rule}", "Median error"),
            *(f"Median error, {rule}", "Bias", "In the 90 % interval", "Factor", "After scaling"),
        ),
        rows=tuple(rows),
        note="Red: the model is worse than the rule. Bias: mean log error; above 0 the forecast is too high. Factor: "
        "on the widths of the intervals, learned from earlier origins alone.",
    )


def tests_table(result: OriginsResult) -> Table:
    """The model against every rule: tests over the panel, for the series that is shown first."""
    first, group = result.weights.series, result.plan.groups[0]
    titles = {each.name: each.title for each in result.forecasters}
    shown = [d for d in result.duels if (d.series, d.group) == (first, group.name) and d.mase is not None]
    return Table(
        caption=f"{result.series[first]} from {group.title}: is the difference more than chance?",
        columns=(
            *words("Rule", "Ahead"),
            *numbers("MASE, model less rule", "p", "CRPS %, model less rule", "p"),
            *numbers("Weight of the rule beside the model", "p", "Weight of the model beside the rule", "p"),
        ),
        rows=tuple(
            (
                *cells(capital(titles[d.rule]), ahead(d.horizon)),
                *_test(d.mase, 3),
                *_test(d.crps, 2),
                *_test(d.rule_adds, 2),
                *_test(d.model_adds, 2),
            )
            for d in shown
        ),
        note="Diebold-Mariano tests of mean differences (below 0: for the model), and encompassing tests: the weight "
        "that one forecast gets beside the other in their best combination. Errors clustered by origin, neighbouring "
        "origins allowed to depend on one another. With few origins a p is a rough guide.",
    )


def _test(test: Test | None, digits: int) -> tuple[Cell, Cell]:
    if test is None:
        return Cell(MISSING), Cell(MISSING)
    p = f"<{NO_BREAK}{_FEW_P:g}" if test.p_value < _FEW_P else fixed(test.p_value, 3)
    return Cell(f"{test.estimate:+.{digits}f}"), Cell(p)


def knowledge_table(result: OriginsResult) -> Table:
    """Compare the model with itself by what is known of the drivers."""
    spans = [(group, horizon) for group in result.plan.groups for horizon in group.horizons]
    states = list(dict.fromkeys(each.drivers for each in result.scores if each.drivers))
    rows = []
    for series, variable in result.series.items():
        for state in states:
            scores = [result.score(AVERAGE, series, group.name, horizon, state) for group, horizon in spans]
            numbers_ = [fixed(getattr(s, what), 3 if what == "mase" else 2) if s else MISSING for s in scores
                        for what in ("mase", "crps")]  # fmt: skip
            rows.append((*cells(variable, STATES.get(state, state)), *cells(*numbers_)))
    return Table(
        caption="The model by what it knows of the drivers",
        columns=(
            *words("Series", "Drivers"),
            *(Column(f"{what}, {group.title}, {ahead(h)}") for group, h in spans for what in ("MASE", "CRPS %")),
        ),
        rows=tuple(rows),
        note="Forecast: from what was known at the origin, as in every other table. As they were: nobody knew that "
        "then; cells after the last year of a driver's series are left out. Frozen: at their values of the origin.",
    )


def structures_table(result: OriginsResult) -> Table:
    """Every structure: where it comes from, and what it is worth alone; the figure has its weight."""
    first = result.weights.series
    spans = [(group, horizon) for group in result.plan.groups for horizon in group.horizons]
    rows = [
        (
            Cell(capital(each.title), "best" if result.best[first] == each.name else ""),
            Cell(result.reasons[each.name]),
            *_structure_scores(result, each.name, spans),
        )
        for each in result.of_kind("structure")
    ]
    model = _structure_scores(result, AVERAGE, spans)
    return Table(
        caption=f"Structures: {result.series[first]} by each alone",
        columns=(
            *words("Structure", "Reason"),
            *(Column(f"{what}, {group.title}, {ahead(h)}") for group, h in spans for what in ("MASE", "CRPS %")),
        ),
        rows=((*cells("Average", "learned from earlier origins"), *model), *rows),
        note="Green: the best single one, known only afterwards.",
    )


def _structure_scores(result: OriginsResult, name: str, spans: Sequence[tuple[Group, int]]) -> tuple[Cell, ...]:
    found: list[Score | None] = [result.score(name, result.weights.series, g.name, h) for g, h in spans]
    return tuple(
        Cell(MISSING if score is None else fixed(getattr(score, what), 3 if what == "mase" else 2))
        for score in found
        for what in ("mase", "crps")
    )


def calibration_table(result: OriginsResult) -> Table:
    """Coverage of every series before and after scaling."""
    titles = {group.name: group.title for group in result.plan.groups}
    return Table(
        caption="90 % intervals before and after scaling by what earlier origins teach",
        columns=(
            *words("Series", "Origins", "Ahead"),
            *numbers("Cells", "In the interval", "After scaling", "95 % band", "CRPS %", "After scaling"),
        ),
        rows=tuple(
            cells(
                *(result.series[each.series], titles[each.group], ahead(each.horizon), f"{each.before.n:,}"),
                *(share(each.before.share), share(each.after.share)),
                f"{share(each.before.low)} to {share(each.before.high)}",
                *(fixed(value, 2) for value in each.crps),
            )
            for each in result.calibrations
        ),
        note="95 % band: where the share would lie if the intervals were right and cells independent. They are not, "
        "since cities share a year's shocks.",
    )


def missing_table(result: OriginsResult) -> Table:
    """List what could not be forecast."""
    return Table(
        caption="Forecasts that could not be made",
        columns=(*words("City"), *numbers("Origin"), *words("Structure", "Reason")),
        rows=tuple(cells(m.city.name, str(m.origin), m.variant, m.reason) for m in result.missing),
    )
