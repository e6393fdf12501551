"""Fits every city of a panel, some at a time, keeps what is finished, and sums up."""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np

from rcsd.analysis.parameters import ParameterSpace
from rcsd.errors import CalibrationError
from rcsd.files import sha256
from rcsd.study.graph.codec import decode, encode
from rcsd.study.graph.kept import keep, read_kept
from rcsd.study.graph.keys import deciding_code
from rcsd.study.graph.provenance import versions
from rcsd.study.panel.ablation.reading import Ablations
from rcsd.study.panel.ablation.running import run_ablations
from rcsd.study.panel.cities import City
from rcsd.study.panel.comparison import compare
from rcsd.study.panel.differences import class_differences
from rcsd.study.panel.fitting import CityFit, Task, fit_city, score_city
from rcsd.study.panel.origins.ahead import Assignment
from rcsd.study.panel.origins.plan import Plan, require_years
from rcsd.study.panel.origins.running import run_origins
from rcsd.study.panel.origins.variant import variants_of
from rcsd.study.panel.panel import Panel
from rcsd.study.panel.result import CityFailure, CityResult, PanelInfo, PanelResult, PanelRun
from rcsd.study.panel.scores import score_classes, score_series
from rcsd.study.panel.scoring.result import OriginsResult
from rcsd.study.panel.scoring.scoring import score_origins
from rcsd.study.panel.shrinkage import estimate_population, require_population, shrunk
from rcsd.work.progress import Progress, silent
from rcsd.work.spreading import spread

FOLDER = "panel"

CODE = ("rcsd.study.panel.fitting", "rcsd.study.panel.shrinkage")
"""Modules whose code decides the fit of a city."""

ASSUMED = "assumed"
"""Flag of a cell that follows from an assumption and not from a city's own statistics."""


def run_panel(
    panel: Panel,
    *,
    out: str | Path,
    shrinkage: bool = False,
    plan: Plan | None = None,
    ablations: Ablations | None = None,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> PanelResult:
    """Fit the model to every city, forecast the years held out, and compare.

    A finished city is kept in ``<out>/panel/steps`` and reused while model, study file, its rows and the software are
    the same. A city that cannot be fitted is listed with its reason.

    Parameters
    ----------
    panel
        Read by `load_panel`.
    out
        Folder under which ``panel/`` is written.
    shrinkage
        Estimate from the fits how the parameters are spread across cities, and fit once more with that as priors.
    plan
        Origins from which every city is forecast by every structure, by `plan_of`; None leaves that out.
    ablations
        Parts of the model that forecasts are made without, by `read_ablations`; only with a plan.
    workers
        Threads, processes for a plan; the numbers do not depend on it.
    scheduler
        Address of a dask cluster that fits the cities instead.
    progress
        Told after each city, as step "cities" and, with shrinkage, "shrunk"; with a plan also as "origins", "rules" and
        "scores".

    Raises
    ------
    CalibrationError
        When no city can be fitted.
    ParameterError
        When shrinkage is asked for and there are fewer than five cities.
    OutputError
        When the folder cannot be written.
    ClusterError
        When the cluster cannot be used, or has lost its workers.
    """
    if shrinkage:
        require_population(len(panel.cities))
    if plan is not None:
        require_years(panel, plan)
        variants_of(panel)  # faults of structures come before anything is fitted
    began = time.perf_counter()
    kept = CityFiles(panel, Path(out) / FOLDER / "steps")
    fit = Fitter(panel, kept, workers, scheduler, progress)
    stated = fit.run("cities", None)
    if not stated.cities:
        raise CalibrationError(f"none of the {len(panel.cities)} cities can be fitted; {stated.failures[0].reason}")
    if shrinkage:
        require_population(len(stated.cities))
    space = panel.study(stated.cities[0].city).space.known_by(panel.origin)
    populations = (
        estimate_population(space, [c.search for c in stated.cities], [c.covariance for c in stated.cities])
        if shrinkage
        else ()
    )
    second = fit.run("shrunk", shrunk(space, populations, panel.origin)) if shrinkage else None
    estimates = np.array([city.estimate for city in stated.cities])
    steps = Path(out) / FOLDER / "steps"
    origins = (
        None
        if plan is None
        else forecast_panel(panel, plan, steps, workers=workers, scheduler=scheduler, progress=progress)
    )
    return PanelResult(
        info=_info(panel, stated.cities[0].city),
        stated=stated,
        differences=class_differences(space.names, estimates, [c.city.kind for c in stated.cities]),
        populations=populations,
        shrunk=second,
        comparison=() if second is None else compare(stated.scores, second.scores),
        seconds=time.perf_counter() - began,
        n_reused=kept.n_reused,
        origins=origins,
        ablations=None
        if plan is None or ablations is None
        else run_ablations(panel, plan, ablations, steps, workers=workers, scheduler=scheduler, progress=progress),
    )


def forecast_panel(
    panel: Panel,
    plan: Plan,
    folder: Path,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> OriginsResult:
    """Forecast every city from every origin by every structure, and score the forecasts.

    Parameters
    ----------
    panel, plan
        What is forecast.
    folder
        Where finished forecasts are kept.
    workers, scheduler, progress
        As in `run_panel`.
    """
    require_years(panel, plan)
    assignment = Assignment(panel, variants_of(panel), plan)
    archive = run_origins(assignment, folder / "origins", workers=workers, scheduler=scheduler, progress=progress)
    return score_origins(assignment, archive, folder / "rules", workers=workers, scheduler=scheduler, progress=progress)


class CityFiles:
    """Finished cities, a file each and a folder for each set of priors, so that a stopped panel goes on."""

    def __init__(self, panel: Panel, folder: Path) -> None:
        self._panel, self._folder = panel, folder
        self.n_reused = 0
        content = panel.file.model_dump(mode="json", by_alias=True)
        self._inputs = {
            "versions": versions(),
            "code": deciding_code(CODE),
            "study": content,
            "model": panel.model.ir.sha256,
        }

    def load(self, step: str, city: City, space: ParameterSpace | None) -> CityResult | None:
        """Return a finished city, or None."""
        found = read_kept(self._path(step, city), self._key(city, space))
        if found is None:
            return None
        self.n_reused += 1
        return decode(CityResult, found["value"])

    def save(self, step: str, result: CityResult, space: ParameterSpace | None) -> None:
        """Keep a finished city."""
        keep(self._path(step, result.city), self._key(result.city, space), {"value": encode(CityResult, result)})

    def _path(self, step: str, city: City) -> Path:
        return self._folder / step / f"{city.city}.json"

    def _key(self, city: City, space: ParameterSpace | None) -> str:
        own = {**self._inputs, "city": encode(City, city), "data": self._panel.series[city.city].sha256}
        return sha256(
            json.dumps(
                {**own, "space": None if space is None else encode(ParameterSpace, space)}, sort_keys=True
            ).encode()
        )


class Fitter:
    """Fits all cities under one set of priors."""

    def __init__(self, panel: Panel, kept: CityFiles, workers: int, scheduler: str | None, progress: Progress) -> None:
        self._panel, self._kept, self._progress = panel, kept, progress
        self._workers, self._scheduler = workers, scheduler

    def run(self, step: str, space: ParameterSpace | None) -> PanelRun:
        """Fit and score every city that is not kept."""
        panel = self._panel
        done: dict[str, CityResult | CityFailure] = {}
        for city in panel.cities:
            found = self._kept.load(step, city, space)
            if found is not None:
                done[city.city] = found
        pending = [city for city in panel.cities if city.city not in done]
        self._progress(step, len(done), len(panel.cities))
        # closed at once when the loop is left by an interrupt: an open one would keep the workers at their work
        with closing(self._fits(Task(panel, space), pending)) as fits:
            for city, fit in zip(pending, fits, strict=False):
                done[city.city] = self._finished(step, city, fit, space)
                self._progress(step, len(done), len(panel.cities))
        ordered = [done[city.city] for city in panel.cities]
        cities = tuple(each for each in ordered if isinstance(each, CityResult))
        scores = tuple(score for each in cities for score in score_series(each.city, each.forecasts))
        failures = tuple(each for each in ordered if isinstance(each, CityFailure))
        return PanelRun(cities, failures, scores, score_classes(scores))

    def _fits(self, task: Task, pending: Sequence[City]) -> Generator[CityFit | str, None, None]:
        """Yield fits in the order of the cities."""
        if self._scheduler is not None:
            yield from spread(self._scheduler, task, fit_city, pending)
            return
        with ThreadPoolExecutor(self._workers) as pool:
            try:
                yield from pool.map(fit_city, [task] * len(pending), pending)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _finished(
        self, step: str, city: City, fit: CityFit | str, space: ParameterSpace | None
    ) -> CityResult | CityFailure:
        """Score a fit here, in one thread: the benchmark forecasts silence warnings, for all threads at once."""
        if isinstance(fit, str):
            return CityFailure(city, fit)
        result = CityResult(
            city=city,
            estimate=fit.estimate,
            search=fit.search,
            covariance=fit.covariance,
            on_bound=fit.on_bound,
            fit_mape=fit.fit_mape,
            forecasts=score_city(self._panel, city, fit),
            n_runs=fit.n_runs,
            seconds=fit.seconds,
        )
        self._kept.save(step, result, space)
        return result


def _info(panel: Panel, city: City) -> PanelInfo:
    study = panel.study(city)
    return PanelInfo(
        title=panel.file.study.title or panel.file.study.name,
        documentation=panel.file.study.documentation,
        table=panel.path.name,
        study_file=panel.source.path.name,
        model=panel.model.name,
        parameters=study.space.names,
        units=tuple(parameter.unit for parameter in study.space.parameters),
        series={target.series.name: target.variable for target in study.targets},
        fit_window=panel.file.windows.fit,
        holdout=panel.holdout,
        assumed=tuple(c.name for c in study.constants if c.origin == "study" or ASSUMED in c.flags),
        drivers=tuple(driver.name for driver in study.drivers),
        seed=panel.file.study.seed,
        versions=versions(),
        hashes={
            "model": panel.model.ir.sha256,
            "study": sha256(json.dumps(panel.file.model_dump(mode="json", by_alias=True), sort_keys=True).encode()),
            "table": sha256("".join(_hashes(panel)).encode()),
            "code": deciding_code(CODE),
        },
    )


def _hashes(panel: Panel) -> Iterable[str]:
    return (panel.series[city.city].sha256 for city in panel.cities)
