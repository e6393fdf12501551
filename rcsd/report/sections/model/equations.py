"""The equations of a model as tables, one for each sheet of its diagram: folded, and each variable with a link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from rcsd.names import canonical
from rcsd.report.fact import fact
from rcsd.report.model_page.documentation import documented
from rcsd.report.model_page.entry import anchors_of
from rcsd.report.sections.model.sheets import own_names
from rcsd.report.table import Cell, Table, cells, words
from rcsd.report.wording import count, number, plain
from rcsd.simulation.ir import Model, Variable
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
_COLUMNS = words("Variable", "Kind", "Unit", "Equation, or value in this study", "Meaning")


def equation_tables(model: Model, views: Sequence[View], result: StudyResult) -> list[Table]:
    """One table for each sheet, of the variables that are at home there, and one of all that are on none."""
    anchors, here = anchors_of(model.names), _values_of(result)
    by_name = {canonical(each.name): each for each in model}
    left, tables = dict(by_name), []
    for view in views:
        own = [variable for name in own_names(view) if (variable := left.pop(name, None)) is not None]
        tables.append(_table(view.name, own, anchors, here))
    tables.append(_table("on no sheet" if views else "all", list(left.values()), anchors, here))
    return [table for table in tables if table.rows]


def _table(title: str, variables: Iterable[Variable], anchors: Mapping[str, str], here: Mapping[str, str]) -> Table:
    rows = tuple(_row(each, anchors[each.name], here.get(canonical(each.name), "")) for each in variables)
    return Table(f"{title}: {count(len(rows), 'equation')}", _COLUMNS, rows, folded=True)


def _row(variable: Variable, anchor: str, here: str) -> tuple[Cell, ...]:
    subscripts = f"[{', '.join(variable.subscripts)}]" if variable.subscripts else ""
    return (
        Cell(f"{variable.name}{subscripts}", link=f"{PAGE}#{anchor}"),
        *cells(variable.kind, variable.unit),
        Cell(f"{here} (in the file {_written(variable)})", "") if here else Cell(_written(variable), "code"),
        Cell(documented(variable.documentation).meaning),
    )


def _written(variable: Variable) -> str:
    if variable.value is not None:
        return f"{variable.value:g}"
    return shortened(_POINTS.sub("(table)", " ".join(variable.equation.split())), _LONGEST)


def _values_of(result: StudyResult) -> dict[str, str]:
    """Say by canonical name what the study gives a variable in place of what stands in the file."""
    said = {
        canonical(each.name): f"{fact(number(each.estimate), 'parameters', each.name, 'estimate')}, estimated"
        for each in result[PARAMETERS].parameters
    }
    said |= {canonical(each.name): f"{number(each.value)}, set by the study" for each in result.constants}
    return said | {canonical(each.table): f"the study's {plain(each.name)}" for each in result.drivers}
