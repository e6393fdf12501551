"""All that is asked of one table, in one go: standing, scale, and how the frontier moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rcsd.errors import ParameterError
from rcsd.papers.dea.method.analysis import dea
from rcsd.papers.dea.method.data import DeaData
from rcsd.papers.dea.method.malmquist import MalmquistResult, malmquist
from rcsd.papers.dea.method.model import DeaModel, Kind, Orientation
from rcsd.papers.dea.method.result import DeaResult
from rcsd.papers.dea.method.scale import ScaleResult, scale_efficiency
from rcsd.papers.dea.table import Table, read_table
from rcsd.papers.dea.windows import Window


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """What was found in one table.

    Attributes
    ----------
    window : Window
        What was compared.
    data : DeaData
        Its figures.
    result : DeaResult
        Every row against the frontier of all rows, by the model asked for.
    own_period : DeaResult or None
        Every row against the frontier of its own period; None without periods.
    scale : ScaleResult
        Scale efficiency and returns to scale, one frontier of all rows.
    super_scores : DeaResult
        Efficient rows against the others, radial with the model's returns: which rows the frontier depends on.
    malmquist : MalmquistResult or None
        Change between the periods; None without at least two.
    groups : mapping of str to str
        Class of each unit; empty without classes.
    sha256 : str
        Of the table's bytes.
    """

    window: Window
    data: DeaData
    result: DeaResult
    own_period: DeaResult | None
    scale: ScaleResult
    super_scores: DeaResult
    malmquist: MalmquistResult | None
    groups: Mapping[str, str]
    sha256: str


def assess(window: Window, model: DeaModel, *, progress: Callable[[str, int, int], None] | None = None) -> Assessment:
    """Read a window's table and find all there is to say.

    Parameters
    ----------
    window
        What to compare.
    model
        Of the scores.
    progress
        Called with a name, how many steps are done and how many there are.

    Raises
    ------
    ParameterError, SeriesError
        When a column or a cell breaks a rule.
    AssessmentError
        When a programme cannot be solved.
    """
    table = read_table(window.table)
    data = table.data(window.roles)
    facing: Orientation = "input" if model.orientation == "input" else "output"
    moving = len(data.distinct_periods) > 1
    desirable = data.without_undesirable()
    note = progress or (lambda *_: None)
    steps = 5
    note("scores", 0, steps)
    result = dea(data, model)
    note("scores", 1, steps)
    own = dea(data, model, by_period=True) if data.periods else None
    note("scores", 2, steps)
    scale = scale_efficiency(data, facing)
    note("scores", 3, steps)
    kind: Kind = "bcc" if model.returns == "variable" else "ccr"
    beyond = DeaModel(kind, facing, model.returns, super_efficiency=True)
    over = result if beyond == model and desirable is data else dea(desirable, beyond)
    note("scores", 4, steps)
    change = malmquist(desirable, facing) if moving else None
    note("scores", 5, steps)
    return Assessment(window, data, result, own, scale, over, change, _groups(table, window), table.sha256)


def _groups(table: Table, window: Window) -> dict[str, str]:
    """Find the class of each unit.

    Raises
    ------
    ParameterError
        When there is no such column.
    """
    if not window.group:
        return {}
    if window.group not in table.columns:
        raise ParameterError(f"{table.path}: the table has no column {window.group!r} of classes", field="group")
    unit = window.roles.unit or next(iter(table.columns))
    return {u.strip(): g.strip() for u, g in zip(table.columns[unit], table.columns[window.group], strict=True)}
