"""`compared.csv`: every observed value, its flags and its weight, beside the fitted run."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.tables import csv_text

_COLUMNS = ("series", "variable", "unit", "time", "window", "observed", "flag", "weight", "simulated", "error_percent")


def compared_table(result: StudyResult) -> str:
    """Write one row per observed value from the first fitted period to the last held out, dropped ones included."""
    return csv_text(_COLUMNS, [row for target in result[BACKTEST].targets for row in _rows(result, target)])


def _rows(result: StudyResult, target: TargetResult) -> Iterator[list[object]]:
    for index, year in enumerate(target.years.tolist()):
        yield [
            target.name,
            target.variable,
            target.unit,
            result.info.clock.shown(round(year)),
            target.windows[index],
            float(target.observed[index]),
            " ".join(target.flags[index]),
            float(target.weights[index]),
            float(target.simulated[index]),
            float(target.error_percent[index]),
        ]
