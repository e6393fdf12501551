"""The sentences at the top of a report say what the numbers say."""

from dataclasses import replace

from rcsd.report.sections.summary.words import (
    assumed,
    fitted,
    holdout_errors,
    known_from_outside,
    shortcomings,
    summary,
    verdict,
)
from rcsd.report.wording import NO_BREAK
from rcsd.study.file.inputs import ConstantResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS
from tests.report.knowledge import finding, with_parameters, with_targets

LOST = {"beats_last": False, "beats_best": False, "beats_two_line": False}


def test_the_summary_tells_what_was_fitted_and_what_was_held_out(result):
    """Both windows, both series and the number of parameters stand in the first sentences."""
    text = fitted(result)
    assert "2 parameters" in text
    assert "Population and Real GDP in 2000–2010" in text
    assert "2011–2013 were held out" in text


def test_a_study_without_holdout_claims_nothing_about_forecasts(result):
    """Without hold-out years the summary says so and gives no verdict."""
    targets = (replace(target, holdouts={}, forecasts={}) for target in result[BACKTEST].targets)
    bare = replace(with_targets(result, *targets), info=replace(result.info, holdout_window=None))
    assert "Nothing was held out" in fitted(bare)
    assert verdict(bare) == ""
    assert known_from_outside(bare) == ""


def test_one_parameter_was_fitted_and_several_were(result):
    """The verb agrees with the number."""
    one, _ = result[PARAMETERS].parameters
    assert "2 parameters of the model “logistic” were fitted" in fitted(result)
    assert "1 parameter of the model “logistic” was fitted" in fitted(with_parameters(result, one))


def test_the_verdict_separates_wins_from_losses(result):
    """Real GDP is 5 % off where drift is 3 % off: a loss against the best, a win against the last value."""
    text = verdict(result)
    first, *others = text.split(". ")
    assert first == (
        "The model beats the two-line rule for Population, not for Real GDP; it beats the last value for every series; "
        "it beats the best of all benchmark forecasts for Population, not for Real GDP"
    )
    assert [each.split(" it ")[0] for each in others] == ["With drivers known", "With drivers frozen"]


def test_a_model_that_never_wins_is_said_never_to_win(result):
    """Where no series beats the last value the verdict says "for no series"."""
    targets = (
        replace(target, holdouts={"known": replace(target.holdout, **LOST)}) for target in result[BACKTEST].targets
    )
    said = verdict(with_targets(result, *targets))
    assert said.startswith("The model beats the two-line rule for no series; it beats the last value for no series")
    undefined = (
        replace(target, holdouts={"known": replace(target.holdout, **{**LOST, "beats_two_line": None})})
        for target in result[BACKTEST].targets
    )
    assert "two-line" not in verdict(with_targets(result, *undefined))


def test_the_holdout_sentence_names_the_best_rival(result):
    """The two-line rule comes first, then the last value; the best of all for real GDP is drift."""
    text = holdout_errors(result[BACKTEST].targets[1]).replace(NO_BREAK, " ")
    assert text == (
        "Real GDP in the hold-out years: 5.0 % off; the two-line rule 4.8 %, the last value 10.2 %, the best benchmark "
        "forecast (drift) 3.0 %; with drivers known 7.1 % and with drivers frozen 1.9 %."
    )


def test_drivers_known_from_outside_are_admitted(result):
    """What the first forecast knows of them is said, and what stands beside it."""
    text = known_from_outside(result)
    assert "would have been made at the end of 2010" in text
    assert "Coal price and national growth are forecast from what was known then" in text
    assert text.endswith(
        "beside it stand forecasts with the drivers as they were and with every driver at its value of the last fitted "
        "year."
    )
    known = (replace(target, holdouts={"known": target.holdout}) for target in result[BACKTEST].targets)
    assert "given as they were, which nobody knew then." in known_from_outside(with_targets(result, *known))


def test_a_study_without_forecasts_says_why(result):
    """Where PySD runs the model the fitted run is scored, with the drivers as known today."""
    found = replace(result[BACKTEST], without_forecast="PySD runs this model")
    text = known_from_outside(finding(result, backtest=found))
    assert "scored by the fitted run, without the course of the gap" in text
    assert "since PySD runs this model. Coal price and national growth are as known today." in text


def test_shortcomings_are_listed(result):
    """An estimate on its bound, an unfinished start, failed runs and a quick search each get a sentence."""
    worse = replace(result, info=replace(result.info, quick=True), runs=replace(result.runs, failed=3))
    text = " ".join(shortcomings(worse))
    assert "1 estimate of 2 on a bound: Loss Rate." in text
    assert "1 start of 4 stopped before a tolerance was met." in text
    assert "3 of 481 model runs diverged or failed." in text
    assert "quick run" in text


def test_a_flawless_study_has_no_shortcomings(result):
    """With all starts converged, nothing on a bound and no failures, nothing is held against the result."""
    inside = (replace(parameter, at_lower=False, at_upper=False) for parameter in result[PARAMETERS].parameters)
    calibration = result[CALIBRATE]
    fit = calibration.fit
    starts = tuple(replace(start, converged=True, cost=fit.cost) for start in fit.starts)
    flawless = with_parameters(
        finding(result, calibrate=replace(calibration, fit=replace(fit, starts=starts))), *inside
    )
    assert shortcomings(flawless) == ()


def test_every_sentence_of_the_summary_ends(result):
    """The summary is made of whole sentences."""
    assert all(sentence.endswith(".") for sentence in summary(result))


def test_what_the_study_assumes_is_said_with_its_reason(result):
    """A constant set by a number stands in the summary, with unit and source; one from the data does not."""
    life = ConstantResult("Reserve Life", 40.0, "Year", "assumed: named exhausted in 2009", "study")
    text = assumed(replace(result, constants=(*result.constants, life))).replace(NO_BREAK, " ")
    assert text.endswith("taken from its series: Reserve Life 40 Year (assumed: named exhausted in 2009).")
    assert assumed(result) == ""


def test_a_dropped_cell_of_the_holdout_is_said(result):
    """An error that is the mean of two cells of three is not passed off as that of all hold-out years."""
    target = result[BACKTEST].targets[1]
    score = replace(target.holdout, statistics=replace(target.holdout.statistics, n=2))
    text = holdout_errors(replace(target, holdouts={"known": score}))
    assert text.startswith("Real GDP in the hold-out years (2 of 3 cells scored): ")
