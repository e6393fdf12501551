"""What the forecasts of the hold-out stand on, and what they were worth."""

from dataclasses import replace

from rcsd.report.fact import bare
from rcsd.report.sections.holdout.words import forecast_answer, known_from_outside
from rcsd.report.wording import NO_BREAK
from rcsd.study.steps.backtest import BACKTEST
from tests.report.knowledge import finding, with_targets


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


def test_the_answer_counts_the_cases_of_the_rolling_backtest(knowing):
    """Drift is exact, so no case is won; the error is below a year's change (10) one year ahead alone."""
    text = bare(forecast_answer(knowing)).replace(NO_BREAK, " ")
    assert text == (
        "Fitted anew at the end of each of 2 years and forecast up to 2 years ahead, it is better than every simple "
        "method in 0 of 4 cases (a series at a distance): Population 0 of 2, Real GDP 0 of 2. Its error is less than a "
        "year’s mean change in 2 of the 4. 75 % of 8 values lay inside the 90 % bands."
    )


def test_without_many_origins_the_answer_is_the_holdouts(result):
    """Population beats both, real GDP the last value alone; without a hold-out nothing tells."""
    assert forecast_answer(result) == (
        "Tested once, from 2010: better than the last value for 2 of 2 series, and than the best of all simple methods "
        "for 1."
    )
    bare_study = with_targets(result, *(replace(each, holdouts={}) for each in result[BACKTEST].targets))
    assert forecast_answer(bare_study) == "Nothing was held out, so nothing tells."
