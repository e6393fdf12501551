"""The table of what observes the preference."""

import csv

import numpy as np
import pytest

from rcsd.errors import SeriesError
from rcsd.papers.coevolution.evidence.proxies import Rule, read_proxies
from tests.places import CALIBRATION

HEADER = "city,series,year,value,unit,flag\n"
RULE = Rule("ratio", "a ratio", "up", "down", 1, omitted=(2002,))


def written(folder, rows):
    """Write a table."""
    path = folder / "observed.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def test_the_packaged_cells_are_the_yearbooks():
    """Jixi 2003 and 2012, printed: 338 and 8942 of science, 34148 and 199509 of education (10k yuan)."""
    fiscal, science, private = read_proxies()
    jixi = science.cities.index("jixi")
    assert science.values[jixi, 0] == pytest.approx(np.log(338 / 34148))
    assert 2012 not in science.years
    assert 2012 not in private.years
    assert (len(fiscal.cities), fiscal.complete.sum(), len(science.cities)) == (82, 78, 4)
    # own revenue over expenditure, logarithm, mean of 82 cities in 2000 and of 78 in 2019
    assert np.nanmean(fiscal.values, axis=0)[[0, -1]] == pytest.approx([-0.5307, -1.0486], abs=1e-4)


def test_cells_agree_with_those_of_the_studies():
    """Science and education expenditure stand in the studies' sources too."""
    with (CALIBRATION / "sources" / "yearbook.csv").open(encoding="utf-8") as stream:
        known = {
            (row["city"].lower(), row["variable"], int(row["year"])): float(row["value"])
            for row in csv.DictReader(stream)
        }
    with (CALIBRATION / "coevolution" / "observed.csv").open(encoding="utf-8") as stream:
        cells = [(row["city"], row["series"], int(row["year"]), float(row["value"])) for row in csv.DictReader(stream)]
    science = [
        (value, known[city, series, year])
        for city, series, year, value in cells
        if series in {"science_expenditure", "education_expenditure"} and (city, series, year) in known
    ]
    assert len(science) >= 80
    assert all(ours == pytest.approx(theirs) for ours, theirs in science)


def test_ratios_are_made_city_by_city_and_omitted_years_left_out(tmp_path):
    """A cell without its partner is no cell."""
    rows = [
        f"{city},{series},{year},{value},x,"
        for city in "ab"
        for year in (2001, 2002, 2003)
        for series, value in (("up", 2), ("down", 8))
    ]
    (proxy,) = read_proxies(written(tmp_path, [*rows, "c,up,2001,5,x,"]), rules=(RULE,))
    assert proxy.cities == ("a", "b")
    assert proxy.years.tolist() == [2001, 2003]
    assert proxy.values == pytest.approx(np.full((2, 2), np.log(0.25)))
    assert proxy.until(2001).values.shape == (2, 1)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["a,up,2001,0,x,"], ":2: value '0' must be above zero"),
        (["a,up,2001,nan,x,"], "must be above zero"),
        (["a,up,x,1,x,"], ":2: year 'x' and value '1' must be numbers"),
        (["a,up,2001,1,x,", "a,up,2001,2,x,"], ":3: up of a in 2001 stands twice"),
        (["a,up,2001"], ":2: has 3 cells; give 6"),
        (["a,up,2001,1,x,"], "there is no series 'down'"),
        (["a,up,2001,1,x,", "a,down,2001,1,x,"], "has 1 cities with a value in every year"),
    ],
)
def test_bad_tables_are_refused_with_line_and_remedy(rows, message, tmp_path):
    """One message that names the file and what to do."""
    with pytest.raises(SeriesError, match=r"observed\.csv") as raised:
        read_proxies(written(tmp_path, rows), rules=(RULE,))
    assert message in str(raised.value)
