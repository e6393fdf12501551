"""Equations that are a table with a way of reading that PySD's builder forgets.

PySD writes every such equation as ``np.interp``, also where the file asks for steps or for extrapolation. As a
variable of its own, called by the equation, a table is read as the file says.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pysd.translators.structures.abstract_expressions import (
    CallStructure,
    InlineLookupsStructure,
    ReferenceStructure,
    SubscriptsReferenceStructure,
)
from pysd.translators.structures.abstract_model import AbstractElement, AbstractLookup

_FORGOTTEN = {"hold_backward", "extrapolate"}


def lifted(elements: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the elements of a section with such tables as elements of their own."""
    result: list[Any] = []
    for element in elements:
        tables = [c for c in element.components if _is_forgotten(c.ast)]
        if not tables:
            result.append(element)
            continue
        name = f"{element.name} table"
        pieces = [AbstractLookup(subscripts=c.subscripts, ast=c.ast.lookups) for c in tables]
        result.append(AbstractElement(name=name, components=pieces))
        changed = [_calling(name, c) if _is_forgotten(c.ast) else c for c in element.components]
        result.append(replace(element, components=changed))
    return tuple(result)


def _is_forgotten(ast: Any) -> bool:
    return isinstance(ast, InlineLookupsStructure) and ast.lookups.type in _FORGOTTEN


def _calling(table: str, component: Any) -> Any:
    subscripts = component.subscripts[0]
    inside = SubscriptsReferenceStructure(list(subscripts)) if subscripts else None
    callee = ReferenceStructure(table.lower().replace(" ", "_"), inside)
    return replace(component, ast=CallStructure(callee, (component.ast.argument,)))
