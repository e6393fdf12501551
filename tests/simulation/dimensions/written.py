"""Small models written from lines such as ``Births = Population * Rate ~ People/Year``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_HERE = Path(__file__).parent
_SETTINGS = (
    "\\\\\\---/// Sketch information - do not modify anything except names\n"
    "V300  Do not put anything below this section - it will be ignored\n"
    "*View 1\n$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0\n"
    "///---\\\\\\\n:L\x7f<%^E!@\n1:Current.vdf\n"
)
_KINDS = ("stock", "flow", "aux")


@dataclass(frozen=True)
class Written:
    """A model in lines, and what a hand finds wrong with its units."""

    name: str
    why: str
    format: str
    equations: str
    time: str = "Year"
    synonyms: tuple[str, ...] = ()
    units: tuple[tuple[str, ...], ...] = ()
    macros: str = ""
    finds: dict[str, str] = field(default_factory=dict)
    cause: str = ""
    differs: str = ""

    def save(self, folder: Path) -> Path:
        """Write the file."""
        path = folder / f"{self.name}.{'mdl' if self.format == 'vensim' else 'xmile'}"
        path.write_text(self._vensim() if self.format == "vensim" else self._xmile(), encoding="utf-8")
        return path

    def _lines(self) -> list[tuple[str, str]]:
        pairs = (line.rpartition("~") for line in self.equations.strip().splitlines())
        return [(left.strip(), unit.strip()) for left, _, unit in pairs]

    def _vensim(self) -> str:
        controls = {"INITIAL TIME": "0", "FINAL TIME": "10", "TIME STEP": "0.5", "SAVEPER": "1"}
        lines = [*self._lines(), *((f"{name} = {value}", self.time) for name, value in controls.items())]
        body = "".join(f"{left}\n\t~\t{unit}\n\t~\t|\n\n" for left, unit in lines)
        settings = "".join(f"22:{names}\n" for names in self.synonyms)
        return f"{{UTF-8}}\n{self.macros}{body}{_SETTINGS}{settings}"

    def _xmile(self) -> str:
        units = "".join(
            f'<unit name="{name}"><eqn>{equation}</eqn>{"".join(f"<alias>{each}</alias>" for each in aliases)}</unit>'
            for name, equation, *aliases in self.units
        )
        return (
            '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">'
            "<header><vendor>a hand</vendor><product version='1'>rcsd</product></header>"
            f'<sim_specs time_units="{self.time}"><start>0</start><stop>10</stop><dt>0.5</dt></sim_specs>'
            f"<model_units>{units}</model_units><model><variables>"
            f"{''.join(_variable(*line) for line in self._lines())}</variables></model></xmile>"
        )


def _variable(left: str, unit: str) -> str:
    name, _, equation = (part.strip() for part in left.partition("="))
    first, _, rest = name.partition(" ")
    kind, name = (first, rest) if first in _KINDS else ("aux", name)
    inside = ""
    if kind == "stock":  # initial + inflow - outflow
        words = equation.split()
        equation = words[0]
        for sign, flow in zip(words[1::2], words[2::2], strict=True):
            inside += f"<{'inflow' if sign == '+' else 'outflow'}>{flow}</{'inflow' if sign == '+' else 'outflow'}>"
    if equation.startswith("GRAPH("):
        equation = equation[6:-1]
        inside += "<gf><xscale min='0' max='2'/><ypts>1,2,4</ypts></gf>"
    unit_text = f"<units>{escape(unit)}</units>" if unit else ""
    return f'<{kind} name="{name}"><eqn>{escape(equation)}</eqn>{inside}{unit_text}</{kind}>'


def models(file: str) -> list[Written]:
    """Read the models of a file of this folder."""
    tables: list[dict[str, Any]] = tomllib.loads((_HERE / file).read_text(encoding="utf-8"))["model"]
    return [Written(**{**table, "units": tuple(map(tuple, table.get("units", ())))}) for table in tables]
