"""The tables that travel with the package: complete, from the cells that the studies use, and what they say."""

import numpy as np
import pandas as pd
import pytest

from rcsd.assets import asset_names
from rcsd.papers.assets import ASSETS
from rcsd.papers.dea import assess, dea, malmquist, model_of, read_table, window
from rcsd.papers.dea.courses import ALL, improvements, members, score_courses
from rcsd.papers.dea.reading import last_rows, read

CALIBRATION = ASSETS.calibration


@pytest.fixture(scope="module")
def four():
    """Return all that is found of the four cities."""
    return assess(window("four_cities"), model_of("ccr"))


@pytest.mark.parametrize(("name", "n_cities"), [("four_cities", 4), ("panel", 82)])
def test_a_table_is_complete(name, n_cities):
    """Every city in every year, each number finite and above zero, no two rows alike."""
    chosen = window(name)
    data = read_table(chosen.table).data(chosen.roles)
    assert len(set(data.units)) == n_cities
    assert data.distinct_periods == tuple(range(2000, 2014))
    assert len(data) == 14 * n_cities
    assert min(data.inputs.min(), data.outputs.min()) > 0


def test_the_folder_is_no_study():
    """`rcsd study --list` names folders with a study.toml alone."""
    assert "dea" not in asset_names("calibration")


def test_cells_follow_from_the_yearbook_cells_of_the_studies():
    """GDP is the studies' own; expenditure and investment are the printed cells over the price indices."""
    table = pd.read_csv(CALIBRATION / "dea" / "four_cities.csv").set_index(["city", "year"])
    printed = pd.read_csv(CALIBRATION / "sources" / "yearbook.csv").set_index(["variable", "city", "year"])["value"]
    prices = pd.read_csv(CALIBRATION / "sources" / "prices.csv", index_col="year")["cpi_previous_year_100"]
    for city in ("Jixi", "Hegang", "Shuangyashan", "Qitaihe"):
        observed = pd.read_csv(CALIBRATION / city.lower() / "observed.csv")
        gdp = observed[observed["series"] == "real_gdp"].set_index("year")["value"]
        np.testing.assert_allclose(table.loc[city]["real_gdp"], gdp, rtol=1e-3)
        level = 1.0
        for year in range(2001, 2011):
            level *= prices[year] / 100
            expected = printed["fiscal_expenditure", city, year] / 1e4 / level if year > 2002 else np.nan
            if np.isfinite(expected):
                assert table.loc[city, year]["fiscal_expenditure"] == pytest.approx(expected, rel=1e-3)
    assert table.loc["Hegang", 2000]["fixed_investment"] == pytest.approx(17.0668)


def test_the_table_of_the_readme(four):
    """Scores and cumulated changes as calibration/dea/README.md prints them."""
    scores = {(u, p): s for u, p, s in zip(four.data.units, four.data.periods, four.result.scores, strict=True)}
    years = (2000, 2005, 2010, 2013)
    printed = {
        "Jixi": ([1.00, 0.98, 1.00, 1.00], [1.38, 1.00, 1.38]),
        "Hegang": ([0.74, 0.70, 0.55, 0.63], [1.53, 1.03, 1.49]),
        "Shuangyashan": ([0.83, 0.74, 0.59, 0.88], [5.98, 0.94, 6.34]),
        "Qitaihe": ([0.99, 0.77, 0.83, 0.70], [1.94, 0.72, 2.70]),
    }
    readme = (CALIBRATION / "dea" / "README.md").read_text("utf-8")
    for city, (expected, moved) in printed.items():
        np.testing.assert_allclose([scores[city, year] for year in years], expected, atol=0.005)
        factors = ("productivity", "efficiency_change", "technical_change")
        np.testing.assert_allclose([four.malmquist.cumulated(f)[city].iloc[-1] for f in factors], moved, atol=0.005)
        assert f"| {city} | {' | '.join(f'{value:.2f}' for value in expected)} |" in readme
        assert " | ".join(f"{value:.2f}" for value in moved) in readme


def test_shuangyashans_productivity_is_its_output_per_worker(four):
    """The index follows the one ratio that rises, as the README says."""
    table = pd.read_csv(window("four_cities").table).query("city == 'Shuangyashan'").set_index("year")
    ratio = (table["real_gdp"] / table["employment"]).loc[[2000, 2013]]
    assert four.malmquist.cumulated()["Shuangyashan"].iloc[-1] == pytest.approx(ratio[2013] / ratio[2000], rel=0.02)


def test_a_reading_counts_what_the_result_holds(four):
    """Efficient rows, the rule of thumb, peers in order, the last year by score."""
    reading = read(four)
    assert reading.n_efficient == sum(each == "efficient" for each in four.result.standing) == 9
    assert reading.few and reading.smallest_frontier == 4
    assert [each.label for each in reading.beyond] == ["Qitaihe 2011"]
    counts = [each.n_units for each in reading.peers]
    assert counts == sorted(counts, reverse=True)
    rows = last_rows(four)
    assert [four.data.periods[k] for k in rows] == [2013] * 4
    assert np.diff(four.result.scores[list(rows)]).max() <= 0


def test_few_units_are_shown_each_and_many_by_group(four):
    """A course of one unit is the unit; of a group, its median."""
    assert list(members(four)) == ["Jixi", "Hegang", "Shuangyashan", "Qitaihe"]
    course = score_courses(four, four.result.scores)[1]
    np.testing.assert_array_equal(course.middle, course.high)
    changes = dict(improvements(four))
    np.testing.assert_allclose(changes["Jixi"], 0, atol=1e-6)
    assert changes["Hegang"][3] == pytest.approx(100 * (1 / four.result.scores[27] - 1), rel=1e-6)


@pytest.fixture(scope="module")
def some_of_the_panel(tmp_path_factory):
    """Return twelve cities of the panel in three years."""
    table = pd.read_csv(window("panel").table)
    cities = list(dict.fromkeys(table["city"]))[::7]
    path = tmp_path_factory.mktemp("panel") / "panel.csv"
    table[table["city"].isin(cities) & table["year"].isin([2000, 2006, 2013])].to_csv(path, index=False)
    return path


def test_groups_stand_in_the_order_of_a_citys_life(some_of_the_panel):
    """As windows.toml says; without classes there is one group."""
    from dataclasses import replace  # noqa: PLC0415 - here alone

    found = assess(replace(window("panel"), table=some_of_the_panel), model_of("bcc"))
    order = [name for name in ("growing", "mature", "declining", "regenerating") if name in members(found)]
    assert list(members(found)) == order
    by_hand = pd.DataFrame({"s": found.result.scores, "p": found.data.periods, "u": found.data.units})
    by_hand["g"] = by_hand["u"].map(found.groups)
    first = score_courses(found, found.result.scores)[0]
    expected = by_hand[by_hand["g"] == first.name].groupby("p")["s"].median()
    np.testing.assert_allclose(first.middle, expected)
    plain = assess(replace(window("panel"), table=some_of_the_panel, group=""), model_of("bcc"))
    assert list(members(plain)) == [ALL]


@pytest.mark.slow
def test_the_panels_table_of_the_readme():
    """Medians by class, number of efficient rows, and the mean changes, as printed."""
    chosen = window("panel")
    data = read_table(chosen.table).data(chosen.roles)
    found, change = dea(data), malmquist(data)
    frame = pd.read_csv(chosen.table).assign(score=found.scores)
    medians = frame.pivot_table(index="class", columns="year", values="score", aggfunc="median")
    readme = (CALIBRATION / "dea" / "README.md").read_text("utf-8")
    for kind, n in (("growing", 5), ("mature", 48), ("declining", 19), ("regenerating", 10)):
        cells = " | ".join(f"{medians.loc[kind, year]:.2f}" for year in (2000, 2003, 2006, 2009, 2013))
        assert f"| {kind} ({n}) | {cells} |" in readme
    best = [str(name) for name in frame[frame["score"] > 1 - 1e-9]["city"]]
    assert len(found.efficient) == len(best) == 22
    assert (best.count("Daqing") + best.count("Karamay"), best.count("Ma'Anshan")) == (11, 2)
    means = [100 * (change.mean(f) - 1) for f in ("productivity", "efficiency_change", "technical_change")]
    np.testing.assert_allclose(means, [-5.2, -0.5, -4.7], atol=0.05)
