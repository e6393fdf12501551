"""The equations of a model as tables, one for each sheet of its diagram: folded, and each variable with a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rcsd.names import canonical
from rcsd.report.fact import fact
from rcsd.report.model_page.documentation import documented
from rcsd.report.model_page.entry import anchors_of
from rcsd.report.sections.model.sheets import own_names
from rcsd.report.table import Cell, Table, cells, words
from rcsd.report.wording import count, number, plain
from rcsd.simulation.ir import Model, Variable
from rcsd.simulation.passes.settable import asked
from rcsd.simulation.views import View
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.tables import shortened

PAGE = "model.html"
"""Beside the study's page: the model typeset, as `rcsd docs` writes it."""
_POINTS = re.compile(r"\(\[.*", re.DOTALL)
"""The points of a table within an equation, which the page of the model draws."""
_LONGEST = 600
"""Letters of an equation."""
_FEW = 40
"""Equations of a table that stands unfolded where it is the only one."""
_COLUMNS = words("Variable", "Kind", "Unit", "Equation, or value in this study", "Meaning")


_EQUATED = ("stock", "flow", "auxiliary")
"""Kinds of which a study gives no whole equation, only a first value or a number within."""
_FIRST = "first value"


@dataclass(frozen=True, slots=True)
class _Given:
    """What a study gives a variable: by which name, where that is not the variable's, and the words of it."""

    what: str
    text: str


def equation_tables(model: Model, views: Sequence[View], result: StudyResult) -> list[Table]:
    """One table for each sheet, of the variables that are at home there, and one of all that are on none."""
    anchors, here = anchors_of(model.names), _given(result)
    by_name = {canonical(each.name): each for each in model}
    left, tables = dict(by_name), []
    for view in views:
        own = [variable for name in own_names(view) if (variable := left.pop(name, None)) is not None]
        tables.append(_table(view.name, own, anchors, here))
    tables.append(_table("on no sheet" if views else "all", list(left.values()), anchors, here))
    shown = [table for table in tables if table.rows]
    return shown if len(shown) > 1 else [replace(table, folded=len(table.rows) > _FEW) for table in shown]


def _table(
    title: str, variables: Iterable[Variable], anchors: Mapping[str, str], here: Mapping[str, list[_Given]]
) -> Table:
    rows = tuple(_row(each, anchors[each.name], here.get(canonical(each.name), ())) for each in variables)
    return Table(f"{title}: {count(len(rows), 'equation')}", _COLUMNS, rows, folded=True)


def _row(variable: Variable, anchor: str, here: Sequence[_Given]) -> tuple[Cell, ...]:
    subscripts = f"[{', '.join(variable.subscripts)}]" if variable.subscripts else ""
    return (
        Cell(f"{variable.name}{subscripts}", link=f"{PAGE}#{anchor}"),
        *cells(variable.kind, variable.unit),
        _equation(variable, here),
        Cell(documented(variable.documentation).meaning),
    )


def _equation(variable: Variable, here: Sequence[_Given]) -> Cell:
    """Write an equation, with what the study gives the variable: in place of it, or of a part."""
    written = _written(variable)
    if not here:
        return Cell(written, "code")
    if variable.kind in _EQUATED:
        return Cell(f"{written}; {', '.join(f'{each.what or _FIRST} {each.text}' for each in here)}")
    if len(here) == 1 and not here[0].what:
        return Cell(f"{here[0].text} (in the file {written})")
    return Cell(f"{', '.join(f'{each.what} {each.text}'.strip() for each in here)} (in the file {written})")


def _written(variable: Variable) -> str:
    if variable.value is not None:
        return f"{variable.value:g}"
    return shortened(_POINTS.sub("(table)", " ".join(variable.equation.split())), _LONGEST)


def _given(result: StudyResult) -> dict[str, list[_Given]]:
    """Say by canonical name what the study gives a variable, an element or its first value."""
    given = [
        (each.name, f"{fact(number(each.estimate), 'parameters', each.name, 'estimate')}, estimated")
        for each in result[PARAMETERS].parameters
    ]
    given += [(each.name, f"{number(each.value)}, set by the study") for each in result.constants]
    given += [(each.table, f"the study's {plain(each.name)}") for each in result.drivers]
    found: dict[str, list[_Given]] = {}
    for name, text in given:
        base = asked(name).base
        whole = canonical(name) == canonical(base)
        found.setdefault(canonical(base), []).append(_Given("" if whole else name, text))
    return found
