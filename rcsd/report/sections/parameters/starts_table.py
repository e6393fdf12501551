"""Every start of the search, the failed ones too."""

from collections.abc import Sequence

from rcsd.analysis.calibration.fit.result import FitResult, Start
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import measured, number

_MOST = 6
"""Parameters that have a column each: more are wider than a page."""


def starts_table(fit: FitResult, *, one_place: bool = False) -> Table:
    """One row per start: its cost and why it stopped; where it ended, unless all did in one place or it is too long."""
    many = len(fit.names) > _MOST
    names = () if one_place or many else fit.names
    elsewhere = " Where each ended stands under `starts` in manifest.json." if many and not one_place else ""
    return Table(
        caption=f"Starts ({fit.agreement} of {len(fit.starts)} ended within 1 % of the lowest cost)",
        columns=(
            *words("Start"),
            *numbers("Cost", "Runs", "Failed runs"),
            *words("Converged", "Why it stopped"),
            *numbers(*names),
        ),
        rows=tuple(_row(fit, start, names) for start in fit.starts),
        note="Cost is half the sum of the squared residuals of data and priors. Start 0 is the study's own starting "
        "values. Runs: every simulation of the model, those for the derivatives at each step among them. "
        "Evaluations, which the settings limit, are the points that the descent tries, without those for "
        f"derivatives.{elsewhere}",
        folded=True,
    )


def _row(fit: FitResult, start: Start, names: Sequence[str]) -> tuple[Cell, ...]:
    return (
        Cell(str(start.index), "best" if start.index == fit.best.index else ""),
        *cells(number(start.cost, 5), f"{start.n_evaluations:,}"),
        Cell(str(start.n_failed), "alert" if start.n_failed else ""),
        Cell("yes" if start.converged else "no", "" if start.converged else "alert"),
        Cell(start.message),
        *(Cell(measured(start.estimate.get(name))) for name in names),
    )
