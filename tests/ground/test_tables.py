"""Tables are read with their lines, and written so that every other program reads them back."""

import csv
import io
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rcsd
from rcsd.errors import FileError, SeriesError, TableError
from rcsd.tables import (
    csv_text,
    file_bytes,
    frame_text,
    number,
    raise_faults,
    records,
    rows_under,
    streamed_lines,
    table_lines,
    write_csv,
)

# before Python 3.13 the csv module leaves a carriage return without quotes
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"))


@given(st.lists(st.lists(CELL, min_size=2, max_size=2)))
def test_any_text_comes_back(rows: list[list[str]]) -> None:
    """Commas, quotes and line breaks in a cell are its own."""
    text = csv_text(["a", "b"], rows)
    assert list(csv.reader(io.StringIO(text, newline=""))) == [["a", "b"], *rows]


@given(st.floats())
def test_no_digit_of_a_number_is_lost(value: float) -> None:
    """The number read back is the number written, of Python and of NumPy alike."""
    for given_value in (value, np.float64(value)):
        _, line = csv_text(["value"], [[given_value]]).splitlines()
        assert float(line) == value or (math.isnan(value) and line == "nan")


def test_a_table_is_written_whole_with_line_feeds(tmp_path: Path) -> None:
    """The file is UTF-8 without a mark, whatever the system; None is an empty cell."""
    path = tmp_path / "out" / "table.csv"
    write_csv(path, ("年份", "人口"), ((2000, 1.5), (2001, None)))
    assert path.read_bytes() == "年份,人口\n2000,1.5\n2001,\n".encode()


def test_a_frame_is_written_without_its_row_numbers() -> None:
    """Unless its index says something; digits as asked for, and a gap where there is no number."""
    frame = pd.DataFrame({"score": [1 / 3, np.nan]}, index=pd.Index([2000, 2001], name="year"))
    assert frame_text(frame) == f'score\n{1 / 3!r}\n""\n'
    assert frame_text(frame, index=True, float_format="%.3g") == "year,score\n2000,0.333\n2001,\n"


FILE = Path("data.csv")


def test_a_row_has_the_line_that_it_ends_on() -> None:
    """Blank rows, a byte order mark, and cells of several lines do not put the lines out."""
    content = '\ufeffa,b\r\n\r\n1,"two\nlines"\r\n , \r\n3,4'.encode()
    assert table_lines(FILE, content, FileError) == [(1, ["a", "b"]), (4, ["1", "two\nlines"]), (6, ["3", "4"])]


@pytest.mark.parametrize("content", [b"a,b\n1,2\n\n3,4\n", "人,b\n,1\n".encode(), b""])
def test_a_stream_gives_the_same_lines(tmp_path: Path, content: bytes) -> None:
    """Only the memory differs."""
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    with streamed_lines(path, FileError) as lines:
        assert list(lines) == table_lines(path, file_bytes(path, FileError), FileError)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n\xff\1\xff", r"rows\.csv: is no text.*: save it as CSV in UTF-8"),
        (b'a,b\n1,2\n3,"4\n', r"rows\.csv:3: is no CSV"),
    ],
)
def test_what_is_no_csv_is_refused_read_whole_or_as_a_stream(tmp_path: Path, content: bytes, words: str) -> None:
    """In the class of error of the kind of file, with its name."""
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    with pytest.raises(TableError, match=words):
        table_lines(path, file_bytes(path, TableError), TableError)
    with pytest.raises(TableError, match=words), streamed_lines(path, TableError) as lines:
        list(lines)


@pytest.mark.parametrize("name", ["none.csv", ".", "a\0b"])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    """A file that is not there, a folder, and a name that no file can have."""
    with pytest.raises(SeriesError, match=r"cannot be read.*check the path"):
        file_bytes(tmp_path / name, SeriesError)


def test_columns_are_checked_by_name() -> None:
    """A misspelt column is answered with the one it means, another order is said to be one."""
    lines = [(1, ["city ", "yaer"]), (2, ["jixi", "2000"])]
    with pytest.raises(FileError, match=r"data\.csv:1: .*'year' is missing; .*'yaer' is unknown \(did you mean 'year'"):
        rows_under(FILE, lines, ("city", "year"), FileError)
    with pytest.raises(FileError, match="stand in another order"):
        rows_under(FILE, [(1, ["year", "city"])], ("city", "year"), FileError)
    with pytest.raises(FileError, match="the file is empty; its first line must be city,year"):
        rows_under(FILE, [], ("city", "year"), FileError)
    assert rows_under(FILE, [(1, ["city", "year"]), *lines[1:]], ("city", "year"), FileError) == lines[1:]


def test_records_need_some_columns_and_take_others() -> None:
    """Every row of another length is a fault; all are named at once."""
    lines = [(1, ["code", " note", "group"]), (2, ["a ", "x", "mining"]), (4, ["b", "", " rest"])]
    expected = [
        (2, {"code": "a", "note": "x", "group": "mining"}),
        (4, {"code": "b", "note": "", "group": "rest"}),
    ]
    assert records(FILE, lines, ("code", "group"), FileError) == expected
    with pytest.raises(FileError, match="the mapping has no column 'sector' and none 'unit'"):
        records(FILE, lines, ("code", "sector", "unit"), FileError, what="mapping")
    with pytest.raises(FileError, match="the heading 'code' stands twice"):
        records(FILE, [(1, ["code", "code"])], ("code",), FileError)
    with pytest.raises(FileError) as caught:
        records(FILE, [*lines, (7, ["c"]), (9, ["d", "", "", ""])], ("code",), FileError)
    assert "2 fault(s) in the table" in str(caught.value)
    assert "data.csv:7: 1 cells instead of the 3 of the header" in str(caught.value)
    assert "data.csv:9: 4 cells instead of the 3 of the header" in str(caught.value)


@given(st.floats(-1e100, 1e100))
def test_a_number_is_read_as_it_was_written(value: float) -> None:
    """Blanks around it do not matter."""
    assert number(f" {value!r}\t") == value


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("", "the cell is empty"),
        (" ", "the cell is empty"),
        ("1_000", "'1_000' is not a number"),
        ("1,5", "not a number"),
    ]
    + [(text, f"'{text}' is not a finite number") for text in ("nan", "inf", "-Infinity", "1e999")],
)
def test_what_is_no_number_is_said_to_be_none(cell: str, words: str) -> None:
    """Also what Python takes for one and no spreadsheet does."""
    with pytest.raises(ValueError, match=words):
        number(cell)


def test_faults_come_in_the_order_of_their_lines_and_not_by_the_thousand() -> None:
    """Those of the file as a whole come first; the rest of many is counted."""
    raise_faults(FILE, [], "table", FileError)
    faults = [(line, f"fault {line}") for line in range(500, -1, -1)]
    with pytest.raises(TableError) as caught:
        raise_faults(FILE, faults, "table", TableError)
    said = str(caught.value).splitlines()
    assert said[0] == "data.csv: 501 fault(s) in the table, correct each:"
    assert said[1:4] == ["  fault 0", "  data.csv:1: fault 1", "  data.csv:2: fault 2"]
    assert said[-1] == "  and 481 more"


def test_no_other_module_reads_or_writes_csv_by_itself() -> None:
    """One owner of encoding, line numbers, digits and line ends."""
    package = Path(rcsd.__file__).parent
    used = {
        file.relative_to(package).as_posix()
        for file in package.rglob("*.py")
        if re.search(r"^\s*(import csv\b|from csv\b)|\.to_csv\(", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert used == {"tables.py"}
