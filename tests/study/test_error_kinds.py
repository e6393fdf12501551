"""A study of counts: an outbreak drawn from a model with negative binomial counts, from its file to its report."""

import json

import numpy as np
import pytest

from rcsd.study import load_study, run_study
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.profiles import PROFILES

MODEL = """{UTF-8}
Well = INTEG(-Infections, 762) ~ Person ~ |
Ill = INTEG(Infections - Recoveries, 1) ~ Person ~ |
Infections = Contacts*Well*Ill/763 ~ Person/Day ~ |
Recoveries = Ill/Duration ~ Person/Day ~ |
Contacts = 1 ~ 1/Day ~ |
Duration = 1 ~ Day ~ |
INITIAL TIME = 0 ~ Day ~ |
FINAL TIME = 20 ~ Day ~ |
TIME STEP = 0.125 ~ Day ~ |
SAVEPER = 1 ~ Day ~ |
"""

STUDY = """[study]
name = "outbreak"
model = "outbreak.mdl"
seed = 1
[windows]
fit = [1, 16]
holdout = [17, 20]
[search]
quick_starts = 3
quick_max_evaluations = 100
[series.ill]
variable = "Ill"
kind = "negative-binomial"
[series.bed_days]
variable = "Ill"
kind = "log-normal"
required = false
[parameters.Contacts]
lower = 0.5
upper = 4
scale = "log"
unit = "1/Day"
source = "a guess"
[parameters.Duration]
lower = 0.5
upper = 10
scale = "log"
unit = "Day"
source = "a guess"
"""
TRUTH = {"Contacts": 1.4, "Duration": 2.5}


def _runs():
    """Euler's method, as the model says."""
    well, ill, found = 762.0, 1.0, []
    for _ in range(20):
        for _ in range(8):
            infections, recoveries = TRUTH["Contacts"] * well * ill / 763, ill / TRUTH["Duration"]
            well, ill = well - 0.125 * infections, ill + 0.125 * (infections - recoveries)
        found.append(ill)
    return np.array(found)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Study data with the dispersion 0.05 and, of every other day, an error of 10 %."""
    folder, rng, mean = tmp_path_factory.mktemp("outbreak"), np.random.default_rng(5), _runs()
    counts = rng.negative_binomial(20, 20 / (20 + mean))
    other = mean * np.exp(0.1 * rng.standard_normal(20))
    rows = [f"ill,{day + 1},{counts[day]},Person," for day in range(20)]
    rows += [f"bed_days,{day + 1},{other[day]},Person," for day in range(0, 20, 2)]
    (folder / "observed.csv").write_text("\n".join(["series,year,value,unit,flag", *rows]))
    (folder / "outbreak.mdl").write_text(MODEL)
    (folder / "study.toml").write_text(STUDY)
    result = run_study(load_study(folder), out=folder / "out", quick=True)
    return result, folder / "out" / "outbreak", counts


def test_parameters_and_errors_come_back(finished):
    """Estimates within three standard errors of the truth, the sizes of both kinds of error within a factor two."""
    found = finished[0][CALIBRATE].fit
    assert np.all(np.abs(found.estimate - list(TRUTH.values())) < 3 * found.standard_error)
    assert found.noise[0][0] == pytest.approx(0.05, rel=1)
    assert 0.05 < found.noise[1][0] < 0.2
    closed = [profile.open == "" for profile in finished[0][PROFILES].profiles]
    assert closed == [True, True]


def test_counts_have_no_percentage_error_for_a_headline(finished):
    """Of counts the error is that over their mean size; of the other series single values are compared."""
    result, _, counts = finished
    ill, bed_days = result[BACKTEST].targets
    assert (ill.in_percent, bed_days.in_percent) == (False, True)
    median, seen = ill.forecast.median, counts[16:]
    assert ill.holdout.error == pytest.approx(100 * np.abs(median - seen).sum() / seen.sum())
    assert np.all(ill.forecast.lower == np.floor(ill.forecast.lower))  # a forecast of counts is one of counts
    assert ill.stated is None and ill.error == pytest.approx(np.sqrt(result[CALIBRATE].fit.noise[0][0]))


def test_files_and_report_say_what_was_estimated(finished):
    """The kind, the estimated error, and why an error is of the mean size."""
    _, folder, _ = finished
    noise = json.loads((folder / "result.json").read_text())["noise"]
    assert set(noise["ill"]) == {"dispersion", "anchor", "autocorrelation"}
    assert set(noise["bed_days"]) == {"error", "anchor", "autocorrelation"}
    page = (folder / "index.html").read_text()
    for text in ("negative-binomial", "in percent of the mean size", "normal on the scale of logarithms", "dispersion"):
        assert text in page
    assert "How a gap between model and data goes on, assumed" not in page
