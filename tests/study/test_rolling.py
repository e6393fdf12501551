"""The rolling backtest of a study, on a town whose law of growth is known and on a real city."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.analysis.parameters import Parameter, Prior
from rcsd.errors import CalibrationError, SeriesError, StudyError
from rcsd.study import load_study
from rcsd.study.findings.drivers.later import held
from rcsd.study.findings.rolling import fit_at, roll
from tests.study.conftest import population


@pytest.fixture(scope="module")
def jixi():
    """Read Jixi."""
    return load_study("jixi")


def _garbled(study, after):
    """Return the study with all that was observed after a year replaced by garbage."""
    targets = tuple(
        replace(
            target,
            series=replace(
                target.series,
                values=np.where(target.series.years > after, 1e3 + target.series.values[::-1], target.series.values),
            ),
        )
        for target in study.targets
    )
    return replace(study, targets=targets)


@pytest.mark.slow
def test_nothing_after_an_origin_reaches_its_fit(jixi):
    """With every later cell replaced by garbage, mode, noise and draws of the origin are the same, bit for bit."""
    simulator = jixi.simulator()
    for origin in (2006, 2009):
        found = []
        for study in (jixi, _garbled(jixi, origin)):
            mode, draws, _ = fit_at(study, simulator, origin, 50, np.random.default_rng(3))
            found.append((mode.point.tolist(), draws.values.tolist()))
        assert found[0] == found[1]
    spoilt = fit_at(_garbled(jixi, 2005), simulator, 2006, 50, np.random.default_rng(3))[0]
    assert spoilt.point.tolist() != fit_at(jixi, simulator, 2006, 50, np.random.default_rng(3))[0].point.tolist()


@pytest.mark.slow
def test_a_flag_reaches_no_fit_before_it_is_known(town):
    """Of two flags of 2008 one is known in 2009: the fit of 2008 has a plain cell, later ones have its weight."""
    rules = {"broken = 0\n": "broken = 0\nspike = 0.25\ndoubt = 0.5\n"}
    row = f"population,2008,{population(2008)!r},person,"
    study = load_study(town(rules, {row: f"{row}spike@2009;doubt"}))
    people = study.targets[0]
    for origin, weight, flags in ((2008, 0.5, ("doubt",)), (2009, 0.125, ("spike@2009", "doubt"))):
        target = people.target(2000, origin)
        at = target.series.years.tolist().index(2008)
        assert (target.weights[at], target.series.flags[at]) == (weight, flags)
        assert people.weights_at(origin)[0] == 0.0  # sets the initial stock


@pytest.mark.slow
def test_no_driver_after_the_origin_reaches_a_forecast_that_could_not_know_it(jixi):
    """Drivers, histories and reference replaced by garbage after an origin: forecast and frozen keep every bit.

    The benchmark rules do too; the run with known drivers does not.
    """
    origin = 2008

    def spoilt(years, values):
        return np.where(years > origin, 1 + 2 * values, values)

    other = replace(
        jixi,
        drivers=tuple(replace(each, values=spoilt(each.years, each.values)) for each in jixi.drivers),
        histories={
            name: replace(each, values=spoilt(each.years, each.values)) for name, each in jixi.histories.items()
        },
        targets=tuple(
            replace(each, reference={year: g if year <= origin else 9.0 for year, g in each.reference.items()})
            for each in jixi.targets
        ),
    )
    rolling = jixi.file.rolling.model_copy(update={"first": origin, "last": origin, "draws": 200})
    one_origin = jixi.file.model_copy(update={"rolling": rolling})
    forecasts = [
        {(each.drivers, each.series, each.horizon): each for each in found.forecasts}
        for found in (
            roll(study, study.simulator()) for study in (replace(each, file=one_origin) for each in (jixi, other))
        )
    ]
    blind = [key for key in forecasts[0] if key[0] != "known"]
    assert {key[0] for key in blind} == {"forecast", "frozen"}
    for key in blind:
        one, two = forecasts[0][key], forecasts[1][key]
        assert (one.median, one.lower, one.upper, one.simulated) == (two.median, two.lower, two.upper, two.simulated)
        np.testing.assert_equal(one.baselines, two.baselines)
    assert np.isfinite(forecasts[0]["forecast", "real_gdp", 1].baselines["two_line"])
    assert any(forecasts[0][key].median != forecasts[1][key].median for key in forecasts[0] if key[0] == "known")


def test_a_series_that_has_not_begun_is_left_out(jixi):
    """Innovation inputs begin in 2003: a fit to 2002 knows three series."""
    names = [target.series.name for target in jixi.problem(jixi.simulator(), 2002).targets]
    assert names == ["population", "real_gdp", "industry_scale"]


def test_the_base_year_anchors_the_residuals(jixi):
    """Series whose value of 2000 sets a constant begin there; the one that does not has no anchor."""
    anchors = {target.series.name: target.anchor for target in jixi.problem(jixi.simulator()).targets}
    assert anchors == {"population": 2000.0, "real_gdp": 2000.0, "industry_scale": 2000.0, "innovation_inputs": None}


def test_a_prior_that_rests_on_later_data_gives_way():
    """Known by 2006, a prior resting on data to 2010 is the middle of the interval, give or take a quarter of it."""
    stated = Parameter("a", 1.0, 100.0, "Dmnl", "test", scale="log", prior=Prior(20.0, 0.1, until=2010))
    assert stated.known_by(2010) is stated
    weak = stated.known_by(2006).prior
    assert weak.centre == pytest.approx(10.0)
    assert weak.sd == pytest.approx(np.log(100.0) / 4)


def test_origins_are_checked(town):
    """Origins that leave nothing to fit, run backwards, or reach past the model are refused, with their field."""
    for section, words in (
        ("first = 2000\nlast = 2005", "leaves no year to fit"),
        ("first = 2008\nlast = 2006", "must not come after the last"),
        ("first = 2005\nlast = 2030", "final time"),
    ):
        with pytest.raises(StudyError, match=words):
            load_study(town({"[windows]": f"[rolling]\n{section}\n\n[windows]"}))


def test_an_origin_that_cannot_be_fitted_is_left_out(jixi, monkeypatch):
    """The reason is kept, and the other origins are forecast."""

    def failing(study, simulator, origin, n_draws, rng):
        if origin == 2006:
            raise CalibrationError("flat in some direction")
        return fit_at(study, simulator, origin, n_draws, rng)

    rolling = jixi.file.rolling.model_copy(update={"first": 2006, "last": 2007, "draws": 100})
    study = replace(jixi, file=jixi.file.model_copy(update={"rolling": rolling}))
    monkeypatch.setattr("rcsd.study.findings.rolling.fit_at", failing)
    found = roll(study, study.simulator())
    assert found.left_out == {"2006": "flat in some direction"}
    assert {each.origin for each in found.forecasts} == {2007}


def test_no_origin_lies_behind_the_end_of_a_driver(town):
    """Its last value is not taken for that of a later year."""
    (price,) = load_study(town()).drivers
    assert held(price, 2013, 2015)[1][-1] == price.values[-1]
    with pytest.raises(SeriesError, match=r"'price' is known to 2013, before the origin 2014"):
        held(price, 2014, 2016)
