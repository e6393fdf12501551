"""What a page needs that shows charts live: the drawing library, packed, and the colours on dark paper."""

from __future__ import annotations

import base64
import gzip
import importlib.util
from functools import cache
from pathlib import Path

from jinja2 import Environment

from rcsd.report.chart.chart import Chart
from rcsd.report.chart.colours import DARK
from rcsd.report.chart.compact import as_script
from rcsd.report.chart.shades import SHADES

_FILES = ("bokeh.min.js", "bokeh-api.min.js")


def knows_charts(environment: Environment) -> None:
    """Let the templates of an environment show charts: a test, a filter, and what `chart/script.html.j2` asks for."""
    environment.tests["chart"] = lambda drawing: isinstance(drawing, Chart)
    environment.filters["as_script"] = as_script
    environment.globals["library"] = library
    environment.globals["dark_colours"] = lambda: DARK
    environment.globals["shades"] = lambda: SHADES


@cache
def library() -> str:
    """Return BokehJS as base64 of gzip: a third of its size, unpacked when the first chart of a page is drawn."""
    found = importlib.util.find_spec("bokeh")
    assert found is not None
    assert found.origin is not None
    folder = Path(found.origin).parent / "server" / "static" / "js"
    script = b"\n".join((folder / name).read_bytes() for name in _FILES)
    return base64.b64encode(gzip.compress(script, mtime=0)).decode("ascii")
