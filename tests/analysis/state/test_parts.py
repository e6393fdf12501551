"""Parts of the filter, each by itself: walks, disturbances, scales, priors, lost members, forecasts, refusals."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rcsd.analysis.calibration import Target
from rcsd.analysis.parameters import Parameter, ParameterSpace, Prior
from rcsd.analysis.series import ObservedSeries
from rcsd.analysis.state import Disturbance, Gap, Process, Walk, filter_states, forecast_states, prior_members, pulls
from rcsd.analysis.state.correction import correct
from rcsd.analysis.state.members import Matrices
from rcsd.errors import ModelError, ParameterError, SimulationError
from rcsd.restart import State
from rcsd.simulation.engine import InterpretedSimulator
from rcsd.simulation.ir import Equation, Stock, System, TimeAxis
from rcsd.simulation.ir.expression import Arithmetic, Call, Name
from tests.growth import write_growth_model

RATE = Parameter("r", 0.01, 0.5, "1/Year", "assumed", scale="log", prior=Prior(0.1, 0.2))
LEVEL = Parameter("c", -4.0, 4.0, "thing", "assumed")
SPACE = ParameterSpace((RATE, LEVEL))
N = 20_000


def growth(rate: float = 0.1) -> InterpretedSimulator:
    """Return x' = r x from 100, by Euler's rule with a step of a year; y is the root of x less 50."""
    system = System(
        name="growth",
        time=TimeAxis(0.0, 20.0, 1.0, 1.0, "euler"),
        constants={"r": rate, "c": 0.0},
        fixed={"x0": 100.0, "fifty": 50.0},
        statics=(),
        start=(Equation("x", Name("x0")),),
        steps=(),
        reports=(Equation("y", Call("sqrt", (Arithmetic("-", Name("x"), Name("fifty")),))),),
        stocks=(Stock("x", Arithmetic("*", Name("r"), Name("x"))),),
        memories=(),
        pipes=(),
        tables={},
        outputs=("x", "y"),
    )
    return InterpretedSimulator(system, {"x": "thing"})


def target(values: np.ndarray, times: np.ndarray, *, variable: str = "x", error: float = 0.05) -> Target:
    """Return a series with relative errors."""
    series = ObservedSeries("x", "thing", times, values, ((),) * times.size)
    return Target(series, variable, error, "relative", np.ones(times.size))


def matrices(*walks: Walk, stocks: tuple[str, ...] = ("x", "z"), **process: object) -> Matrices:
    """Return matrices of two stocks."""
    disturbances = (Disturbance("x", 0.2, "relative", 0.5),)
    return Matrices(stocks, replace(Process(disturbances, walks, SPACE), **process))  # type: ignore[arg-type]


def test_a_walk_spreads_as_its_closed_form_says() -> None:
    """Random walk: sd root t. Else mean m + a^t (z - m), variance sd^2 (1 - a^2t) / (1 - a^2); two halves add up."""
    rng = np.random.default_rng(0)
    for memory, variance in ((1.0, 4 * 0.3**2), (0.9, 0.3**2 * (1 - 0.9**8) / (1 - 0.9**2))):
        each = matrices(Walk("c", 0.3, memory))
        state = State(0.0, ("x", "z"), np.ones((N, 2)), np.empty((N, 0)))
        members = each.begun(state, {"c": np.full(N, 0.5)})
        members = replace(members, inputs={"c": np.full(N, 1.0)})
        for interval in (1.0, 0.5, 0.5, 2.0):
            members = each.disturbed(members, interval, rng)
        c = members.inputs["c"]
        assert c.mean() == pytest.approx(0.5 + 0.5 * memory**4, abs=5 * np.sqrt(variance / N))
        assert c.var() == pytest.approx(variance, rel=5 * np.sqrt(2 / N))


def test_a_parameter_walks_on_its_search_scale_within_its_bounds() -> None:
    """The logarithm of a rate on a log scale is normal, and nothing leaves the bounds."""
    each, rng = matrices(Walk("r", 0.1)), np.random.default_rng(1)
    state = State(0.0, ("x", "z"), np.ones((N, 2)), np.empty((N, 0)))
    members = each.disturbed(each.begun(state, {"r": np.full(N, 0.1)}), 1.0, rng)
    assert np.log(members.inputs["r"]).std() == pytest.approx(0.1, rel=0.03)
    for _ in range(60):
        members = each.disturbed(members, 4.0, rng)
    assert members.inputs["r"].min() >= RATE.lower
    assert members.inputs["r"].max() <= RATE.upper
    assert (members.inputs["r"] == RATE.upper).any()


def test_disturbances_are_shares_or_amounts() -> None:
    """A relative one is normal in logarithms, an absolute one as it is; both grow with the root of the interval."""
    process = Process((Disturbance("x", 0.1), Disturbance("z", 3.0, "absolute")))
    state = State(0.0, ("x", "z"), np.tile([50.0, -7.0], (N, 1)), np.empty((N, 0)))
    each = Matrices(("x", "z"), process)
    levels = each.disturbed(each.begun(state, {}), 4.0, np.random.default_rng(2)).state.levels
    assert np.log(levels[:, 0] / 50).std() == pytest.approx(0.2, rel=0.03)
    assert levels[:, 1].std() == pytest.approx(6.0, rel=0.03)
    assert levels[:, 1].mean() == pytest.approx(-7.0, abs=0.2)


def test_a_matrix_takes_members_there_and_back() -> None:
    """Logarithms of positive stocks, search scales of parameters; what is not disturbed stands as all members allow."""
    each = matrices(Walk("c", 0.1), estimated=("r",))
    assert each.names == ("x", "z", "r", "c")
    state = State(0.0, ("x", "z"), np.array([[1.0, 2.0], [3.0, -4.0]]), np.empty((2, 0)))
    members = each.begun(state, {"r": np.array([0.1, 0.2]), "c": np.array([-1.0, 1.0])})
    logs = each.logs(state)
    assert logs.tolist() == [True, False]
    matrix = each.matrix(members, logs)
    np.testing.assert_allclose(matrix, [[0.0, 2.0, np.log(0.1), -1.0], [np.log(3), -4.0, np.log(0.2), 1.0]])
    back = each.members(members, matrix, logs)
    np.testing.assert_allclose(back.state.levels, state.levels, rtol=1e-15)
    np.testing.assert_allclose(back.inputs["r"], [0.1, 0.2], rtol=1e-15)
    assert each.logs(State(0.0, ("x", "z"), np.ones((2, 2)), np.empty((2, 0)))).tolist() == [True, True]
    assert each.may_change.tolist() == [True] * 4
    assert matrices(Walk("c", 0.1), update="named").may_change.tolist() == [True, False, True]


def test_priors_are_drawn_as_they_are_stated() -> None:
    """Normal on the search scale and cut at the bounds; even between them where there is none."""
    found = prior_members(SPACE, N, rng=np.random.default_rng(3))
    assert np.log(found["r"]).mean() == pytest.approx(np.log(0.1), abs=0.01)
    assert np.log(found["r"]).std() == pytest.approx(0.2, rel=0.03)
    assert found["c"].mean() == pytest.approx(0.0, abs=0.1)
    assert found["c"].std() == pytest.approx(8 / np.sqrt(12), rel=0.02)
    narrow = ParameterSpace((replace(RATE, lower=0.1, prior=Prior(0.1, 0.2)),))
    assert prior_members(narrow, 1000, rng=np.random.default_rng(4))["r"].min() >= 0.1


def test_a_correction_of_one_cell_is_the_textbooks() -> None:
    """Prior variance 4, error variance 1: a gain of 0.8, and a spread of 0.8; what varies with it goes along."""
    rng = np.random.default_rng(5)
    x = 10 + 2 * rng.standard_normal((N, 1))
    other = 3 * x + rng.standard_normal((N, 1))
    found = correct(x, np.array([13.0]), np.array([1.0]), rng=rng)
    after = np.hstack([x, other]) + found.increments(np.hstack([x, other]))
    assert after[:, 0].mean() == pytest.approx(10 + 0.8 * 3, abs=0.05)
    assert after[:, 0].var() == pytest.approx(0.8, rel=0.05)
    assert after[:, 1].mean() == pytest.approx(30 + 3 * 0.8 * 3, abs=0.15)
    assert found.squared == pytest.approx(9 / 5, rel=0.1)
    assert found.log_likelihood == pytest.approx(-0.5 * (np.log(2 * np.pi * 5) + 9 / 5), abs=0.05)


def test_a_parameter_that_walks_is_followed() -> None:
    """A rate that rises from 0.1 to 0.2 half way is found, later by the filter than by the smoother."""
    times = np.arange(0.0, 17.0)
    rates = np.where(times[:-1] < 8, 0.1, 0.2)
    values = 100 * np.concatenate([[1.0], np.cumprod(1 + rates)])
    process = Process((Disturbance("x", 0.01),), (Walk("r", 0.15),), SPACE)
    found = filter_states(
        growth(),
        [target(values, times, error=0.02)],
        process,
        times=times,
        n_members=4000,
        rng=np.random.default_rng(6),
    )
    filtered, smoothed = found.of("r").filtered.median, found.of("r").smoothed.median
    # what a member's rate is in a year is seen in the level of the year after
    assert smoothed[1] == pytest.approx(0.1, abs=0.02)
    assert smoothed[-2] == pytest.approx(0.2, abs=0.02)
    assert abs(smoothed[9] - 0.2) < abs(filtered[9] - 0.2)
    (rate,) = (pull for pull in pulls(found.estimates, times, times) if pull.name == "r")
    assert rate.what == "parameter"
    assert rate.mean > 0
    assert 8 <= rate.at <= 11


def test_what_comes_later_changes_nothing_but_smoothed_states() -> None:
    """A filter over eight years has, in the first five, the numbers of one over five; so have the kept members."""
    times, rng = np.arange(0.0, 9.0), np.random.default_rng(7)
    values = 100 * 1.1**times * np.exp(0.05 * rng.standard_normal(times.size))
    process = Process((Disturbance("x", 0.03),), (Walk("r", 0.05),), SPACE)
    runs = []
    for last in (5, 9):
        runs.append(
            filter_states(
                growth(),
                [target(values[:last], times[:last])],
                process,
                times=times[:last],
                n_members=50,
                rng=np.random.default_rng(8),
                keep=(4.0,),
            )
        )
    short, long = runs
    for what in ("forecast", "filtered"):
        for name in ("x", "r"):
            np.testing.assert_array_equal(getattr(long.of(name), what).median[:5], getattr(short.of(name), what).median)
    np.testing.assert_array_equal(long.members[4.0].state.levels, short.members[4.0].state.levels)
    assert not np.array_equal(long.of("x").smoothed.median[:5], short.of("x").smoothed.median)


def test_members_without_a_number_are_left_out_and_counted() -> None:
    """Y is the root of x - 50: members that fall below 50 have none, at this time and before it."""
    times = np.array([0.0, 1.0, 2.0])
    process = Process((Disturbance("x", 0.5),))
    seen = target(np.array([6.5, 7.0, 7.0]), times[:3], variable="y", error=0.3)
    found = filter_states(growth(0.0), [seen], process, times=times, n_members=2000, rng=np.random.default_rng(9))
    # of the members that are still there, those whose noise is below ln(1/2) / 0.5 = -1.39 end in the second year
    assert 100 < found.n_lost < 400
    assert found.of("y").smoothed.low.min() > 0
    assert np.isfinite(found.of("x").smoothed.median).all()


def test_when_most_members_come_to_no_number_it_is_an_error() -> None:
    """And the message says where."""
    times = np.array([0.0, 1.0])
    process = Process((Disturbance("x", 0.0, initial=0.01),))
    seen = target(np.array([6.5]), times[1:], variable="y")
    with pytest.raises(SimulationError, match=r"200 of 200 members came to no number by 1, most often in 'y'"):
        filter_states(growth(-0.6), [seen], process, times=times, n_members=200, rng=np.random.default_rng(0))


def test_inflation_widens_what_is_corrected() -> None:
    """Twice the distance from the mean is four times the variance: the gain of 0.8 in place of 0.5."""
    times = np.array([0.0])
    spreads = []
    for inflation in (1.0, 2.0):
        process = Process((Disturbance("x", 0.0, initial=0.05),), inflation=inflation)
        found = filter_states(
            growth(),
            [target(np.array([120.0]), times)],
            process,
            times=times,
            n_members=N,
            rng=np.random.default_rng(1),
        )
        spreads.append(np.log(found.of("x").filtered.mean[0] / 100) / np.log(1.2))
    assert spreads == pytest.approx([0.5, 0.8], abs=0.02)


def test_a_forecast_goes_on_with_disturbances_and_errors() -> None:
    """From a known level, h years on: ln x has the variance h sd^2, what is printed that and the error's."""
    times = np.array([0.0])
    process = Process((Disturbance("x", 0.03),))
    seen = target(np.array([100.0]), times)
    kept = filter_states(
        growth(), [seen], process, times=times, n_members=N, rng=np.random.default_rng(0), keep=(0.0,)
    ).members[0.0]
    (found,) = forecast_states(growth(), [seen], process, kept, times=[1.0, 2.0, 4.0], rng=np.random.default_rng(2))
    years = np.array([1.0, 2.0, 4.0])
    logs = np.log(found.simulated / (100 * 1.1**years))
    np.testing.assert_allclose(logs.mean(axis=0), 0, atol=0.002)
    np.testing.assert_allclose(logs.std(axis=0), 0.03 * np.sqrt(years), rtol=0.03)
    printed = np.log(found.observed / (100 * 1.1**years)).std(axis=0)
    np.testing.assert_allclose(printed, np.sqrt(0.03**2 * years + 0.05**2), rtol=0.03)
    (other,) = forecast_states(
        growth(), [seen], process, kept, times=[1.0], rng=np.random.default_rng(2), inputs={"r": 0.0}
    )
    assert np.log(other.simulated / 100).mean() == pytest.approx(0.0, abs=0.002)


def test_a_gap_is_a_factor_and_goes_on_in_the_forecast() -> None:
    """A series a fifth above its variable: the variable stays where it is, the forecast of the series is above it."""
    times = np.arange(0.0, 9.0)
    process = Process((Disturbance("x", 0.001),), gaps=(Gap("x", 0.02, memory=0.95, initial=0.3),))
    seen = target(1.2 * 100 * 1.1**times, times, error=0.01)
    found = filter_states(
        growth(), [seen], process, times=times, n_members=3000, rng=np.random.default_rng(3), keep=(8.0,)
    )
    np.testing.assert_allclose(found.of("x").smoothed.median, 100 * 1.1**times, rtol=0.01)
    np.testing.assert_allclose(found.of("gap of x").smoothed.median, 1.2, rtol=0.01)
    assert found.of("gap of x").relative
    (ahead,) = forecast_states(
        growth(), [seen], process, found.members[8.0], times=[9.0, 10.0], rng=np.random.default_rng(4)
    )
    ratios = np.median(ahead.observed, axis=0) / np.median(ahead.simulated, axis=0)
    np.testing.assert_allclose(ratios, np.exp(np.log(1.2) * 0.95 ** np.array([1, 2])), rtol=0.01)


def test_what_makes_no_filter_is_refused(tmp_path: Path) -> None:
    """Stocks and parameters that there are not, numbers out of range, cells between the times, few members, PySD."""
    times = np.array([0.0, 1.0])
    seen = target(np.array([100.0, 110.0]), times)

    def run(process: Process, **changed: object) -> None:
        given = {"times": times, "n_members": 50, "rng": np.random.default_rng(0), **changed}
        filter_states(growth(), [seen], process, **given)  # type: ignore[arg-type]

    with pytest.raises(ParameterError, match="'w' is not a stock of the model"):
        run(Process((Disturbance("w", 0.1),)))
    with pytest.raises(ParameterError, match="'x' is named twice"):
        Process((Disturbance("x", 0.1), Disturbance("x", 0.2)))
    with pytest.raises(ParameterError, match="'q' is not among the parameters that vary"):
        Process((), (Walk("q", 0.1),), SPACE)
    with pytest.raises(ParameterError, match="sd of stock 'x' is -1"):
        Disturbance("x", -1.0)
    with pytest.raises(ParameterError, match=r"memory of parameter 'r' is 1\.2"):
        Walk("r", 0.1, 1.2)
    with pytest.raises(ParameterError, match="'y' is not a series that is observed"):
        run(Process((), gaps=(Gap("y", 0.1),)))
    with pytest.raises(ParameterError, match="gap of series 'x' is absolute, the series relative"):
        run(Process((), gaps=(Gap("x", 0.1, "absolute"),)))
    with pytest.raises(ParameterError, match="sd of the gap of series 'x' is -1"):
        Gap("x", -1.0)
    with pytest.raises(ParameterError, match=r"inflation is 0\.5"):
        Process((), inflation=0.5)
    with pytest.raises(ParameterError, match="9 members are too few"):
        run(Process(()), n_members=9)
    with pytest.raises(ParameterError, match="cell at 1, where the filter does not stop"):
        run(Process(()), times=np.array([0.0, 2.0]))
    import rcsd  # noqa: PLC0415 - reading a model is slow

    slow = rcsd.load(write_growth_model(tmp_path)).simulator("pysd")
    with pytest.raises(ModelError, match="growth: its runs cannot be stopped and continued"):
        filter_states(slow, [seen], Process(()), times=times, n_members=50, rng=np.random.default_rng(0))
