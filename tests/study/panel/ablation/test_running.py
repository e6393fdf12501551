"""Forecasts without a part, beside the whole: over two real cities."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.study.panel import load_panel, plan_of
from rcsd.study.panel.ablation.reading import read_ablations
from rcsd.study.panel.ablation.result import WHOLE
from rcsd.study.panel.ablation.running import run_ablations
from tests.study.panel.tables import CITIES, STUDY, rows_of, write_rows
from tests.study.panel.tables import WHOLE as CITY_NAMES

pytestmark = pytest.mark.slow  # twelve fits of a city

PARTS = """
whole = "life30_weak"
[ablations.life_60]
title = "coal lasts 60 years"
values = { "Initial Reserve Life" = 60.0 }
[ablations.same]
title = "what it is already"
values = { "Initial Reserve Life" = 30.0 }
[ablations.no_carry_over]
title = "no carry-over"
carry_over = false
[ablations.last]
title = "the last value"
rule = "last"
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    """Run it."""
    base = tmp_path_factory.mktemp("parts")
    (base / "parts.toml").write_text(PARTS)
    panel = load_panel(write_rows(base / "observed.csv", rows_of(CITY_NAMES[:2])), study=STUDY, cities=CITIES)
    plan = plan_of(panel, origins="2008,2010", horizon=2)
    return run_ablations(panel, plan, read_ablations(base / "parts.toml", panel), base / "steps")


def test_what_is_no_change_is_worth_nothing(result):
    """Equal settings, seeds and random numbers: equal forecasts."""
    for score in result.scores:
        if score.part in {WHOLE, "same"}:
            assert (score.mase_lost, score.crps_lost) == (0, 0)


def test_every_part_is_compared_over_the_same_cells(result):
    """By group and by origin; a loss is the difference of the means."""
    whole = {(s.origin, s.group, s.horizon): s for s in result.scores if s.part == WHOLE}
    assert {(s.origin, s.horizon) for s in result.scores} == {(None, 2), (2008, 2), (2010, 2)}
    for score in result.scores:
        other = whole[score.origin, score.group, score.horizon]
        assert score.n == other.n == (8 if score.origin is None else 4)
        np.testing.assert_allclose(score.mase_lost, score.mase - other.mase, atol=1e-12)
        np.testing.assert_allclose(score.crps_lost, score.crps - other.crps, atol=1e-12)


def test_taking_the_whole_model_away_costs_much(result):
    """While everything grows by a tenth a year, the last value errs by one, then two changes of the past."""
    last = next(s for s in result.scores if (s.part, s.origin) == ("last", None))
    assert last.mase > 1
    assert last.mase_lost > 0.3
    assert result.n_missing == 0
    assert replace(result, parts=()).file == "parts.toml"
