"""Tables are written so that every other program reads them back."""

import csv
import io
import math
from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from rcsd.tables import csv_text, frame_text, write_csv

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
