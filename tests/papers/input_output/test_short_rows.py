"""A table that an open quotation mark has cut short is told by its line."""

from pathlib import Path

import pytest

from rcsd.errors import TableError
from rcsd.papers.input_output.reading import read_table


def test_a_row_that_ends_before_its_name_is_named(tmp_path: Path) -> None:
    """The rest of the file is one cell of it."""
    path = tmp_path / "table.csv"
    path.write_text('code,name,a,b,output\na,Mines,1,2,3\n"b,Mills,1,2,3\ninput,Input,4,5,"\n')
    with pytest.raises(TableError, match=r"table\.csv:4: 1 cells instead of the 5 of the header"):
        read_table(path)
