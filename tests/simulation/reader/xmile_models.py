"""XMILE files for tests, and what their variables come to."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import rcsd
from rcsd.simulation.ir import Model

TEXT = """<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<sim_specs method="{method}"><start>0</start><stop>{stop}</stop><dt>{dt}</dt></sim_specs>
<dimensions>{dimensions}</dimensions>
<model><variables>
{variables}
</variables></model>{more}
</xmile>
"""
REGIONS = '<dim name="Region"><elem name="North"/><elem name="South"/></dim>'
AGES = '<dim name="Age" size="3"/>'


def aux(name: str, equation: str, *dimensions: str, table: str = "") -> str:
    """Write an auxiliary."""
    return f'<aux name="{name}">{_dims(dimensions)}<eqn>{escape(equation)}</eqn>{table}</aux>'


def flow(name: str, equation: str, *dimensions: str, uniflow: bool = False) -> str:
    """Write a flow."""
    inside = "<non_negative/>" if uniflow else ""
    return f'<flow name="{name}">{_dims(dimensions)}<eqn>{escape(equation)}</eqn>{inside}</flow>'


def stock(name: str, initial: str, *dimensions: str, ins: str = "", outs: str = "", kept: bool = False) -> str:
    """Write a stock; the names of its flows are separated by blanks."""
    flows = "".join(f"<inflow>{each}</inflow>" for each in ins.split())
    flows += "".join(f"<outflow>{each}</outflow>" for each in outs.split())
    inside = "<non_negative/>" if kept else ""
    return f'<stock name="{name}">{_dims(dimensions)}<eqn>{escape(initial)}</eqn>{flows}{inside}</stock>'


def submodel(name: str, *variables: str) -> str:
    """Write a model that a module can be."""
    return f'<model name="{name}"><variables>{"".join(variables)}</variables></model>'


def model_text(
    *variables: str, dimensions: str = "", more: str = "", stop: float = 4, dt: float = 1, method: str = "Euler"
) -> str:
    """Write a file."""
    lines = "\n".join(variables)
    return TEXT.format(method=method, stop=stop, dt=dt, dimensions=dimensions, variables=lines, more=more)


def values_of(text: str, folder: Path, backend: str = "interpreted") -> dict[str, list[float]]:
    """Run a file, and return every scalar by its name."""
    path = folder / "m.xmile"
    path.write_text(text, "utf-8")
    found = rcsd.load(path).simulator(backend).run()
    assert not any(found.messages), found.messages
    return {name: found.values[0, :, i].tolist() for i, name in enumerate(found.variables)}


def read_from(text: str, folder: Path) -> Model:
    """Read a file."""
    path = folder / "m.xmile"
    path.write_text(text, "utf-8")
    return rcsd.load(path).ir


def _dims(names: tuple[str, ...]) -> str:
    inside = "".join(f'<dim name="{name}"/>' for name in names)
    return f"<dimensions>{inside}</dimensions>" if inside else ""
