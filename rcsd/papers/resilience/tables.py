"""The tables of the resilience index."""

import numpy as np
from numpy.typing import NDArray

from rcsd.papers.resilience import Assessment, Judged, Variant
from rcsd.papers.resilience.studies import CityOutlook, Outlook, ResilienceResult
from rcsd.report.table import Cell, Column, Table, cells, numbers, words
from rcsd.report.wording import MISSING, NO_BREAK, count, fixed, number, percent, plain, span

_INDEX = "Index"


def city_table(assessment: Assessment) -> Table:
    """One row per city: means over the years, and the first and the last of them."""
    names = assessment.indicators.cities
    first, last = int(assessment.years[0]), int(assessment.years[-1])
    order = {city: rank for rank, city in enumerate(assessment.order, start=1)}
    return Table(
        caption="Resilience index by city",
        columns=(
            *words("City"),
            *numbers("Rank of the mean", "Mean", str(first), str(last)),
            *(Column(system.code, title=system.name) for system in assessment.indicators.systems),
        ),
        rows=tuple(
            cells(
                names[city],
                str(order[city]),
                fixed(assessment.mean_index[i]),
                fixed(assessment.index[i, 0]),
                fixed(assessment.index[i, -1]),
                *(fixed(value) for value in _mean(assessment.scores[i])),
            )
            for i, city in enumerate(assessment.cities)
        ),
        note=f"The last columns are means of the systems' scores over {span(first, last)}.",
    )


def _mean(values: NDArray[np.float64]) -> list[float]:
    return [float(np.mean(column[~np.isnan(column)])) if (~np.isnan(column)).any() else np.nan for column in values.T]


def index_table(assessment: Assessment) -> Table:
    """One row per year: index and rank of every city."""
    names = assessment.indicators.cities
    return Table(
        caption="Index and rank by year",
        columns=(*words("Year"), *numbers(*(names[city] for city in assessment.cities))),
        rows=tuple(
            (
                Cell(str(year)),
                *(
                    Cell(
                        f"{fixed(assessment.index[c, t])}{NO_BREAK}({number(assessment.ranks[c, t], 2)})",
                        "alert" if np.isnan(assessment.scores[c, t]).any() else "",
                    )
                    for c in range(len(assessment.cities))
                ),
            )
            for t, year in enumerate(assessment.years)
        ),
        note="The rank of the year in brackets, 1 the most resilient. Red: a system has no score that year, and the "
        "others share its weight, so that the index is less comparable.",
    )


def system_weights_table(result: ResilienceResult) -> Table:
    """One row per system: its weight in the index, and in each city's own years."""
    base, by_city = result.assessment, result.by_city
    names = base.indicators.cities
    weights = base.mean_weights.systems[0, 0]
    mean = by_city.weights.systems[:, 0].mean(axis=0)
    return Table(
        caption="Weights of the systems, per cent",
        columns=(*words("System"), *numbers("Index", "Mean of the cities", *(names[city] for city in by_city.cities))),
        rows=tuple(
            cells(
                f"{system.code} {system.name}",
                *(percent(100 * v, 1) for v in (weights[j], mean[j], *by_city.weights.systems[:, 0, j])),
            )
            for j, system in enumerate(base.indicators.systems)
        ),
        note="Index: what the index uses. A city's column is the same method on that city's years alone, with a scale "
        "of its own: what has moved most there weighs most.",
    )


def indicators_table(assessment: Assessment) -> Table:
    """One row per indicator, those that cannot be had among them."""
    indicators = assessment.indicators
    weights, places = assessment.mean_weights, {each.code: i for i, each in enumerate(indicators.present)}
    overall = weights.overall(assessment.places)[0, 0]
    rows = []
    for each in indicators.indicators:
        what = [each.code, each.name, each.system, "more" if each.direction == "higher" else "less"]
        if each.code not in places or each.formula is None:
            rows.append((*cells(*what), Cell("missing", "alert"), *cells(*[MISSING] * 5), Cell(each.missing)))
            continue
        i = places[each.code]
        column = assessment.values[..., i]
        there = ~np.isnan(column)
        bounds = assessment.bounds[i]
        rows.append(
            (
                *cells(*what, each.unit),
                *cells(number(bounds.low, 3), number(bounds.high, 3), f"{int(there.sum())} of {column.size}"),
                *cells(percent(100 * weights.within[0, 0, i], 1), percent(100 * overall[i], 1)),
                Cell(each.formula.text, "code"),
            )
        )
    return Table(
        caption="Indicators, their scale and their weights",
        columns=(
            *words("Code", "Indicator", "System", "Better", "Unit"),
            *numbers("Lowest", "Highest", "Cells", "Weight in its system", "Weight"),
            *words("Formula, or why it is missing"),
        ),
        rows=tuple(rows),
        note="A missing indicator is taken to tell apart as much as the mean of its system's others, which share its "
        "weight in proportion to their own. Where a cell is missing, the others of the system share its weight in that "
        "year. An indicator that does not vary gets no weight.",
    )


def claims_table(result: ResilienceResult) -> Table:
    """Hold what the paper says of weights beside what came out."""
    return _claims(result.assessment, result.weight_claims, "What the paper says of the weights, and what comes out")


def orders_table(assessment: Assessment, judged: tuple[Judged, ...], caption: str) -> Table:
    """Hold what the paper says of the order of the cities beside what came out."""
    return _claims(assessment, judged, caption)


def _claims(assessment: Assessment, judged: tuple[Judged, ...], caption: str) -> Table:
    names = dict(assessment.indicators.cities)
    return Table(
        caption=caption,
        columns=(*words("Where", "Claim, in our words", "Said", "Comes out"), *numbers("Agrees")),
        rows=tuple(
            (
                *cells(each.claim.where, each.claim.says),
                *cells(*(", ".join(names.get(part, part) for part in parts) for parts in (each.said, each.found))),
                Cell(percent(100 * each.agrees, 0), "" if each.agrees > _HALF else "alert"),
            )
            for each in judged
        ),
        note="Agrees: the share of the systems named, or of the pairs of cities, that come out as is said. The paper "
        "gives neither its data nor its weights.",
    )


_HALF = 0.5


def printed_tables(result: ResilienceResult) -> tuple[Table, ...]:
    """Give the paper's tables as they are printed."""
    return tuple(
        Table(
            each.title,
            (*words(each.columns[0]), *numbers(*each.columns[1:])),
            tuple(cells(*row) for row in each.rows),
            each.note,
        )
        for each in result.claims.printed
        if each.columns
    )


def robustness_table(assessment: Assessment, variants: tuple[Variant, ...]) -> Table:
    """One row per variant."""
    names = assessment.indicators.cities
    return Table(
        caption="The index made in other ways",
        columns=(
            *words("Changed", "To"),
            *numbers("Kendall's tau", "Ranks kept", "Years kept"),
            *words("Order of the means"),
        ),
        rows=tuple(
            (
                *cells(each.kind, each.label, fixed(each.tau, 2)),
                *cells(percent(100 * each.kept, 0), percent(100 * each.years_kept, 0)),
                Cell(" > ".join(names[city] for city in each.order), "" if each.order_kept else "alert"),
            )
            for each in variants
        ),
        note="One change at a time. Tau compares the orders of all cities and years; ranks kept is the share of the "
        "cities' yearly ranks that stay, years kept that of the years in which all do.",
    )


def _names(assessment: Assessment) -> list[str]:
    return [_INDEX, *(f"{system.code} {system.name}" for system in assessment.indicators.systems)]


def _band(values: NDArray[np.float64], digits: int) -> str:
    """Write a median and its band."""
    low, median, high = values
    return f"{fixed(median, digits)} ({fixed(low, digits)} to {fixed(high, digits)})"


def summary_table(assessment: Assessment, ahead: Outlook) -> Table:
    """Redo Table 3: means of the forecast."""
    labels = {_INDEX: "", **{each.code: each.name for each in assessment.indicators.systems}}
    rows = [(assessment.indicators.cities[each.city], each.summary) for each in ahead.cities]
    return Table(
        caption=f"Table 3 redone: mean index and scores of {span(*ahead.summary_years)}",
        columns=(*words("City"), *(Column(code, title=title) for code, title in labels.items())),
        rows=tuple(
            cells(name, *(_band(values[:, k], 2) for k in range(len(labels))))
            for name, values in [*rows, ("Average value", ahead.average)]
        ),
        note="Median of the draws and, in brackets, the range of 90 % of them. Above 1 a system is better than "
        "the best of the observed years.",
    )


def errors_table(assessment: Assessment, ahead: Outlook) -> Table:
    """Redo Table 2: errors of the held-out years."""
    names = assessment.indicators.cities
    tested = [each for each in ahead.cities if each.error is not None]
    rows = []
    for k, label in enumerate(_names(assessment)):
        rows.append(cells(label, "mean absolute error", *(_band_of(each.error, k) for each in tested)))
        rows.append(cells("", "deviation", *(_band_of(each.deviation, k) for each in tested)))
        rows.append(cells("", "error of the last value", *(_last(each, k) for each in tested)))
    held = MISSING if ahead.held_out is None else span(*ahead.held_out)
    return Table(
        caption=f"Table 2 redone: errors of the forecast of {held}, in per cent of the scale from 0 to 1",
        columns=(*words("System", "What"), *numbers(*(names[each.city] for each in tested))),
        rows=tuple(rows) if tested else (),
        note="Median of the draws and the range of 90 % of them. The model is fitted to the years before, other "
        "indicators are held at what they were then; scale and weights are those of all observed years. Deviation: "
        "mean of forecast less observed. The last value is the score of the year before.",
    )


def _band_of(values: NDArray[np.float64] | None, k: int) -> str:
    return MISSING if values is None else _band(values[:, k], 1)


def _last(each: CityOutlook, k: int) -> str:
    return MISSING if each.last_error is None else fixed(each.last_error[k], 1)


def later_table(assessment: Assessment, ahead: Outlook) -> Table:
    """How each indicator is carried on, and how often it leaves its scale."""
    words_of = {"model": "from the city's study", "hold": "held", "trend": "trended"}
    return Table(
        caption="How indicators go on after the data, and how often they leave the scale",
        columns=(
            *words("Indicator", "Rule"),
            *numbers(*(assessment.indicators.cities[each.city] for each in ahead.cities)),
        ),
        rows=tuple(
            cells(
                f"{each.code} {each.name}",
                words_of[each.later],
                *(percent(100 * city.outside[i], 0) for city in ahead.cities),
            )
            for i, each in enumerate(assessment.indicators.present)
        ),
        note=f"Held: the mean of the last {count(assessment.indicators.later.hold_years, 'year')} with a value, with "
        "the errors that this has had before drawn on top, within what was observed. Numbers: the share of draws and "
        "years in which the indicator is better or worse than any city has been.",
    )


def ranks_table(assessment: Assessment, ahead: Outlook) -> Table:
    """Show how sure the forecast's ranking is."""
    names = [assessment.indicators.cities[city] for city in assessment.cities]
    return Table(
        caption=f"Rank of the mean index of {span(*ahead.summary_years)}, share of the draws",
        columns=(*words("City"), *numbers(*(f"Rank {rank + 1}" for rank in range(len(names))))),
        rows=tuple(
            cells(name, *(percent(100 * value, 0) for value in row))
            for name, row in zip(names, ahead.ranks, strict=True)
        ),
    )


def scheme_table(result: ResilienceResult) -> Table:
    """How the index was made, as pairs."""
    scheme = result.assessment.scheme
    groups = {"pool": "all cities and years", "year": "the cities of each year", "city": "the years of each city"}
    pairs = {
        "Indicator file": result.assessment.indicators.path.name,
        "Scale": scheme.normalisation,
        "Weights": scheme.weights if scheme.weights == "equal" else f"entropy over {groups[scheme.group]}",
        "Weights of systems": "sum of their indicators' weights" if scheme.systems == "sum" else "entropy of scores",
        "Flags": ", ".join(f"{plain(flag)}: {rule}" for flag, rule in result.assessment.indicators.flags.items()),
        "Weights drawn": f"{result.acceptability.n:,}, seed {result.seed}",
    }
    return Table("Settings", words("What", "Value"), tuple(cells(*pair) for pair in pairs.items()))
