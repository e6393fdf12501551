"""Forecast and scenarios of a town with a known answer: growth at a constant rate, output that follows a price."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rcsd.analysis.calibration import Diagnostics, Posterior, Sampling, find_mode, laplace_draws, starting_points
from rcsd.analysis.parameters import ParameterSpace
from rcsd.analysis.series import ObservedSeries
from rcsd.errors import StudyError
from rcsd.simulator import DrivenSimulator
from rcsd.study import load_study, run_study, run_to, with_scenarios
from rcsd.study.file.study import Study
from rcsd.study.findings.drivers.beyond import assumptions
from rcsd.study.findings.forecast import Forecasted, forecast
from rcsd.study.findings.refit import Refit, refit
from rcsd.study.findings.scenarios import compare_scenarios
from rcsd.study.steps.forecast import FORECAST
from rcsd.study.steps.refit import REFIT
from rcsd.study.steps.scenarios import SCENARIOS
from rcsd.study.written.ahead import Ahead
from rcsd.study.written.result_json import result_document

FORECAST_TABLE = """[forecast]
draws = 200
scenarios = "scenarios.toml"

[forecast.drawn.price]

[series.population]"""

SCENARIO_FILE = """reference = "as_before"
switch = "Policy Start Time"
years = [2015, 2016]

[scenarios.as_before]
title = "As before"

[scenarios.subsidy]
title = "Subsidy"
start = 2015
levers = { "Subsidy" = { value = 0.1, unit = "Dmnl" } }

[scenarios.tax]
title = "Tax"
levers = { "Tax" = { value = 0.2, unit = "Dmnl" } }

[outcomes.GDP]
better = "higher"
meaning = "more"

[outcomes.Population]
better = "higher"
meaning = "more"

[[claims]]
variable = "GDP"
year = 2016
lower = 9.0
upper = 11.0
text = "a tenth more"
source = "by hand"
"""

LEVERS = """GDP=
	Population*Output per Person*Price*(1+IF THEN ELSE(Time>=Policy Start Time, 1, 0)*(Subsidy-Tax))
	~	yuan/Year
	~	Output of the town.
	|

Subsidy=
	0
	~	Dmnl
	~	Policy lever. Range 0 to 0.5.
	|

Tax=
	0
	~	Dmnl
	~	Policy lever. Range 0 to 0.5.
	|

Unranged=
	0
	~	Dmnl
	~	Policy lever.
	|

Policy Start Time=
	2014
	~	Year
	~	First year of the levers. Range 2000 to 2020.
	|
"""

GDP = """GDP=
	Population*Output per Person*Price
	~	yuan/Year
	~	Output of the town.
	|
"""

SAMPLING = Sampling(runs=30_000, effective=400, draws=200)


@pytest.fixture(scope="module")
def policy_town_in(town_in: Callable[..., Path]) -> Callable[..., Path]:
    """Write the town's study with levers, a forecast and scenarios into a folder, and return its path."""

    def write(
        folder: Path,
        scenarios: dict[str, str] | None = None,
        study: dict[str, str] | None = None,
        data: dict[str, str] | None = None,
    ) -> Path:
        path = town_in(folder, {"[series.population]": FORECAST_TABLE, **(study or {})}, data or {})
        model = path.parent / "town.mdl"
        text = model.read_text(encoding="utf-8")
        assert GDP in text
        model.write_text(text.replace(GDP, LEVERS), encoding="utf-8")
        content = SCENARIO_FILE
        for old, new in (scenarios or {}).items():
            assert old in content, old
            content = content.replace(old, new)
        (path.parent / "scenarios.toml").write_text(content, encoding="utf-8")
        return path

    return write


@pytest.fixture
def policy_town(policy_town_in: Callable[..., Path], tmp_path: Path) -> Callable[..., Path]:
    """Write such a study for one test."""
    return partial(policy_town_in, tmp_path / "town")


@pytest.fixture(scope="module")
def looked_ahead(policy_town_in: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Ahead:
    """Refit the town, forecast and compare, once."""
    return ahead_of(load_study(policy_town_in(tmp_path_factory.mktemp("ahead"))))


def ahead_of(study: Study) -> Ahead:
    """Refit, forecast and compare, from a fit in the middle of the bounds."""
    simulator = study.simulator()
    assert isinstance(simulator, DrivenSimulator)
    mode = find_mode(study.problem(simulator), starting_points(study.space, 4, rng=np.random.default_rng(1)))
    fit = replace_estimate(mode.estimate)
    refitted = refit(study, fit, simulator, how=SAMPLING)
    assert study.scenarios is not None
    compared = compare_scenarios(study, study.scenarios, refitted, simulator)
    return Ahead("", refitted, forecast(study, refitted, simulator), compared)


def replace_estimate(estimate: np.ndarray) -> Any:
    """Stand in for a calibration: the refit takes the estimate from it and nothing else."""
    return type("Fit", (), {"estimate": estimate})()


def forecasted(ahead: Ahead) -> Forecasted:
    """Return the forecast, which is there."""
    assert ahead.forecast is not None
    return ahead.forecast


def test_frozen_drivers_keep_their_last_fitted_value(policy_town):
    """Holding the table's last fitted value is what a constant of the model that stops its clock in that year does."""
    study = load_study(policy_town())
    simulator = study.simulator()
    (_, frozen), _ = assumptions(study, simulator, 3)
    years = np.arange(2010.0, 2017)
    expected = simulator.run({"Price Freeze Time": 2013.0}, outputs=["GDP"], times=years)
    np.testing.assert_allclose(frozen.simulator.run(outputs=["GDP"], times=years).values, expected.values, rtol=1e-14)


def test_a_lever_moves_the_outcome_by_what_its_equation_says(looked_ahead):
    """A subsidy of a tenth from 2015 is 10 % more output in every draw from 2015 on, and not before; a tax the rest."""
    compared = looked_ahead.scenarios
    assert compared is not None
    assert compared.failed == ()
    for beyond in ("drawn", "frozen"):
        found = compared.of("subsidy", "GDP", beyond)
        for values in (found.low, found.median, found.high):
            np.testing.assert_allclose(values, [0, 10, 10], atol=1e-9)
        assert found.share_better.tolist() == [0, 1, 1]
        tax = compared.of("tax", "GDP", beyond)
        np.testing.assert_allclose(tax.median, -20, atol=1e-9)  # without a start: the year after the data
        assert tax.share_better.tolist() == [0, 0, 0]
        assert compared.of("subsidy", "Population", beyond).share_better.tolist() == [0, 0, 0]
    assert [(each.scenario, each.share) for each in compared.claimed if each.beyond == "drawn"] == [
        ("subsidy", 1.0),
        ("tax", 0.0),
    ]


def test_the_forecast_goes_on_with_what_was_fitted(looked_ahead):
    """Noise-free data: the median of the population goes on at 3 %, that of output with the price held at 2013's."""
    bands = {(band.series, band.beyond): band for band in forecasted(looked_ahead).bands}
    people = 100 * 1.03 ** np.arange(14, 17)
    np.testing.assert_allclose(bands["population", "drawn"].median, people, rtol=3e-3)
    np.testing.assert_allclose(bands["gdp", "frozen"].median, people * 2 * 1.4, rtol=2e-2)
    drawn, frozen = bands["gdp", "drawn"], bands["gdp", "frozen"]
    assert np.all(drawn.high - drawn.low > frozen.high - frozen.low)
    # residuals go on from the last one, which the data of 2013 show, and spread from there
    assert np.all(np.diff(frozen.high - frozen.low) > 0)


def test_nothing_after_the_last_fitted_year_reaches_the_forecast(policy_town, looked_ahead):
    """Garbage prices from 2014 on, in the driver and in its history, change no bit of any band or comparison."""
    garbage = "".join(f"\nprice,{year},{1e3 * (year - 2000)},Dmnl," for year in range(2014, 2021))
    last = "price,2013,1.4,Dmnl,"
    clean, spoilt = looked_ahead, ahead_of(load_study(policy_town(data={last: last + garbage})))
    for first, second in zip(forecasted(clean).bands, forecasted(spoilt).bands, strict=True):
        np.testing.assert_array_equal(first.low, second.low)
        np.testing.assert_array_equal(first.high, second.high)
    assert clean.scenarios is not None
    assert spoilt.scenarios is not None
    for one, other in zip(clean.scenarios.outcomes, spoilt.scenarios.outcomes, strict=True):
        np.testing.assert_array_equal(one.comparison.level, other.comparison.level)


def test_growth_that_nobody_knew_reaches_hindsight_alone():
    """Jixi with national growth and prices of 2014 on replaced by garbage: drawn and frozen runs keep every bit."""
    study = load_study("jixi")
    spoilt = replace(
        study,
        drivers=tuple(
            replace(driver, values=np.where(driver.years > 2013, 9.0, driver.values)) for driver in study.drivers
        ),
    )
    runs = {}
    for which, each in (("clean", study), ("spoilt", spoilt)):
        found, _ = assumptions(each, each.simulator(), 3)
        rate = {"Investment Rate": np.full(3, 0.3)}
        for assumed in found:
            runs[which, assumed.beyond] = assumed.simulator.run(rate, outputs=["GDP"], times=np.arange(2014.0, 2031))
    for beyond in ("drawn", "frozen"):
        np.testing.assert_array_equal(runs["clean", beyond].values, runs["spoilt", beyond].values)
    assert not np.array_equal(runs["clean", "hindsight"].values, runs["spoilt", "hindsight"].values)


def test_draws_that_have_not_converged_are_forecast_from_with_their_faults(policy_town):
    """Bands and comparisons are made all the same; the faults stay with the refit."""
    study = load_study(policy_town())
    simulator = study.simulator()
    fit = replace_estimate(np.array([0.03, 2.0]))
    refitted = replace(refit(study, fit, simulator, how=Sampling(runs=1, draws=100)), faults=("R-hat is 1.2",))
    assert study.scenarios is not None
    assert forecast(study, refitted, simulator).bands
    assert compare_scenarios(study, study.scenarios, refitted, simulator).outcomes


@pytest.mark.parametrize(
    ("scenarios", "words"),
    [
        ({'"Subsidy" = {': '"Subsidi" = {'}, "no constant 'Subsidi'; did you mean 'Subsidy'"),
        ({"value = 0.1": "value = 0.6"}, "0.6 lies outside the range that the model documents for 'Subsidy', 0 to 0.5"),
        ({'value = 0.1, unit = "Dmnl"': 'value = 0.1, unit = "Year"'}, "the lever is in 'Year', but 'Subsidy'"),
        ({"start = 2015": "start = 2013"}, "2013 lies outside the forecast, which runs from 2014"),
        ({"years = [2015, 2016]": "years = [2015, 2031]"}, "2031 lies outside the forecast"),
        ({'"as_before"': '"as_befor"'}, "there is no scenario 'as_befor'; did you mean 'as_before'"),
        ({"[outcomes.GDP]": "[outcomes.GPD]"}, "no variable 'GPD'"),
        ({'better = "higher"': 'better = "more"'}, "outcomes.GDP.better"),
        ({'title = "Subsidy"': 'tittle = "Subsidy"'}, "there is no such key; did you mean 'title'"),
        ({'"Tax" = {': '"Output per Person" = {'}, "'Output per Person' is estimated or set by the study"),
        ({'"Tax" = {': '"Unranged" = {'}, "documents no range of 'Unranged'"),
        ({'"Tax" = {': '"Policy Start Time" = {'}, "is the switch of all levers: give the year as `start`"),
        ({"lower = 9.0": "lower = 19.0"}, "the lower end, 19, must not exceed the upper, 11"),
        ({'variable = "GDP"\nyear = 2016': 'variable = "Price"\nyear = 2014'}, "'Price' is not compared"),
    ],
)
def test_a_fault_of_the_scenarios_is_named_with_file_line_and_remedy(policy_town, scenarios, words):
    """Before anything is run."""
    with pytest.raises(StudyError) as caught:
        load_study(policy_town(scenarios=scenarios))
    message = str(caught.value)
    assert words in message
    assert "scenarios.toml:" in message
    assert "in the scenarios" in message


@pytest.mark.parametrize(
    ("study", "words"),
    [
        ({"[forecast.drawn.price]": "[forecast.drawn.prise]"}, "no driver 'prise'; did you mean 'price'"),
        ({"[forecast.drawn.price]": '[forecast.drawn.price]\nhistory = "prize"'}, "no series 'prize'"),
        ({"[forecast.drawn.price]": '[forecast.drawn.price]\nhistory = "population"'}, "the driver in 'Dmnl'"),
        ({"horizon = 2016\n": ""}, "leaves no year to forecast after 2013"),
        ({'"scenarios.toml"': '"scenario.toml"'}, "no such file of scenarios"),
    ],
)
def test_a_fault_of_the_forecast_is_named(policy_town, study, words):
    """An unknown driver, a history of another unit, a horizon at the end of the data, a file that is not there."""
    forecast_section = FORECAST_TABLE
    others = {}
    for old, new in study.items():
        if old in FORECAST_TABLE:
            forecast_section = forecast_section.replace(old, new)
        else:
            others[old] = new
    with pytest.raises(StudyError, match=words):
        load_study(policy_town(study={"[series.population]": forecast_section, **others}))


def test_a_quick_study_says_why_it_forecasts_nothing(policy_town, tmp_path):
    """No posterior, no forecast: the document has the reason, and no table is left from before."""
    result = run_study(load_study(policy_town()), out=tmp_path / "out", quick=True)
    document = result_document(result)
    assert document["forecast"] == {}
    assert document["scenarios"] == {}
    assert "quick" in document["forecast_settings"]["left_out"]
    assert not (tmp_path / "out" / "town" / "forecast.csv").exists()


@pytest.mark.slow
def test_finished_steps_are_reused_and_new_scenarios_redo_their_own(policy_town, tmp_path, monkeypatch):
    """Running up to the scenarios leaves what `run_study` takes up; other strengths redo the comparison alone."""
    path, out = policy_town(), tmp_path / "out"
    study = load_study(path)
    first = run_to(study, (FORECAST, SCENARIOS), out=out)
    with monkeypatch.context() as patched:
        patched.setattr("rcsd.study.steps.scenarios.compare_scenarios", lambda *_, **__: pytest.fail("compared anew"))
        patched.setattr("rcsd.study.steps.refit.refit", lambda *_, **__: pytest.fail("refitted"))
        result = run_study(study, out=out)
    for step in (REFIT, FORECAST, SCENARIOS):
        assert result[step].n_runs == first[step].n_runs
    document = json.loads((out / "town" / "result.json").read_text())
    assert document["scenarios"]["subsidy"]["outcomes"]["GDP"]["drawn"]["share_better"] == [1.0, 1.0]
    assert document["forecast"]["population"]["years"] == [2014, 2015, 2016]
    assert {"median", "p05", "p95"} <= document["forecast"]["gdp"].keys()
    assert (out / "town" / "forecast.csv").read_text().count("\n") == 1 + 2 * 2 * 3
    kept = (out / "town" / "steps" / "scenarios.json").read_bytes()
    other = tmp_path / "other.toml"
    other.write_text(SCENARIO_FILE.replace("value = 0.1", "value = 0.05"), encoding="utf-8")
    monkeypatch.setattr("rcsd.study.steps.refit.refit", lambda *_, **__: pytest.fail("refitted"))
    found = run_to(with_scenarios(study, other), (SCENARIOS,), out=out, aside=(SCENARIOS,))
    weaker = found[SCENARIOS]
    assert weaker.of("subsidy", "GDP", "drawn").median[-1] == pytest.approx(5, abs=1e-9)
    assert (out / "town" / "steps" / "scenarios.json").read_bytes() == kept


@pytest.mark.slow
def test_bands_of_growth_with_known_noise_cover_at_their_rate(policy_town):
    """Truths drawn from the priors of the noise: nine of ten later values lie in the 90 % band, near and far."""
    base = policy_town(data={"population,2000,100.0,person,": "population,2000,100.0,person,broken"})
    study = load_study(base)
    growth = ParameterSpace(study.space.parameters[:1])
    simulator = study.simulator()
    rng, n_sets = np.random.default_rng(20), 150
    inside = np.zeros((n_sets, 3), dtype=bool)
    for k in range(n_sets):
        rate, scale, memory = (
            rng.uniform(0.0, 0.06),
            np.exp(0.5 * rng.standard_normal()),
            1 / (1 + np.exp(-1 - rng.standard_normal())),
        )
        years = np.arange(2001, 2017)
        course = np.zeros(years.size + 1)
        for i in range(years.size):
            course[i + 1] = memory * course[i] + scale * rng.standard_t(4)
        values = 100 * (1 + rate) ** (years - 2000) * np.exp(0.01 * course[1:])
        target = study.targets[0]
        series = ObservedSeries(
            target.series.name,
            target.series.unit,
            np.arange(2000.0, 2014),
            np.concatenate([[100.0], values[:13]]),
            ((),) * 14,
        )
        weights = np.concatenate([[0.0], np.ones(13)])
        noisy = replace(
            study,
            space=growth,
            targets=(replace(target, series=series, weights=weights, spent=(2000,)),),
            scenarios=None,
        )
        problem = noisy.problem(simulator, 2013)
        mode = find_mode(problem, starting_points(problem.space, 4, rng=rng))
        draws, _ = laplace_draws(mode, 400, rng)
        posterior = Posterior(draws, _converged(), 0, 0)
        refitted = Refit(2000, 2013, {}, posterior, (), 0)
        seeded = replace(
            noisy, file=noisy.file.model_copy(update={"study": noisy.file.study.model_copy(update={"seed": k})})
        )
        band = next(b for b in forecast(seeded, refitted, simulator).bands if b.beyond == "frozen")
        inside[k] = (band.low <= values[13:]) & (values[13:] <= band.high)
    # three binomial standard deviations of 150 sets
    assert np.all(np.abs(inside.mean(axis=0) - 0.9) < 0.075), inside.mean(axis=0)


def _converged() -> Diagnostics:
    one = np.ones(1)
    return Diagnostics(("x",), one, 1e6 * one, 1e6 * one, 1000, 10, 1, 0.5)
