"""Study results for the report to draw, computed in closed form from logistic growth.

The observed series is one logistic curve, the simulated one another with a slightly different ceiling, so every number
in a page can be worked out by hand. Nothing here is a real city.
"""

import tomllib
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from rcsd.analysis.backtest import BASELINES
from rcsd.analysis.backtest.result import BaselineScore, HoldoutScore
from rcsd.analysis.calibration import Agreement, GapCourse
from rcsd.analysis.calibration.fit.result import FitResult, Start
from rcsd.analysis.metrics import fit_statistics, skill
from rcsd.analysis.parameters import Parameter, Prior
from rcsd.papers.coevolution.stages import StageSpan
from rcsd.papers.coevolution.step import LifeCycle
from rcsd.study.file.inputs import ConstantResult, DriverResult
from rcsd.study.file.prior_shape import prior_shape
from rcsd.study.findings.backtest import Backtest
from rcsd.study.findings.drivers.held_out import DriverForecast
from rcsd.study.findings.drivers.later import Course
from rcsd.study.findings.parameters import Estimates, ParameterResult, Strip
from rcsd.study.findings.simulate import Trajectories
from rcsd.study.findings.target import HoldoutForecast, TargetResult
from rcsd.study.graph.info import ModelInfo, StudyInfo
from rcsd.study.graph.result import RunCount, StepTime, StudyResult
from rcsd.study.sobol.result import Sensitivity
from rcsd.study.steps.calibrate import Calibration
from rcsd.study.words import Words
from tests.places import CALIBRATION
from tests.report.knowledge import known

FIT, HOLDOUT, HORIZON = (2000, 2010), (2011, 2013), 2030
YEARS = np.arange(2000.0, 2014.0)
IN, OUT = np.less_equal(YEARS, FIT[1]), np.greater(YEARS, FIT[1])


def logistic(years: NDArray[np.float64], ceiling: float, rate: float = 0.25) -> NDArray[np.float64]:
    """Return the logistic curve that is half of `ceiling` in 2006."""
    return ceiling / (1 + np.exp(-rate * (years - 2006)))


def holdout_score(
    observed: NDArray[np.float64], simulated: NDArray[np.float64], scored: NDArray[np.bool_]
) -> HoldoutScore:
    """Score the hold-out years against the forecasts that have a closed form; the others are left undefined."""
    past, ahead = observed[IN], YEARS[scored] - FIT[1]
    steps = len(past) - 1
    forecasts = {
        "last": np.full(ahead.size, past[-1]),
        "drift": past[-1] + ahead * (past[-1] - past[0]) / steps,
        "log_drift": past[-1] * (past[-1] / past[0]) ** (ahead / steps),
        "two_line": past[-1] * 1.03**ahead,
    }
    actual = observed[scored]
    undefined = np.full(ahead.size, np.nan)
    baselines = {
        name: BaselineScore(name, forecasts[name], fit_statistics(actual, forecasts[name]))
        if name in forecasts
        else BaselineScore(name, undefined, None, "not computed in this fixture")
        for name in BASELINES
    }
    errors = {name: score.statistics.mape for name, score in baselines.items() if score.statistics is not None}
    best = min(errors, key=errors.__getitem__)
    statistics = fit_statistics(actual, simulated[scored])
    return HoldoutScore(
        years=YEARS[scored],
        observed=actual,
        simulated=simulated[scored],
        statistics=statistics,
        baselines=baselines,
        mase=statistics.mae / np.mean(np.abs(np.diff(past))),
        skill=skill(actual, simulated[scored], forecasts["last"]),
        best_baseline=best,
        beats_last=statistics.mape < errors["last"],
        beats_best=statistics.mape < errors[best],
        beats_two_line=statistics.mape < errors["two_line"],
    )


def forecast_of(simulated: NDArray[np.float64], inside: tuple[float, float] = (0.9, 1.1)) -> HoldoutForecast:
    """Return a forecast of the hold-out years with these medians, and ends that are multiples of them."""
    median = simulated[OUT]
    return HoldoutForecast(YEARS[OUT], median, inside[0] * median, inside[1] * median)


def target(name: str, variable: str, unit: str, ceilings: tuple[float, float], flagged: dict[int, str]) -> TargetResult:
    """Return a target whose observed and simulated curves have these ceilings; "break" drops a cell."""
    rules = {"break": 0.0, "doubt": 0.25}
    observed, simulated = logistic(YEARS, ceilings[0]), logistic(YEARS, ceilings[1])
    runs = {"forecast": simulated, "known": simulated * 1.02, "frozen": simulated * 0.97}
    flags = tuple((flagged[int(year)],) if int(year) in flagged else () for year in YEARS)
    weights = np.array([rules[cell[0]] if cell else 1.0 for cell in flags])
    counted = IN & (weights > 0)
    unflagged = IN & np.array([not cell for cell in flags])
    scored = OUT & (weights > 0)
    return TargetResult(
        name=name,
        unit=unit,
        variable=variable,
        documentation=f"{variable} of the fixture",
        kind="relative",
        error=0.05,
        stated=0.05,
        years=YEARS,
        observed=observed,
        simulated=simulated,
        error_percent=100 * (simulated - observed) / observed,
        scaled_residual=np.log(simulated / observed) / 0.05,
        windows=tuple("fit" if inside else "holdout" for inside in IN),
        flags=flags,
        weights=weights,
        flag_rules=rules,
        course=GapCourse(momentum=0.5, shift=1.0, memory=0.99, memory_sd=0.2),
        jump=0.025,
        course_source="assumed for the fixture",
        fit_all=fit_statistics(observed[counted], simulated[counted]),
        fit_unflagged=fit_statistics(observed[unflagged], simulated[unflagged]),
        forecasts={drivers: forecast_of(run) for drivers, run in runs.items()},
        holdouts={drivers: holdout_score(observed, run, scored) for drivers, run in runs.items()},
    )


def parameter(name: str, estimate: float, **changes: object) -> ParameterResult:
    """Return a parameter between 0.01 and 1 on a logarithmic scale."""
    plain = ParameterResult(
        name=name,
        estimate=estimate,
        lower=0.01,
        upper=1.0,
        start=0.1,
        at_lower=estimate == 0.01,
        at_upper=estimate == 1.0,
        standard_error=0.1 * estimate,
        scale="log",
        unit="1/Year",
        source="assumed for the fixture",
        documentation="",
        prior=(0.1, 0.5),
        family="",
        error_over_prior=0.2,
        strip=Strip(estimate=0.7, start=0.5, error=(0.68, 0.72), prior=(0.39, 0.61)),
        shape=prior_shape(Parameter(name, 0.01, 1.0, "1/Year", "assumed", scale="log", prior=Prior(0.1, 0.5))),
    )
    return replace(plain, **changes)


def fit_result(parameters: tuple[ParameterResult, ...], n_starts: int = 4) -> FitResult:
    """Return a fit of which all starts but the last end at the same cost."""
    values = {parameter.name: parameter.estimate for parameter in parameters}
    starts = tuple(
        Start(
            index=index,
            initial=values,
            estimate=values,
            cost=12.5 if index < n_starts - 1 else 30.0,
            n_evaluations=120,
            n_failed=0,
            converged=index < n_starts - 1,
            message="the cost changes by less than the tolerance" if index < n_starts - 1 else "evaluations ran out",
        )
        for index in range(n_starts)
    )
    return FitResult(
        names=tuple(values),
        estimate=np.array(list(values.values())),
        cost=12.5,
        at_lower=np.array([parameter.at_lower for parameter in parameters]),
        at_upper=np.array([parameter.at_upper for parameter in parameters]),
        standard_error=np.array([parameter.standard_error for parameter in parameters]),
        starts=starts,
        n_runs=480,
        n_failed=0,
        window=FIT,
        n_residuals=21,
    )


TIMES = np.arange(2000.0, HORIZON + 0.25, 0.25)
PREFERENCE = -np.exp(-0.12 * (TIMES - 2000)) * np.cos(0.22 * (TIMES - 2000))
UNITS = {
    "Population": "wr",
    "Real GDP": "yy/Year",
    "Innovation Preference": "Dmnl",
    "Interconversion Factor": "Dmnl",
}
MODEL = ModelInfo(
    "logistic", "logistic.mdl", "vensim", {"stock": 1, "constant": 2}, 2000, HORIZON, 0.25, "euler", "pysd"
)
LIFE_CYCLE = LifeCycle(
    "Innovation Preference",
    "Interconversion Factor",
    0.05,
    "life cycle",
    (
        StageSpan("growth", 2000, 2007.25),
        StageSpan("maturity", 2007.25, 2012.0),
        StageSpan("decline", 2012.0, 2025.5),
        StageSpan("regeneration", 2025.5, 2030, open=True),
    ),
)


def study_info(name: str, title: str) -> StudyInfo:
    """Return how the study was run."""
    return StudyInfo(
        name=name,
        title=title,
        documentation="A closed-form fixture: no real city.",
        study_file="study.toml",
        data_file="observed.csv",
        quick=False,
        fit_window=FIT,
        holdout_window=HOLDOUT,
        horizon=HORIZON,
        seeds={"starts": 7},
        search={"starts": 4, "sampler": "sobol", "max_evaluations": 200, "tolerance": 1e-6},
        words=Words(unit="city", units="cities"),
        hindsight=tomllib.loads((CALIBRATION / "coal_city.toml").read_text("utf-8"))["words"]["hindsight"],
    )


def driver(name: str, unit: str, values: NDArray[np.float64], table: str, process: str = "") -> DriverResult:
    """Return a driver without flags."""
    return DriverResult(name, unit, YEARS, values, ((),) * YEARS.size, table, process)


def driver_forecast(name: str, unit: str, process: str, last: float) -> DriverForecast:
    """Return a forecast of a driver that stays what it was in the last fitted year, within a tenth of it."""
    years = np.append(float(FIT[1]), YEARS[OUT])
    flat = np.full(years.size, last)
    course = Course(name, unit, process, name, 2000, FIT[1], 1.0, 0.5, 0.1, years, 0.9 * flat, flat, 1.1 * flat)
    return DriverForecast(course, 3, 0.2, 0.3, 2)


def study_result(name: str = "logistic", title: str = "Logistic City") -> StudyResult:
    """Return a whole study with a damped life cycle, one flagged cell in each series and one estimate on its bound."""
    targets = (
        target("population", "Population", "wr", (190.0, 189.0), {2003: "doubt"}),
        target("real_gdp", "Real GDP", "yy/Year", (600.0, 630.0), {2005: "break", 2008: "doubt"}),
    )
    simulated = {target.variable: logistic(TIMES, 2 * float(target.simulated[6])) for target in targets}
    parameters = (parameter("Growth Rate", 0.25), parameter("Loss Rate", 1.0, standard_error=float("nan"), prior=None))
    agreement = Agreement(
        4,
        3,
        positions={each.name: (0.70, 0.71, 0.70) for each in parameters},
        spreads={each.name: 0.01 for each in parameters},
    )
    trajectories = Trajectories(
        TIMES,
        simulated={**simulated, "Innovation Preference": PREFERENCE, "Interconversion Factor": 0.4 * PREFERENCE},
        units=UNITS,
        documentation=dict.fromkeys(UNITS, ""),
        n_runs=1,
    )
    return StudyResult(
        info=study_info(name, title),
        model=MODEL,
        drivers=(
            driver("coal_price", "Dmnl", 1 + 0.1 * (YEARS - 2000), "Coal Price Table", "price"),
            driver("national_growth", "1/Year", 0.09 + 0 * YEARS, "National Growth Table"),
        ),
        constants=(ConstantResult("Initial Population", 35.0, "wr", "the data", "population, 2000"),),
        found={
            "calibrate": Calibration(fit_result(parameters), agreement, 55.0),
            "parameters": Estimates(parameters),
            "backtest": Backtest(targets, (driver_forecast("coal_price", "Dmnl", "price", 2.0),), 1),
            "simulate": trajectories,
            "sobol": Sensitivity(left_out={"calibrated": "the fixture has no model."}),
            "life_cycle": LIFE_CYCLE,
        },
        left_out={},
        runs=RunCount(481, 0, 55.0),
        steps=(StepTime("calibrate", 8.7, False), StepTime("backtest", 0.2, True)),
        versions={"rcsd": "0.1.0", "python": "3.11"},
        hashes={"model": "0" * 64},
    )


@pytest.fixture(scope="session")
def make_result() -> Callable[..., StudyResult]:
    """Return the function that builds a study result of a given name and title."""
    return study_result


@pytest.fixture(scope="session")
def result() -> StudyResult:
    """Return one study result."""
    return study_result()


@pytest.fixture(scope="session")
def knowing() -> StudyResult:
    """Return one study result with noise, profiles, posterior and rolling forecasts."""
    return known(study_result())
