"""What stands in a model file is read and never run: numbers are numbers, words are words, paths stay at home."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError
from rcsd.simulation.loading import load
from rcsd.simulation.reader import read
from rcsd.simulation.reader.process.literals import literal

TAIL = """
INITIAL TIME = 0 ~ Year ~ |
FINAL TIME = 2 ~ Year ~ |
TIME STEP = 1 ~ Year ~ |
SAVEPER = TIME STEP ~ Year ~ |
"""


@pytest.fixture
def model(tmp_path: Path):
    """Return a function that writes a Vensim model of some equations, in a folder of its own."""

    def written(equations: str) -> Path:
        folder = tmp_path / "model"
        folder.mkdir(exist_ok=True)
        path = folder / "m.mdl"
        path.write_text("{UTF-8}\n" + equations + TAIL, encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7), ("-1.5e-3", -0.0015), ("007", 7), (".5", 0.5), ("- 2", -2), ("10 - 4-3 + 2", 5), ("1-.5", 0.5),
        ("9" * 400, float("inf")),
        ("'a b'", "a b"), (r"'data\rates.csv'", r"data\rates.csv"), ("''", ""),
        ("(0,1),(2,-3e1)", [(0, 1), (2, -30)]), ("[(0,0),(10,10),( 1 , 2 )]", [(0, 0), (10, 10), (1, 2)]),
        ("(1,2),", [(1, 2)]),
    ],
)  # fmt: skip
def test_literals_are_read(text: str, value: object) -> None:
    """As Python would, but for leading zeros, which are no mistake in a model, and backslashes, which are paths."""
    assert literal(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "x", "1*1", "1 1", "1--1", "__import__('os')", "[(0,0),(1,1)] and exit(7)", "(1,2),(f(3),4)", "[(9**9,0)]",
     "(1,2)(", "[", "'",
     "'a' + 'b'", "('a','b')", "1j", "True", "1_0", "((1,2))", "()", "[]", "(1,2,3)", "\u0661"],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    """Names, calls, operators, other brackets; nothing is worked out."""
    with pytest.raises(ValueError, match="stands where a table has numbers"):
        literal(text)


@pytest.mark.parametrize("inside", ["(print(1),0),(2,2)", "(0,0)-(10,2**999)", "1 if x else 2", "'"])
def test_limits_of_a_table_are_numbers_and_nothing_else(model, inside: str) -> None:
    """In a table of its own and in WITH LOOKUP; the message names line and variable."""
    for equation, name in ((f"T([{inside}],(0,0),(1,1)) ~ ~ |\ny = T(Time) ~ ~ |", "T"),
                           (f"y = WITH LOOKUP(Time, ([{inside}],(0,0),(1,1))) ~ ~ |", "y")):  # fmt: skip
        with pytest.raises(ModelError, match=rf"m\.mdl:3: variable '{name}': .*stands where a table has numbers"):
            read(model(f"a = 1 ~ ~ |\n{equation}"))


def test_limits_as_vensim_writes_them_pass(model) -> None:
    """With the points of its curve behind them; the value is that of the table."""
    path = model("T([(0,0)-(10,10),(0,0),(5,5),(10,10)],(0,1),(1,3)) ~ ~ |\ny = T(Time/2) ~ ~ |")
    assert load(path).run(backend="interpreted").of("y")[0].tolist() == [1, 2, 3]


def test_a_path_may_be_written_as_windows_does(model) -> None:
    """A backslash parts folders; it begins no escape."""
    path = model(r"y = GET DIRECT CONSTANTS('data\rates.csv', ',', 'B1') ~ ~ |")
    (path.parent / "data").mkdir()
    (path.parent / "data" / "rates.csv").write_text("a,4.5\n", encoding="utf-8")
    assert read(path).external_files == (path.parent / "data" / "rates.csv",)
    for backend in ("interpreted", "pysd"):
        assert load(path).run(backend=backend).of("y")[0].tolist() == [4.5] * 3


def outside(model, tmp_path: Path, written: str) -> Path:
    """Write a model that reads a file outside its folder."""
    (tmp_path / "secret.csv").write_text("a,42\n", encoding="utf-8")
    return model(f"y = GET DIRECT CONSTANTS('{written}', ',', 'B1') ~ ~ |")


@pytest.mark.parametrize("written", ["../secret.csv", "../model/../secret.csv", r"..\secret.csv", "{there}/secret.csv"])
def test_a_file_outside_the_folder_is_read_only_when_allowed(model, tmp_path: Path, written: str) -> None:
    """However it is written; the message names the option, and with it all back ends read the file."""
    path = outside(model, tmp_path, written.format(there=tmp_path.as_posix()))
    with pytest.raises(
        ModelError, match=r"variable 'y': reads .*secret\.csv.*outside the model's folder.*--allow-outs"
    ):
        load(path)
    for backend in ("interpreted", "pysd"):
        assert load(path, allow_outside=True).run(backend=backend).of("y")[0].tolist() == [42] * 3
    with pytest.raises(ModelError, match="outside the model's folder"):
        load(path)


def test_a_link_that_leads_outside_is_followed_before_it_is_judged(model, tmp_path: Path) -> None:
    """An archive can carry links."""
    path = outside(model, tmp_path, "inside.csv")
    (path.parent / "inside.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(ModelError, match="outside the model's folder"):
        load(path)


@pytest.mark.parametrize(
    "arguments",
    ['"a.csv", "B1"'.replace('"', "'").replace("a.csv", 'a".csv'), "'a.csv', '\"', 'B1'", "'a.csv', ',', 'B1\\'",
     "'a.csv', ',', 'B\x011'", "'a\x1b.csv', ',', 'B1'", "'a.csv', ',', '" + "B" * 300 + "'"],
)  # fmt: skip
def test_names_of_files_sheets_and_cells_are_words(model, arguments: str) -> None:
    """No quotation mark, backslash or control character, and no book."""
    with pytest.raises(ModelError, match=r"m\.mdl:2: variable 'y'"):
        read(model(f"y = GET DIRECT CONSTANTS({arguments}) ~ ~ |"))


@pytest.mark.parametrize("backend", ["auto", "interpreted", "compiled", "pysd"])
def test_a_data_file_that_is_not_there_is_one_message(model, backend: str) -> None:
    """The model can be looked at, not run."""
    path = model("a = 1 ~ ~ |\ny := GET DIRECT DATA('rain.csv', ',', 'A', 'B2') ~ ~ |")
    loaded = load(path)
    with pytest.raises(
        ModelError, match=r"m\.mdl:3: variable 'y': reads the data file .*rain\.csv, which is not there"
    ):
        loaded.simulator(backend)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.csv"])
def test_a_data_file_that_is_none_is_one_message(model, name: str) -> None:
    """A spreadsheet that no program can read."""
    path = model(f"y = GET DIRECT CONSTANTS('{name}', 'Sheet1', 'B1') ~ ~ |")
    (path.parent / name).write_bytes(b"\x00\xffno spreadsheet\n\n")
    with pytest.raises(ModelError, match=r"m\.mdl.*"):
        load(path).simulator("interpreted")
