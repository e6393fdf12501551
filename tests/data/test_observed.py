"""The observed series of the four cities are what the sources say."""

import runpy
import tomllib
from typing import Any

import numpy as np
import pandas as pd
import pytest

import rcsd
from rcsd.analysis.series import read_observed
from tests.places import CALIBRATION, MODELS

YEARS = np.arange(2000, 2014)

# Household-registered population (10 thousand persons) and real growth (%), as the yearbooks print them.
POPULATION = {
    "jixi": "196.0 196.4 196.03 194.51 194.14 191.38 190.84 191.10 190.8 190.7 189.22 188.86 185.92 186.6",
    "hegang": "111.2 111.3 110.89 110.58 109.82 109.88 109.31 109.33 109.4 109.4 109.10 108.82 108.50 107.8",
    "shuangyashan": "150.51 150.1 150.93 150.84 151.21 150.22 149.95 150.44 150.5 150.8 151.58 151.24 150.40 149.8",
    "qitaihe": "86.3 86.6 86.34 87.44 88.15 88.43 89.07 89.51 90.2 92.8 92.86 92.66 92.36 92.0",
}
GROWTH = {
    "jixi": "10.4 10.4 10.5 10.9 12.6 13.0 12.2 12.3 13.8 16.1 14.0 13.6 4.0",
    "hegang": "9.3 10.3 10.7 12.2 13.05 13.0 12.9 12.3 13.86 16.05 14.11 13.5 -9.51",
    "shuangyashan": "9.0 9.1 10.7 14.4 13.16 13.9 14.2 15.2 14.24 25.1 15.8 13.51 1.61",
    "qitaihe": "8.4 11.5 12.0 13.0 13.18 12.5 14.9 26.1 26.0 25.11 5.31 8.34 -14.24",
}


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """Return the names of the script that derives the series."""
    return runpy.run_path(str(CALIBRATION / "derive_observed.py"))


@pytest.mark.parametrize("city", POPULATION)
def test_the_committed_series_are_the_derived_ones(city: str, script: dict[str, Any]) -> None:
    """No figure was touched by hand after the derivation."""
    committed = pd.read_csv(CALIBRATION / city / "observed.csv", keep_default_na=False)
    pd.testing.assert_frame_equal(committed, script["observed"](city.capitalize()))


@pytest.mark.parametrize("city", POPULATION)
def test_population_and_growth_are_the_yearbooks(city: str) -> None:
    """The transcription agrees with the printed tables."""
    series = read_observed(CALIBRATION / city / "observed.csv")
    printed = np.array(POPULATION[city].split(), dtype=float)
    np.testing.assert_array_equal(series["population"].years, YEARS)
    np.testing.assert_allclose(series["population"].values, printed, atol=0.006)
    gdp = series["real_gdp"].values
    np.testing.assert_allclose(100 * (gdp[1:] / gdp[:-1] - 1), np.array(GROWTH[city].split(), dtype=float), atol=0.006)


@pytest.mark.parametrize("city", POPULATION)
def test_industry_scale_keeps_the_yearbooks_share(city: str, script: dict[str, Any]) -> None:
    """Deflating both by the city's deflator leaves the share of nominal value added as printed."""
    series = read_observed(CALIBRATION / city / "observed.csv")
    cells = pd.read_csv(CALIBRATION / "sources" / "yearbook.csv").query("city == @city.capitalize()")
    table = cells.pivot_table(index="year", columns="variable", values="value")
    share = table["secondary_value_added"] / table["gdp_nominal"]
    np.testing.assert_allclose(series["industry_scale"].values / series["real_gdp"].values, share, rtol=1e-4)


def test_the_coal_price_is_the_international_one_in_constant_yuan() -> None:
    """2008: 138.02 US$ at 6.9477 yuan against 26.25 at 8.2784, over consumer prices up by 20.35 % since 2000."""
    price = read_observed(CALIBRATION / "jixi" / "observed.csv")["coal_price"]
    assert price.value_at(2008) == pytest.approx(138.02 * 6.9477 / (26.25 * 8.2784) / 1.2035, rel=1e-3)
    assert price.value_at(2000) == 1.0


@pytest.mark.parametrize("city", POPULATION)
def test_every_flagged_cell_of_the_traps_is_flagged(city: str) -> None:
    """The breaks that the sources warn of are marked in the file itself."""
    series = read_observed(CALIBRATION / city / "observed.csv")

    def flags(name: str, year: int) -> tuple[str, ...]:
        return series[name].flags[int(np.flatnonzero(series[name].years == year)[0])]

    assert "census_break" in flags("industry_scale", 2005)
    assert ("census_break" in flags("industry_scale", 2009)) == (city in {"jixi", "hegang"})
    assert all("old_classification" in flags("innovation_inputs", year) for year in range(2003, 2007))
    assert flags("innovation_inputs", 2007) == ()
    assert ("doubtful" in flags("innovation_inputs", 2012)) == (city == "shuangyashan")
    assert "single_source" in flags("real_gdp", 2013)


def fit_window_cells() -> pd.DataFrame:
    """Yearbook cells up to 2010, one column per variable."""
    cells = pd.read_csv(CALIBRATION / "sources" / "yearbook.csv").query("year <= 2010")
    return cells.pivot_table(index=["city", "year"], columns="variable", values="value")


def test_the_prior_centres_are_means_of_committed_cells() -> None:
    """Two priors rest on cells of the years up to the one that they name, and on nothing later."""
    base = tomllib.loads((CALIBRATION / "coal_city.toml").read_text("utf-8"))["parameters"]
    cells = fit_window_cells()
    prior = base["Investment Rate"]["prior"]
    panel = pd.read_csv(CALIBRATION / "panel" / "evidence.csv").query("year == @prior['until']")
    table = panel.pivot_table(index="city", columns="series", values="value")
    investment = (table["nominal_fixed_investment"] / table["nominal_gdp"]).dropna()
    assert len(investment) == 82
    schooling = (cells["science_expenditure"] + cells["education_expenditure"]) / cells["fiscal_expenditure"]
    assert prior["centre"] == pytest.approx(investment.mean(), abs=0.005)
    assert base["Science and Education Share"]["prior"]["centre"] == pytest.approx(schooling.mean(), abs=0.0005)


def test_the_share_of_labour_in_coal_mining_is_the_tables() -> None:
    """The prior of the wage cost elasticity rests on one column; mining staff has not changed in the fit window."""
    base = tomllib.loads((CALIBRATION / "coal_city.toml").read_text("utf-8"))["parameters"]
    prior = base["Wage Cost Elasticity"]["prior"]
    table = pd.read_csv(CALIBRATION / "structure" / f"heilongjiang_{prior['until']}.csv", index_col="code")
    added = table.loc[table["name"] == "value added", "sec02"]
    assert table.loc["sec02", "name"] == "Coal mining and washing"
    assert len(added) == 4
    assert prior["centre"] == pytest.approx(added["labour_compensation"] / added.sum(), abs=0.005)
    staff = fit_window_cells()["mining_employment"].groupby("year").sum()
    assert staff[2000] == staff[2010] == 29


def test_the_birth_rate_is_regressed_on_committed_cells() -> None:
    """Natural growth plus the death rate falls with national income at the elasticity that the model states."""
    city = rcsd.load(MODELS / "resource_city" / "resource_city.mdl")
    value = {name: city.ir[name].value for name in ("Birth Rate", "Birth Rate Income Elasticity", "Death Rate")}
    growth = fit_window_cells()["natural_growth"].unstack("city").loc[2001:2010].mean(axis=1) / 1000
    income = pd.read_csv(CALIBRATION / "sources" / "other_cities.csv", index_col="year").iloc[:, -1]
    slope, level = np.polyfit(np.log(income.loc[2001:2010] / income[2000]), np.log(growth + value["Death Rate"]), 1)
    assert -slope == pytest.approx(value["Birth Rate Income Elasticity"], abs=0.005)
    assert np.exp(level) == pytest.approx(value["Birth Rate"], abs=0.00005)
