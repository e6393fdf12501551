"""What a Vensim model takes from files: elements of ranges, tags of the settings, cells that hold no number."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError, RcsdWarning
from rcsd.simulation.loading import load
from tests.simulation.reader.vensim.small import TIMES, row, values, written


def test_a_range_takes_its_elements_from_a_file(tmp_path: Path) -> None:
    """Down a column, with a prefix; a mapping to it works as to any other."""
    (tmp_path / "towns.csv").write_text("name,people\nwest,1\neast,2\n", "utf-8")
    text = (
        "Town: GET DIRECT SUBSCRIPT('towns.csv', ',', 'A2', 'A3', 't') ~~|\nArea: a1, a2 -> Town ~~|\n"
        "v[Area] = 3, 4 ~~|\ny[Town] = v[Area] * Town ~~|\nz = y[teast] ~~|"
    )
    for backend in ("interpreted", "pysd"):
        y = values(tmp_path, text.replace(" * Town", "") if backend == "pysd" else text, backend=backend)
        assert y["z"][0] == (4 if backend == "pysd" else 8)
    assert row(values(tmp_path, text), "y") == [3, 8]


def test_a_tag_of_the_settings_names_the_file(tmp_path: Path) -> None:
    """As Vensim saves it: the equation has ?numbers, line 30 of the settings its file."""
    (tmp_path / "numbers.csv").write_text("a,5\nb,6\n", "utf-8")
    settings = "\n\\\\\\---/// Sketch information\n///---\\\\\\\n:L<%^E!@\n15:0,0,0,1,0,0\n30:?numbers=numbers.csv\n"
    text = "y = GET DIRECT CONSTANTS('?numbers', ',', 'B2') ~~|"
    assert values(tmp_path, text, TIMES + settings)["y"][0] == 6
    assert load(written(tmp_path, text, TIMES + settings)).time.method == "rk4"


def test_a_cell_of_constants_without_a_number_counts_as_nothing(tmp_path: Path) -> None:
    """Vensim's own output has 0 there; here it is said."""
    (tmp_path / "k.csv").write_text("x,c1,c2\nr1,1,none\nr2,3,4\n", "utf-8")
    text = "R: r1, r2 ~~|\nC: c1, c2 ~~|\nk[R,C] = GET DIRECT CONSTANTS('k.csv', ',', 'B2') ~~|\ny = SUM(k[R!,C!]) ~~|"
    with pytest.warns(RcsdWarning, match="no number counts as 0"):
        assert values(tmp_path, text)["y"][0] == 8


def test_a_range_without_its_file_is_told_when_it_runs(tmp_path: Path) -> None:
    """The model can be looked at without."""
    path = written(tmp_path, "Town: GET DIRECT SUBSCRIPT('towns.csv', ',', 'A2', 'A3', '') ~~|\ny[Town] = 1 ~~|")
    model = load(path)
    assert model.variables == ("y",)
    with pytest.raises(ModelError, match=r"towns\.csv, which is not there"):
        model.run()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("GET DIRECT DATA('k.csv', ',', 'A')", r"with 3 arguments; write GET DIRECT DATA\('file', 'tab', 'time row"),
        ("GET XLS CONSTANTS('k.xlsx', 'S')", r"with 2 arguments; write GET XLS CONSTANTS\('file', 'tab', 'cell'\)"),
        (
            "GET DIRECT CONSTANTS('k.csv', ',', '7B')",
            "reads the cell '7B', which there is not; write the column before",
        ),
    ],
)
def test_a_reader_of_files_has_a_form(tmp_path: Path, call: str, message: str) -> None:
    """The form is told, not what Python misses."""
    with pytest.raises(ModelError, match=rf"small\.mdl:2: variable 'y': its definition .*{message}"):
        load(written(tmp_path, f"y = {call} ~~|"))


def test_a_folder_is_no_data_file(tmp_path: Path) -> None:
    """It is there, so that nobody need put it there."""
    (tmp_path / "k.csv").mkdir()
    path = written(tmp_path, "y = GET DIRECT CONSTANTS('k.csv', ',', 'B2') ~~|")
    with pytest.raises(ModelError, match=r"k\.csv, which is a folder; name a file"):
        load(path).run()
