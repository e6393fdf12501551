"""Observed series: what a data file may hold, and every fault of it in one message."""

from pathlib import Path

import numpy as np
import pytest

from rcsd.analysis.series import ObservedSeries, read_observed, require_complete, weights
from rcsd.errors import RcsdWarning, SeriesError

HEADER = "series,year,value,unit,flag\n"
GOOD = HEADER + (
    "population,2002,191.5,wan person,\n"
    "population,2000,189.3,wan person,census\n"
    '"gdp-real",2000,150,yi yuan/Year,\n'
    "population,2001,190.1,wan  Person,revised;estimate\n"
)


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a data file."""
    path = folder / "observed.csv"
    path.write_text(text, encoding=encoding)
    return path


def population(folder: Path) -> ObservedSeries:
    """Return a series with years 2000 to 2002 and flags on the first two."""
    return read_observed(written(folder, GOOD))["population"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_rows_become_series_sorted_by_year(tmp_path: Path, encoding: str) -> None:
    """Order of rows, quotes and a spreadsheet's byte order mark do not matter."""
    found = read_observed(written(tmp_path, GOOD, encoding))
    assert list(found) == ["population", "gdp-real"]
    series = found["population"]
    assert series.years.tolist() == [2000, 2001, 2002]
    assert series.values.tolist() == [189.3, 190.1, 191.5]
    assert series.flags == (("census",), ("revised", "estimate"), ())
    assert series.flagged.tolist() == [True, True, False]
    assert series.unit == "wan person" and len(series) == 3


def test_a_dated_flag_waits_for_its_year(tmp_path: Path) -> None:
    """What only 2003 shows about 2002 weighs nothing before 2003 and its rule's weight from then on."""
    text = HEADER + (
        "population,2001,190.1,wan person,repeated\n"
        "population,2002,205.0,wan person,jump;spike@2003\n"
        "population,2003,190.9,wan person,jump\n"
    )
    series, rules = read_observed(written(tmp_path, text))["population"], {"repeated": 0.5, "jump": 0.8, "spike": 0.1}
    assert weights(series.known_by(2002), rules) == pytest.approx([0.5, 0.8, 0.8])
    assert weights(series.known_by(2003), rules) == pytest.approx([0.5, 0.08, 0.8])
    assert weights(series, rules) == pytest.approx([0.5, 0.08, 0.8])
    assert series.known_by(2002).values.tolist() == series.values.tolist()
    with pytest.raises(SeriesError, match="without a rule: spike;"):
        weights(series, {"repeated": 0.5, "jump": 0.8})


@pytest.mark.parametrize("flag", ["spike@", "spike@03", "@2003", "spike@2003@2004", "Spike@2003"])
def test_a_flag_s_year_has_four_digits(tmp_path: Path, flag: str) -> None:
    """A date that cannot be read would let a flag pass for one that is always known."""
    with pytest.raises(SeriesError, match="with @ and a year of four digits"):
        read_observed(written(tmp_path, HEADER + f"population,2002,205.0,wan person,{flag}\n"))


def test_every_fault_is_listed_with_its_line(tmp_path: Path) -> None:
    """One run of the program is enough to correct the whole file."""
    faulty = HEADER + (
        "population,2000,189.3,wan person,\n"
        "population,2000,190,wan person,\n"
        "population,2001,many,wan person,\n"
        "population,2002,inf,wan person,\n"
        "population,2003,,wan person,\n"
        "population,2004,5,person,\n"
        "population,2005.5,5,wan person,\n"
        "population,2006,5,wan person,Not A Flag\n"
        "gdp,2000,1,yuan//Year,\n"
        "gdp,2001,1\n"
        ",2000,1,Dmnl,\n"
    )
    with pytest.raises(SeriesError) as caught:
        read_observed(written(tmp_path, faulty))
    lines = str(caught.value).splitlines()[1:]
    expected = [
        (3, "twice, first in line 2"),
        (4, "'many' is not a number"),
        (5, "'inf' is not a finite number"),
        (6, "empty"),
        (7, "'person' here but in 'wan person' in line 2"),
        (8, "'2005.5' is not a whole number"),
        (9, "'Not A Flag'"),
        (10, "unit 'yuan//Year' cannot be read"),
        (11, "3 cells instead of the 5"),
        (12, "no name"),
    ]
    assert len(lines) == len(expected)
    for line, (number, text) in zip(lines, expected, strict=True):
        assert f"observed.csv:{number}: " in line and text in line
    assert caught.value.line == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        (HEADER, "no data"),
        ("series,year,value,unit\na,2000,1,t\n", "column 'flag' is missing"),
        (
            "series,year,valeu,unit,flag\n",
            r": .*; column 'valeu' is unknown \(did you mean 'value'\?\)$",
        ),
        ("year,series,value,unit,flag\n", "another order"),
        (HEADER + '"a,2000,1,t,\n', ":2: is no CSV"),
    ],
)
def test_a_file_that_is_no_table_of_cells_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """The message says what the file lacks."""
    with pytest.raises(SeriesError, match=message):
        read_observed(written(tmp_path, text))


def test_a_missing_file_or_another_encoding_is_named(tmp_path: Path) -> None:
    """Neither ends in a traceback of Python's own errors."""
    with pytest.raises(SeriesError, match="cannot be read"):
        read_observed(tmp_path / "none.csv")
    with pytest.warns(RcsdWarning, match="read as GB18030"):
        observed = read_observed(written(tmp_path, HEADER + "人口,2000,1,t,\n", "gbk"))
    assert list(observed) == ["人口"]


def test_a_window_keeps_both_ends_and_the_flags(tmp_path: Path) -> None:
    """Windows are closed intervals of years."""
    cut = population(tmp_path).window(2001, 2002)
    assert cut.years.tolist() == [2001, 2002]
    assert cut.flags == (("revised", "estimate"), ())
    assert len(cut.window(1990, 1999)) == 0


def test_a_year_without_a_value_is_an_error_that_says_what_there_is(tmp_path: Path) -> None:
    """Nothing is interpolated behind the user's back."""
    series = population(tmp_path)
    assert series.value_at(2001) == 190.1
    with pytest.raises(SeriesError, match=r"no value for 2003 .it covers 2000 to 2002"):
        series.value_at(2003)


def test_weights_multiply_over_the_flags_of_a_cell(tmp_path: Path) -> None:
    """0.5 times 0.2 is 0.1, and a cell without a flag counts whole."""
    rules = {"census": 0.0, "revised": 0.5, "estimate": 0.2, "unused": 1.0}
    assert np.allclose(weights(population(tmp_path), rules), [0, 0.1, 1])


def test_a_flag_without_a_rule_is_never_ignored(tmp_path: Path) -> None:
    """Every doubt about a cell must be decided upon."""
    with pytest.raises(SeriesError, match="without a rule: revised, estimate"):
        weights(population(tmp_path), {"census": 0.0})
    with pytest.raises(SeriesError, match="outside"):
        weights(population(tmp_path), {"census": 1.5, "revised": 1, "estimate": 1})


def test_a_gap_in_a_window_that_must_be_complete_is_named(tmp_path: Path) -> None:
    """The missing years are listed."""
    series = population(tmp_path)
    require_complete(series, 2000, 2002)
    with pytest.raises(SeriesError, match="no value for 1999, 2003"):
        require_complete(series, 1999, 2003)


@pytest.mark.parametrize("year", ["9" * 400, "2011_0", "20110", "+-5", "\uff12\uff10\uff11\uff11", ""])
def test_a_year_has_at_most_four_digits(tmp_path: Path, year: str) -> None:
    """What Python would take for a whole number, or choke on, is a fault of its line like any other."""
    with pytest.raises(SeriesError, match=r"observed\.csv:2: year .* not a whole number of at most four digits"):
        read_observed(written(tmp_path, HEADER + f"gdp,{year},5,yuan,\n"))


def test_a_value_with_an_underscore_is_no_number(tmp_path: Path) -> None:
    """Python reads 1_0 as ten; a mistyped 1.0 must not become that."""
    with pytest.raises(SeriesError, match="'1_0' is not a number"):
        read_observed(written(tmp_path, HEADER + "gdp,2011,1_0,yuan,\n"))


def test_years_before_christ_are_years(tmp_path: Path) -> None:
    """A sign is allowed."""
    assert read_observed(written(tmp_path, HEADER + "gdp,-5,1,yuan,\n"))["gdp"].years.tolist() == [-5]


@pytest.mark.parametrize("name", ["../gdp", "a/b", "a b", "a.b", "C:x", "a\\b"])
def test_a_name_that_could_lead_to_another_folder_is_a_fault(tmp_path: Path, name: str) -> None:
    """Names of series become names of files: letters of any script, digits, underscores and hyphens only."""
    with pytest.raises(SeriesError, match=r"observed\.csv:2: the name .* file names"):
        read_observed(written(tmp_path, HEADER + f'"{name}",2000,1,yuan,\n'))
    assert list(read_observed(written(tmp_path, HEADER + "煤-price_1,2000,1,yuan,\n"))) == ["煤-price_1"]
