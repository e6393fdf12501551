"""A table of inputs is read to the last digit, and a fault in it is found at its line and column."""

from pathlib import Path

import numpy as np
import pytest

from rcsd.errors import RowsError
from rcsd.simulation.archive.rows import read_names, read_rows


def written(folder: Path, text: str | bytes) -> Path:
    """Return a file with this content."""
    path = folder / "rows.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_numbers_come_back_bit_by_bit(tmp_path: Path) -> None:
    """The shortest text of a float stands for that float."""
    numbers = np.random.default_rng(1).lognormal(0, 20, (300, 3))
    text = "a,b b,c\n" + "\n".join(",".join(map(repr, row)) for row in numbers.tolist())
    rows = read_rows(written(tmp_path, text))
    assert list(rows) == ["a", "b b", "c"]
    assert np.column_stack(list(rows.values())).tobytes() == numbers.tobytes()


def test_what_spreadsheets_add_does_not_matter(tmp_path: Path) -> None:
    """A byte order mark, quotation marks, blanks, carriage returns, blank lines."""
    path = written(tmp_path, '\ufeff"a", b\r\n 1 ,"2"\r\n\r\n3,4\r\n')
    assert read_names(path) == ("a", "b")
    assert {name: row.tolist() for name, row in read_rows(path).items()} == {"a": [1, 3], "b": [2, 4]}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("a,b\n", "no row"),
        ("a,,c\n1,2,3", r":1: column 2 has no name"),
        ("a,b,a\n1,2,3", r":1: column 'a' stands twice"),
        ("a;b\n1;2", r":1: .*parted by semicolons"),
        ("a,b\n1,2\n\n3", r":4: 1 cells instead of the 2 of the header"),
        ("a,b\n1,2,3", r":2: 3 cells instead of the 2 of the header"),
        ("a,b\n1,2\n3,four", r":3: column 'b': 'four' is not a number"),
        ("a,b\n1,1_0", r":2: column 'b': '1_0' is not a number"),
        ("a,b\n1,2\n3,", r":3: column 'b': the cell is empty"),
        ("a,b\nnan,2", r":2: column 'a': 'nan' is not a finite number"),
        ("a,b\n1,-inf", r":2: column 'b': '-inf' is not a finite number"),
        ('a,b\n1,"2', "is no CSV"),
        (b"\xff\xfea", "is no text"),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, text: str | bytes, words: str) -> None:
    """File, line, column and what to write instead."""
    with pytest.raises(RowsError, match=words):
        read_rows(written(tmp_path, text))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The system's reason is quoted."""
    with pytest.raises(RowsError, match=r"none\.csv: cannot be read \(No such file"):
        read_names(tmp_path / "none.csv")
