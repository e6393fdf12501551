"""A system as plain JavaScript, for pages that simulate: no library, no network, the numbers of the interpreter."""

from __future__ import annotations

from rcsd.simulation.engine.javascript.module import model_script, runtime_script

__all__ = ["model_script", "runtime_script"]
