"""Resource-city system dynamics: load, calibrate, backtest and report stock-and-flow models.

The names below are fetched on first use, so that ``import rcsd`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rcsd.analysis.metrics import fit_statistics as fit_statistics
    from rcsd.analysis.parameters import Parameter as Parameter
    from rcsd.analysis.parameters import ParameterSpace as ParameterSpace
    from rcsd.analysis.parameters import Prior as Prior
    from rcsd.analysis.series import ObservedSeries as ObservedSeries
    from rcsd.analysis.series import read_observed as read_observed
    from rcsd.ensemble import Ensemble as Ensemble
    from rcsd.ensemble import RunStatus as RunStatus
    from rcsd.errors import RcsdError as RcsdError
    from rcsd.simulation.archive import open_ensemble as open_ensemble
    from rcsd.simulation.archive import simulate as simulate
    from rcsd.simulation.loading import LoadedModel as LoadedModel
    from rcsd.simulation.loading import load as load
    from rcsd.simulator import Simulator as Simulator
    from rcsd.study import load_study as load_study
    from rcsd.study import run_study as run_study
    from rcsd.study.sobol.runner import sobol_study as sobol_study

__version__ = "0.2.0.dev0"

_HOMES = {
    "Ensemble": "rcsd.ensemble",
    "LoadedModel": "rcsd.simulation.loading",
    "ObservedSeries": "rcsd.analysis.series",
    "Parameter": "rcsd.analysis.parameters",
    "ParameterSpace": "rcsd.analysis.parameters",
    "Prior": "rcsd.analysis.parameters",
    "RcsdError": "rcsd.errors",
    "RunStatus": "rcsd.ensemble",
    "Simulator": "rcsd.simulator",
    "fit_statistics": "rcsd.analysis.metrics",
    "load": "rcsd.simulation.loading",
    "load_study": "rcsd.study",
    "open_ensemble": "rcsd.simulation.archive",
    "read_observed": "rcsd.analysis.series",
    "run_study": "rcsd.study",
    "simulate": "rcsd.simulation.archive",
    "sobol_study": "rcsd.study.sobol.runner",
}

__all__ = [*sorted(_HOMES), "__version__"]  # noqa: PLE0604 - the names are the keys above


def __getattr__(name: str) -> Any:
    """Import the module that holds a public name, on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'rcsd' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return list(__all__)
