"""Figures: the same bytes every time, nothing of the reader's settings, and marks where the numbers are."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import matplotlib as mpl
import pytest
from matplotlib._pylab_helpers import Gcf

from rcsd.papers.coevolution.figures.life_cycle import life_cycle_figure, life_cycles_figure
from rcsd.papers.coevolution.step import LIFE_CYCLE
from rcsd.report.chart import still
from rcsd.report.drawing.cells import flagged_mask
from rcsd.report.drawing.save import Picture
from rcsd.report.sections.cities.figures import series_figure
from rcsd.report.sections.drivers.figures import driver_figure
from rcsd.report.sections.fit.figures import fit_figure, reading
from rcsd.report.sections.fit.residuals import residual_figure
from rcsd.report.sections.parameters.figures import parameter_figure
from rcsd.report.sections.parameters.near_best import near_best_figure
from rcsd.report.sections.parameters.starts import starts_figure
from rcsd.report.sections.rolling.figures import cities_rolling_figure, rolling_figure
from rcsd.report.sections.uncertainty.bands import band_figure
from rcsd.report.sections.uncertainty.noise import noise_figure
from rcsd.report.sections.uncertainty.posterior import marginals_figure, pair_figure
from rcsd.report.sections.uncertainty.profiles import profile_figure
from rcsd.study.findings.rolling_scores import group_scores
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS
from rcsd.study.steps.simulate import SIMULATE
from rcsd.study.written.cities_scores import cities_scores
from tests.report.conftest import study_result
from tests.report.knowledge import (
    GROWTH,
    finding,
    known,
    posterior,
    rolling,
    sampled,
    uncertainty,
    with_parameters,
    with_targets,
)

NAMES = ("population", "real_gdp")
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
DOLLARS = "$\\undefined{ $"

FIGURES: dict[str, Callable[[StudyResult], Picture]] = {
    "near best": near_best_figure,
    "noise": lambda result: noise_figure(result, uncertainty()),
    "profiles": lambda result: profile_figure(result, uncertainty(conflicts=(GROWTH,))),
    "marginals": lambda result: marginals_figure(result, posterior()),
    "pairs": lambda result: pair_figure(result, posterior()),
    "bands": lambda result: band_figure(result, sampled(result)),
    "rolling": lambda _: rolling_figure(group_scores(rolling(), NAMES), dict(zip(NAMES, NAMES, strict=True))),
    "rolling, cities": lambda result: cities_rolling_figure(cities_scores([known(result), known(result)])),
    "fit": lambda result: fit_figure(result, result[BACKTEST].targets[1]),
    "residuals": lambda result: residual_figure(result.info, result[BACKTEST].targets[1]),
    "parameters": parameter_figure,
    "starts": lambda result: starts_figure(result[CALIBRATE].fit),
    "driver": lambda result: driver_figure(result.info, result.drivers[0], result[BACKTEST].drivers[0]),
    "life cycle": lambda result: life_cycle_figure(result, result[LIFE_CYCLE]),
    "cities": lambda result: series_figure([(result, result[BACKTEST].targets[0])] * 3),
    "life cycles": lambda result: life_cycles_figure([result, result]),
}


UNPRICED = {"profiles", "marginals", "pairs"}
"""Figures of parameters by the names that they have in the model."""


def priced(result: StudyResult) -> StudyResult:
    """Return a result whose titles, units and names have dollar signs in pairs."""
    targets = (replace(target, variable=DOLLARS, unit=DOLLARS) for target in result[BACKTEST].targets)
    calibration, run = result[CALIBRATE], result[SIMULATE]
    agreement = replace(calibration.agreement, positions={DOLLARS: (0.1, 0.2, 0.3)}, spreads={DOLLARS: 0.2})
    changed = finding(
        with_parameters(result, *(replace(each, name=DOLLARS) for each in result[PARAMETERS].parameters)),
        calibrate=replace(calibration, agreement=agreement),
        simulate=replace(run, simulated={**run.simulated, DOLLARS: run.simulated["Population"]}),
    )
    return replace(
        with_targets(changed, *targets),
        info=replace(result.info, title=DOLLARS),
        drivers=tuple(replace(driver, unit=DOLLARS) for driver in result.drivers),
    )


def new_drawing(name: str) -> Picture:
    """Draw a figure, of a result with dollar signs where it can be."""
    result = study_result()
    return FIGURES[name](result if name in UNPRICED else priced(result))


@cache
def drawing(name: str) -> Picture:
    """Return a drawing that tests share: a figure takes half a second."""
    return new_drawing(name)


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_has_equal_bytes_twice(name):
    """Drawing one result twice gives identical SVG and PNG: no date, no random identifiers.

    None is left in pyplot's list, which would keep them all in memory.
    """
    first, second = drawing(name), new_drawing(name)
    assert first.svg == second.svg
    assert first.png == second.png
    assert first.png.startswith(PNG_SIGNATURE)
    assert b"<dc:date>" not in first.svg
    assert not Gcf.figs


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)
def test_a_figure_says_in_words_what_it_shows(draw, result):
    """Every figure has a caption and a text for those who cannot see it, both whole sentences."""
    drawn = draw(result)
    assert drawn.alt.endswith(".")
    assert drawn.caption.endswith(".")
    assert drawn.alt != drawn.caption


def test_a_figure_ignores_the_settings_of_the_user(result):
    """A dark style that the user has set changes neither the figure nor, by drawing it, itself."""
    plain = fit_figure(result, result[BACKTEST].targets[0]).svg
    with mpl.rc_context({"axes.facecolor": "black", "lines.linewidth": 9.0}):
        assert fit_figure(result, result[BACKTEST].targets[0]).svg == plain
        assert mpl.rcParams["lines.linewidth"] == 9.0


def test_the_report_takes_the_positions_of_a_parameter_from_the_result(result):
    """A strip drawn from other positions is another figure: nothing is worked out again from bounds and scale."""
    first, second = result[PARAMETERS].parameters
    moved = replace(first, strip=replace(first.strip, prior=(0.1, 0.2)))
    drawn = parameter_figure(with_parameters(result, moved, second))
    assert drawn.svg != parameter_figure(result).svg


def test_a_driver_is_drawn_with_the_forecast_that_the_result_gives(result):
    """The band is that of the backtest; a driver that is not forecast has none, and its caption no word of one."""
    driver, forecast = result.drivers[0], result[BACKTEST].drivers[0]
    other = replace(forecast, course=replace(forecast.course, high=2 * forecast.course.high))
    drawn = driver_figure(result.info, driver, forecast)
    assert drawn.svg != driver_figure(result.info, driver, other).svg
    assert "forecast from its years 2000–2010" in drawn.caption
    assert "forecast" not in driver_figure(result.info, driver, None).caption


def test_flagged_cells_are_those_with_a_flag(result):
    """The fixture flags 2005 and 2008 of real GDP, and nothing else."""
    target = result[BACKTEST].targets[1]
    assert target.years[flagged_mask(target)].tolist() == [2005, 2008]


def test_a_perfect_fit_of_cost_zero_is_drawn(result):
    """A cost of exactly zero must not end in a division or a logarithm of zero."""
    starts = tuple(replace(start, cost=0.0 if start.index < 3 else 1.0) for start in result[CALIBRATE].fit.starts)
    assert "from 0 to 1" in starts_figure(replace(result[CALIBRATE].fit, starts=starts, cost=0.0)).alt


def test_a_series_without_holdout_is_drawn_without_forecasts(result):
    """A target that holds nothing out has no benchmark forecasts, and its alternative text claims no hold-out error."""
    drawn = fit_figure(result, replace(result[BACKTEST].targets[0], holdouts={}, forecasts={}))
    assert "hold-out" not in drawn.alt
    assert "benchmark" not in drawn.caption


def test_small_multiples_show_one_panel_per_study(result):
    """Three studies make three titled panels in a grid of four."""
    titled = [replace(result, info=replace(result.info, title=title)) for title in ("North", "East", "South")]
    drawn = series_figure([(study, study[BACKTEST].targets[0]) for study in titled])
    panels = re.findall(rb'<g id="axes_(\d+)">', drawn.svg)
    assert len(panels) == 3
    assert "North, East and South" in drawn.alt


def test_the_fit_figure_shows_the_forecast_that_would_have_been_made(result):
    """Other medians make another figure, and how to read it is said once for all series."""
    target = result[BACKTEST].targets[0]
    drawn = fit_figure(result, target)
    assert "orange is the forecast from 2010 with its 90 % band" in reading(result)
    moved = replace(target.forecast, median=1.05 * target.forecast.median)
    assert fit_figure(result, replace(target, forecasts={"forecast": moved})).svg != drawn.svg


@pytest.mark.parametrize("name", sorted(set(FIGURES) - UNPRICED))
def test_dollar_signs_are_money(name):
    """Titles, units and names with dollar signs in pairs are drawn as they are, not read as broken formulas."""
    assert drawing(name).png.startswith(PNG_SIGNATURE)


def test_a_logarithmic_axis_has_numbers_for_labels(result, monkeypatch):
    """Costs from 12.5 to 12,500 take a logarithmic axis, whose labels are plain numbers and no formulas."""
    drawn = []
    monkeypatch.setattr(still, "save_bytes", lambda figure: drawn.append(figure) or (bytes, bytes))
    starts = (*result[CALIBRATE].fit.starts[:-1], replace(result[CALIBRATE].fit.starts[-1], cost=12500.0))
    assert not starts_figure(replace(result[CALIBRATE].fit, starts=starts)).svg
    axes = drawn[0].axes[0]
    assert axes.get_yscale() == "log"
    assert axes.yaxis.get_major_formatter()(1000.0) == "1000"


def test_the_legend_of_the_residuals_speaks_of_residuals(result):
    """What is drawn is simulated minus actual; "observed" would be another quantity."""
    (panel,) = residual_figure(result.info, result[BACKTEST].targets[1]).panels
    labels = [getattr(layer, "label", "") for layer in panel.layers]
    assert "simulated − actual" in labels
    assert "observed" not in labels
