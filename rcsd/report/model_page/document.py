"""What the page says of each variable, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rcsd.report.model_page.entry import Entry, ShownLoop


def page_document(entries: Sequence[Entry], loops: Sequence[ShownLoop] = ()) -> dict[str, Any]:
    """Arrange the variables and loops of a page."""
    return {
        "variables": [_variable(each) for each in entries],
        "loops": [{"label": e.label, "polarity": e.polarity, "variables": list(e.variables)} for e in loops],
    }


def _variable(entry: Entry) -> dict[str, Any]:
    variable = entry.variable
    return {
        "name": variable.name,
        "kind": variable.kind,
        "subscripts": list(variable.subscripts),
        "unit": variable.unit,
        "equation": variable.equation,
        "value": variable.value,
        "range": entry.range,
        "meaning": entry.documented.meaning,
        "source": entry.documented.source,
        "line": variable.line,
        "causes": [each.name for each in entry.causes],
        "uses": [each.name for each in entry.uses],
        "views": list(entry.views),
        "loops": [each.name for each in entry.loops],
    }
