"""The scripts of a live page, run by V8 without a page."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from py_mini_racer import MiniRacer

from rcsd.report.live.document import Document
from rcsd.simulation.engine.javascript import runtime_script

SCRIPTS = files("rcsd.report.live").joinpath("templates")


def script(name: str) -> str:
    """Read a script."""
    return SCRIPTS.joinpath(name).read_text(encoding="utf-8")


def with_runs(model: str, document: Document) -> MiniRacer:
    """Return an engine with `runs` of a live model."""
    engine = MiniRacer()
    engine.eval(f"{runtime_script()}\nconst liveModel = {model};\n{script('runs.js')}")
    engine.eval(f"const live = {json.dumps(document)};\nconst runs = rcsdRuns(rcsdRuntime.model(liveModel), live);")
    return engine


def told(engine: MiniRacer, code: str) -> Any:
    """Return what an expression gives, through JSON."""
    text = engine.eval(f"JSON.stringify({code})")
    assert isinstance(text, str)
    return json.loads(text)
