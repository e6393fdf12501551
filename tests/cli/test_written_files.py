"""Files of a command: over no input, together or not at all, and for Excel when asked."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Rcsd = Callable[..., Any]
TABLE = "firm,labour,profit\nNorth,4,2\nSouth,3,3\nEast,6,5\n"


@pytest.fixture
def firms(tmp_path: Path) -> Path:
    """Write a table of three firms."""
    path = tmp_path / "firms.csv"
    path.write_text(TABLE)
    return path


def assessed(rcsd: Rcsd, firms: Path, *more: object) -> Any:
    """Run the assessment of the firms."""
    return rcsd("dea", firms, "--unit", "firm", "--inputs", "labour", "--outputs", "profit", *more)


def test_a_file_that_cannot_be_written_leaves_none_of_the_others(rcsd: Rcsd, firms: Path) -> None:
    """The last file of five finds a folder in its place; the same command, once that is gone, writes all."""
    out = firms.parent / "out"
    blocked = out / "dea" / "index.html"
    blocked.mkdir(parents=True)
    result = assessed(rcsd, firms, "--out", out)
    assert result.exit_code == 2
    assert [path.name for path in out.rglob("*")] == ["dea", "index.html"]
    blocked.rmdir()
    assert assessed(rcsd, firms, "--out", out).exit_code == 0
    assert {"scores.csv", "lambdas.csv", "result.json", "index.html"} <= {path.name for path in out.rglob("*")}


def test_results_do_not_replace_the_table_that_they_come_from(rcsd: Rcsd, tmp_path: Path) -> None:
    """A table that lies where the scores would go is an input, whatever it is called."""
    table = tmp_path / "out" / "dea" / "scores.csv"
    table.parent.mkdir(parents=True)
    table.write_text(TABLE)
    result = assessed(rcsd, table, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "is a file that this command reads" in result.stderr
    assert table.read_text() == TABLE
    assert [path.name for path in table.parent.iterdir()] == ["scores.csv"]


def test_tables_begin_with_a_mark_when_asked(rcsd: Rcsd, firms: Path) -> None:
    """Every CSV of the command does, and nothing else."""
    out = firms.parent / "out"
    assert assessed(rcsd, firms, "--out", out, "--bom").exit_code == 0
    marked = {path.name for path in out.rglob("*.*") if path.read_bytes().startswith(b"\xef\xbb\xbf")}
    assert marked == {"scores.csv", "lambdas.csv"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TABLE.replace("4,2", "1e308,2"), "labour: 1e308 is too large: no quantity is beyond 1e\\+100"),
        (TABLE.replace("4,2", "1e-300,2"), "labour is 1e-300, too small"),
        (TABLE.replace("4,2", "4e20,2"), "labour is 4e\\+20, beside 3: correct one of the two"),
        (TABLE.replace(",", ";"), "parted by semicolons"),
        (TABLE.replace("4,2", '"4,5",2'), "'4,5' is not a number: write a point instead of the comma"),
        (TABLE.replace("4,2", "4,1_0"), "'1_0' is not a number"),
        (TABLE.replace("North", "North\0"), "null character"),
        (TABLE.replace("firm,labour", "year,firm,labour").replace("North", "2000,A").replace("South", "2O01,A")
         .replace("East", "2001,B"), "the period '2O01' is not a whole number"),
    ],
)  # fmt: skip
def test_a_fault_of_the_table_names_its_line(rcsd: Rcsd, firms: Path, text: str, said: str) -> None:
    """And nothing is written."""
    firms.write_text(text)
    periods = ("--period", "year") if "year" in text else ()
    result = assessed(rcsd, firms, "--out", firms.parent / "out", *periods)
    assert result.exit_code == 2
    assert re.search(rf"firms\.csv(:\d)?: .*{said}", result.stderr)
    assert not (firms.parent / "out").exists()
