"""The same model fitted to many cities by one rule: a table of cities in, one PanelResult out."""

from __future__ import annotations

from rcsd.study.panel.origins.plan import Plan, plan_of
from rcsd.study.panel.panel import Panel, load_panel
from rcsd.study.panel.result import CityFailure, CityResult, PanelResult, PanelRun
from rcsd.study.panel.runner import run_panel
from rcsd.study.panel.shrinkage import Population, estimate_population
from rcsd.study.panel.writer import write_panel

__all__ = [
    "CityFailure",
    "CityResult",
    "Panel",
    "PanelResult",
    "PanelRun",
    "Plan",
    "Population",
    "estimate_population",
    "load_panel",
    "plan_of",
    "run_panel",
    "write_panel",
]
