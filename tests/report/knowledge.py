"""What a study could know of the two parameters and two series of the fixture, each number in closed form."""

from dataclasses import replace

import numpy as np

from rcsd.analysis.backtest import BASELINES
from rcsd.analysis.backtest.rolling import Forecast
from rcsd.analysis.calibration import Diagnostics, Draws, Identifiability, Posterior, Profile, Whiteness
from rcsd.analysis.calibration.identifiability import Collinear
from rcsd.analysis.calibration.noise import ORDINARY
from rcsd.study.findings.bands import SeriesBand
from rcsd.study.findings.parameters import ParameterResult
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.profiles import SeriesNoise, Uncertainty
from rcsd.study.findings.rolling import Rolling
from rcsd.study.findings.target import TargetResult
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.coverage import Coverages, coverage
from rcsd.study.steps.parameters import PARAMETERS

GROWTH, LOSS = "Growth Rate", "Loss Rate"
N_DRAWS = 200
FLAWLESS = Diagnostics(
    names=(GROWTH, LOSS, "ln scale of population"),
    rhat=np.array([1.001, 1.002, 1.003]),
    ess=np.array([900.0, 800.0, 700.0]),
    ess_tail=np.array([600.0, 500.0, 400.0]),
    steps=1500,
    walkers=64,
    groups=4,
    acceptance=0.25,
)
STUCK = replace(
    FLAWLESS,
    rhat=np.array([1.001, 1.40, 1.003]),
    ess=np.array([900.0, 12.0, 700.0]),
    hindrances=("two modes, along Loss Rate",),
)


def uncertainty(*, conflicts: tuple[str, ...] = (), drawn: tuple[str, ...] = ()) -> Uncertainty:
    """Return a study where the data determine the growth rate, and the loss rate is open to the right."""
    growth = np.linspace(0.2, 0.3, 11)
    loss = np.linspace(0.4, 1.0, 7)
    return Uncertainty(
        estimate={GROWTH: 0.24, LOSS: 0.9},
        noise=(_noise("population", anchor=2000.0, p=0.01), _noise("real_gdp", anchor=float("nan"), p=0.5)),
        profiles=(
            Profile(GROWTH, growth, ((growth - 0.25) / 0.02) ** 2, 0.25, 0.211, 0.289, ""),
            Profile(LOSS, loss, ((1 - loss) / 0.25) ** 2, 1.0, 0.51, 1.0, "right"),
        ),
        identifiability=Identifiability(
            names=(GROWTH, LOSS),
            sensitivity=np.ones(2),
            matrix=np.eye(2),
            information=np.eye(2),
            collinear=(Collinear((GROWTH, LOSS), 12.5, 0.5),),
            index=12.5,
            weakest=np.array([0.0, 1.0]),
        ),
        error_over_prior={GROWTH: 0.2, LOSS: 0.95},
        verdicts={GROWTH: "data", LOSS: "prior"},
        conflicts=conflicts,
        drawn=drawn,
        n_runs=10,
    )


def _noise(series: str, anchor: float, p: float) -> SeriesNoise:
    years = np.arange(2001.0, 2011.0)
    innovations = np.where(years % 2 == 0, 1.0, -1.0)
    return SeriesNoise(
        series=series,
        kind="relative",
        values={"scale": 0.5, "memory": 0.75},
        anchor=anchor,
        years=years,
        residuals=0.5 * innovations,
        innovations=innovations,
        ordinary=ORDINARY,
        before=Whiteness(0.6, p),
        after=Whiteness(-0.1, 0.8),
    )


def posterior(diagnostics: Diagnostics = FLAWLESS) -> Posterior:
    """Return draws along a line, the growth rate rising from 0.2 to 0.3 while the loss rate falls from 0.9 to 0.7."""
    share = np.linspace(0, 1, N_DRAWS)
    values = np.column_stack([0.2 + 0.1 * share, 0.9 - 0.2 * share])
    noise = (np.tile([1.0, 0.5], (N_DRAWS, 1)),) * 2
    return Posterior(Draws((GROWTH, LOSS), values, noise, (("scale", "memory"),) * 2), diagnostics, 1000, 0)


def sampled(result: StudyResult) -> Sampled:
    """Return a converged posterior whose bands hold the fitted cells and end just below the last held-out one."""
    within, beyond = [], []
    for target in result[BACKTEST].targets:
        fitted = np.array([window == "fit" for window in target.windows]) & (target.weights > 0)
        within.append(_band(target.name, target.years[fitted], target.observed[fitted]))
        ahead = np.array([window == "holdout" for window in target.windows])
        seen = target.observed[ahead] * np.array([1.0, 1.0, 0.5])
        beyond.append(_band(target.name, target.years[ahead], seen))
    return Sampled(posterior(), (), tuple(within), tuple(beyond), 1000)


def _band(series: str, years: np.ndarray, centre: np.ndarray) -> SeriesBand:
    return SeriesBand(series, years, 0.95 * centre, 1.05 * centre, 0.9 * centre, centre, 1.1 * centre)


def unconverged(result: StudyResult) -> Sampled:
    """Return chains of which one parameter wanders."""
    return replace(sampled(result), posterior=posterior(STUCK), faults=STUCK.faults)


def rolling(group: str = "logistic", *, error: float = 5.0) -> Rolling:
    """Return forecasts from two origins, one and two years ahead.

    Each series changes by 10 a year. The model is off by `error` times the years ahead, the last value by 10 times
    them; drift is exact, the logarithmic drift off by 20, the two-line rule by 7 for real GDP, and the rest is not
    defined. Of the intervals, three in four hold what came. With drivers known the model is off by as much, with frozen
    ones by twice as much.
    """
    exact = {"last": 10.0, "drift": 0.0, "log_drift": 20.0}
    benchmark = {name: exact.get(name, float("nan")) for name in BASELINES}
    return Rolling(
        tuple(
            Forecast(
                group=group,
                series=series,
                origin=origin,
                horizon=ahead,
                drivers=drivers,
                observed=100.0,
                simulated=100.0 + error,
                median=100.0 + error * ahead * (2 if drivers == "frozen" else 1),
                lower=99.0 if (origin, ahead) != (2005, 1) else 101.0,
                upper=200.0,
                crps=2.0,
                change=10.0,
                baselines={
                    **{name: 100.0 + off * (ahead if name == "last" else 1) for name, off in benchmark.items()},
                    "two_line": 107.0 if series == "real_gdp" else float("nan"),
                },
            )
            for origin in (2005, 2006)
            for series in ("real_gdp", "population")
            for drivers in ("frozen", "known", "forecast")
            for ahead in (1, 2)
        ),
        16,
    )


def known(result: StudyResult) -> StudyResult:
    """Return a study result with all of it."""
    drawn = sampled(result)
    return finding(
        result,
        profiles=uncertainty(),
        posterior=drawn,
        coverage=Coverages(coverage(drawn, result[BACKTEST].targets)),
        rolling=rolling(result.info.name),
    )


def finding(result: StudyResult, **changed: object) -> StudyResult:
    """Return a study result in which some steps have found something else, by name; None where one has not run."""
    found = {**result.found, **changed}
    return replace(result, found={name: each for name, each in found.items() if each is not None})


def with_targets(result: StudyResult, *targets: TargetResult) -> StudyResult:
    """Return a study result of other series."""
    return finding(result, backtest=replace(result[BACKTEST], targets=targets))


def with_parameters(result: StudyResult, *parameters: ParameterResult) -> StudyResult:
    """Return a study result of other estimates."""
    return finding(result, parameters=replace(result[PARAMETERS], parameters=parameters))
