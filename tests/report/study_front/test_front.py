"""The first screen says what the numbers say, in plain words."""

import math
import tomllib
from dataclasses import replace

import numpy as np
import pytest

from rcsd.report.fact import bare
from rcsd.report.front import RESERVATIONS
from rcsd.report.spoken import speaking_of
from rcsd.report.study_front.asked import asked
from rcsd.report.study_front.failed import failed
from rcsd.report.study_front.front import study_front
from rcsd.report.study_front.reservations import reservations
from rcsd.report.study_front.units import units_told
from rcsd.report.study_front.verdict import headline, mark_of, verdicts
from rcsd.report.wording import NO_BREAK
from rcsd.study.file.inputs import ConstantResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS
from tests.places import CALIBRATION
from tests.report.knowledge import finding, unconverged, with_parameters, with_targets

pytestmark = pytest.mark.usefixtures("undrawn")


def plain(text: str) -> str:
    """Take marks and narrow spaces out."""
    return bare(text).replace(NO_BREAK, " ")


def untested(result):
    """Return the study without a hold-out."""
    targets = (replace(target, holdouts={}, forecasts={}) for target in result[BACKTEST].targets)
    return replace(with_targets(result, *targets), info=replace(result.info, holdout_window=None))


def test_what_was_asked_names_windows_series_and_drivers(result):
    """Both windows, both series, the number of parameters, and what the forecasts knew."""
    text = asked(result)
    assert "forecast Population and Real GDP? 2 parameters were fitted to 21 observed values of 2000–2010." in text
    assert "2011–2013 were held back" in text
    assert "Coal price and national growth, which drive the model from outside, were forecast too." in text
    known = (replace(target, holdouts={"known": target.holdout}) for target in result[BACKTEST].targets)
    assert "given as they came to be, which nobody knew then" in asked(with_targets(result, *known))
    one, _ = result[PARAMETERS].parameters
    assert "1 parameter was fitted" in asked(with_parameters(result, one))


def test_without_holdout_nothing_is_claimed_about_forecasts(result):
    """The question is whether it reproduces; the first reservation is that no forecast was tested."""
    bare_study = untested(result)
    assert "reproduce Population and Real GDP?" in asked(bare_study)
    assert "Nothing was held back" in asked(bare_study)
    assert headline(bare_study).startswith("No forecast was tested")
    assert {each.mark for each in verdicts(bare_study)} == {"unknown"}
    assert all(plain(each.sentence).startswith("Fit off by") for each in verdicts(bare_study))
    assert reservations(bare_study)[0].startswith("No forecast was tested")


def test_verdicts_hold_the_forecast_against_the_best_simple_one(result):
    """Population (0.53 %) beats all; real GDP is 5.0 % off, drift 3.0 %."""
    population, gdp = verdicts(result)
    assert (population.mark, gdp.mark) == ("better", "worse")
    assert (population.word, gdp.word) == ("▲ better", "▼ worse")
    assert plain(gdp.sentence).startswith("Forecast off by 5.0 % on average, the best simple method (drift) by 3.0 %. ")
    assert headline(result) == (
        "Against the best simple method the model’s forecast is better for Population and worse for Real GDP. The test "
        "was not blind: see the first reservation."
    )


def test_the_verdict_says_how_wide_the_band_is_and_what_came(result):
    """The band is nine to eleven tenths of the median, which is 5 % above the logistic curve of real GDP in 2013."""
    target = result[BACKTEST].targets[1]
    text = plain(verdicts(result)[1].sentence)
    median, came = target.forecast.median[-1], target.observed[-1]
    low, high = f"{0.9 * median:#.3g}".rstrip("."), f"{1.1 * median:#.3g}".rstrip(".")
    assert f"90 % band of 2013: {low} to {high} {target.unit} (−10 to +10 %), and {came:.0f} came; 3 of 3" in text


def test_a_doubtful_value_is_called_so_where_a_forecast_is_held_against_it(result):
    """The flags of the last held-out cell alone decide it."""
    target = result[BACKTEST].targets[1]
    assert "doubtful" not in verdicts(result)[1].sentence.partition("came")[2].partition("inside")[0]
    doubted = replace(target, flags=(*target.flags[:-1], ("census_break",)))
    found = replace(result[BACKTEST], targets=(result[BACKTEST].targets[0], doubted))
    assert "came (a doubtful value);" in verdicts(finding(result, backtest=found))[1].sentence


def test_every_number_of_a_verdict_says_where_it_stands(result):
    """Errors, rival, band and what came are marked with their places in result.json."""
    sentence = verdicts(result)[1].sentence
    for place in (
        "/series/real_gdp/holdout/mape",
        "/series/real_gdp/holdout/baselines/drift/mape",
        "/backtest/0/series/real_gdp/lower/2",
        "/backtest/0/series/real_gdp/upper/2",
        "/backtest/0/series/real_gdp/observed/2",
        "/series/real_gdp/fit/mape",
    ):
        assert f"\ue000{place}\ue001" in sentence, place


def test_a_lead_of_less_than_a_tenth_of_a_point_is_no_win(result):
    """Level with the best but for 0.01 points: no better, and no worse."""
    score = result[BACKTEST].targets[0].holdout
    near = replace(score.statistics, mape=score.statistics.mape - 0.01)
    rivals = {**score.baselines, "ets": replace(score.baselines["ets"], statistics=near)}
    level = replace(score, baselines=rivals, best_baseline="ets", beats_best=False)
    assert mark_of(level) == "equal"
    target = replace(result[BACKTEST].targets[0], holdouts={"forecast": level})
    assert "no better for Population" in headline(with_targets(result, target, result[BACKTEST].targets[1]))


def test_where_all_that_came_is_zero_the_error_is_in_the_unit(result):
    """Without an error in percent the mean absolute error is given, and nothing is better or worse."""
    target = result[BACKTEST].targets[1]
    score = replace(target.holdout, statistics=replace(target.holdout.statistics, mape=math.nan))
    none = with_targets(result, replace(target, holdouts={"forecast": score}))
    (verdict,) = verdicts(none)
    assert verdict.mark == "unknown"
    assert f"{target.unit} on average, all that came being zero" in plain(verdict.sentence)


def test_a_fitted_run_that_is_scored_has_no_band(result):
    """Where another engine runs the model no forecast is made: errors alone, and what is missing has failed."""
    why = "PySD runs this model"
    targets = (replace(each, forecasts={}, holdouts={"known": each.holdout}) for each in result[BACKTEST].targets)
    plainer = with_targets(result, *targets)
    plainer = finding(plainer, backtest=replace(plainer[BACKTEST], without_forecast=why))
    text = plain(verdicts(plainer)[1].sentence)
    assert text == "Forecast off by 5.0 % on average, the best simple method (drift) by 3.0 %. Fit off by 5.0 %."
    assert any(each.endswith(f"scored by the fitted run, without a band, since {why}.") for each in failed(plainer))


def test_a_dropped_cell_of_the_holdout_is_said(result):
    """An error that is the mean of two cells of three is not passed off as that of all."""
    target = result[BACKTEST].targets[1]
    score = replace(target.holdout, statistics=replace(target.holdout.statistics, n=2))
    (verdict,) = verdicts(with_targets(result, replace(target, holdouts={"known": score})))
    assert "on average (2 of 3 values count)" in plain(verdict.sentence)


def test_many_series_are_counted_not_listed(result):
    """Of twelve series the sentence over all says how many."""
    one, other = result[BACKTEST].targets
    many = with_targets(result, *[one] * 7, *[other] * 5)
    assert headline(many) == (
        "Against the best simple method the model’s forecast is better for 7 of 12 series and worse for 5 of 12 "
        "series. The test was not blind: see the first reservation."
    )
    assert "forecast 12 series?" in asked(many)
    assert headline(with_targets(result, one, one)).endswith(
        "is better for every series. The test was not blind: see the first reservation."
    )


def test_failures_are_listed(result):
    """An unfinished start, failed runs and what was left out each get a sentence; the bound is a check that failed."""
    why = "a quick run samples no posterior"
    worse = replace(result, runs=replace(result.runs, failed=3), left_out={"posterior": why, "profiles": why})
    text = plain(" ".join(failed(worse)))
    assert "1 start of the search of 4 stopped before a tolerance was met." in text
    assert "3 of 481 model runs diverged or failed." in text
    assert "Not done: posterior and profiles of the likelihood, since a quick run samples no posterior." in text
    assert "Estimates inside their bounds: " in text
    assert "Loss Rate" in text


def test_a_flawless_study_says_what_was_checked(result):
    """With all starts converged, nothing on a bound and no failures one sentence says so."""
    inside = (replace(parameter, at_lower=False, at_upper=False) for parameter in result[PARAMETERS].parameters)
    calibration = result[CALIBRATE]
    starts = tuple(replace(start, converged=True, cost=calibration.fit.cost) for start in calibration.fit.starts)
    fit = replace(calibration.fit, starts=starts)
    flawless = with_parameters(finding(result, calibrate=replace(calibration, fit=fit)), *inside)
    (sentence,) = failed(flawless)
    assert plain(sentence).startswith("Nothing that was checked: none of 481 model runs failed")


def test_bands_that_hold_too_few_values_have_failed(knowing):
    """Of real GDP's four values from two origins three lie inside: a share that chance explains, and none does not."""
    assert "too narrow" not in " ".join(failed(knowing))
    rolling = knowing.found["rolling"]
    missed = tuple(replace(each, lower=150.0) if each.series == "real_gdp" else each for each in rolling.forecasts)
    text = plain(" ".join(failed(finding(knowing, rolling=replace(rolling, forecasts=missed)))))
    assert "Bands too narrow in the rolling backtest: Real GDP, 1 and 2 years ahead, 0 % and 0 % of the values" in text


def test_the_gravest_reservations_come_first_and_are_few(knowing):
    """What the study itself says comes before what is assumed; draws that have not converged come before both."""
    told = reservations(knowing)
    assert len(told) == RESERVATIONS
    hindsight = tomllib.loads((CALIBRATION / "coal_city.toml").read_text("utf-8"))["words"]["hindsight"]
    assert hindsight.startswith(told[0])
    assert told[0].endswith(".")
    assert told[1].startswith("1 of 2 parameters is not known from the data but assumed: Loss Rate.")
    assert told[2].startswith("Only 3 values a series test the forecast")
    stuck = finding(knowing, posterior=unconverged(knowing))
    assert reservations(stuck)[0].startswith("The draws of the parameters have not converged")


def test_drivers_that_nobody_knew_are_held_against_the_forecast(result):
    """A forecast that was given them is one that nobody could have made."""
    known = (replace(target, holdouts={"known": target.holdout}) for target in result[BACKTEST].targets)
    assert "nobody could have made it at the time" in reservations(with_targets(result, *known))[0]


def test_what_the_study_sets_by_itself_is_a_reservation(result):
    """A constant with a number of the study's own is named; one from the data is not."""
    life = ConstantResult("Reserve Life", 40.0, "Year", "assumed: named exhausted in 2009", "study")
    plainer = untested(result)
    plainer = replace(plainer, info=replace(plainer.info, hindsight=""))
    assert "Reserve Life" not in " ".join(reservations(plainer))
    assert "Reserve Life (40 Year)" in " ".join(reservations(replace(plainer, constants=(*result.constants, life))))


def test_units_are_spelt_out_once():
    """Numbers that not every reader knows are; units in their own words are left alone."""
    told = [each.replace(NO_BREAK, " ") for each in units_told(["wan person", "yi yuan/Year", "yi yuan", "Dmnl", "?"])]
    assert told == ["wan person = 10⁴ person", "yi yuan = 10⁸ yuan"]


def test_the_front_has_a_figure_a_series_and_whole_sentences(knowing):
    """Every sentence ends; every series has its verdict and its figure."""
    with speaking_of([knowing]):
        front = study_front(knowing)
    assert len(front.verdicts) == len(front.drawings) == len(knowing[BACKTEST].targets)
    sentences = (front.asked, front.headline, *front.notes, *front.failed, *front.reservations)
    assert all(sentence.endswith(".") for sentence in (*sentences, *(each.sentence for each in front.verdicts)))
    assert front.repeat.splitlines() == ["rcsd study inputs --out again", "rcsd verify ."]
    assert np.all([verdict.sentence for verdict in front.verdicts])
