"""The definitions of a Vensim file -> PySD's AbstractModel."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pysd.translators.structures.abstract_expressions import (
    ArithmeticStructure,
    CallStructure,
    DataStructure,
    IntegStructure,
    LogicStructure,
)
from pysd.translators.structures.abstract_model import AbstractModel
from pysd.translators.vensim.vensim_element import Component, Data, Lookup, UnchangeableConstant
from pysd.translators.vensim.vensim_section import Section

from rcsd.errors import RcsdWarning
from rcsd.names import canonical
from rcsd.simulation.ir import CONTROLS
from rcsd.simulation.reader.pysd_calls import PYSD_FAULTS, explain
from rcsd.simulation.reader.source import Entry, Fault, MacroText, SourceText, model_error, require_read
from rcsd.simulation.reader.vensim.equation import expression_of
from rcsd.simulation.reader.vensim.left import Left, left_of
from rcsd.simulation.reader.vensim.ranges import range_of
from rcsd.simulation.reader.vensim.tables import table_of

_CHECKS = {"THE CONDITION", "TEST INPUT", "IS"}
_KINDS: dict[str, type] = {"=": Component, "==": UnchangeableConstant, "(": Lookup}
_FROM_FILE = re.compile(r"\(\s*(?P<call>GET[\s_]+\w+[\s_]+LOOKUPS\s*\(.*\))\s*\)\s*$", re.IGNORECASE)
_UNWRITTEN = "a_function_of"
_COMPUTED = (ArithmeticStructure, LogicStructure, CallStructure, IntegStructure)
_NO_LETTER = re.compile(r"\W+")
_LIMITS = re.compile(r"\[(?P<inside>[^\[\]]*)\]\s*$")


def abstract_model(source: SourceText, known: list[Fault]) -> Any:
    """Translate a file.

    Parameters
    ----------
    source : SourceText
        Split.
    known : list of Fault
        Faults found before; what is found at the same place is not told twice.

    Raises
    ------
    ModelError
        With every definition that cannot be read.
    """
    faults: list[Fault] = []
    own = {canonical(name) for name in (*source.macros, *(entry.name for entry in source.entries))}
    sections = [_section(source.entries, own, faults)]
    for block in source.blocks:
        inside = own | {canonical(entry.name) for entry in block.entries} | {canonical(n) for n in block.inputs}
        sections.append(_section(block.entries, inside, faults, block))
    require_read(source.path, known, faults)
    _refuse_sketch(source, sections[0].components)
    return AbstractModel(source.path, tuple(section.get_abstract_section() for section in sections))


def _refuse_sketch(source: SourceText, components: list[Any]) -> None:
    """Refuse a diagram of causes whose equations are yet to be written: Vensim says A FUNCTION OF for each."""
    own = [component for component in components if canonical(component.name) not in CONTROLS]
    drawn = [c for c in own if isinstance(c.ast, CallStructure) and c.ast.function.reference == _UNWRITTEN]
    if drawn and not any(isinstance(c.ast, _COMPUTED) for c in own if c not in drawn):
        message = (
            f"the model is a diagram of causes without equations: {len(drawn)} of {len(own)} variables are "
            "A FUNCTION OF others; write their equations in Vensim"
        )
        raise model_error(source.path, [Fault(source.line_of(drawn[0].name), drawn[0].name, message)])


def _section(entries: Iterable[Entry], own: set[str], faults: list[Fault], block: MacroText | None = None) -> Any:
    name = "__main__" if block is None else block.name.lower().replace(" ", "_")
    path = Path("model.py" if block is None else f"{_NO_LETTER.sub('', name).lstrip('0123456789')}.py")
    inputs = [] if block is None else list(block.inputs)
    section = Section(name, path, "main" if block is None else "macro", inputs, [], "", False, None)
    section.subscripts, section.components, section.constraints, section.test_inputs = [], [], [], []
    skipped = []
    for entry in entries:
        left = left_of(entry.definition)
        if left.keyword in _CHECKS:
            skipped.append(entry)
            continue
        try:
            if left.operator in (":", "<->"):
                section.subscripts.append(range_of(left.name, left.operator, left.right))
            else:
                section.components.append(_component(entry, left, own))
        except PYSD_FAULTS as error:
            faults.append(Fault(entry.line, entry.name, f"its definition {_why(error)}"))
    if skipped:
        lines = ", ".join(str(entry.line) for entry in skipped)
        warnings.warn(
            f"reality checks and test inputs are no equations; skipped: lines {lines}", RcsdWarning, stacklevel=2
        )
    return section


def _why(error: BaseException) -> str:
    return str(error) if isinstance(error, ValueError) and type(error) is ValueError else explain(error)


def _component(entry: Entry, left: Left, own: set[str]) -> Any:
    subscripts = (list(left.subscripts), [list(some) for some in left.exceptions])
    keyword = left.keyword.lower().replace(" ", "_") or None
    if left.operator == "?":
        raise ValueError(f"cannot be read at {left.right[:40]!r}")
    if left.operator in ("", ":=") or keyword:
        component = Data(left.name, subscripts, keyword, left.right)
        component.ast = expression_of(left.right, own) if left.right else DataStructure()
    elif left.operator == "(":
        component = Lookup(left.name, subscripts, left.right)
        from_file = _FROM_FILE.match(f"({left.right}")
        component.ast = expression_of(from_file["call"]) if from_file else table_of(f"({left.right}")
    else:
        component = _KINDS[left.operator](left.name, subscripts, left.right)
        component.ast = expression_of(left.right, own)
        component.lookup = type(component.ast).__name__ == "GetLookupsStructure"
    limits = _LIMITS.search(entry.unit)
    component.units = entry.unit[: limits.start()].strip() if limits else entry.unit
    component.limits = _limits(limits["inside"]) if limits else None
    component.documentation = entry.documentation
    return component


def _limits(inside: str) -> tuple[float | None, ...] | None:
    """Return what a unit says of the range of its variable; None for what is no number."""
    try:
        return tuple(None if part.strip() == "?" else float(part) for part in inside.split(","))
    except ValueError:
        return None
