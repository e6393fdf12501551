"""The panel's committed tables agree with one another, with the four cities, and with what is written about them."""

import hashlib
import runpy

import numpy as np
import pandas as pd
import pytest

from rcsd.analysis.series import flag_name, known_from
from rcsd.study.panel import load_panel
from rcsd.study.panel.table import read_panel_table
from tests.places import CALIBRATION

PANEL = CALIBRATION / "panel"
FOUR = ("jixi", "hegang", "shuangyashan", "qitaihe")
TO_2013 = "2bd2ce757c01a9d6542aac33526ac57b266d4b06782e25e57af69ab5203bd49e"
"""SHA-256 of the sorted cells of 2000-2013 as they were before later years came in."""


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


def test_the_rule_for_mining_rests_on_the_four_cities(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mining's share of secondary jobs, and a miner's share of jobs over mining's of GDP, from committed cells."""
    monkeypatch.syspath_prepend(PANEL)
    script = runpy.run_path(str(PANEL / "build.py"))
    cells = pd.read_csv(CALIBRATION / "sources" / "yearbook.csv").query("year <= 2004")
    table = cells.pivot_table(index=["city", "year"], columns="variable", values="value")
    shares = (table["mining_employment"] / table["secondary_employment"]).unstack("city").loc[2000:2004].mean()
    assert script["COAL_CITY_SHARE"] == pytest.approx(shares.mean(), abs=0.0005)
    base = table.xs(2000, level="year")
    jobs = base["mining_employment"].sum() / (script["EMPLOYED"] * base["population"].sum())
    output = (shares * base["secondary_value_added"]).sum() / base["gdp_nominal"].sum()
    assert script["MINER_OUTPUT_RATIO"] == pytest.approx(jobs / output, abs=0.0005)


def test_jumps_are_flagged_where_they_are(observed: pd.DataFrame) -> None:
    """Population that changes by more than 5 % in a year is marked in that year and no other."""
    people = observed[observed["series"] == "population"].set_index(["city", "year"])
    change = np.log(people["value"].unstack("city")).diff().abs()
    marked = people["flag"].str.contains("jump").unstack("city", fill_value=False)
    pd.testing.assert_frame_equal(change > 0.05, marked.astype(bool), check_names=False)


def test_later_years_left_the_earlier_cells_alone(observed: pd.DataFrame) -> None:
    """No cell to 2013 says anything else since the table goes on to 2023."""
    table = pd.read_csv(PANEL / "observed.csv", dtype=str, keep_default_na=False)
    early = table[(table["year"] <= "2013") & (table["series"] != "coal_price_history")]
    rows = sorted(early[["city", "series", "year", "value", "unit"]].itertuples(index=False, name=None))
    assert hashlib.sha256("\n".join(map(",".join, rows)).encode()).hexdigest() == TO_2013


def test_the_four_cities_end_in_2013_and_all_others_go_on(observed: pd.DataFrame) -> None:
    """Registered population to 2022, the rest to 2023, without a gap; drivers likewise."""
    own = observed[observed["city"] != "*"].groupby(["series", "city"])["year"]
    first, last, n = own.min().unstack("city"), own.max().unstack("city"), own.count().unstack("city")
    for series, end in (("population", 2022), ("real_gdp", 2023), ("industry_scale", 2023)):
        assert (last.loc[series, list(FOUR)] == 2013).all()
        assert (last.loc[series].drop(list(FOUR)) == end).all()
    assert (last.loc["national_income_growth"] == 2023).all()
    assert (n.loc["national_income_growth"] == 24).all() and (first.loc["national_income_growth"] == 2000).all()


def test_what_a_flag_says_of_a_year_can_be_found_in_it(observed: pd.DataFrame) -> None:
    """The rules, shown no year after an origin, find the flags that the table calls known by then, in every city."""
    rules = runpy.run_path(str(PANEL / "doubts.py"))
    n_dated = 0
    for _, own in observed[observed["city"] != "*"].groupby("city"):
        wide = own.pivot_table(index="year", columns="series", values="value")
        people, share = wide["population"].dropna(), (wide["industry_scale"] / wide["real_gdp"]).dropna()
        for origin in range(2005, 2019):
            found = {
                "population": rules["population_flags"](people.loc[:origin], {}, {2020}, 2016),
                "industry_scale": rules["share_flags"](share.loc[:origin], {}, {2017}),
            }
            for series, flags in found.items():
                cells = own[(own["series"] == series) & (own["year"] <= origin) & (own["flag"] != "")]
                for year, text in zip(cells["year"], cells["flag"], strict=True):
                    shown = [flag for flag in text.split(";") if known_from(flag) <= origin]
                    ruled = [f for f in shown if flag_name(f) not in {"base_year", "interpolated", "repeated"}]
                    assert ruled == [flag for flag in flags.get(year, []) if year <= origin]
                    n_dated += sum("@" in flag for flag in ruled)
    assert n_dated > 50


def test_a_straight_line_is_seen_only_after_it(observed: pd.DataFrame) -> None:
    """Whatever the source calls interpolated lies half-way between two cells, and is so from the later one on."""
    table = observed.set_index(["city", "series", "year"])
    lines = table[table["flag"].str.contains("interpolated") & (table.index.get_level_values("year") > 2000)]
    people = lines[lines.index.get_level_values("series") == "population"]
    assert len(people) == 14
    for (city, series, year), cell in people.iterrows():
        before, after = (table.loc[(city, series, year + step), "value"] for step in (-1, 1))
        assert cell["value"] == pytest.approx((before + after) / 2, rel=1e-5)
        assert f"interpolated@{year + 1}" in cell["flag"]


def test_excursions_are_those_that_come_back(observed: pd.DataFrame) -> None:
    """Residents printed in the register's place, by the census of 2010: 171.5, 53.3 and 39.1 in three cities."""
    marked = observed[observed["flag"].str.contains("other_basis|spike")].groupby("city")["year"].agg(["min", "max"])
    assert marked.apply(tuple, axis=1).to_dict() == {
        "baise": (2011, 2011), "karamay": (2006, 2014), "longyan": (2010, 2010), "shuozhou": (2011, 2014),
        "wuhai": (2007, 2014),
    }  # fmt: skip
    residents = pd.read_csv(PANEL / "evidence.csv").query("series == 'resident_population' and year == 2010")
    counted = residents.set_index("city")["value"]
    people = observed[(observed["series"] == "population") & (observed["year"] == 2014)].set_index("city")["value"]
    for city in ("shuozhou", "wuhai", "karamay"):
        assert people[city] == pytest.approx(counted[city], rel=0.045)


def test_new_areas_are_those_of_three_cities(observed: pd.DataFrame) -> None:
    """Ma'anshan took in two counties in 2011, Huainan one in 2015, Tongling one in 2016: another city from then on."""
    marked = observed[observed["flag"].str.contains("new_area")].groupby("city")["year"].min()
    assert marked.to_dict() == {"maanshan": 2011, "huainan": 2015, "tongling": 2016}


def test_years_that_the_copy_filled_in_are_dropped(observed: pd.DataFrame) -> None:
    """Population of 2020 is the mean of its neighbours in every city; the split of 2017 lies between 2016 and 2018."""
    cells = observed[observed["flag"].str.contains("imputed")]
    assert cells.groupby(["series", "year"]).size().to_dict() == {
        ("industry_scale", 2017): 78,
        ("population", 2020): 78,
    }
    people = observed[observed["series"] == "population"].pivot_table(index="city", columns="year", values="value")
    np.testing.assert_allclose(people[2020], (people[2019] + people[2021]) / 2)


def test_growth_elsewhere_is_that_of_the_studies(observed: pd.DataFrame) -> None:
    """The four studies sum 268 cities that are complete to 2023, the panel those that have both years."""
    own = pd.read_csv(CALIBRATION / "jixi" / "observed.csv").query("series == 'national_income_growth'")
    here = observed[(observed["city"] == "jixi") & (observed["series"] == "national_income_growth")]
    np.testing.assert_allclose(here["value"], own["value"], atol=0.0007)


def test_the_coal_price_is_that_of_the_studies_and_goes_on(observed: pd.DataFrame) -> None:
    """The same rule from the same file, to the last year of the province's consumer prices."""
    own = pd.read_csv(CALIBRATION / "jixi" / "observed.csv").query("series == 'coal_price'").set_index("year")["value"]
    here = observed[observed["series"] == "coal_price"].set_index("year")["value"]
    assert here.index.tolist() == list(range(2000, 2022))
    np.testing.assert_array_equal(here.loc[:2016], own)


def test_evidence_is_nominal_as_printed_and_says_what_is_imputed(observed: pd.DataFrame) -> None:
    """It reads as a panel's table, begins where the model's constants do, and has no investment after 2016."""
    table = read_panel_table(PANEL / "evidence.csv")
    base = observed[observed["year"] == 2000].pivot_table(index="city", columns="series", values="value")
    assert set(table) == set(base.index) - {"*"}
    for city, own in table.items():
        for series, here in (("fiscal_revenue", "fiscal_revenue"), ("real_gdp", "gdp")):
            assert own.series[f"nominal_{here}"].value_at(2000) == base.loc[city, series]
        investment = own.series["nominal_fixed_investment"]
        imputed = [year for year, flags in zip(investment.years, investment.flags, strict=True) if "imputed" in flags]
        assert imputed == ([] if city in FOUR else list(range(2017, 2024)))


def test_a_spike_goes_there_and_back() -> None:
    """By hand: 100, 130, 100 is one; 100, 130, 115 is not; a return that the source imputed is none."""
    rules = runpy.run_path(str(PANEL / "doubts.py"))
    years = range(2010, 2015)

    def flags(values: list[float], doubts: dict[int, str]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = rules["nominal_flags"](pd.Series(values, years), doubts)
        return found

    assert flags([100, 130, 100, 101, 102], {}) == {2011: ["spike@2012"]}
    assert flags([100, 70, 100, 101, 102], {}) == {2011: ["spike@2012"]}
    assert flags([100, 130, 115, 101, 102], {}) == {}
    assert flags([100, 101, 102, 130, 100], {2014: "imputed_by_repo_author"}) == {2014: ["imputed"]}


def test_an_excursion_ends_where_the_level_is_back() -> None:
    """By hand: there and back in a year, over three years, and a jump that stays."""
    rules = runpy.run_path(str(PANEL / "doubts.py"))

    def flags(values: list[float]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = rules["population_flags"](
            pd.Series(values, range(2000, 2000 + len(values))), {}, set(), 2016
        )
        return found

    # nobody can tell before 2005 that the new area will not last
    back, there = "other_basis@2005", [100, 100, 140, 141, 142, 101]
    between = {2002: ["jump", back, "new_area"], 2003: [back, "new_area"], 2004: [back, "new_area"]}
    assert flags(there) == between | {2005: ["jump"]}
    assert flags([100, 110, 100, 100]) == {2001: ["jump", "spike@2002"], 2002: ["jump"]}
    assert flags([100, 140, 141]) == {2001: ["jump", "new_area"], 2002: ["new_area"]}
    assert flags([100, 110, 104, 104]) == {2001: ["jump"], 2002: ["jump"]}  # 4 % above where it was
