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


def test_the_summary_tells_what_was_fitted_and_what_was_held_out(result):
    """Both windows, both series and the number of parameters stand in the first sentences."""
    text = fitted(result)
    assert "2 parameters" in text
    assert "Population and Real GDP in 2000–2010" in text
    assert "2011–2013 were held out" in text


def test_a_study_without_holdout_claims_nothing_about_forecasts(result):
    """Without hold-out years the summary says so and gives no verdict."""
    targets = (replace(target, holdout=None, holdout_frozen=None) for target in result[BACKTEST].targets)
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
    assert "beats the last-value forecast for every series" in text
    assert "the best of the four benchmark forecasts for Population, not for Real GDP." in text
    assert "With coal price frozen it" in text


def test_a_model_that_never_wins_is_said_never_to_win(result):
    """Where no series beats the last value the verdict says "for no series"."""
    targets = (
        replace(target, holdout=replace(target.holdout, beats_last=False, beats_best=False), holdout_frozen=None)
        for target in result[BACKTEST].targets
    )
    assert "beats the last-value forecast for no series" in verdict(with_targets(result, *targets))


def test_the_holdout_sentence_names_the_best_rival(result):
    """For real GDP the best benchmark forecast is drift, whose error stands beside ours and the last value's."""
    text = holdout_errors(result[BACKTEST].targets[1], result.frozen_drivers).replace(NO_BREAK, " ")
    assert text == (
        "Real GDP in the hold-out years: 5.0 % off; the last value 10.2 %, the best benchmark forecast (drift) 3.0 %; "
        "with coal price frozen 1.9 %."
    )


def test_drivers_known_from_outside_are_admitted(result):
    """Both drivers are named as known; only the coal price, which can be held, as frozen."""
    text = known_from_outside(result)
    assert "known from outside, also in the hold-out years: coal price and national growth" in text
    assert "hold coal price at the value of 2010" in text


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
    text = holdout_errors(replace(target, holdout=score), result.frozen_drivers)
    assert text.startswith("Real GDP in the hold-out years (2 of 3 cells scored): ")
