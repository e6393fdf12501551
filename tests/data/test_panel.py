"""The panel's committed tables agree with one another, with the four cities, and with what is written about them."""

import runpy
import tomllib

import numpy as np
import pandas as pd
import pytest

from rcsd.study.panel import load_panel
from tests.places import CALIBRATION

PANEL = CALIBRATION / "panel"
FOUR = ("jixi", "hegang", "shuangyashan", "qitaihe")


@pytest.fixture(scope="module")
def observed() -> pd.DataFrame:
    """Return the table, flags as texts."""
    return pd.read_csv(PANEL / "observed.csv", keep_default_na=False)


@pytest.mark.parametrize("city", FOUR)
def test_the_four_cities_are_those_of_their_own_studies(city: str, observed: pd.DataFrame) -> None:
    """Two roads from yearbooks to series meet; the index of one source departs for Jixi, by 9 % in 2013."""
    own = pd.read_csv(CALIBRATION / city / "observed.csv", keep_default_na=False).set_index(["series", "year"])
    here = observed[observed["city"] == city].set_index(["series", "year"])
    for series, tolerance in (("population", 1e-3), ("real_gdp", 0.09 if city == "jixi" else 1e-6)):
        years = range(2000, 2014)
        ours, theirs = here["value"].loc[series].loc[years], own["value"].loc[series].loc[years]
        np.testing.assert_allclose(ours, theirs, rtol=tolerance)


def test_every_city_can_be_stated_as_a_study() -> None:
    """All 82 have what the study file asks of them."""
    panel = load_panel(PANEL / "observed.csv")
    assert [panel.study(city).name for city in panel.cities] == [city.city for city in panel.cities]


def test_listed_and_left_out_make_the_whole_list() -> None:
    """126 prefecture-level cities: each is in one of the two tables, with a class, and left out for a reason."""
    listed, left_out = pd.read_csv(PANEL / "cities.csv"), pd.read_csv(PANEL / "left_out.csv")
    codes = pd.concat([listed["code"], left_out["code"]])
    assert (len(codes), codes.nunique()) == (126, 126)
    assert left_out["reason"].notna().all()
    assert listed["class"].value_counts().to_dict() == {
        "mature": 48, "declining": 19, "regenerating": 10, "growing": 5,
    }  # fmt: skip


def test_the_prior_of_the_investment_rate_is_the_table_s() -> None:
    """Centre and spread are those of the cities' means 2000-2010."""
    prior = tomllib.loads((PANEL / "panel.toml").read_text("utf-8"))["parameters"]["Investment Rate"]["prior"]
    shares = pd.read_csv(PANEL / "investment.csv")["investment_share"]
    assert prior["centre"] == pytest.approx(shares.mean(), abs=0.0005)
    assert prior["sd"] == pytest.approx(shares.std(), abs=0.0005)


def test_the_rule_for_mining_rests_on_the_four_cities() -> None:
    """Mining's share of secondary jobs, and a miner's share of jobs over mining's of GDP, from committed cells."""
    script = runpy.run_path(str(PANEL / "build.py"))
    cells = pd.read_csv(CALIBRATION / "sources" / "yearbook.csv").query("year <= 2004")
    table = cells.pivot_table(index=["city", "year"], columns="variable", values="value")
    shares = (table["mining_employment"] / table["secondary_employment"]).unstack("city").loc[2000:2004].mean()
    assert script["COAL_CITY_SHARE"] == pytest.approx(shares.mean(), abs=0.0005)
    base = table.xs(2000, level="year")
    jobs = base["mining_employment"].sum() / (script["EMPLOYED"] * base["population"].sum())
    output = (shares * base["secondary_value_added"]).sum() / base["gdp_nominal"].sum()
    assert script["MINER_OUTPUT_RATIO"] == pytest.approx(jobs / output, abs=0.0005)


def test_no_flag_of_the_fit_window_hangs_on_a_later_cell(observed: pd.DataFrame) -> None:
    """A cell of 2010 between its neighbours would need 2011 to be called interpolated; a change of area is 2011's."""
    fitted = observed[observed["year"] == 2010]
    assert not fitted["flag"].str.contains("interpolated").any()
    assert set(observed[observed["flag"].str.contains("new_area")]["year"]) == {2011, 2012, 2013}


def test_jumps_are_flagged_where_they_are(observed: pd.DataFrame) -> None:
    """Population that changes by more than 5 % in a year is marked in that year and no other."""
    people = observed[observed["series"] == "population"].set_index(["city", "year"])
    change = np.log(people["value"].unstack("city")).diff().abs()
    marked = people["flag"].str.contains("jump").unstack("city")
    pd.testing.assert_frame_equal(change > 0.05, marked.astype(bool), check_names=False)
