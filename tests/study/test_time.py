"""Time as data have it: the same study by months and by numbers, series of unequal frequency, and what is refused."""

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from rcsd.errors import SeriesError, StudyError
from rcsd.report.sections.sobol.words import reading
from rcsd.simulation.loading import load
from rcsd.study import load_study
from rcsd.study.file.checking import check_study
from rcsd.study.findings.drivers.later import held
from rcsd.study.findings.simulate import simulate
from rcsd.study.runner import backtest_study, calibrate_study, run_study
from rcsd.study.sobol.request import SobolRequest, sobol_study_document
from rcsd.study.sobol.runner import sobol_study
from rcsd.study.steps.backtest import BACKTEST

MODEL = """{{UTF-8}}
Stock= INTEG (Flow, Start)
	~	widget
	~	A stock.
	|
Flow= Rate*Stock*(1-Stock/Limit)
	~	widget/{unit}
	~	Growth.
	|
Rate=
	{rate}
	~	1/{unit}
	~	Growth rate.
	|
Limit=
	900
	~	widget
	~	What there is room for.
	|
Start=
	100
	~	widget
	~	At the start.
	|
INITIAL TIME  = {start}
	~	{unit}
	~	.
	|
FINAL TIME  = {stop}
	~	{unit}
	~	.
	|
TIME STEP  = {step}
	~	{unit}
	~	.
	|
SAVEPER  = {save}
	~	{unit}
	~	.
	|
"""

STUDY = """
[study]
name = "growth"
model = "growth.mdl"
seed = 3
{time}
[windows]
fit = {fit}
holdout = {holdout}

[search]
starts = 2
quick_starts = 1
quick_max_evaluations = 40

[series.stock]
variable = "Stock"
error = 0.02
{series}
[parameters."Rate"]
lower = {lower}
upper = {upper}
unit = "1/{unit}"
source = "assumed"

[parameters."Limit"]
lower = 300
upper = 3000
unit = "widget"
source = "assumed"
"""

MONTH = {"unit": "Month", "rate": 0.05, "start": 0, "stop": 72, "step": 0.25, "save": 1}
YEAR = {"unit": "Year", "rate": 0.6, "start": 2009, "stop": 2015, "step": 1 / 48, "save": 1 / 12}
TRUE = {"Rate": 0.06, "Limit": 800.0}


def label(k: int) -> str:
    """Return the k-th month from 2009 on, the first being 1."""
    return f"{2009 + (k - 1) // 12}-{(k - 1) % 12 + 1:02d}"


@pytest.fixture
def growth(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes a model, its data and a study of them."""

    def write(rows: Sequence[str], name: str = "growth", model: dict[str, object] = MONTH, **words: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "growth.mdl").write_text(MODEL.format(**model), "utf-8")
        header = words.pop("header", "series,time,value,unit,flag")
        (folder / "observed.csv").write_text("\n".join([header, *rows, ""]), "utf-8")
        known = {"time": "", "series": "", "unit": model["unit"], "lower": "0.005", "upper": "0.2", **words}
        (folder / "study.toml").write_text(STUDY.format(**known), "utf-8")
        return folder / "study.toml"

    return write


def truth(tmp_path: Path, noise: float = 0.0) -> dict[str, np.ndarray]:
    """Simulate the true model in months, every step of it."""
    path = tmp_path / "truth.mdl"
    path.write_text(MODEL.format(**MONTH), "utf-8")
    run = load(path).simulator().run(TRUE, outputs=["Stock", "Flow"], times=np.arange(0, 72.25, 0.25))
    rng = np.random.default_rng(5)
    found = {name: run.of(name)[0] for name in ("Stock", "Flow")}
    return {name: values * np.exp(noise * rng.standard_normal(values.size)) for name, values in found.items()}


def months(values: np.ndarray, name: Callable[[int], object], last: int = 60) -> list[str]:
    """Return a row for each month's end."""
    return [f"stock,{name(k)},{float(values[4 * k])!r},widget," for k in range(1, last + 1)]


@pytest.mark.slow
def test_months_by_name_and_by_number_are_the_same_study(growth, tmp_path):
    """Dates change nothing but what is shown: the same fit, scores and run, to the last digit."""
    values = truth(tmp_path, 0.02)["Stock"]
    plain = growth(months(values, int), "plain", fit="[1, 48]", holdout="[49, 60]")
    dated = growth(
        months(values, label),
        "dated",
        fit='["2009-01", 2012]',
        holdout='[2013, "2013-12"]',
        time='[time]\nperiod = "month"\norigin = "2008-12"\n',
    )
    found = [run_study(load_study(each), out=tmp_path / each.parent.name, quick=True) for each in (plain, dated)]
    scores = [result[BACKTEST].targets[0] for result in found]
    assert scores[0].simulated.tolist() == scores[1].simulated.tolist()
    assert scores[0].fit_all == scores[1].fit_all
    assert scores[1].holdout is not None
    assert set(scores[0].holdout.baselines) == set(scores[1].holdout.baselines) >= {"seasonal_naive", "seasonal_ets"}
    for rule, one in scores[0].holdout.baselines.items():
        other = scores[1].holdout.baselines[rule]
        assert one.forecast == pytest.approx(other.forecast, rel=1e-6, nan_ok=True), rule
    documents = [json.loads((tmp_path / n / "growth" / "result.json").read_text("utf-8")) for n in ("plain", "dated")]
    assert documents[0]["parameters"] == documents[1]["parameters"]
    assert documents[0]["backtest"][0]["series"]["stock"]["years"] == list(range(49, 61))
    assert documents[1]["backtest"][0]["series"]["stock"]["years"] == [label(k) for k in range(49, 61)]
    assert documents[1]["backtest"][0]["origin"] == "2012-12"
    assert "time" not in documents[0]
    assert documents[1]["time"] == {"period": "month", "unit": "month", "origin": "2008-12", "at": 0.0}
    manifest = json.loads((tmp_path / "dated" / "growth" / "manifest.json").read_text("utf-8"))
    assert manifest["study"]["fit_window"] == ["2009-01", "2012-12"]


@pytest.mark.parametrize(
    ("time", "name", "fit", "holdout"),
    [
        ('period = "month"\norigin = "2009-01"\nat = 2009.0833333333333', label, '["2009-01", 2012]', "[2013, 2013]"),
        ('period = "1/12"', lambda k: round(2009 + k / 12, 2), "[2009.08, 2013]", "[2013.08, 2014]"),
        (f"period = {1 / 12!r}", lambda k: 2009 + k / 12, "[2009.0833, 2013.0]", "[2013.0833, 2014.0]"),
    ],
)
def test_months_in_a_model_of_years_give_the_same_estimates(growth, tmp_path, time, name, fit, holdout):
    """Without noise the truth comes out, its rate twelve times that of the model of months."""
    rows = months(truth(tmp_path)["Stock"], name)
    path = growth(rows, model=YEAR, fit=fit, holdout=holdout, time=f"[time]\n{time}\n", upper="2.4")
    fitted = calibrate_study(load_study(path), out=tmp_path / "out", quick=True)
    assert fitted.values == pytest.approx({"Rate": 12 * TRUE["Rate"], "Limit": TRUE["Limit"]}, rel=2e-3)


def test_quarterly_sums_and_yearly_means_stand_beside_monthly_stocks(growth, tmp_path):
    """From exact series of three frequencies the truth comes out, each scored by its own number of cells."""
    stock = truth(tmp_path)["Stock"]
    rows = months(stock, label)
    # by Euler's method what flows in a quarter is what the stock gains; a mean is over the steps' beginnings
    rows += [
        f"sold,{2009 + q // 4}-Q{q % 4 + 1},{float(stock[12 * q + 12] - stock[12 * q])!r},widget," for q in range(20)
    ]
    rows += [f"level,{2009 + y},{float(stock[48 * y : 48 * y + 48].mean())!r},widget," for y in range(5)]
    text = (
        '[series.sold]\nvariable = "Flow"\nerror = 0.02\nmeasure = "sum"\n'
        '[series.level]\nvariable = "Copy"\nerror = 0.02\nmeasure = "mean"\n'
    )
    path = growth(rows, fit='["2009-01", 2012]', holdout="[2013, 2013]", series=text, time=MONTHS)
    model = path.parent / "growth.mdl"
    copy = "Copy= Stock\n\t~\twidget\n\t~\tThe same.\n\t|\n"
    model.write_text(model.read_text("utf-8").replace("Rate=\n", copy + "Rate=\n"), "utf-8")
    study = load_study(path)
    found = backtest_study(study, out=tmp_path / "out", quick=True)
    targets = {target.name: target for target in found}
    assert {name: target.years.size for name, target in targets.items()} == {"stock": 60, "sold": 20, "level": 5}
    for target in targets.values():
        assert target.simulated == pytest.approx(target.observed, rel=1e-3)
    drift = targets["level"].holdout.baselines["drift"].forecast
    levels = targets["level"].observed
    assert drift == pytest.approx([levels[3] + (levels[3] - levels[0]) / 3])
    run = simulate(study, calibrate_study(study, out=tmp_path / "out", quick=True), study.simulator())
    assert np.isnan(run.simulated["Copy"]).sum() == 12
    assert (run.units["Flow"], run.units["Stock"]) == ("widget", "widget")


MONTHS = '[time]\nperiod = "month"\norigin = "2008-12"\n'
GOOD = {"fit": '["2009-01", 2012]', "holdout": "[2013, 2013]", "time": MONTHS}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"time": ""}, r"windows\.fit: 2009-01 is no whole number .* say in \[time\] what a period is"),
        ({"time": '[time]\nperiod = "fortnight"\n'}, r"time\.period.*is no length of time: write a number"),
        ({"time": "[time]\nperiod = 0\n"}, r"time\.period.*greater than 0"),
        ({"time": '[time]\nperiod = 0.5\norigin = "2009-01"\n'}, r"time: `origin` is a date, which goes with a word"),
        ({"time": '[time]\nperiod = "month"\norigin = "spring"\n'}, r"time: 'spring' is no date that can be read"),
        ({"time": '[time]\nperiod = "month"\nat = 3.0\n'}, r"time: `at` is the model's time at a date"),
        ({"fit": '["2008-06", 2012]'}, r"windows\.fit: begins in 2008-06, before the model does"),
        ({"holdout": '[2013, "2015-06"]'}, r"windows\.holdout: 2015-06 lies after the model's final time"),
        ({"holdout": "[2012, 2013]"}, r"windows\.holdout: begins in 2012-01, but the fit window ends in 2012-12"),
        ({"fit": '["2009-13", 2012]'}, r"windows\.fit: '2009-13' is in no calendar"),
        ({"series": 'measure = "sum"\n'}, r"series\.stock\.variable: series 'stock' is in 'widget', but 'Stock'"),
        ({"series": 'measure = "mean"\nperiod = "year"\n'}, "2009-01|stands for time before the model begins"),
        ({"series": 'measure = "mean"\nperiod = 3.0\n'}, r"series\.stock\.period: 3 is a number, and the period"),
        ({"series": 'period = "day"\n'}, r"series\.stock\.period: a day is shorter than the period of the study"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_time_is_said_with_its_remedy(growth, tmp_path, changed, said):
    """Field and cause, each in one message."""
    path = growth(months(truth(tmp_path)["Stock"], label), **{**GOOD, **changed})
    with pytest.raises(StudyError, match=said):
        load_study(path)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("stock,2014-13,1,widget,", "'2014-13' is in no calendar"),
        ("stock,2013-12-31,1,widget,", "has 2013-12 twice"),
        ("stock,2014,1,widget,", "is dated by the year here, but above by the period"),
        ("stock,2014-01,1,widget,late@2014-99", "flag 'late@2014-99' is not of small letters"),
    ],
)
def test_what_is_wrong_with_dates_in_the_data_is_said_with_its_line(growth, tmp_path, row, said):
    """Every fault of the table, where it stands."""
    path = growth([*months(truth(tmp_path)["Stock"], label), row], **GOOD)
    with pytest.raises(SeriesError, match=rf"observed\.csv:62: .*{said}"):
        load_study(path)


def test_a_table_of_dates_asks_for_a_table_of_time(growth, tmp_path):
    """Without [time] the first row says what to do."""
    path = growth(months(truth(tmp_path)["Stock"], label), fit="[1, 48]", holdout="[49, 60]")
    with pytest.raises(SeriesError, match=r"'2009-01' is not a whole number .* need a table \[time\]"):
        load_study(path)


def test_missing_months_are_named_as_months(growth, tmp_path):
    """A gap in a series that must be complete."""
    rows = months(truth(tmp_path)["Stock"], label)
    del rows[10]
    with pytest.raises(StudyError, match=r"complete from 2009-01 to 2012-12 but has no value for 2009-11"):
        load_study(growth(rows, **GOOD))


def test_flags_wait_for_their_month(growth, tmp_path):
    """A doubt that rests on a later month is no doubt for a fit to an earlier one."""
    rows = months(truth(tmp_path)["Stock"], label)
    rows[5] += "spike@2010-03"
    path = growth(rows, **GOOD, series="[series.stock.flags]\nspike = 0.0\n")
    target = load_study(path).targets[0]
    clock = load_study(path).clock
    dropped = [(target.weights_at(clock.read(each)) == 0).tolist() for each in ("2010-02", "2010-03")]
    assert [sum(each) for each in dropped] == [0, 1]


def test_a_variable_is_observed_in_one_way(growth, tmp_path):
    """Two series that want different things of it are refused, with both named."""
    rows = [*months(truth(tmp_path)["Stock"], label), "mean,2012,300,widget,"]
    text = '[series.mean]\nvariable = "Stock"\nerror = 0.1\nmeasure = "mean"\nrequired = false\n'
    with pytest.raises(StudyError, match=r"series\.mean\.measure: takes the mean over a year of 'Stock', and series"):
        load_study(growth(rows, **GOOD, series=text))


def test_a_yearly_driver_of_a_study_of_months_tells_nothing_of_the_year_that_runs(growth, tmp_path):
    """From the middle of a year a forecast knows the year that has ended, and holds it."""
    rows = months(truth(tmp_path)["Stock"], label) + [f"price,{2008 + y},{y + 1.0},Dmnl," for y in range(7)]
    path = growth(rows, **GOOD, series='[drivers.price]\ntable = "Price"\n')
    model = path.parent / "growth.mdl"
    price = "Price(\n\t[(0,0)-(72,10)],(0,1),(72,7))\n\t~\tDmnl\n\t~\tA price.\n\t|\n"
    model.write_text(model.read_text("utf-8").replace("Rate=\n", price + "Rate=\n"), "utf-8")
    study = load_study(path)
    (driver,) = study.drivers
    for month, known in (("2012-12", 5.0), ("2013-06", 5.0), ("2013-12", 6.0)):
        origin = study.clock.read(month)
        x, y = held(driver, origin, origin + 6)
        assert (x[-2:].tolist(), y[-2:].tolist()) == ([origin, origin + 7], [known, known])
    with pytest.raises(SeriesError, match=r"is known to 2014-12, before the origin 2015-12"):
        held(driver, study.clock.read("2015-12"), study.clock.read("2016-01"))


def test_a_sensitivity_analysis_speaks_of_months(growth, tmp_path):
    """In words, tables and documents, and where a run of months has no indices; arrays have the model's time."""
    path = growth(
        months(truth(tmp_path)["Stock"], label),
        fit='["2009-01", 2013]',
        holdout="",
        time='[time]\nperiod = "month"\norigin = "2008-12"\n',
    )
    path.write_text(path.read_text("utf-8").replace("holdout = \n", ""), "utf-8")
    found = sobol_study(load_study(path), SobolRequest(16, outputs=("Stock",), n_resamples=4), out=tmp_path / "out")
    dated = found.result.to_frame()["time"].tolist()
    assert (dated[0], dated[-1]) == ("2008-12", "2013-12")
    assert found.result.notes()[0] == "Constant over the sample in 2008-12, and without indices there: Stock."
    document = sobol_study_document(found)
    assert document["data_end"] == "2013-12"
    assert document["sobol"]["Stock"]["times"][0] == "2008-12"
    assert set(document["outcomes"]) == {"Stock in 2013-12"}
    words = " ".join(reading(found))
    assert "Stock: in 2013-12" in words
    assert not re.search(r"\d{5}", words)
    assert found.result.to_xarray()["time"].values.tolist() == list(range(61))


@pytest.mark.parametrize(
    "time",
    [
        'period = "month"\norigin = "2008-13"',
        'period = "moth"\norigin = "2008-12"',
        'period = "month"\norign = "2008-12"',
    ],
)
def test_a_fault_of_time_is_not_one_of_every_date(growth, tmp_path, time):
    """It is said once: the dates of windows and data are none of its places."""
    path = growth(
        months(truth(tmp_path)["Stock"], label), fit='["2009-01", 2012]', holdout="[2013, 2013]", time=f"[time]\n{time}"
    )
    (found,) = check_study(path)
    assert str(found).count("study.toml:") == 2
    assert "1 fault(s)" in str(found)


def test_a_column_of_dates_without_time_is_one_fault(growth, tmp_path):
    """The first of them stands for all."""
    path = growth(months(truth(tmp_path)["Stock"], label), fit="[1, 48]", holdout="[49, 60]")
    with pytest.raises(SeriesError, match=r"1 fault.*\n.*'2009-01'.*need a table \[time\].*in every line to 61"):
        load_study(path)
