"""The results of a study's verbs, each a view of what its steps have found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rcsd.analysis.calibration import FitResult
from rcsd.ensemble import Ensemble
from rcsd.study.findings.profiles import Uncertainty
from rcsd.study.findings.target import TargetResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.forecast import FORECAST
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.profiles import PROFILES
from rcsd.study.steps.rolling import ROLLING
from rcsd.study.steps.simulate import SIMULATE, ensemble_of, storable
from rcsd.workbench.found import Found, frame_of

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Fit(Found):
    """The parameters that fit best, and the run with them."""

    table: ClassVar = (PARAMETERS, "parameters.csv")
    labels: ClassVar = ("name",)
    parts: ClassVar[dict[str, tuple[str, ...]]] = {"fit": ("residuals",)}
    steps: ClassVar = (CALIBRATE, PARAMETERS, SIMULATE, BACKTEST)

    @property
    def values(self) -> Mapping[str, float]:
        """Estimates by name."""
        return self.calibration.values

    @property
    def calibration(self) -> FitResult:
        """The fit with all its starts."""
        return self.result[CALIBRATE].fit

    @property
    def run(self) -> Ensemble:
        """The fitted run, from its start to the horizon."""
        return ensemble_of(self.result)

    @property
    def targets(self) -> tuple[TargetResult, ...]:
        """Each series beside the fitted run, with its errors."""
        return self.result[BACKTEST].targets

    def to_xarray(self) -> xr.Dataset:
        """Return the fitted run as labelled arrays, its parameters with it."""
        return storable(self.run)

    def _facts(self) -> tuple[str, ...]:
        found = self.calibration
        agree = f"{found.agreement} of {len(found.starts)} starts agree"
        return f"{len(found.names)} parameters", f"cost {found.cost:.5g}", agree


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Profiles(Found):
    """How well the data determine each parameter, all priors left out."""

    table: ClassVar = (PROFILES, "profiles.csv")
    labels: ClassVar = ("parameter", "point")
    parts: ClassVar[dict[str, tuple[str, ...]]] = {"uncertainty": ("identifiability",)}
    steps: ClassVar = (PROFILES, PARAMETERS, BACKTEST)

    @property
    def known(self) -> Uncertainty:
        """Profiles, noise, collinearity and verdicts."""
        return self.result[PROFILES]

    def intervals(self) -> pd.DataFrame:
        """Return a row a parameter: estimate, 95 % interval of the data, its open sides, what determines it."""
        import pandas as pd  # noqa: PLC0415 - takes long to import

        known = self.known
        rows = [
            (each.name, known.estimate[each.name], each.lower, each.upper, each.open, known.verdicts[each.name])
            for each in known.profiles
        ]
        return pd.DataFrame(rows, columns=["parameter", "estimate", "lower", "upper", "open", "determined_by"])

    def to_xarray(self) -> xr.Dataset:
        """Return values and rises by parameter and point, missing where a profile has fewer points."""
        frame = self.to_frame()
        frame["point"] = frame.groupby("parameter").cumcount()
        return frame.set_index(list(self.labels)).to_xarray()

    def _facts(self) -> tuple[str, ...]:
        closed = sum(each.open == "" for each in self.known.profiles)
        return (f"{closed} of {len(self.known.profiles)} intervals are closed on both sides",)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Backtest(Found):
    """Forecasts of the years that the fit has not seen, and what benchmark forecasts achieve there."""

    table: ClassVar = (BACKTEST, "holdout.csv")
    parts: ClassVar[dict[str, tuple[str, ...]]] = {"fit": ("residuals",), "rolling": ()}
    steps: ClassVar = (BACKTEST, SIMULATE)

    @property
    def labels(self) -> tuple[str, ...]:  # type: ignore[override]
        """Columns that tell the rows apart."""
        return ("series", "drivers", "year" if "year" in self.to_frame() else "time")

    @property
    def targets(self) -> tuple[TargetResult, ...]:
        """Each series with its forecasts and their errors."""
        return self.result[BACKTEST].targets

    def scores(self) -> pd.DataFrame:
        """Return a row a series: errors in the hold-out, MASE, skill over the last value, the best benchmark."""
        import pandas as pd  # noqa: PLC0415 - takes long to import

        rows = [
            (each.name, score.statistics.n, score.statistics.rmse, score.mase, score.skill, score.best_baseline)
            for each in self.targets
            if (score := each.holdout) is not None
        ]
        return pd.DataFrame(rows, columns=["series", "n", "rmse", "mase", "skill", "best_baseline"])

    def rolling(self) -> pd.DataFrame | None:
        """Return a row a forecast from each origin; None where none was asked for."""
        content = None if self.result.get(ROLLING) is None else ROLLING.files["rolling.csv"](self.result)
        return frame_of(content) if isinstance(content, str) else None

    def _why_empty(self) -> str:
        return (
            "the study holds nothing out: give a window to hold out"
            if not self.scores().size
            else "nothing is forecast"
        )

    def _facts(self) -> tuple[str, ...]:
        scored = [each for each in self.targets if each.holdout is not None]
        return (f"{len(scored)} of {len(self.targets)} series scored",)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Forecast(Found):
    """What is forecast of every series from the data to the horizon, and the scenarios if there are any."""

    table: ClassVar = (FORECAST, "forecast.csv")
    parts: ClassVar[dict[str, tuple[str, ...]]] = {"forecast": ()}
    steps: ClassVar = (FORECAST, BACKTEST, SIMULATE)

    @property
    def labels(self) -> tuple[str, ...]:  # type: ignore[override]
        """Columns that tell the rows apart."""
        return ("series", "drivers", "year" if "year" in self.to_frame() else "time")

    def _why_empty(self) -> str:
        return "every run failed, or the horizon is the last observed time"

    def _facts(self) -> tuple[str, ...]:
        found = self.result[FORECAST]
        return f"{len({band.series for band in found.bands})} series", f"{found.n_draws} draws"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class WholeStudy(Found):
    """A study with all its steps run, its files written.

    Attributes
    ----------
    folder : Path
        Where its files are: index.html is the report.
    """

    folder: Path

    table: ClassVar = (PARAMETERS, "parameters.csv")
    labels: ClassVar = ("name",)
    parts: ClassVar[dict[str, tuple[str, ...]]] = {}

    @property
    def report(self) -> Path:
        """The page to open."""
        return self.folder / "index.html"

    def _facts(self) -> tuple[str, ...]:
        return f"steps {', '.join(self.result.found)}", f"report {self.report.name}"
