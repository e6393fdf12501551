"""The variables of a model as tables in Markdown, such as a README has."""

from __future__ import annotations

import re

from rcsd.report.model_page.documentation import documented, stated_range
from rcsd.simulation.ir import Model, Variable

_TABLE = re.compile(r",\s*\(\[.*$")
"""The points of a table within an equation, which are for the model file."""


def markdown_tables(model: Model) -> str:
    """Write a table of the constants of a model, and one of its equations."""
    constants = ["| constant | value | unit | range | source | meaning |", "|---|---|---|---|---|---|"]
    equations = ["| variable | kind | unit | equation | meaning and source |", "|---|---|---|---|---|"]
    for variable in model:
        if variable.value is not None:
            constants.append(_constant(variable))
        else:
            equations.append(_equation(variable))
    return "\n".join(["### Constants", "", *constants, "", "### Equations", "", *equations])


def _constant(variable: Variable) -> str:
    said = documented(variable.documentation)
    limits = said.range or stated_range(variable)
    return _row(variable.name, f"{variable.value:g}", variable.unit, limits, said.source, said.meaning)


def _equation(variable: Variable) -> str:
    equation = _TABLE.sub(", table)", re.sub(r"\s+", " ", variable.equation))
    return _row(variable.name, variable.kind, variable.unit, f"`{equation}`", variable.documentation)


def _cell(text: str) -> str:
    """Return words that end no cell and no line."""
    return text.replace("|", r"\|").replace("\n", " ")


def _row(*cells: str) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"
