"""Other readings of tables and data, against the manual's own examples."""

from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.errors import ModelError, ParameterError
from tests.simulation.functions.models import BOTH, vensim

NA = -(2.0**109)
LOOK = "look((0,1),(1,1),(2,2))"
BENT = "bent((0,0),(1,1),(2,1.5))"


@pytest.mark.parametrize("backend", BOTH)
def test_tables_are_read_as_the_manual_says(backend: str, tmp_path: Path) -> None:
    """Every example of the manual; of LOOKUP SLOPE on the table that they fit, with slopes 1 and 1/2."""
    cases = {
        "LOOKUP EXTRAPOLATE(look, -1)": 1,
        "LOOKUP EXTRAPOLATE(look, 1.5)": 1.5,
        "LOOKUP EXTRAPOLATE(look, 2.5)": 2.5,
        "LOOKUP FORWARD(look, -1)": 1,
        "LOOKUP FORWARD(look, 1.5)": 2,
        "LOOKUP FORWARD(look, 2.5)": 2,
        "LOOKUP BACKWARD(look, -1)": 1,
        "LOOKUP BACKWARD(look, 1.5)": 1,
        "LOOKUP BACKWARD(look, 2.5)": 2,
        "LOOKUP AREA(look, 0, 1)": 1,
        "LOOKUP AREA(look, 2, 4)": 4,
        "LOOKUP AREA(look, 0.5, 2.5)": 3,
        "LOOKUP AREA(look, -2, -1)": 1,
        "LOOKUP AREA(look, 2.5, 0.5)": -3,
        "LOOKUP SLOPE(bent, -1, -1)": NA,
        "LOOKUP SLOPE(bent, -1, 0)": 0,
        "LOOKUP SLOPE(bent, -1, 1)": 1,
        "LOOKUP SLOPE(bent, 9, 1)": 0.5,
        "LOOKUP SLOPE(bent, 1, 0)": 0.75,
        "LOOKUP SLOPE(bent, 0.5, 0)": 1,
        "LOOKUP SLOPE(bent, 1.5, 0)": 0.5,
        "LOOKUP INVERT(bent, 1.25)": 1.5,
        "LOOKUP INVERT(bent, 7)": 2,
        "LOOKUP INVERT(look, 1)": 0,
        "LOOKUP INVERT(falling, 3)": 2.5,
    }
    equations = "\n".join(f"y{i} = {call}" for i, call in enumerate(cases))
    path = vensim(tmp_path, f"{LOOK}\n{BENT}\nfalling((1,9),(2,4),(3,2))\n{equations}")
    names = [f"y{i}" for i, _ in enumerate(cases)]
    found = rcsd.load(path).simulator(backend).run(outputs=names, times=[0.0]).values[0, 0]
    np.testing.assert_allclose(found, list(cases.values()), rtol=1e-14, atol=1e-14, err_msg=str(list(cases)))


@pytest.mark.parametrize("backend", BOTH)
def test_what_is_made_of_a_table_follows_other_points(backend: str, tmp_path: Path) -> None:
    """Of a model that is compiled already, too: the area of another table is that of the other table."""
    model = rcsd.load(vensim(tmp_path, f"{LOOK}\ny = LOOKUP AREA(look, 0, 2)\nz = LOOKUP INVERT(look, 3)"))
    simulator = model.simulator(backend)
    others = simulator.with_tables({"look": ([0, 4], [0, 4])})
    made = model.simulator(backend, tables={"look": ([0, 4], [0, 4])})
    assert simulator.run(outputs=["y", "z"], times=[0.0]).values[0, 0].tolist() == [2.5, 2]
    for each in (others, made):
        assert each.run(outputs=["y", "z"], times=[0.0]).values[0, 0].tolist() == [2, 3]
    with pytest.raises(ParameterError, match="y neither rise nor fall throughout"):
        simulator.with_tables({"look": ([0, 1, 2], [0, 4, 1])})


def test_an_inverse_that_is_none_is_refused(tmp_path: Path) -> None:
    """A table that goes up and down has several x to one y."""
    path = vensim(tmp_path, "bump((0,0),(1,3),(2,1))\ny = LOOKUP INVERT(bump, 2)")
    with pytest.raises(ModelError, match="neither rise nor fall throughout; make it monotone"):
        rcsd.load(path).simulator("interpreted")


def test_a_variable_that_is_no_table_is_told(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(ModelError, match="'x': a function of tables or data needs the name of one"):
        rcsd.load(vensim(tmp_path, "x = Time\ny = LOOKUP FORWARD(x, 2)")).simulator("interpreted")


@pytest.mark.parametrize("backend", BOTH)
def test_data_is_asked_at_other_times(backend: str, tmp_path: Path) -> None:
    """The manual, and for modes 1 and -1 what Vensim gives: at a time rounded down; earlier values are earlier.

    The series has 0, 10, 20 at 0, 1, 2 and 70, 80 at 9, 10.
    """
    cases = {
        "GET DATA BETWEEN TIMES(d, Time + 3, 0)": 20 + 50 / 7,
        "GET DATA BETWEEN TIMES(d, Time + 3, 1)": 70,
        "GET DATA BETWEEN TIMES(d, Time + 3, -1)": 20,
        "GET DATA BETWEEN TIMES(d, Time + 1, mode)": 0,
        "GET DATA BETWEEN TIMES(d, Time + 1, 1)": 10,
        "GET DATA BETWEEN TIMES(d, Time + 1.5, 1)": 10,
        "GET DATA BETWEEN TIMES(d, Time + 11, 0)": NA,
        "GET DATA BETWEEN TIMES(d, Time - 1, 0)": NA,
        "GET DATA AT TIME(d, 9)": 70,
        "GET DATA AT TIME(d, 8)": NA,
        "GET DATA FIRST TIME(d)": 0,
        "GET DATA LAST TIME(d)": 10,
        "GET DATA TOTAL POINTS(d)": 5,
        "GET DATA MIN(d, 1, FINAL TIME)": 10,
        "GET DATA MAX(d, 0, 2)": 20,
        "GET DATA MEAN(d, INITIAL TIME, 2)": 10,
        "GET DATA STDV(d, 0, 1)": 5,
        "GET DATA MEAN(d, 3, 4)": NA,
    }
    equations = "\n".join(f"y{i} = {call}" for i, call in enumerate(cases))
    path = vensim(tmp_path, f"d\nmode = -1\n{equations}\nz = d")
    simulator = rcsd.load(path).simulator(backend, tables={"d": ([0, 1, 2, 9, 10], [0, 10, 20, 70, 80])})
    names = [f"y{i}" for i, _ in enumerate(cases)]
    found = simulator.run(outputs=names, times=[0.0]).values[0, 0]
    np.testing.assert_allclose(found, list(cases.values()), rtol=1e-14, err_msg=str(list(cases)))
    with pytest.raises(ParameterError, match="part of the structure, since a function such as GET DATA MEAN"):
        simulator.with_tables({"d": ([0, 1], [2, 3])})
