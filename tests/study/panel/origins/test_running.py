"""Forecasts from many origins: blind to what comes later, the same on any number of processes, and kept."""

import numpy as np
import pytest

from rcsd.analysis.forecasting.levels import MIDDLE
from rcsd.study.panel.origins import running
from rcsd.study.panel.origins.ahead import Piece, forecast_origins
from rcsd.study.panel.origins.running import run_origins
from tests.study.panel.origins.conftest import STRUCTURES, assignment_of, panel_of_two
from tests.study.panel.tables import WHOLE, rows_of

pytestmark = pytest.mark.slow  # some ten fits of a city


def same(one, other):
    """Whether two archives hold the same numbers, bit for bit."""
    assert one.quantiles.keys() == other.quantiles.keys()
    for state in one.quantiles:
        np.testing.assert_array_equal(one.quantiles[state], other.quantiles[state])
        np.testing.assert_array_equal(one.fitted[state], other.fitted[state])
    np.testing.assert_array_equal(one.estimates, other.estimates)


def test_every_city_origin_and_structure_has_its_quantiles(forecast):
    """In order of size, positive, the median near the run of the most probable parameters with its gap."""
    archive = forecast.archive
    assert archive.variants == STRUCTURES
    assert set(archive.quantiles) == {"forecast", "known", "frozen"}
    for found in archive.quantiles.values():
        assert found.shape == (2, 3, 2, 2, 3, 99)
        assert np.all(np.isfinite(found)) and np.all(found > 0)
        assert np.all(np.diff(found, axis=-1) >= 0)
    off = archive.quantiles["forecast"][..., MIDDLE] / archive.fitted["forecast"]
    assert np.all(np.abs(np.log(off)) < 0.8)


def test_structures_forecast_different_things(forecast):
    """Reserves that last twice as long let output grow further."""
    gdp = forecast.archive.quantiles["forecast"][:, 1, ..., MIDDLE]
    assert np.all(gdp[1] != gdp[0])
    assert gdp[1, :, :, -1].mean() > gdp[0, :, :, -1].mean()


def test_nothing_after_an_origin_reaches_its_forecast(forecast, tmp_path):
    """Garbage after 2008 leaves the forecasts from 2008 with drivers forecast or frozen as they were."""
    rows = [
        row if not row[2].isdigit() or int(row[2]) <= 2008 else [*row[:3], str(1 + i % 7), row[4], ""]
        for i, row in enumerate(rows_of(WHOLE[:2]))
    ]
    spoilt = assignment_of(panel_of_two(tmp_path, rows))
    for variant in range(len(STRUCTURES)):
        found = forecast_origins(spoilt, Piece(variant, spoilt.panel.cities[0], (2008,)))[2008]
        for state in ("forecast", "frozen"):
            k = found.knowledge.index(state)
            ours = forecast.archive.quantiles[state][variant, :, 0, 0]
            np.testing.assert_array_equal(found.quantiles[k], ours)
        assert not np.array_equal(
            found.quantiles[found.knowledge.index("known")], forecast.archive.quantiles["known"][variant, :, 0, 0]
        )


@pytest.mark.process
def test_processes_and_neighbours_change_nothing(forecast, tmp_path):
    """Two processes give what one gave; a city alone has the numbers that it has in company."""
    same(run_origins(forecast.assignment, tmp_path / "two", workers=2), forecast.archive)
    alone = assignment_of(panel_of_two(tmp_path, rows_of(WHOLE[1:2])))
    found = run_origins(alone, tmp_path / "alone")
    np.testing.assert_array_equal(found.quantiles["forecast"][:, :, 0], forecast.archive.quantiles["forecast"][:, :, 1])


def test_finished_forecasts_are_read_back_and_missing_ones_made(forecast, monkeypatch):
    """Only the one whose file is gone is made again, with equal numbers."""
    made = []

    def watched(assignment, piece):
        made.append((piece.variant, piece.city.city, piece.origins))
        return forecast_origins(assignment, piece)

    monkeypatch.setattr(running, "forecast_origins", watched)
    (forecast.folder / STRUCTURES[1] / WHOLE[0] / "2010.json").unlink()
    again = run_origins(forecast.assignment, forecast.folder)
    assert made == [(1, WHOLE[0], (2010,))]
    assert again.n_reused == 7
    same(again, forecast.archive)


def test_what_cannot_be_forecast_is_listed_and_the_others_go_on(tmp_path):
    """A city without a series is named with the reason, for every structure and origin."""
    rows = [row for row in rows_of(WHOLE[:2]) if row[:2] != [WHOLE[0], "industry_scale"]]
    archive = run_origins(assignment_of(panel_of_two(tmp_path, rows)), tmp_path / "kept")
    assert [(m.variant, m.city.city, m.origin) for m in archive.missing] == [
        (name, WHOLE[0], origin) for name in STRUCTURES for origin in (2008, 2010)
    ]
    assert "no series 'industry_scale'" in archive.missing[0].reason
    assert np.isnan(archive.quantiles["forecast"][:, :, 0]).all()
    assert np.isfinite(archive.quantiles["forecast"][:, :, 1]).all()
