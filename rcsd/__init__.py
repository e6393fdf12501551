"""System dynamics: load, calibrate, backtest and report stock-and-flow models.

The names below are fetched on first use, so that ``import rcsd`` costs nothing.
"""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.analysis.metrics import fit_statistics
    from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior
    from rcsd.analysis.series import ObservedSeries, read_observed
    from rcsd.ensemble import Ensemble, RunStatus
    from rcsd.errors import RcsdError
    from rcsd.model import Difference, Model, diff, load
    from rcsd.report.live.publish import publish
    from rcsd.simulation.archive import open_ensemble, simulate
    from rcsd.simulation.conversion import convert
    from rcsd.simulation.loading import LoadedModel
    from rcsd.simulator import Simulator
    from rcsd.study import run_study
    from rcsd.study.sobol.runner import sobol_study
    from rcsd.workbench.audit.verifying import verify
    from rcsd.workbench.study import Study, load_study

__all__ = [
    "Difference",
    "Ensemble",
    "LoadedModel",
    "Model",
    "ObservedSeries",
    "Parameter",
    "ParameterSpace",
    "Prior",
    "RcsdError",
    "RunStatus",
    "Simulator",
    "Study",
    "__version__",
    "convert",
    "diff",
    "fit_statistics",
    "load",
    "load_study",
    "open_ensemble",
    "publish",
    "read_observed",
    "run_study",
    "simulate",
    "sobol_study",
    "verify",
]

__version__ = "0.2.0.dev0"

__getattr__, __dir__ = on_first_use(__name__)
