"""The series, indicators and claims of the resilience index are what their sources say."""

import re
import runpy

import numpy as np
import pandas as pd
import pytest

from rcsd.analysis.series import read_observed
from rcsd.assets import asset_names
from rcsd.papers.resilience import assess, load_indicators
from tests.places import CALIBRATION

FOLDER = CALIBRATION / "resilience"
CITIES = ("jixi", "hegang", "shuangyashan", "qitaihe")


def test_the_committed_series_are_the_derived_ones():
    """No figure was touched by hand after the derivation."""
    derived = runpy.run_path(str(FOLDER / "derive.py"))["observed"]()
    committed = pd.read_csv(FOLDER / "observed.csv", keep_default_na=False)
    pd.testing.assert_frame_equal(committed, derived)


def test_no_cell_is_kept_twice():
    """A cell that the studies use is read from where they have it."""
    keys = ["city", "variable", "year"]
    ours, theirs = (
        pd.read_csv(path)[keys] for path in (FOLDER / "cells.csv", CALIBRATION / "sources" / "yearbook.csv")
    )
    assert not ours.duplicated().any()
    assert ours.merge(theirs).empty


@pytest.mark.parametrize("city", CITIES)
def test_what_the_studies_forecast_is_their_own_series(city):
    """Population, GDP and industry are the studies' to the last digit, so that the index goes on from them."""
    table = load_indicators()[1]
    study = read_observed(CALIBRATION / city / "observed.csv")
    for name in ("population", "real_gdp", "industry_scale"):
        found = table.values[name][table.cities.index(city)]
        np.testing.assert_allclose(found, [study[name].value_at(year) for year in table.years], rtol=1e-12)


def test_cells_of_the_yearbook():
    """A few cells as printed: revenue over expenditure and over GDP of Jixi 2010, retail at 2000 prices, staff."""
    indicators, table = load_indicators()
    found = assess(indicators, table)
    at = {each.code: i for i, each in enumerate(indicators.present)}
    jixi_2010 = found.values[0, 7]
    assert jixi_2010[at["C4"]] == pytest.approx(259769 / 473231, rel=1e-4)
    assert jixi_2010[at["C3"]] == pytest.approx(25.9769 / 419.4931, rel=1e-4)
    assert jixi_2010[at["C6"]] == pytest.approx(3308 / 473231, rel=1e-3)
    assert jixi_2010[at["C11"]] == pytest.approx(0.161, abs=1e-4)
    assert jixi_2010[at["C19"]] == pytest.approx(177.4875 / 419.4931, rel=1e-4)
    assert jixi_2010[at["C10"]] == pytest.approx(1188436 / 1167834 / 1.038951 - 1, abs=1e-4)
    assert jixi_2010[at["C9"]] == pytest.approx((11.52 + 9.44) / (11.80 + 9.42) - 1, abs=1e-6)
    shares = np.array([107.1805, 177.4875, 134.8251])
    shares /= shares.sum()
    assert jixi_2010[at["C18"]] == pytest.approx(-(shares * np.log(shares)).sum(), abs=1e-4)


def test_every_doubt_has_a_rule_and_every_drop_leaves_a_gap():
    """Staff without state farms is dropped in both its years, and so are the growth rates into and out of it."""
    indicators, table = load_indicators()
    shuangyashan = table.values["secondary_employment"][2]
    assert np.isnan(shuangyashan[table.years == 2005]).all()
    growth = assess(indicators, table).values[2, :, [each.code for each in indicators.present].index("C9")]
    assert np.isnan(growth[[2, 3]]).all()


def test_table_1_is_there_in_full():
    """C1 to C12 of the paper by system, four each; what cannot be had says why."""
    indicators = load_indicators()[0]
    by_system = {
        s.code: [each.code for each in indicators.indicators if each.system == s.code] for s in indicators.systems
    }
    assert [by_system[code] for code in ("A1", "A2", "A3")] == [
        [f"C{4 * k + i}" for i in range(1, 5)] for k in range(3)
    ]
    assert {each.code for each in indicators.missing} == {"C2", "C5", "C8", "C12", "C15", "C16"}
    assert all(each.missing for each in indicators.missing)


def test_every_indicator_is_told_of_in_the_readme():
    """Its code stands in a row of the table of definitions."""
    readme = (FOLDER / "README.md").read_text("utf-8")
    for each in load_indicators()[0].indicators:
        assert re.search(rf"^\| {each.code} \|", readme, re.MULTILINE), each.code


def test_every_flag_is_told_of():
    """Each flag of the table stands in SOURCES.md."""
    told = (FOLDER / "SOURCES.md").read_text("utf-8")
    for flag in load_indicators()[0].flags:
        assert f"`{flag}`" in told, flag


def test_the_folder_is_no_study():
    """`rcsd study` does not offer it."""
    assert "resilience" not in asset_names("calibration")
