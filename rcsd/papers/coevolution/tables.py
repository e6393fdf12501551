"""The stages of a life cycle as a table."""

import math

from rcsd.papers.coevolution.assumed import AssumedLifeCycle, StageBegin
from rcsd.papers.coevolution.step import NAME, LifeCycle
from rcsd.report.fact import fact
from rcsd.report.sections.forecast.words import share_words
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, NO_BREAK


def stages_table(cycle: LifeCycle, assumed: AssumedLifeCycle, last: float) -> Table:
    """One row per stage but the first: when it begins in the fitted run, and over all that is assumed.

    Parameters
    ----------
    cycle, assumed
        The fitted run, and the runs over what is assumed.
    last
        Last time of all runs.
    """
    shown = {span.stage: (k, span.first_year) for k, span in enumerate(cycle.stages)}
    return Table(
        caption="When the stages begin",
        columns=(*words("Stage"), *numbers("Fitted run", f"90{NO_BREAK}% of the runs", "Median", "Reached in")),
        rows=tuple(
            (
                Cell(each.stage),
                Cell(_fitted(shown.get(each.stage))),
                *cells(*_interval(each, last), share_words(each.share)),
            )
            for each in assumed.begins
        ),
        note="Maturity begins when x first crosses zero, decline when x peaks, regeneration when |x| stays within "
        f"{cycle.band:g} to the end of the run. A stage that a run skips counts as begun with the next one.",
    )


def _fitted(shown: tuple[int, float] | None) -> str:
    return MISSING if shown is None else fact(f"{shown[1]:.1f}", NAME, "stages", shown[0], "first_year")


def _interval(begin: StageBegin, last: float) -> tuple[str, str]:
    """Write the interval of a begin, and its median."""
    low, median, high = (
        _year(year, last, begin.stage, key)
        for year, key in ((begin.low, "p05"), (begin.median, "p50"), (begin.high, "p95"))
    )
    return (low if low == high else f"{low} to {high}"), median


def _year(year: float, last: float, stage: str, key: str) -> str:
    if math.isnan(year):
        return MISSING
    return fact(f"{year:.1f}", NAME, "assumed", "begins", stage, key) if math.isfinite(year) else f"after {last:g}"
