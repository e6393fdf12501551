"""Tables of a study told with its assessments."""

from collections.abc import Sequence

import numpy as np

from rcsd.bands import Band
from rcsd.papers.city.pairs import Pair
from rcsd.papers.city.simulated import StructurePart
from rcsd.papers.city.story import Story
from rcsd.papers.city.words import difference_words, quantity
from rcsd.papers.resilience import INDEX, mean_over
from rcsd.report.sections.forecast.words import better_words, signed
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import BASELINE_LABELS, MISSING, NO_BREAK, listing, measured, number, percent, span
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST

_EVEN = 0.5
_DIGITS = 3


def standing_table(story: Story) -> Table:
    """One row per city: its index, and the scores of the systems behind it."""
    base = story.assessments.resilience
    if base is None:
        return Table("The index of the cities", words("City"), ())
    names, systems = base.indicators.cities, base.indicators.systems
    first, last = base.years[0], base.years[-1]
    rows = []
    for city in base.order:
        i = base.cities.index(city)
        scores = mean_over(base.scores[i].T)
        rows.append(
            cells(
                names[city],
                *(f"{value:.2f}" for value in (base.mean_index[i], base.index[i, 0], base.index[i, -1])),
                *(f"{score:.2f}" for score in scores),
            )
        )
    return Table(
        caption=f"Index of the cities, and the scores of its systems, {span(first, last)}",
        columns=(*words("City"), *numbers("Mean", str(first), str(last), *(each.name for each in systems))),
        rows=tuple(rows),
        note="Scores of the systems are means over the years. Weights: "
        + "; ".join(
            f"{each.name} {percent(100 * float(weight), 0)}"
            for each, weight in zip(systems, base.mean_weights.systems[0, 0], strict=True)
        )
        + ".",
    )


def lever_table(story: Story, part: StructurePart) -> Table:
    """One row per lever: its range, its setting, and what it does alone."""
    settings, plan = part.settings, story.assessments.plans[story.study]
    values = {lever.constant: lever.value for lever in settings.levers}
    alone = {pull.levers[0]: pull for pull in settings.pulls if len(pull.levers) == 1}
    rows = [
        (
            *cells(
                each.constant,
                f"{number(each.lower)} to {number(each.upper)}{'' if each.unit == 'Dmnl' else f' {each.unit}'}",
            ),
            Cell(number(values[each.constant]) if each.constant in settings.pulled else "not pulled"),
            *cells(
                percent(100 * alone[each.constant].share, 1),
                measured(alone[each.constant].cost, _DIGITS) if each.cost else "nothing",
                signed(alone[each.constant].forgone, 1),
            ),
        )
        for each in plan.levers
    ]
    for pull in settings.pulls:
        if len(pull.levers) > 1:
            every = len(pull.levers) == len(plan.levers)
            rows.append(
                cells(
                    "all together" if every else "all that spend money",
                    MISSING,
                    MISSING,
                    percent(100 * pull.share, 1),
                    measured(pull.cost, _DIGITS),
                    signed(pull.forgone, 1),
                )
            )
    target = settings.target
    return Table(
        caption=f"Levers: how far the search may pull them ({plan.file}), and what each does alone",
        columns=(
            *words("Lever", "Range", "Found"),
            *numbers(
                f"Share {target.horizon}, at the end", f"Spent ({settings.money})", f"Output forgone ({settings.money})"
            ),
        ),
        rows=tuple(rows),
        note="One run with the most probable parameters and the median price. At the end: pulled to the upper end of "
        f"its range from {target.start} on; without levers the share is {percent(100 * target.status_quo, 1)}. Money "
        f"and output are sums of {span(target.start, target.horizon)} against the status quo, not discounted; output "
        "that is forgone with a minus is output gained.",
    )


def comparison_table(story: Story) -> Table:
    """One row per quantity: both scenarios at the horizon of the structure and at the end, and the difference."""
    simulated = story.simulated
    part, index = simulated.structure, simulated.index
    if part is None:
        return Table("Optimal structure against status quo", words("Outcome"), ())
    shown = (part.settings.target.horizon, int(simulated.years[-1]))
    at = [int((simulated.years == year).argmax()) for year in dict.fromkeys(shown)]
    pairs = [*part.pairs, *((index.pairs[0],) if index is not None and index.pairs else ())]
    rows = [row for each in pairs for row in _rows(each, simulated.years, at)]
    return Table(
        caption="Optimal structure, reached by spending the least money, against status quo",
        columns=(
            *words("Outcome", "Year"),
            *numbers("Status quo", "Optimal structure", "Difference", f"90{NO_BREAK}%"),
        ),
        rows=tuple(rows),
        note="Medians, and in brackets the 90 % band of the draws; the difference is taken draw by draw, with the same "
        f"parameters and drivers in both. Better: {'; '.join(_meaning(each) for each in pairs)}. Money and output are "
        "summed up from the first year of the levers, not discounted. Shaded where the optimal structure is worse in "
        "most draws.",
    )


def ways_tables(story: Story, part: StructurePart) -> tuple[Table, ...]:
    """One row per quantity: its difference from the status quo by each way to the target; none for one way."""
    simulated, other = story.simulated, part.other
    if other is None:
        return ()
    index = () if simulated.index is None else simulated.index.pairs[:1]
    ways = [{each.name: each for each in pairs} for pairs in ((*part.pairs, *index), other.pairs, other.paying)]
    shown = dict.fromkeys((part.settings.target.horizon, int(simulated.years[-1])))
    at = [int((simulated.years == year).argmax()) for year in shown]
    rows = [
        cells(
            outcome_words(each),
            f"{simulated.years[t]:.0f}",
            *(" (".join(difference_words(way[each.name], t)) + ")" for way in ways),
        )
        for each in other.pairs
        for t in at
    ]
    return (
        Table(
            caption="Two ways to the same share: differences from the status quo",
            columns=(
                *words("Outcome", "Year"),
                *numbers("Least money spent", "Least output forgone", "Of it, levers that spend money"),
            ),
            rows=tuple(rows),
            note="Medians, and in brackets the 90 % band of the draws, which are the same in all columns. The last one "
            "leaves out the levers of the second way that order, so that what differs between the last two is their "
            "doing.",
        ),
    )


def _rows(each: Pair, years: np.ndarray, at: Sequence[int]) -> list[tuple[Cell, ...]]:
    rows = []
    for t in at:
        found = each.difference
        median, band = difference_words(each, t)
        share = float(found.share_better[t])
        level = float(np.max(np.abs([found.low[t], found.high[t]])))
        rows.append(
            (
                *cells(outcome_words(each), f"{years[t]:.0f}"),
                *cells(_level(each, each.status_quo, t), _level(each, each.scenario, t)),
                Cell(median, "alert" if level > 0 and share < _EVEN else ""),
                Cell(band),
            )
        )
    return rows


def _level(each: Pair, found: Band, t: int) -> str:
    low, median, high = (float(v[t]) for v in (found.low, found.median, found.high))
    if each.unit == "Dmnl" and each.name != INDEX:
        return f"{percent(100 * median, 1)} ({100 * low:.1f} to {100 * high:.1f})"
    if low == high == 0:
        return "0"
    return f"{measured(median)} ({measured(low, _DIGITS)} to {measured(high, _DIGITS)})"


def _meaning(each: Pair) -> str:
    return f"{quantity(each)} {better_words(each.better).split()[0]} ({each.meaning})"


def outcome_words(each: Pair) -> str:
    """Name an outcome with its unit, if it has one."""
    return quantity(each) if each.unit == "Dmnl" else f"{quantity(each)} ({each.unit})"


def validation_table(result: StudyResult, story: Story) -> Table:
    """One row per series: error of the held-out years beside the best benchmark forecast; last the index."""
    rows = []
    for target in result[BACKTEST].targets:
        score = target.holdout
        if score is not None:
            best = score.baselines[score.best_baseline].statistics
            rows.append(
                cells(
                    target.variable,
                    f"{score.statistics.n}",
                    percent(score.statistics.mape, 1),
                    MISSING if best is None else percent(best.mape, 1),
                    BASELINE_LABELS[score.best_baseline],
                )
            )
    index = story.simulated.index
    if index is not None and index.outlook.error is not None and index.outlook.last_error is not None:
        found = index.outlook
        rows.append(
            cells(
                "Resilience index",
                f"{found.covered[1]}",
                percent(float(found.error[1, 0]), 1),  # type: ignore[index] # there is one, see above
                percent(float(found.last_error[0]), 1),  # type: ignore[index]
                BASELINE_LABELS["last"],
            )
        )
    return Table(
        caption="Held-out years: what the model behind this was worth before",
        columns=(*words("Series"), *numbers("Years", "Mean error", "Best benchmark forecast"), *words("Which")),
        rows=tuple(rows),
        note="Mean absolute percentage error; of the index the mean absolute error in per cent of its scale from 0 to "
        f"1, beside the last value before. Benchmark forecasts: {listing(list(BASELINE_LABELS.values()))}.",
    )
