"""Tables and mappings that cannot be used: one message, with the place and the remedy."""

import re

import pytest

from rcsd.errors import TableError
from rcsd.papers.input_output import aggregate, balance, read_mapping, read_table, require_balanced
from tests.papers.tables import DATA

GOOD = """code,name,a,b,consumption,inflow,output
a,Sector A,150,500,450,100,1000
b,Sector B,200,100,1700,,2000
labour,value added,650,1400,,,
input,total input,1000,2000,,,
"""


def written(folder, text):
    """Write a table."""
    path = folder / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_is_read_as_it_stands(tmp_path):
    """Empty cells are zero, in-flows are taken off."""
    table = read_table(written(tmp_path, GOOD), region="North")
    assert table.final_demand.tolist() == [350, 1700]
    assert table.sectors[1].label == "North:b"
    assert balance(table).largest == 0


def test_a_table_of_several_regions_has_a_column_for_them(tmp_path):
    """Columns are named region:code; the blocks beside the diagonal are flows between regions."""
    text = """region,code,name,N:a,S:a,consumption,output
N,a,A,10,20,70,100
S,a,A,5,15,30,50
labour,,value added,85,15,,
input,,total input,100,50,,
"""
    text = text.replace("labour,,value added", ",labour,value added").replace("input,,total", ",input,total")
    table = read_table(written(tmp_path, text))
    assert table.regions == ("N", "S")
    assert table.intermediate.tolist() == [[10, 20], [5, 15]]
    assert balance(table).largest == 0


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("450,100", "much,100", r"table\.csv:2: column 'consumption': 'much' is not a number"),
        ("450,100", "nan,100", r"table\.csv:2: column 'consumption': 'nan' is not a finite number"),
        (
            "consumption",
            "consumtion",
            r"column 'consumtion' is neither a sector with a row nor a final use; did you mean",
        ),
        ("b,Sector B,200", "c,Sector B,200", r"column 'b' is neither a sector"),
        ("b,Sector B,200,100,1700,,2000", "b,Sector B,200,100,1700,2000", r":3: the row has 4 figures under 5 columns"),
        ("input,total input,1000,2000,,,\n", "", r"and then the row 'input'"),
        ("code,name", "Code,Name", r"the header cannot be read"),
        (GOOD, "", r"the table is empty"),
        ("1000\nb", "0\nb", r"a: output must be above zero"),
    ],
)
def test_a_faulty_table_is_told_with_its_place(tmp_path, old, new, message):
    """File, line, what is wrong."""
    with pytest.raises(TableError, match=message):
        read_table(written(tmp_path, GOOD.replace(old, new, 1)))


def test_faults_are_told_together(tmp_path):
    """Two wrong cells are one error."""
    text = GOOD.replace("450,100", "x,y")
    with pytest.raises(TableError, match=r"(?s)2 fault\(s\).*'consumption'.*'inflow'"):
        read_table(written(tmp_path, text))


def test_a_table_that_does_not_balance_names_the_sector_and_the_gap(tmp_path):
    """An in-flow with a minus in front is found as a gap of twice its size."""
    table = read_table(written(tmp_path, GOOD.replace("450,100", "450,-100")), title="North 2017")
    with pytest.raises(TableError) as raised:
        require_balanced(table)
    said = str(raised.value)
    assert "North 2017 does not balance in 1 place(s); largest in a (Sector A), its row" in said
    assert "by 200 10^4 yuan, 0.2 of output where 1e-06 is allowed" in said


def test_a_file_that_is_not_there_is_told(tmp_path):
    """Path and remedy."""
    with pytest.raises(TableError, match=r"none\.csv: cannot be read \(No such file or directory\): check the path"):
        read_table(tmp_path / "none.csv")


def test_a_mapping_must_name_every_sector_and_no_other(tmp_path):
    """The unknown code is told with its line and the nearest one, the missing one by name."""
    text = (DATA / "sectors_2017.csv").read_text("utf-8").replace("sec02,", "sec2,")
    path = tmp_path / "mapping.csv"
    path.write_text(text, encoding="utf-8")
    table = read_table(DATA / "heilongjiang_2017.csv")
    with pytest.raises(TableError) as raised:
        aggregate(table, read_mapping(path))
    said = str(raised.value)
    assert re.search(r"mapping\.csv:3: the table has no sector 'sec2'; did you mean", said)
    assert "sector 'sec02' has no group: add a line for it" in said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("code,what\na,b\n", r"the mapping has no column 'group'"),
        ("code,group\na,X\na,Y\n", r":3: sector 'a' stands here for the second time"),
        ("code,group\na,\n", r":2: code and group must both be given"),
        ("code,group\n", r"the mapping has no rows"),
    ],
)
def test_a_faulty_mapping_is_told(tmp_path, text, message):
    """Line and remedy."""
    path = tmp_path / "mapping.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=message):
        read_mapping(path)
