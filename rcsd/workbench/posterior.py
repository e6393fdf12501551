"""The posterior of a study's parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rcsd.analysis.calibration import Posterior as Draws
from rcsd.bands import band
from rcsd.errors import CalibrationError
from rcsd.study.findings.posterior import Sampled
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.coverage import COVERAGE
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.simulate import SIMULATE
from rcsd.workbench.found import Found

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Posterior(Found):
    """Draws of the parameters and of the noise, given the data of the fit window."""

    table: ClassVar = (POSTERIOR, "posterior.csv")
    labels: ClassVar = ("draw",)
    parts: ClassVar[dict[str, tuple[str, ...]]] = {"uncertainty": ("posterior",)}
    steps: ClassVar = (POSTERIOR, PARAMETERS, COVERAGE, BACKTEST, SIMULATE)

    @property
    def sampled(self) -> Sampled:
        """Chains and bands."""
        return self.result[POSTERIOR]

    @property
    def faults(self) -> tuple[str, ...]:
        """What speaks against the chains; empty where they have converged."""
        return self.sampled.faults

    @property
    def chains(self) -> Draws:
        """The draws with their diagnostics.

        Raises
        ------
        CalibrationError
            When none could be drawn.
        """
        if self.sampled.posterior is None:
            raise CalibrationError(f"there is no posterior of {self.study.name}: {'; '.join(self.faults)}")
        return self.sampled.posterior

    def summary(self) -> pd.DataFrame:
        """Return a row a parameter: 5 %, 50 % and 95 % of the draws, and R-hat and effective number of its chains."""
        import pandas as pd  # noqa: PLC0415 - takes long to import

        found, names = self.chains, list(self.chains.draws.names)
        low, median, high = band(found.draws.values).stacked()
        at = [found.diagnostics.names.index(name) for name in names]
        columns = {"p05": low, "median": median, "p95": high}
        judged = {"rhat": found.diagnostics.rhat[at], "ess": found.diagnostics.ess[at]}
        return pd.DataFrame({"parameter": names, **columns, **judged})

    def to_xarray(self) -> xr.Dataset:
        """Return a variable a parameter, shape (chain, draw).

        A chain here is a group of those that were run, with a warm-up of its own; draws that are of no chain are one.
        Of the table, those that would make a chain longer than another are left out. The draws are thinned: `summary`
        has the diagnostics of all of them.
        """
        import xarray as xr  # noqa: PLC0415 - takes long to import

        frame = self.to_frame()
        n_chains = max(self.chains.diagnostics.groups, 1)
        longest = -(-len(frame) // n_chains)  # of all but the last, which may have fewer
        n_draws = len(frame) - (n_chains - 1) * longest
        at = np.arange(n_chains)[:, np.newaxis] * longest + np.arange(n_draws)
        return xr.Dataset(
            {name: (("chain", "draw"), frame[name].to_numpy()[at]) for name in frame.columns},
            coords={"chain": np.arange(n_chains), "draw": np.arange(n_draws)},
        )

    def to_arviz(self) -> xr.DataTree:
        """Return the groups `posterior` and `observed_data`, which ArviZ takes as they are.

        Raises
        ------
        StudyError
            When there are no draws; it says why.
        """
        import xarray as xr  # noqa: PLC0415 - takes long to import

        observed = {
            each.series.name: xr.DataArray(
                each.series.values,
                {f"time of {each.series.name}": self.study.clock.shown(each.series.years, each.series.span)},
                (f"time of {each.series.name}",),
            )
            for each in self.study.targets
        }
        return xr.DataTree.from_dict({"posterior": self.to_xarray(), "observed_data": xr.Dataset(observed)})

    def _why_empty(self) -> str:
        return "; ".join(self.faults) or "no draws"

    def _facts(self) -> tuple[str, ...]:
        found = self.sampled.posterior
        if found is None:
            return (f"none could be sampled: {_first(self.faults)}",)
        state = f"NOT CONVERGED: {_first(self.faults)}" if self.faults else "converged"
        return f"{found.draws.n} draws", f"{len(found.draws.names)} parameters", state


def _first(faults: tuple[str, ...]) -> str:
    return f"{faults[0]}{f' and {len(faults) - 1} more' if len(faults) > 1 else ''}"
