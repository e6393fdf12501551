"""The tables of a panel of cities."""

from collections.abc import Mapping

from rcsd.report.sections.panel.origins_tables import STATES, share
from rcsd.report.table import Cell, Column, Table, cells, numbers, words
from rcsd.report.wording import BASELINE_LABELS, MISSING, TABLE_RULES, capital, count, fixed, number, percent
from rcsd.study.panel.cities import ordered_classes
from rcsd.study.panel.result import PanelResult, PanelRun
from rcsd.study.panel.scores import ALL, SeriesScore


def class_table(run: PanelRun, series: str, variable: str) -> Table:
    """One row per class with drivers as a forecaster has them; over all cities also with drivers known and frozen."""
    shown = [s for s in run.classes if s.series == series and (s.drivers == run.drivers or s.kind == ALL)]
    return Table(
        caption=f"{variable}, errors of the held-out years by class",
        columns=(
            *words("Class", "Drivers"),
            *numbers("Cities", "Model", "Run alone"),
            *numbers(*(capital(BASELINE_LABELS[name]) for name in TABLE_RULES)),
            Column("Beats the best", title="of the benchmark forecasts, known only afterwards"),
            Column("In the 90 % interval", title="share of all cells"),
        ),
        rows=tuple(
            (
                *cells(score.kind, STATES.get(score.drivers, score.drivers), str(score.n)),
                *cells(percent(score.median, 1), percent(score.median_simulated, 1)),
                *(
                    Cell(f"{percent(score.baselines[name], 1)} ({100 * score.beaten[name]:.0f})")
                    for name in TABLE_RULES
                ),
                *cells(share(score.beaten_best), share(score.coverage)),
            )
            for score in shown
        ),
        note="Medians of the cities' mean absolute percentage errors; in brackets the percentage of cities in which "
        "the model errs less than that forecast by 0.1 percentage points or more. Model: the median of the forecast "
        "with the residuals' course; run alone: the fitted run without it.",
    )


def cities_table(run: PanelRun, series: str, variable: str) -> Table:
    """One row per city, in order of class and then of error."""
    kinds = ordered_classes(score.city.kind for score in run.scores)
    by_city: dict[str, dict[str, SeriesScore]] = {}
    for score in run.scores:
        if score.series == series:
            by_city.setdefault(score.city.city, {})[score.drivers] = score
    fitted = {each.city.city: each for each in run.cities}
    main = run.drivers
    shown = sorted(by_city.values(), key=lambda row: (kinds.index(row[main].city.kind), row[main].mape))
    others = [state for state in STATES if state != main and any(state in row for row in by_city.values())]
    return Table(
        caption=f"{variable}, every city",
        columns=(
            *words("City", "Class", "Province"),
            *numbers("Fit", "Hold-out", *(f"Drivers {STATES[state]}" for state in others)),
            *numbers(*(capital(BASELINE_LABELS[name]) for name in TABLE_RULES)),
            *numbers("In the interval", "On a bound"),
        ),
        rows=tuple(
            (
                *cells(row[main].city.name, row[main].city.kind, row[main].city.province or MISSING),
                Cell(percent(fitted[city].fit_mape.get(series), 1)),
                _error(row[main]),
                *cells(*(percent(row[name].mape if name in row else None, 1) for name in others)),
                *cells(*(percent(row[main].baselines[name], 1) for name in TABLE_RULES)),
                Cell(f"{row[main].covered} of {row[main].n}"),
                Cell(str(int(fitted[city].on_bound.sum()))),
            )
            for row in shown
            for city in [row[main].city.city]
        ),
        note="Mean absolute percentage errors. A star marks a city where the model errs less than every benchmark "
        "forecast; a red cell one where it errs more than the last value.",
    )


def _error(score: SeriesScore) -> Cell:
    """Mark what beats everything, and what loses against the last value."""
    mark = "best" if score.beats(score.best) else "" if score.beats("last") else "alert"
    return Cell(percent(score.mape, 1), mark)


def failures_table(runs: Mapping[str, PanelRun]) -> Table:
    """List the cities that could not be fitted, with the reason."""
    return Table(
        caption="Cities that could not be fitted",
        columns=words("City", "Class", "Priors", "Reason"),
        rows=tuple(
            cells(failure.city.name, failure.city.kind, label, failure.reason)
            for label, run in runs.items()
            for failure in run.failures
        ),
    )


def differences_table(result: PanelResult) -> Table:
    """One row per parameter: medians by class and the test."""
    kinds = ordered_classes(each.city.kind for each in result.stated.cities)
    units = dict(zip(result.info.parameters, result.info.units, strict=True))
    return Table(
        caption="Parameters by class",
        columns=(*words("Parameter", "Unit"), *numbers(*kinds), *numbers("p", "p, corrected"), *words("Classes")),
        rows=tuple(
            (
                *cells(each.parameter, units[each.parameter]),
                *cells(*(number(each.medians[kind], 3) for kind in kinds)),
                *cells(number(each.p_value, 2), number(each.adjusted, 2)),
                Cell("differ" if each.found else "not told apart"),
            )
            for each in result.differences
        ),
        note="Medians of the cities' estimates. p: Kruskal and Wallis's test that the classes have one distribution; "
        f"corrected by Holm's method for {count(len(result.differences), 'test')}, without which one in twenty would "
        "come out below 0.05 by chance. Estimates are drawn towards one prior, which hides differences; a class also "
        "differs in coasts, size and what it mines, so that a difference is no effect of the class.",
    )


def population_table(result: PanelResult) -> Table:
    """One row per parameter: the stated prior and the one that the cities suggest."""
    return Table(
        caption="Priors, stated and suggested by the cities",
        columns=(
            *words("Parameter"),
            *numbers("Stated centre", "Stated spread", "Centre", "Spread", "A city's own error"),
            *words("Spread"),
        ),
        rows=tuple(
            (
                *cells(each.name, number(each.prior_centre, 3), number(each.prior_sd, 3)),
                *cells(number(each.centre, 3), number(each.sd, 3), number(each.mean_error, 2)),
                Cell("on a limit" if each.at_limit else "estimated"),
            )
            for each in result.populations
        ),
        note="On the scale of the search. A city's own error is the median of what its data alone would leave "
        "uncertain with every other parameter known: far above the spread, a city says nothing of its own.",
    )


def shrinkage_table(result: PanelResult) -> Table:
    """One row per series and knowledge of the drivers: errors of the same cities under both sets of priors."""
    rules = ("last", "drift", "log_drift")
    return Table(
        caption="Held-out errors without and with shrinkage, the same cities",
        columns=(
            *words("Series", "Drivers"),
            *numbers("Cities", "Median", "Mean", "Better with"),
            *(Column(f"Beats {BASELINE_LABELS[rule]}") for rule in rules),
            Column("In the 90 % interval", title="share of all cells"),
        ),
        rows=tuple(
            cells(
                result.info.series[each.series],
                STATES.get(each.drivers, each.drivers),
                str(each.n),
                _change(each.median),
                _change(each.mean),
                share(each.better),
                *(_share_change(each.beaten[rule]) for rule in rules),
                _share_change(each.coverage),
            )
            for each in result.comparison
        ),
        note="Without shrinkage → with it. Median and mean of the cities' errors; better with: the share of cities "
        "whose error is lower with the priors that the cities suggest.",
    )


def _change(pair: tuple[float, float]) -> str:
    """Write a percentage before and after."""
    return f"{fixed(pair[0], 2)} → {percent(pair[1], 2)}"


def _share_change(pair: tuple[float, float]) -> str:
    """Write a share before and after."""
    return f"{fixed(100 * pair[0], 0)} → {share(pair[1])}"
