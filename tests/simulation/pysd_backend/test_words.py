"""What PySD says reaches the user in the words of the model, or not at all."""

import warnings
from pathlib import Path

import pytest

from rcsd.errors import ModelError, RcsdError, RcsdWarning
from rcsd.simulation.loading import load
from rcsd.simulation.pysd_backend.naming import Naming
from rcsd.simulation.reader.pysd_calls import heard_pysd
from tests.simulation.functions.models import vensim

NAMING = Naming({"river flow": "n00007"}, {"n00007": "River Flow"})


@pytest.mark.parametrize("text", ["n00007", "_smoothn_n00007", "_ext_constant_n00007", "_integ_n00007_2"])
def test_names_of_pysds_objects_are_those_of_the_model(text: str) -> None:
    """A variable may have several, with a number behind."""
    assert NAMING.in_words(f"{text} is odd") == "River Flow is odd"


def test_a_message_of_pysd_is_one_line_of_ours() -> None:
    """Of our own class, so that a command line shows it as it shows others."""
    with pytest.warns(RcsdWarning, match=r"^PySD says: River Flow is very short$"), heard_pysd(NAMING.in_words):
        warnings.warn("_delayn_n00007\nis very short", UserWarning, stacklevel=1)


FIXED_ARRAY = """{UTF-8}
Pipe: upper, lower ~~|
Length[Pipe] = 1, 2 ~~|
Out[Pipe] = DELAY FIXED(Time, Length[Pipe], 0) ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 3 ~~|
TIME STEP = 1 ~~|
SAVEPER = 1 ~~|
"""


def test_what_pysd_cannot_run_names_the_backends_that_can(tmp_path: Path) -> None:
    """Without a word of its Python."""
    path = tmp_path / "pipes.mdl"
    path.write_text(FIXED_ARRAY)
    with pytest.raises(RcsdError) as told:
        load(path).run(backend="pysd").require_some()
    assert str(told.value).endswith("PySD cannot take the model; run it with backend 'interpreted' or 'compiled'")
    assert load(path).run(backend="interpreted").of("Out[lower]")[0].tolist() == [0, 0, 0, 1]


def test_what_no_backend_can_run_says_why(tmp_path: Path) -> None:
    """The fault is the model's."""
    path = vensim(tmp_path, "curve((0,1),(4,9))\nraised = curve * 2")
    with pytest.raises(RcsdError, match=r"and no other backend can: .*uses the table 'curve' as a number"):
        load(path).run(backend="pysd").require_some()


def test_a_diagonal_is_refused_where_pysd_would_take_other_elements(tmp_path: Path) -> None:
    """Of 1, 2; 3, 4 it is 1, 4: the engine gives it, PySD is not asked; a sum over one of the two places it can."""
    path = vensim(
        tmp_path,
        "Row: first, second\nColumn <-> Row\nm[Row, Column] = 1, 2; 3, 4;\n"
        "across[Row] = SUM(m[Row, Column!])\nd[Row] = m[Row, Row]",
    )
    run = load(path).run(backend="interpreted", outputs=["d[first]", "d[second]", "across[second]"])
    assert run.values[0, 0].tolist() == [1, 4, 7]
    with pytest.raises(ModelError, match=r"the range 'row' stands twice in one reference.*backend 'interpreted'"):
        load(path).simulator("pysd")
    path.write_text(path.read_text("utf-8").replace("m[Row, Row]", "across[Row]"), encoding="utf-8")
    assert load(path).run(backend="pysd").of("d[second]")[0, 0] == 7
