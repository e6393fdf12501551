"""What is observed of a model by period: sums are what a stock gains, means are means, ends what the model says."""

import numpy as np
import pandas as pd
import pytest

from rcsd.analysis.clock import Clock, Measured, calendar_clock, clocked
from rcsd.simulation.loading import load
from tests.analysis.clock.growing import STEP, Growing, stock

RATES = np.array([0.01, 0.03, -0.2])


def observed(clock, periods, measures, model=None, method="euler"):
    """Run the growing stock by a clock."""
    model = model or Growing()
    by = clocked(model, clock, model.axis, method, measures)
    return by.run({"Rate": RATES}, outputs=["Stock", "Flow"], times=periods), model


@pytest.mark.parametrize(
    ("clock", "span"),
    [
        (calendar_clock("month", "2008-12", 0.0, None).on(0, "Month"), "quarter"),
        (calendar_clock("month", "2008-12", 0.0, None).on(0, "Day"), 1),
        (calendar_clock("day", "2008-12-31", 0.0, None).on(0, "Day"), "month"),
        (calendar_clock("week", "2008-W52", 0.0, None).on(0, "Day"), 1),
        (Clock(period=0.25), 4),
        (Clock(period=0.3), 1),
        (Clock(), 3),
    ],
)
def test_the_sum_of_a_flow_is_what_its_stock_gains(clock, span):
    """Over every span, on the model's steps and between them, under Euler's method: to the last digits."""
    first, last = clock.within(0, 120)
    periods = [k for k in range(first, last + 1) if clock.to_model(clock.before(k, span)) >= 0][:40]
    assert len(periods) >= 3
    found, _ = observed(clock, periods, {"Flow": Measured("sum", span)})
    before = [clock.before(k, span) for k in periods]
    levels = [observed(clock, each, {})[0].of("Stock") for each in (periods, before)]
    assert found.of("Flow") == pytest.approx(levels[0] - levels[1], rel=1e-9, abs=1e-9)
    assert found.of("Stock") == pytest.approx(levels[0])
    assert found.times.tolist() == periods


def test_the_mean_is_the_sum_over_the_length():
    """Of a flow over a quarter of a model of days: over 90, 91 or 92 of them."""
    clock = calendar_clock("quarter", "2008-Q4", 0.0, None).on(0, "Day")
    quarters = pd.period_range("2009-Q1", "2009-Q2", freq="Q")
    periods = [clock.read(str(each).replace("Q", "-Q")) for each in quarters]
    sums, _ = observed(clock, periods, {"Flow": Measured("sum")})
    means, _ = observed(clock, periods, {"Flow": Measured("mean")})
    days = [(each.end_time.ceil("D") - each.start_time).days for each in quarters]
    assert days == [90, 91]
    assert means.of("Flow") == pytest.approx(sums.of("Flow") / days)


def test_other_methods_than_eulers_integrate_by_trapezoids():
    """The mean of the growing flow over a period is near the mean of its values at both ends, and that of no step."""
    clock = Clock()
    found, model = observed(clock, [3, 4], {"Flow": Measured("mean")}, method="rk4")
    at = RATES[:, None] * stock(RATES[:, None], np.array([2, 2.25, 2.5, 2.75, 3.0]), 0.0)
    assert found.of("Flow")[:, 0] == pytest.approx(np.trapezoid(at, dx=STEP))
    assert model.asked.min() == 2.0


def test_ends_between_two_steps_lie_on_the_line_between_them():
    """A third of a month from one step of a quarter to the next."""
    found, model = observed(Clock(period=1 / 3), [1, 2, 3], {})
    assert model.asked.tolist() == [0.25, 0.5, 0.75, 1.0]
    at = [stock(RATES, np.array([time]), 0.0) for time in (0.25, 0.5, 0.75, 1.0)]
    assert found.of("Stock")[:, 0] == pytest.approx(at[0] + (at[1] - at[0]) / 3)
    assert found.of("Stock")[:, 2] == pytest.approx(at[3])


def test_a_stretch_before_the_model_has_no_mean():
    """The first year of a model has none by the year; the others have."""
    found, _ = observed(Clock(), [0, 1, 2], {"Flow": Measured("mean", 1), "Stock": Measured("sum", 2)})
    assert np.isnan(found.of("Flow")).tolist() == [[True, False, False]] * 3
    assert np.isnan(found.of("Stock")).tolist() == [[True, True, False]] * 3


def test_nothing_stands_between_a_plain_study_and_its_model():
    """With the model's own time and values at its ends the simulator is the one that was given."""
    model = Growing()
    assert clocked(model, Clock(), model.axis, "euler", {"Flow": Measured()}) is model


def test_drivers_are_given_by_period_and_taken_in_the_models_time():
    """Points of a table stand at the ends of their periods."""
    model = Growing()
    clock = calendar_clock("quarter", "2008-Q4", 0.0, None).on(0, "Month")
    other = clocked(model, clock, model.axis, "euler", {}).with_tables(
        {"Price": (clock.origin + np.arange(3), [1, 2, 3])}
    )
    assert other.inner.tables["Price"][0].tolist() == [0, 3, 6]
    assert other.clock == clock


def test_every_period_of_the_model_is_run_where_none_is_named():
    """From the first that ends in the model's time to the last."""
    model = Growing(0.0, 10.1)
    found = clocked(model, Clock(period=3.0), model.axis, "euler", {}).run()
    assert found.times.tolist() == [0, 1, 2, 3]


MODEL = """{UTF-8}
Stock= INTEG (Inflow-Stock/Delay, 10)
	~	widget
	~	.
	|
Inflow=
	5+STEP(3,4)
	~	widget/Month
	~	.
	|
Delay=
	6
	~	Month
	~	.
	|
Taken= INTEG (Stock/Delay, 0)
	~	widget
	~	.
	|
Outflow=
	Stock/Delay
	~	widget/Month
	~	.
	|
INITIAL TIME  = 0
	~	Month
	~	.
	|
FINAL TIME  = 24
	~	Month
	~	.
	|
TIME STEP  = 0.125
	~	Month
	~	.
	|
SAVEPER  = 1
	~	Month
	~	.
	|
"""


@pytest.mark.parametrize(("method", "near"), [("euler", 1e-9), ("rk4", 2e-4)])
def test_a_compiled_model_sums_as_its_own_stocks_do(tmp_path, method, near):
    """A year of the flow is what a stock that counts it gains: exactly by Euler, to the trapezoids' error by others."""
    (tmp_path / "m.mdl").write_text(MODEL, "utf-8")
    simulator = load(tmp_path / "m.mdl").simulator(method=method)
    axis = load(tmp_path / "m.mdl").time
    clock = calendar_clock("month", "2008-12", 0.0, None).on(0, axis.unit)
    by = clocked(simulator, clock, axis, method, {"Outflow": Measured("sum", "year")})
    years = [clock.read(2009), clock.read(2010)]
    found = by.run(outputs=["Outflow", "Taken"], times=years)
    taken = found.of("Taken")[0]
    assert found.of("Outflow")[0] == pytest.approx([taken[0], taken[1] - taken[0]], rel=near)
