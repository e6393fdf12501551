"""The doubtful cells of the data and what was done with them."""

from collections.abc import Sequence

from rcsd.report.spoken import period, when
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import capital, number
from rcsd.study.findings.target import TargetResult

_WINDOWS = {"fit": "fit", "holdout": "hold-out", "": "neither"}


def flags_table(targets: Sequence[TargetResult]) -> Table:
    """One row per flagged cell of an observed series."""
    rows = []
    for target in targets:
        for index, flags in enumerate(target.flags):
            if flags:
                weight = float(target.weights[index])
                rows.append(
                    (
                        Cell(target.variable),
                        *cells(
                            when(target.years[index]),
                            _WINDOWS[target.windows[index]],
                            number(target.observed[index]),
                        ),
                        Cell(", ".join(flags), "code"),
                        Cell("dropped" if weight == 0 else number(weight), "alert" if weight == 0 else ""),
                    )
                )
    return Table(
        caption=f"Flagged cells ({len(rows)})",
        columns=(*words("Series", capital(period()), "Window"), *numbers("Value"), *words("Flags"), *numbers("Weight")),
        rows=tuple(rows),
        note="A flag names a break or a doubt about a cell; the study's rules give each flag a weight, and a cell "
        "the product of its flags' weights. A weight of 0 drops the cell from the fit and from the scores. "
        "SOURCES.md beside the data says what each flag means.",
        folded=True,
    )
