"""Operators bind as Vensim's manual says; the table of the page is what is run."""

from pathlib import Path

import pytest

import rcsd
from rcsd.simulation.functions.logic import OPERATORS
from tests.simulation.functions.models import BOTH, vensim


@pytest.mark.parametrize("backend", BOTH)
def test_the_examples_of_the_page_hold(backend: str, tmp_path: Path) -> None:
    """Each is no constant: something that is zero is added, so that the engines work it out."""
    equations = "\n".join(f"y{i} = 0 * Time + ({example})" for i, (*_, example, _) in enumerate(OPERATORS))
    model = rcsd.load(vensim(tmp_path, equations))
    assert model.ir.untaken == ()
    names = [f"y{i}" for i, _ in enumerate(OPERATORS)]
    found = model.simulator(backend).run(outputs=names, times=[3.0]).values[0, 0]
    assert found.tolist() == [value for *_, value in OPERATORS]


@pytest.mark.parametrize("backend", BOTH)
def test_missing_values_compare_as_numbers(backend: str, tmp_path: Path) -> None:
    """What is not available is -2^109: a number, less than any that a model has."""
    path = vensim(tmp_path, "x = IF THEN ELSE(Time > 1, :NA:, 5)\ny = IF THEN ELSE(x = :NA:, -1, x)", stop=2)
    run = rcsd.load(path).simulator(backend).run(outputs=["x", "y"])
    assert run.of("y")[0].tolist() == [5, 5, -1]
    assert run.of("x")[0, -1] == -(2.0**109)
