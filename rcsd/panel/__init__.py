"""The same model fitted to many cities by one rule: a table of cities in, one PanelResult out."""

from __future__ import annotations

from rcsd.panel.panel import Panel, load_panel
from rcsd.panel.result import CityFailure, CityResult, PanelResult, PanelRun
from rcsd.panel.runner import run_panel
from rcsd.panel.shrinkage import Population, estimate_population
from rcsd.panel.writer import write_panel

__all__ = [
    "CityFailure",
    "CityResult",
    "Panel",
    "PanelResult",
    "PanelRun",
    "Population",
    "estimate_population",
    "load_panel",
    "run_panel",
    "write_panel",
]
