"""Tables as people have them: in any spelling the numbers come out at their times, and nothing is lost unsaid."""

from __future__ import annotations

import codecs
from datetime import date, datetime
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.errors import SeriesError
from rcsd.study.setup.tables import DataTable, TableColumn, read_table


def table(
    folder: Path, text: str, encoding: str = "utf-8", mark: bytes = b"", units: tuple[str, ...] = ()
) -> DataTable:
    """Write a table and read it."""
    path = folder / "numbers.csv"
    path.write_bytes(mark + text.encode(encoding))
    return read_table(path, units=units)


def points(column: TableColumn) -> dict[str, float]:
    """Return the values of a column by their times."""
    return dict(zip(column.times.labels, column.values.tolist(), strict=True))


def named(found: DataTable, name: str, group: str = "") -> TableColumn:
    """Return the one column of a name."""
    (own,) = [column for column in found.columns if (column.name, column.group) == (name, group)]
    return own


EXPECTED = {"2000": 1234.5, "2001": 1300.25, "2003": -2.0}


@pytest.mark.parametrize(
    "text",
    [
        "Year,Output (kt)\n2000,1234.5\n2001,1300.25\n2002,\n2003,-2\n",
        'Year,Output (kt)\n2000,"1,234.5"\n2001,"1,300.25"\n2002,NA\n2003,-2.0\n',
        "Year;Output (kt)\n2000;1.234,5\n2001;1.300,25\n2002;n.a.\n2003;-2,0\n",
        "Year;Output (kt)\r\n2000;1 234,5\r\n2001;1\u00a0300,25\r\n2002;..\r\n2003;−2\r\n",
        "Year\tOutput [kt]\n2000\t1'234.5\n2001\t1’300.25\n2002\t-\n2003\t(2.0)\n",
        "Year|Output, kt\n2000|1234.5 *\n2001|1300.25 e\n2002|:\n2003|-2\n",
        "# made up\n# twice\nYear,Output (kt)\n2000,1234.5\n2001,1300.25\n2003,-2\n",
        "sep=;\nYear;Output (kt)\n2000;1234,5\n2001;1300,25\n2003;-2\n",
        "Table 4,\nJixi,\n,\nYear,Output (kt)\n2000,1234.5\n2001,1300.25\n,\n2003,-2\nTotal,2532.75\nSource: book,\n",
        "Year,Output\n,kt\n2000,1234.5\n2001,1300.25\n2003,-2\n",
        "Year,Output\nunit,(kt)\n2000,1234.5\n2001,1300.25\n2003,-2\n",
        "Unit: kt,\nYear,Output\n2000,1234.5\n2001,1300.25\n2003,-2\n",
        "Year,Output (kt)\n2003,-2\n2001,1300.25\n2000,1234.5\n",
        "Item,2000,2001,2002,2003\nOutput (kt),1234.5,1300.25,..,-2\n",
        "Item,Unit,2003,2002,2001,2000\nOutput,kt,-2,,1300.25,1234.5\n",
        "item,year,value,unit\nOutput,2000,1234.5,kt\nOutput,2001,1300.25,kt\nOutput,2003,-2,kt\n",
        "year,Output (kt)\n2000年,1234.5\n2001年,1300.25\n2003年,-2\n",
        "date,Output (kt)\n2000-12-31,1234.5\n2001-12-31,1300.25\n2003-12-31,-2\n",
        "Year   Output (kt)\n2000   1234.5\n2001   1300.25\n2003   -2\n",
        "| Year | Output (kt) |\n|------|-----|\n| 2000 | 1234.5 |\n| 2001 | 1300.25 |\n| 2003 | -2 |\n",
        "Year,Output (kt)\n2000,US$1234.5\n2001,1300.25\n2003,-2\n",
        ",Year,Output (kt)\n0,2000,1234.5\n1,2001,1300.25\n2,2003,-2\n",
    ],
)
def test_one_table_in_many_spellings(tmp_path: Path, text: str) -> None:
    """Separator, decimal mark, thousands, notes, titles, totals, units and direction change nothing."""
    found = table(tmp_path, text)
    assert [(column.name, column.unit) for column in found.columns] == [("Output", "kt")]
    assert points(found.columns[0]) == EXPECTED


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("gb18030", b""),
        ("gbk", b""),
    ],
)
def test_chinese_in_every_encoding(tmp_path: Path, encoding: str, mark: bytes) -> None:
    """Headings with units in full-width brackets, from Excel in China or from anywhere."""
    heads = "年份,户籍人口\uff08万人\uff09,地区生产总值\uff08亿元\uff09\n"
    text = heads + "2000,196.0,124.41\n2001,196.4,137.35\n资料来源\uff1a年鉴,,\n"
    found = table(tmp_path, text, encoding, mark)
    assert [(column.name, column.unit) for column in found.columns] == [("户籍人口", "万人"), ("地区生产总值", "亿元")]
    assert points(found.columns[1]) == {"2000": 124.41, "2001": 137.35}
    assert any("资料来源" in sentence for sentence in found.left_out)


@pytest.mark.parametrize(
    ("cells", "kind", "labels"),
    [
        (["2009-01", "2009-02", "2009-04"], "month", ["2009-01", "2009-02", "2009-04"]),
        (["Jan-09", "Feb-09", "Mar-09"], "month", ["2009-01", "2009-02", "2009-03"]),
        (["März 2009", "April 2009", "Mai 2009"], "month", ["2009-03", "2009-04", "2009-05"]),
        (["2009年1月", "2009年2月", "2009年12月"], "month", ["2009-01", "2009-02", "2009-12"]),
        (["200901", "200902", "200903"], "month", ["2009-01", "2009-02", "2009-03"]),
        (["2009-01-01", "2009-02-01", "2009-03-01"], "month", ["2009-01", "2009-02", "2009-03"]),
        (["2009-01-31", "2009-02-28", "2009-03-31"], "month", ["2009-01", "2009-02", "2009-03"]),
        (["2009Q1", "2009Q2", "2010Q1"], "quarter", ["2009-Q1", "2009-Q2", "2010-Q1"]),
        (["Q1 2009", "Q2 2009", "Q3 2009"], "quarter", ["2009-Q1", "2009-Q2", "2009-Q3"]),
        (["2009年第一季度", "2009年第二季度", "2009年第四季度"], "quarter", ["2009-Q1", "2009-Q2", "2009-Q4"]),
        (["2009-01-01", "2009-04-01", "2009-07-01"], "quarter", ["2009-Q1", "2009-Q2", "2009-Q3"]),
        (["2020-W52", "2020-W53", "2021-W01"], "week", ["2020-W52", "2020-W53", "2021-W01"]),
        (["2009/10", "2010/11", "2011/12"], "year", ["2009", "2010", "2011"]),
        (["1 July 1990", "1 July 1991", "1 July 1993"], "year", ["1990", "1991", "1993"]),
        (["17.03.2009", "18.03.2009", "20.03.2009"], "day", ["2009-03-17", "2009-03-18", "2009-03-20"]),
        (["3/17/2009", "3/18/2009", "4/1/2009"], "day", ["2009-03-17", "2009-03-18", "2009-04-01"]),
        (["20090317", "20090318", "20090401"], "day", ["2009-03-17", "2009-03-18", "2009-04-01"]),
        (["Mar 17 2009", "Mar 18 2009", "Apr 1 2009"], "day", ["2009-03-17", "2009-03-18", "2009-04-01"]),
        (["39889", "39890", "39904"], "day", ["2009-03-17", "2009-03-18", "2009-04-01"]),
        (
            ["2009-03-17 10:30", "2009-03-17 11:30", "2009-03-17 23:45"],
            "second",
            ["2009-03-17T10:30:00", "2009-03-17T11:30:00", "2009-03-17T23:45:00"],
        ),
        (["day 1", "day 2", "day 5"], "number", ["1", "2", "5"]),
        (["1990.25", "1990.5", "1991.75"], "number", ["1990.25", "1990.5", "1991.75"]),
        (["0.5", "1.0", "1.5"], "number", ["0.5", "1", "1.5"]),
        (["10:00", "10:05", "11:00"], "number", ["600", "605", "660"]),
    ],
)
def test_times_in_every_spelling(tmp_path: Path, cells: list[str], kind: str, labels: list[str]) -> None:
    """The calendar is Python's, weeks are those of ISO 8601, days of Excel count from 1899-12-30."""
    found = table(tmp_path, "Date,x\n" + "".join(f"{cell},{at}\n" for at, cell in enumerate(cells)))
    times = found.columns[0].times
    assert (times.kind, list(times.labels)) == (kind, labels)
    assert found.columns[0].values.tolist() == [0, 1, 2]


def test_positions_count_whole_periods(tmp_path: Path) -> None:
    """Neighbouring months, quarters, weeks and days are one apart, over the turn of a year too."""
    for cells in (["2009-12", "2010-01"], ["2009Q4", "2010Q1"], ["2020-W53", "2021-W01"], ["2009-12-31", "2010-01-01"]):
        times = table(tmp_path, "time,x\n" + "".join(f"{cell},1\n" for cell in cells)).columns[0].times
        assert times.step == 1
    assert date.fromordinal(int(times.positions[1])) == date(2010, 1, 1)


def test_an_order_of_day_and_month_that_is_open_is_doubted(tmp_path: Path) -> None:
    """Where the cells settle it nothing is said; where not, it is."""
    assert "day first" in table(tmp_path, "Date,x\n03/04/2009,1\n04/04/2009,2\n05/04/2009,3\n").account
    settled = table(tmp_path, "Date,x\n11/04/2009,1\n12/04/2009,2\n13/04/2009,3\n")
    assert settled.doubts == ()
    assert settled.columns[0].times.labels[0] == "2009-04-11"


@pytest.mark.parametrize(
    ("text", "value"), [("Year;x\n2000;1,234\n2001;2,345\n", 1.234), ("Year\tx\n2000\t1,234\n", 1234.0)]
)
def test_a_mark_that_is_open_is_doubted(tmp_path: Path, text: str, value: float) -> None:
    """1,234 is read by what parts the columns, and the reading is told."""
    found = table(tmp_path, text)
    assert found.columns[0].values[0] == value
    assert "'1,234' is read as" in found.doubts[0]


def test_years_and_months_in_two_columns(tmp_path: Path) -> None:
    """The year stands once for its months, as below merged cells."""
    found = table(tmp_path, "year,month,cases\n2019,11,5\n,12,7\n2020,1,9\n,Feb,20\n")
    assert points(found.columns[0]) == {"2019-11": 5, "2019-12": 7, "2020-01": 9, "2020-02": 20}


def test_years_down_and_months_across(tmp_path: Path) -> None:
    """The calendar table of climate data, with its stand-in for what is missing; the mean of the year is no month."""
    months = "Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec"
    found = table(
        tmp_path, f"Year,{months},Annual\n2000,{','.join(map(str, range(1, 13)))},6.5\n2001,13{',-9999' * 11},\n"
    )
    (column,) = found.columns
    assert column.values.tolist() == list(range(1, 14))
    assert (column.times.labels[0], column.times.labels[-1]) == ("2000-01", "2001-01")
    assert any("-9999" in doubt for doubt in found.doubts)


def test_tables_of_several_places_are_kept_apart(tmp_path: Path) -> None:
    """Wide with a column of cities, and long with cities and indicators, give the same."""
    wide = table(
        tmp_path,
        "city,year,population (wan person),GDP\nJixi,2000,196,1\n,2001,197,2\nHegang,2000,111,3\n,2001,112,4\n",
    )
    long = table(
        tmp_path,
        "城市,指标,年份,数值,单位\nJixi,population,2000,196,wan person\n"
        "Jixi,population,2001,197,wan person\nJixi,GDP,2000,1,\nJixi,GDP,2001,2,\n"
        "Hegang,population,2000,111,wan person\nHegang,population,2001,112,wan person\n"
        "Hegang,GDP,2000,3,\nHegang,GDP,2001,4,\n",
    )
    for found in (wide, long):
        assert found.groups == ("Jixi", "Hegang")
        assert points(named(found, "population", "Hegang")) == {"2000": 111, "2001": 112}
        assert named(found, "population", "Jixi").unit == "wan person"
        assert points(named(found, "GDP", "Hegang")) == {"2000": 3, "2001": 4}


def test_codes_and_twins_of_labels_are_left_out(tmp_path: Path) -> None:
    """The layout of the World Bank: two titles, names and codes, years across."""
    text = (
        '"Data Source","WDI",\n"Country Name","Country Code","Indicator Name","Code","1960","1961","1962",\n'
        '"Aruba","ABW","Population, total","SP.POP","54608","55811","56682",\n'
        '"China","CHN","Population, total","SP.POP","667070000","660330000","665770000",\n'
        '"China","CHN","Birth rate, crude (per 1,000 people)","SP.CBRT","20.86","18.02","37.01",\n'
    )
    found = table(tmp_path, text)
    assert [(c.name, c.unit, c.group) for c in found.columns] == [
        ("Population, total", "", "Aruba"),
        ("Population, total", "", "China"),
        ("Birth rate, crude", "per 1,000 people", "China"),
    ]
    assert found.columns[2].values.tolist() == [20.86, 18.02, 37.01]


def test_headings_in_two_rows(tmp_path: Path) -> None:
    """A heading over two columns is that of each."""
    found = table(
        tmp_path, "Year,Hegang,,Jixi,\n,Population,GDP (yi yuan),Population,GDP (yi yuan)\n2000,1,2,3,4\n2001,5,6,7,8\n"
    )
    assert [c.name for c in found.columns] == ["Hegang Population", "Hegang GDP", "Jixi Population", "Jixi GDP"]
    assert points(found.columns[2]) == {"2000": 3, "2001": 7}


def test_tables_below_and_beside_one_another(tmp_path: Path) -> None:
    """Each has its own times."""
    below = table(tmp_path, "Year,a\n2000,1\n2001,2\n\nYear,b\n2005,3\n2006,4\n")
    beside = table(tmp_path, "Year,a,,Year,b\n2000,1,,2005,3\n2001,2,,2006,4\n")
    for found in (below, beside):
        assert points(named(found, "a")) == {"2000": 1, "2001": 2}
        assert points(named(found, "b")) == {"2005": 3, "2006": 4}


def test_two_values_of_one_time_are_doubted(tmp_path: Path) -> None:
    """The first is kept, and both are named with their lines."""
    found = table(tmp_path, "Year,x\n2000,1\n2001,2\n2001,3\n2002,4\n")
    assert points(found.columns[0]) == {"2000": 1, "2001": 2, "2002": 4}
    assert "2001 has 2 (line 3) and 3 (line 4)" in found.doubts[0]


def test_a_row_with_a_comma_in_a_number_is_left_out(tmp_path: Path) -> None:
    """An unquoted 1,234 moves what stands behind it: none of that row is taken."""
    found = table(tmp_path, "Year,x,y\n2000,1,2\n2001,1,234,3\n2002,5,6\n")
    assert points(named(found, "y")) == {"2000": 2, "2002": 6}
    assert "line(s) 3" in found.doubts[0]


def test_what_is_no_number_is_told(tmp_path: Path) -> None:
    """Words among numbers, columns of words and empty ones."""
    found = table(tmp_path, "Year,x,remark,empty\n2000,1,good,\n2001,about 2,bad,\n2002,3,good,\n2003,4,,\n")
    assert points(found.columns[0]) == {"2000": 1, "2002": 3, "2003": 4}
    told = "\n".join(found.left_out)
    assert "'about 2' in line 3" in told
    assert "column C, 'remark': words" in told
    assert "column D, 'empty': no value" in told


def test_units_of_the_model_are_known_in_headings(tmp_path: Path) -> None:
    """Only the model knows what a blob is."""
    text = "Year,Stock (blob)\n2000,1\n2001,2\n"
    assert table(tmp_path, text).columns[0].name == "Stock (blob)"
    own = table(tmp_path, text, units=("Blob",)).columns[0]
    assert (own.name, own.unit) == ("Stock", "blob")


def test_a_workbook(tmp_path: Path) -> None:
    """Merged headings, dates of Excel, several sheets, one of words alone."""
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Data"
    for row in (
        ["City of Jixi"],
        [],
        ["Year", "Population", None, "GDP"],
        [None, "urban (persons)", "rural (persons)", "yi yuan"],
    ):
        first.append(row)
    first.merge_cells("B3:C3")
    for year in (2000, 2001, 2002):
        first.append([year, year * 2, year * 3, year / 4])
    book.create_sheet("Notes").append(["nothing here"])
    second = book.create_sheet("Prices")
    second.append(["Date", "Price ($/t)"])
    for month in range(1, 13):
        second.append([datetime(2009, month, 1), 100.5 + month])
    book.save(tmp_path / "book.xlsx")
    found = read_table(tmp_path / "book.xlsx")
    assert [(c.name, c.unit) for c in found.columns] == [
        ("Population urban", "persons"),
        ("Population rural", "persons"),
        ("GDP", "yi yuan"),
        ("Price", "$/t"),
    ]
    assert points(found.columns[2]) == {"2000": 500.0, "2001": 500.25, "2002": 500.5}
    assert found.columns[3].times.labels[-1] == "2009-12"
    assert [c.name for c in read_table(tmp_path / "book.xlsx", sheet="Prices").columns] == ["Price"]
    with pytest.raises(SeriesError, match="has no sheet 'Price'; it has Data, Notes, Prices"):
        read_table(tmp_path / "book.xlsx", sheet="Price")


def test_sheets_of_one_form_are_groups(tmp_path: Path) -> None:
    """A sheet per city."""
    book = openpyxl.Workbook()
    for at, city in enumerate(("鸡西", "鹤岗")):
        sheet = book.active if at == 0 else book.create_sheet(city)
        sheet.title = city
        for row in (["年份", "人口(万人)"], [2000, 196 - at], [2001, 197 - at]):
            sheet.append(row)
    book.save(tmp_path / "cities.xlsx")
    found = read_table(tmp_path / "cities.xlsx")
    assert points(named(found, "人口", "鹤岗")) == {"2000": 195, "2001": 196}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no table of numbers over time"),
        (b"a,b\nc,d\n", "no table of numbers over time"),
        (b"PK\x03\x04 and nothing", "damaged workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "save it as .xlsx"),
        (b"%PDF-1.7", "PDF"),
        (b"\x00\x01\x02\x03\x04\x05\x06", "."),
        (b"<html><table></table></html>", "web page"),
        (b"\x1f\x8b\x08\x00", "unpack"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(tmp_path: Path, content: bytes, words: str) -> None:
    """One message, which names the file."""
    path = tmp_path / "numbers.csv"
    path.write_bytes(content)
    with pytest.raises(SeriesError, match=words) as caught:
        read_table(path)
    assert str(path) in str(caught.value)


@given(
    values=st.lists(st.floats(min_value=-1e9, max_value=1e9).map(lambda x: round(x, 2)), min_size=3, max_size=12),
    comma=st.booleans(),
    first=st.integers(1600, 2100),
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, values: list[float], comma: bool, first: int
) -> None:
    """Any numbers with two decimals, in either mark, come back as they were."""
    lines = [f"{first + at};{value:.2f}" for at, value in enumerate(values)]
    text = "year;x\n" + "\n".join(line.replace(".", ",") if comma else line for line in lines)
    column = table(tmp_path_factory.mktemp("any"), text).columns[0]
    assert column.values == pytest.approx(np.array(values), abs=0)
    assert column.times.labels[0] == str(first)


@given(st.binary(max_size=200) | st.text(alphabet="0123456789,;.\n\t -年月Q/\"'()abYear", max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """No file of a stranger ends in a traceback, and every column that is read is whole."""
    path = tmp_path_factory.mktemp("bytes") / "any.csv"
    path.write_bytes(content)
    try:
        found = read_table(path)
    except SeriesError:
        return
    for column in found.columns:
        assert len(column) == len(column.times) > 0
        assert np.isfinite(column.values).all()
        assert (np.diff(column.times.positions) > 0).all()


def test_percent_signs_are_a_unit_or_a_doubt(tmp_path: Path) -> None:
    """Behind all numbers of a column they are its unit; behind some they are told of: the factor is 100."""
    path = tmp_path / "shares.csv"
    path.write_text("year,all,some,none\n2000,5%,5%,5\n2001,6%,0.06,6\n2002,7%,7%,7\n", "utf-8")
    table = read_table(path)
    assert {column.name: column.unit for column in table.columns} == {"all": "%", "some": "", "none": ""}
    (doubt,) = table.doubts
    assert "'some': 2 of 3 cells end with a percent sign" in doubt
