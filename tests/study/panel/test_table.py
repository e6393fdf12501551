"""The table of a panel: what is read, and what is said of faults."""

import re

import pytest

from rcsd.errors import SeriesError, StudyError
from rcsd.study.panel import load_panel
from rcsd.study.panel.table import read_panel_table
from tests.study.panel.tables import rows_of, write_rows


def test_cities_share_the_common_series(tmp_path):
    """Rows of `*` belong to every city, and each city has its own beside them."""
    table = read_panel_table(write_rows(tmp_path / "t.csv", rows_of(["jixi", "suqian"])))
    assert list(table) == ["jixi", "suqian"]
    prices = [table[city].series["coal_price"].values.tolist() for city in table]
    assert prices[0] == prices[1]
    assert table["jixi"].series["population"].value_at(2010) == 189.2


def test_a_city_s_hash_depends_on_its_own_rows_only(tmp_path):
    """A change in one city does not make the others stale; one in a common series does."""
    rows = rows_of(["jixi", "suqian"])

    def hashes(changed):
        table = read_panel_table(write_rows(tmp_path / "t.csv", changed))
        return {city: series.sha256 for city, series in table.items()}

    def with_value(city, value):
        at = next(i for i, row in enumerate(rows) if row[0] == city)
        return [*rows[:at], [*rows[at][:3], value, *rows[at][4:]], *rows[at + 1 :]]

    before, own, common = hashes(rows), hashes(with_value("suqian", "9")), hashes(with_value("*", "9"))
    assert own["jixi"] == before["jixi"]
    assert own["suqian"] != before["suqian"]
    assert common["jixi"] != before["jixi"]


def test_faults_name_line_city_and_series_all_at_once(tmp_path):
    """Nobody has to correct a file of five thousand rows one message at a time."""
    path = tmp_path / "t.csv"
    path.write_text(
        "city,series,year,value,unit,flag\n"
        "jixi,population,2000,many,wan person,\n"
        "jixi,population,2000,196,wan person,\n"
        "Big City,population,2000,1,wan person,\n"
        "hegang,population,2000,1,wan person\n",
        encoding="utf-8",
    )
    with pytest.raises(SeriesError) as caught:
        read_panel_table(path)
    text = str(caught.value)
    assert "4 fault(s)" in text
    assert re.search(r"t\.csv:2: city 'jixi', series 'population': value 'many' is not a number", text)
    assert re.search(r"t\.csv:3: city 'jixi', series 'population': .* has 2000 twice, first in line 2", text)
    assert re.search(r"t\.csv:4: city 'Big City' must be of small letters", text)
    assert re.search(r"t\.csv:5: city 'hegang': 5 cells instead of the 6", text)


def test_a_header_without_cities_is_refused(tmp_path):
    """The table of a single study is told from that of a panel."""
    path = tmp_path / "t.csv"
    path.write_text("series,year,value,unit,flag\npopulation,2000,1,person,\n", encoding="utf-8")
    with pytest.raises(SeriesError, match="column 'city' is missing"):
        read_panel_table(path)


def test_a_panel_holds_years_out(tmp_path):
    """A study file without a hold-out has nothing that a panel could compare."""
    study = tmp_path / "panel.toml"
    study.write_text(
        '[study]\nname = "p"\nmodel = "resource_city"\nseed = 1\n[windows]\nfit = [2000, 2010]\n'
        '[series.population]\nvariable = "Population"\nerror = 0.01\n'
        '[parameters."Birth Rate"]\nlower = 0.005\nupper = 0.014\nunit = "1/Year"\nsource = "test"\n',
        encoding="utf-8",
    )
    with pytest.raises(StudyError, match="name the years held out"):
        load_panel(write_rows(tmp_path / "t.csv", rows_of(["jixi"])), study=study)
