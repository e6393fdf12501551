"""`rcsd dea` from the outside."""

import json

import pandas as pd
import pytest

pytestmark = pytest.mark.usefixtures("undrawn")

TABLE = "firm,year,staff,capital,sales,waste\n" + "".join(
    f"{firm},{year},{staff},{capital},{sales},{waste}\n"
    for firm, year, staff, capital, sales, waste in [
        ("A", 2000, 4, 3, 2, 3),
        ("B", 2000, 6, 3, 2, 3),
        ("C", 2000, 8, 1, 6, 2),
        ("A", 2001, 4, 3, 3, 3),
        ("B", 2001, 6, 3, 3, 2),
        ("C", 2001, 8, 1, 5, 1),
    ]
)
COLUMNS = ("--unit", "firm", "--inputs", "staff,capital", "--outputs", "sales")


@pytest.fixture
def table(tmp_path):
    """Return a user's table."""
    path = tmp_path / "firms.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.mark.drawn
def test_a_users_table_is_measured_and_written(rcsd, table, tmp_path):
    """Page, figures, three CSVs and a JSON document that agree with one another."""
    done = rcsd("dea", table, *COLUMNS, "--period", "year", "--model", "bcc", "--out", tmp_path / "out", "--json")
    assert done.exit_code == 0, done.stderr
    document = json.loads(done.stdout)
    folder = tmp_path / "out" / "dea"
    assert document["report"] == str(folder / "index.html")
    scores = pd.read_csv(folder / "scores.csv")
    assert [unit["score"] for unit in document["result"]["units"]] == pytest.approx(scores["score"].tolist())
    assert document["result"]["model"] == {"kind": "bcc", "orientation": "output", "returns": "variable"}
    assert len(pd.read_csv(folder / "malmquist.csv")) == 3
    assert pd.read_csv(folder / "lambdas.csv").groupby("unit")["lambda"].sum().tolist() == pytest.approx([1.0] * 6)
    assert (folder / "figures" / "dea-malmquist.svg").exists()


def test_the_four_cities_are_printed_without_a_word(rcsd, tmp_path):
    """Scores of 2013, the index since 2000, the page."""
    done = rcsd("dea", "--out", tmp_path)
    assert done.exit_code == 0, done.stderr
    assert "Four coal cities of Heilongjiang, 2013: ccr, output-oriented; 9 of 56 rows are efficient" in done.stdout
    assert "Malmquist index from 2000 to 2013" in done.stdout
    assert done.stdout.rstrip().endswith("index.html")


@pytest.mark.parametrize(
    "words",
    [
        ("--period", "year", "--undesirable", "waste", "--model", "sbm"),
        ("--undesirable", "waste", "--model", "bcc", "--period", "year", "--orientation", "input"),
        ("--super", "--model", "bcc", "--orientation", "input", "--period", "year"),
        ("--period", "year", "--group", "waste"),
    ],
)
def test_every_choice_has_a_page(rcsd, table, tmp_path, words):
    """Exit code 0 and a page, whatever is infeasible in it."""
    done = rcsd("dea", table, *COLUMNS, *words, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "out" / "dea" / "index.html").exists()


def test_a_table_without_periods_is_ranked(rcsd, tmp_path):
    """No Malmquist index, and no file of one."""
    path = tmp_path / "t.csv"
    path.write_text("unit,x,y\nA,2,2\nB,4,3\n", encoding="utf-8")
    done = rcsd("dea", path, "--inputs", "x", "--outputs", "y", "--out", tmp_path, "--json")
    assert done.exit_code == 0, done.stderr
    document = json.loads(done.stdout)["result"]
    assert document["malmquist"] is None
    assert [unit["score"] for unit in document["units"]] == [1.0, 0.75]
    assert not (tmp_path / "dea" / "malmquist.csv").exists()


def test_files_of_an_earlier_table_do_not_stay(rcsd, table, tmp_path):
    """A Malmquist index beside scores of another table would mislead."""
    rcsd("dea", table, *COLUMNS, "--period", "year", "--out", tmp_path)
    path = tmp_path / "t.csv"
    path.write_text("unit,x,y\nA,2,2\nB,4,3\n", encoding="utf-8")
    assert rcsd("dea", path, "--inputs", "x", "--outputs", "y", "--out", tmp_path).exit_code == 0
    assert not (tmp_path / "dea" / "malmquist.csv").exists()
    assert not (tmp_path / "dea" / "figures" / "dea-malmquist.svg").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--inputs", "staff"), "name at least one output"),
        (("--inputs", "stuff", "--outputs", "sales"), "the table has no column 'stuff'"),
        (("--inputs", "staff", "--outputs", "sales"), "A stands here for the second time"),
        (("--inputs", "staff", "--outputs", "sales", "--model", "ccd"), "choose ccr, bcc or sbm"),
        (("--inputs", "staff", "--outputs", "sales", "--undesirable", "waste"), "ask for sbm, or for bcc"),
        (("--inputs", "staff", "--outputs", "sales", "--period", "year", "--group", "x"), "no column 'x'"),
        (("--panel", "--inputs", "staff", "--outputs", "sales"), "--panel is rcsd's own table"),
    ],
)
def test_bad_words_are_one_paragraph(rcsd, table, tmp_path, words, message):
    """Exit code 2, no traceback, nothing written."""
    done = rcsd("dea", table, *words, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert message in done.stderr.replace("\n", " ")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_faulty_cell_is_named_with_its_line(rcsd, tmp_path):
    """A negative input and a unit without output, both at once or one after the other."""
    path = tmp_path / "t.csv"
    path.write_text("unit,x,y\nA,2,2\nB,-4,3\nC,1,0\n", encoding="utf-8")
    done = rcsd("dea", path, "--inputs", "x", "--outputs", "y")
    assert done.exit_code == 2
    assert f"{path}:3: B: x is -4, but inputs and outputs are amounts, zero or more" in done.stderr
    assert f"{path}:4: C: every output is zero (y), so it has no score" in done.stderr


def test_a_file_that_is_not_there(rcsd, tmp_path):
    """Named, with the reason."""
    done = rcsd("dea", tmp_path / "no.csv", "--inputs", "x", "--outputs", "y")
    assert done.exit_code == 2
    assert "no.csv: cannot be read" in done.stderr
