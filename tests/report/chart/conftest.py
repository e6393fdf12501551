"""Charts to test with, and an engine that runs the page's scripts without a page."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import numpy as np
import pytest
from py_mini_racer import MiniRacer

from rcsd.report.chart import Band, Boxes, Cells, Chart, Line, Panel, Points, Rule, Segments, Span, linear, named
from rcsd.report.chart.compact import as_script

HOSTILE = "</script><script>alert('x')</script>\u2028<!-- \"quoted\", é"


def rising() -> Chart:
    """Return a line from (2000, 1) to (2002, 4) in a band, with two points, the second flagged."""
    years = np.array([2000.0, 2001.0, 2002.0])
    layers = (
        Span(1999.5, 2001.5, "#E9F1F7", title="fitted"),
        Band(years, [0.5, 1.5, 3.0], [1.5, 2.5, np.nan], "band"),
        Line(years, [1.0, 2.0, 4.0], "run"),
        Points([2000.0], [1.25], "observed"),
        Points([2001.0], [2.125], "flagged", hollow=True),
        Rule(0.0),
    )
    return Chart("rising", (Panel(layers, linear("year"), linear("GDP, billions")),), "It rises.", "A rise.")


def everything() -> Chart:
    """Return a chart with a layer of every kind, hostile names among them."""
    rows = Panel(
        (Segments([0.0], [1.0], [2.0], [1.0], "range"), Points([1.0], [1.0], "place", names=("one half",))),
        linear(),
        named([HOSTILE, "second"]),
        title=HOSTILE,
    )
    table = Panel((Cells(np.array([[0.25, np.nan], [0.5, 1.0]]), label="share"),), named(["a", "b"]), named(["c", "d"]))
    bars = Panel((Boxes([0.0, 1.0], [1.0, 2.0], [0.0, 0.0], [3.0, 5.0], "count"),), title="bars")
    return Chart("everything", (rows, table, bars, rising().panels[0]), HOSTILE, HOSTILE, wide=True, columns=2)


@pytest.fixture
def script() -> Callable[[str, Chart], Any]:
    """Return what evaluates an expression over a chart as the page's scripts see it, called ``spec``."""
    folder = files("rcsd.report") / "templates" / "chart"
    source = "\n".join(
        (folder / f"{name}.js").read_text("utf-8") for name in ("numbers", "data", "keys", "csv", "saving")
    )
    engine = MiniRacer()
    engine.eval(source)

    def evaluate(expression: str, chart: Chart) -> Any:
        engine.eval(f"var spec = {as_script(chart)}")
        return json.loads(engine.eval(f"JSON.stringify({expression})"))

    return evaluate
