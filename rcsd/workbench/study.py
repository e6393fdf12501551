"""A study as Python users have it: read from a file or made in code, asked by verbs that return frozen results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack

from rcsd.analysis.parameters import Parameter
from rcsd.errors import StudyError
from rcsd.files import together
from rcsd.simulation.loading import LoadedModel, load
from rcsd.study.file.reading import load_study as _load_study
from rcsd.study.file.reading import make_study
from rcsd.study.file.study import Study as CheckedStudy
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.step import Step
from rcsd.study.made.data import Cells, observed_bytes
from rcsd.study.made.folder import write_folder
from rcsd.study.made.table import study_table, units_of, with_fit
from rcsd.study.runner import run_and_write, run_to
from rcsd.study.setup.tables import DataTable
from rcsd.study.sobol.request import SobolRequest
from rcsd.study.sobol.runner import sobol_study
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.rolling import ROLLING
from rcsd.study.steps.scenarios import SCENARIOS
from rcsd.study.written.crate import write_crate
from rcsd.study.written.inputs import study_at
from rcsd.study.written.writer import write_files
from rcsd.work.progress import Progress
from rcsd.workbench.bars import notebook_bars
from rcsd.workbench.found import Found
from rcsd.workbench.how import How, Settings
from rcsd.workbench.posterior import Posterior
from rcsd.workbench.results import Backtest, Fit, Forecast, Profiles, WholeStudy
from rcsd.workbench.sensitivity import SobolIndices
from rcsd.workbench.session import session_folder

if TYPE_CHECKING:
    import pandas as pd

View = TypeVar("View", bound=Found)


@dataclass(frozen=True, slots=True, eq=False, repr=False, init=False)
class Study(CheckedStudy):
    """A model, what was observed, and what is to be estimated; checked as a whole when it is made.

    The keywords are the tables of a `study.toml`, with some shorter forms. A study that is made and one that is read
    from a file are the same: they go the same way, and give the same numbers.

    Parameters
    ----------
    model : str, Path or LoadedModel
        A model, its file, or the name of one that comes with the package.
    data : path, DataFrame or mapping
        Observed series: a file such as `observed.csv`, or any table or workbook; a frame with a column a series and
        the times as index; a frame with the columns series, time and value; or by name of a series (times, values),
        values by time, or a `pandas.Series`. Times are whole numbers; decimals and dates need a table `time`.
    series : mapping, or iterable of str
        By name of a series the variable that should reproduce it, or a table: ``{"variable": "Hares", "error": 0.1}``.
    parameters : mapping, or sequence of Parameter
        By name of a constant ``(lower, upper)``, a `Parameter` or a table. The unit is the model's if none is given.
    name, title, documentation : str
        Of the study; the name is that of the model when left out.
    fit, holdout : pair of times, optional
        First and last time that is fitted, and that is held out; all observed times are fitted when left out.
    horizon : time, optional
        Last simulated time.
    units : mapping of str to str
        Units of the series; those of their variables when left out.
    seed : int
        Of every random number.
    extends : str, optional
        A base file, as of study.toml.
    **tables
        Any other table of study.toml, such as ``search={"starts": 16}`` or ``constants={"Initial Stock": {...}}``.

    Raises
    ------
    StudyError
        Listing every fault at once, each with its key.
    SeriesError
        Listing every fault of the data.
    ModelError
        When the model cannot be read.

    Examples
    --------
    >>> study = Study(
    ...     "digital_cluster",
    ...     {"digital": (range(6), [0.010, 0.017, 0.027, 0.042, 0.061, 0.088])},
    ...     series={"digital": {"variable": "Digitalisation", "error": 0.05}},
    ...     parameters={"Digital Imitation": (0.05, 1.0)},
    ... )
    >>> study
    <Study 'digital_cluster': model digital_cluster, 1 series, 1 parameters, fitted to 0-5>
    >>> 0.3 < study.fit().values["Digital Imitation"] < 0.5
    True
    """

    def __init__(  # noqa: PLR0913 - what a study has
        self,
        model: str | Path | LoadedModel,
        data: str | Path | DataTable | pd.DataFrame | Mapping[str, Cells],
        *,
        series: Mapping[str, Any] | Iterable[str] = (),
        parameters: Mapping[str, Any] | Sequence[Parameter] = (),
        name: str | None = None,
        title: str | None = None,
        documentation: str | None = None,
        fit: Sequence[Any] | None = None,
        holdout: Sequence[Any] | None = None,
        horizon: Any = None,
        units: Mapping[str, str] | None = None,
        seed: int | None = None,
        extends: str | None = None,
        **tables: Any,
    ) -> None:
        loaded = model if isinstance(model, LoadedModel) else load(model)
        head = {"name": name, "title": title, "documentation": documentation, "seed": seed}
        windows = {"fit": fit, "holdout": holdout, "horizon": horizon}
        table = study_table(loaded, head, windows, series, parameters, tables, extends=extends)
        content = observed_bytes(data, units_of(table, loaded, units or {}), units=_units(loaded))
        self._take(make_study(with_fit(table, content), loaded, content))

    def _take(self, checked: CheckedStudy) -> None:
        for each in fields(CheckedStudy):
            object.__setattr__(self, each.name, getattr(checked, each.name))

    @classmethod
    def of(cls, checked: CheckedStudy) -> Self:
        """Give the verbs to a study that has been read or changed elsewhere."""
        own = object.__new__(cls)
        own._take(checked)
        return own

    @classmethod
    def read(cls, path_or_name: str | Path) -> Self:
        """Read a study file, a folder with a study.toml or with results, or a study that comes with the package.

        Raises
        ------
        StudyError
            Listing every fault of the file at once, each with its line.

        Examples
        --------
        >>> Study.read("jixi")
        <Study 'jixi': model resource_city, 4 series, 11 parameters, fitted to 2000-2010>
        """
        return cls.of(_load_study(study_at(path_or_name)))

    def write(self, folder: str | Path, *, replace: bool = False) -> Path:
        """Write the study into a folder, the model with it; read from there it is the same study.

        Parameters
        ----------
        folder : str or Path
            Made if need be.
        replace : bool
            Whether a study that is there gives way.

        Returns
        -------
        Path
            The study file.

        Raises
        ------
        OutputError
            When a study is there already, or the folder cannot be written.
        """
        return write_folder(self, Path(folder), replace=replace)

    def fit(self, **how: Unpack[How]) -> Fit:
        """Fit the parameters to the fit window.

        Parameters
        ----------
        **how
            Of `How`: out, quick, workers, scheduler, progress.

        Raises
        ------
        CalibrationError
            When every start of the fit failed.
        """
        return self._found(Fit, Fit.steps, how)

    def profile(self, **how: Unpack[How]) -> Profiles:
        """Examine how well the data determine each parameter.

        Raises
        ------
        StudyError
            When PySD runs the model.
        """
        return self._found(Profiles, Profiles.steps, how)

    def sample(self, **how: Unpack[How]) -> Posterior:
        """Sample the posterior of the fit window.

        Chains that do not converge are returned as well: `Posterior.faults` says what speaks against them.

        Raises
        ------
        StudyError
            When the run is a quick one, or PySD runs the model.
        """
        return self._found(Posterior, Posterior.steps, how)

    def backtest(self, *, rolling: bool = False, **how: Unpack[How]) -> Backtest:
        """Forecast the held-out times from the end of the fit window, and score that beside benchmark forecasts.

        Parameters
        ----------
        rolling : bool
            Whether to forecast from the origins of the study's table `rolling` too.
        **how
            Of `How`.
        """
        return self._found(Backtest, (*Backtest.steps, ROLLING) if rolling else Backtest.steps, how)

    def forecast(self, **how: Unpack[How]) -> Forecast:
        """Fit all compared times anew, and forecast to the horizon.

        Raises
        ------
        StudyError
            When the study has no table `forecast`, the run is a quick one, or PySD runs the model.
        """
        steps = Forecast.steps if self.scenarios is None else (*Forecast.steps, SCENARIOS)
        return self._found(Forecast, steps, how)

    def sobol(
        self,
        n: int = 1024,
        *,
        request: SobolRequest | None = None,
        out: str | Path | None = None,
        scheduler: str | None = None,
        progress: Progress | None = None,
        **settings: Unpack[Settings],
    ) -> SobolIndices:
        """Ask which parameter each output depends on, by Sobol indices.

        Parameters
        ----------
        n : int
            Base samples, a power of two: n (2 D + 2) runs for D parameters.
        request : SobolRequest, optional
            All settings but `n`.
        out, scheduler, progress
            Of `How`.
        **settings
            Fields of `SobolRequest` in place of those of `request`: group, parameters, bounds, distribution, outputs,
            seed, n_resamples, on_failure, second_opinion.

        Raises
        ------
        ParameterError
            For what makes no analysis.
        SensitivityError
            When runs failed and the request refuses that.
        """
        asked = replace(request or SobolRequest(), n_base=n, **settings)
        folder = self._out(out)
        if asked.distribution == "posterior":
            sampled = self.sample(out=folder, scheduler=scheduler, progress=progress)
            write_files(sampled.result, (POSTERIOR,), folder / self.name)
        with _told(progress) as told:
            return SobolIndices(sobol_study(self, asked, out=folder, scheduler=scheduler, progress=told))

    def run(self, *, given: Mapping[str, Any] | None = None, **how: Unpack[How]) -> WholeStudy:
        """Run every step of the study, and write its files and its report.

        Parameters
        ----------
        given : mapping, optional
            Of `rcsd.run_study`: steps on demand that are run too.
        **how
            Of `How`; the folder `out` is "out" when left out.
        """
        from rcsd.report import write_report  # noqa: PLC0415 - much to import, for this alone

        out = Path(how.get("out") or "out")
        with _told(how.get("progress")) as progress, together():  # steps are kept at once, the rest at the end
            result, inputs = run_and_write(
                self,
                out=out,
                quick=how.get("quick", False),
                workers=how.get("workers", 1),
                scheduler=how.get("scheduler"),
                progress=progress,
                given=given,
            )
            progress("report", 0, 1)
            write_report(result, out)
            progress("report", 1, 1)
        write_crate(result, out / self.name, inputs)
        return WholeStudy(self, result, out / self.name)

    def publish(self, path: str | Path, *, loops: bool = True, **how: Unpack[How]) -> Path:
        """Write a page that runs the fitted model in the browser, with bands from its posterior.

        Parameters
        ----------
        path : str or Path
            Where; ends in .html.
        loops : bool
            Whether to list feedback loops beside diagram and equations.
        **how
            Of `How`.

        Raises
        ------
        StudyError
            When PySD runs the model.
        """
        from rcsd.report.live.publish import publish_result  # noqa: PLC0415 - much to import, for this alone
        from rcsd.study.steps.backtest import BACKTEST  # noqa: PLC0415
        from rcsd.study.steps.live import LIVE  # noqa: PLC0415
        from rcsd.study.steps.live_fit import LIVE_FIT  # noqa: PLC0415

        result = self.run_to(LIVE, LIVE_FIT, BACKTEST, **how)
        return publish_result(result, self, path, loops=loops)

    def run_to(self, *steps: Step[Any], beside: Sequence[Step[Any]] = (), **how: Unpack[How]) -> StudyResult:
        """Run some steps, and all that these take results from.

        Parameters
        ----------
        *steps : Step
            Those that `rcsd.study.steps` has, or of a plug-in.
        beside : sequence of Step
            Those whose results are added where they are kept and still hold.
        **how
            Of `How`.

        Returns
        -------
        StudyResult
            ``result[STEP]`` is what a step has found.
        """
        with _told(how.get("progress")) as progress:
            return run_to(
                self,
                steps,
                out=self._out(how.get("out")),
                quick=how.get("quick", False),
                workers=how.get("workers", 1),
                scheduler=how.get("scheduler"),
                progress=progress,
                beside=beside,
            )

    def _found(self, view: type[View], steps: Sequence[Step[Any]], how: How) -> View:
        result = self.run_to(*steps, **how)
        step = view.table[0]
        if step.name in result.left_out:
            raise StudyError(f"{step.name} cannot be had: {result.left_out[step.name]}", path=self.path)
        return view(self, result)

    def _out(self, out: str | Path | None) -> Path:
        return session_folder(self) if out is None else Path(out)


def _units(model: LoadedModel) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.unit for each in model.ir if each.unit))


@contextmanager
def _told(progress: Progress | None) -> Iterator[Progress]:
    """Tell of the work what was asked for, and else show bars in a notebook."""
    if progress is not None:
        yield progress
        return
    with notebook_bars() as bars:
        yield bars


def load_study(path_or_name: str | Path) -> Study:
    """Read and check a study; the same as `Study.read`.

    Parameters
    ----------
    path_or_name : str or Path
        A study file (.toml), a folder with a study.toml in it, or the name of a study that comes with the package.

    Raises
    ------
    StudyError
        Listing every fault of the file at once, each with its line.
    ModelError
        When the model cannot be read.
    SeriesError
        Listing every fault of the data file.

    Examples
    --------
    >>> load_study("hegang").fit_window
    (2000, 2010)
    """
    return Study.read(path_or_name)
