"""What a run may set beside constants, held to the same model with the numbers written into its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rcsd.errors import ModelError, ParameterError
from rcsd.simulation.loading import LoadedModel, load

FARM = """{UTF-8}
Stand: oak, pine ~~|
Growth[Stand] = 1, 2 ~~|
Same[Stand] = 3 ~~|
Felling = 0.5 ~~|
Age = Time + 0.3 ~~|
Wood[Stand] = INTEG(Growth[Stand] * Same[Stand] - Felling * Effect(Age) * Wood[Stand], 10 + Same[Stand]) ~~|
Effect( (0,1),(2.5,2),(5,0.5) ) ~~|
Twice = WITH LOOKUP(Age, ((0,0),(3,6),(6,0)) ) ~~|
Readings = LOOKUP EXTRAPOLATE(Effect, Age * 2) + LOOKUP AREA(Effect, 1, Age) + LOOKUP SLOPE(Effect, Age, 0)
    + LOOKUP FORWARD(Effect, Age) ~~|
Late = DELAY3(Age, 3) + SMOOTH(Age, 2) ~~|
Nth = DELAY N(Age, 2, 0, 4) ~~|
Piped = DELAY FIXED(Age, 2, 0) ~~|
Sales[Stand] = SMOOTH3(Wood[Stand], 1.5) ~~|
Paced = SMOOTH(Age, 4 * Felling) ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 6 ~~|
TIME STEP = 0.25 ~~|
SAVEPER = 1 ~~|
"""
OUTPUTS = ["Wood[oak]", "Wood[pine]", "Twice", "Readings", "Late", "Nth", "Piped", "Sales[oak]", "Sales[pine]"]
Case = dict[str, tuple[float, str, str]]
CASES: list[Case] = [
    {
        "all: Growth": (1.5, "1, 2 ~~", "1.5, 1.5 ~~"),
        "all: Same": (4.0, "Same[Stand] = 3", "Same[Stand] = 4"),
        "point: Effect(2.5)": (3.0, "(2.5,2)", "(2.5,3)"),
        "point: Effect(5)": (0.7, "(5,0.5)", "(5,0.7)"),
        "point: Twice(3)": (5.0, "(3,6)", "(3,5)"),
        "delay time 1: Late": (2.0, "DELAY3(Age, 3)", "DELAY3(Age, 2)"),
        "delay time 2: Late": (1.0, "SMOOTH(Age, 2)", "SMOOTH(Age, 1)"),
        "delay time: Nth": (0.7, "DELAY N(Age, 2", "DELAY N(Age, 0.7"),
        "delay time: Piped": (1.0, "FIXED(Age, 2", "FIXED(Age, 1"),
    },
    {
        "factor: Growth": (2.0, "1, 2 ~~", "2, 4 ~~"),
        "factor: initial: Wood": (2.0, "10 + Same[Stand])", "2 * (10 + Same[Stand]))"),
        "factor: Effect": (2.0, "(0,1),(2.5,2),(5,0.5)", "(0,2),(2.5,4),(5,1)"),
    },
    {
        "Growth[pine]": (1.5, "1, 2 ~~", "1, 1.5 ~~"),
        "all: initial: Wood": (7.0, "10 + Same[Stand])", "7)"),
        "delay time: Sales[oak]": (1.5, "Twice =", "Twice ="),
    },
]


def _farm(folder: Path, name: str, text: str = FARM) -> LoadedModel:
    path = folder / f"{name}.mdl"
    path.write_text(text)
    return load(path)


@pytest.fixture
def farm(tmp_path: Path) -> LoadedModel:
    """Two stands of trees with delays and tables of every kind."""
    return _farm(tmp_path, "farm")


@pytest.mark.parametrize("case", CASES, ids=["values", "factors", "elements"])
def test_inputs_do_what_the_file_with_those_numbers_does(tmp_path: Path, farm: LoadedModel, case: Case) -> None:
    """With none set the numbers are the model's own, to the bit; with all set, those of the rewritten file."""
    simulator = farm.simulator("interpreted", settable=list(case))
    own = farm.simulator("interpreted").run({}, outputs=OUTPUTS).values
    assert np.array_equal(simulator.run({}, outputs=OUTPUTS).values, own)
    text = FARM
    for _, old, new in case.values():
        assert old in text
        text = text.replace(old, new)
    exact = _farm(tmp_path, "rewritten", text).simulator("interpreted").run({}, outputs=OUTPUTS).values
    found = simulator.run({name: value for name, (value, _, _) in case.items()}, outputs=OUTPUTS).values
    assert found == pytest.approx(exact, rel=1e-11, abs=1e-11)
    for name, (value, old, new) in case.items():
        alone = simulator.run({name: value}, outputs=OUTPUTS).values
        assert np.array_equal(alone, own) == (old == new), name


@pytest.mark.parametrize("case", [CASES[0], pytest.param(CASES[1], marks=pytest.mark.slow)], ids=["values", "factors"])
def test_inputs_vary_from_run_to_run_in_compiled_batches(farm: LoadedModel, case: Case) -> None:
    """A batch of many rows in machine code gives what the interpreter gives, to the last bit."""
    rng = np.random.default_rng(3)
    rows = {name: value * rng.uniform(0.8, 1.2, 9) for name, (value, _, _) in case.items()}
    if "delay time: Piped" in rows:
        rows["delay time: Piped"] = np.array([0.5, 1, 2, 3, 0.5, 1, 2, 3, 4])
    many = farm.simulator("compiled", settable=list(case)).run(rows, outputs=OUTPUTS).values
    plain = farm.simulator("interpreted", settable=list(case)).run(rows, outputs=OUTPUTS).values
    assert np.array_equal(many, plain)
    assert np.unique(many[:, -1, 0]).size == 9


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("point: Effect(2)", r"no point at 2; its x are 0, 2\.5, 5"),
        ("point: Felling(2)", "'Felling' is no table"),
        ("all: point: Effect(2.5)", "factor: Effect"),
        ("delay time: Late", r"has 2 delays; say which: 'delay time 1: Late', 'delay time 2: Late'"),
        ("delay time 3: Late", "has 2 delays"),
        ("delay time: Felling", "has no delay or smooth"),
        ("delay time: Paced", "no number in the equation of 'Paced'; set what it names"),
        ("all: Felling", "of a constant with subscripts"),
        ("all: Growth[oak]", "of a constant with subscripts"),
        ("factor: Age", "or the points of a table"),
        ("all: initial: Age", "'Age' is no stock"),
    ],
)
def test_what_cannot_be_set_says_why(farm: LoadedModel, name: str, told: str) -> None:
    """One line, with what can be set in its place."""
    with pytest.raises(ParameterError, match=told):
        farm.run({name: 3}, backend="interpreted")


def test_a_table_is_set_by_points_or_exchanged_but_not_both(farm: LoadedModel) -> None:
    """Its x may be others then, so that a point would be none."""
    with pytest.raises(ParameterError, match="do one of the two"):
        farm.simulator("interpreted", settable=["point: Effect(5)"], tables={"Effect": ([0, 1], [1, 1])})


def test_a_table_read_backwards_has_no_settable_points(tmp_path: Path) -> None:
    """What it gives is not linear in its points."""
    text = FARM.replace("Piped =", "Back = LOOKUP INVERT(Twice Table, 3) ~~|\nTwice Table( (0,0),(3,6) ) ~~|\nPiped =")
    model = _farm(tmp_path, "back", text)
    with pytest.raises(ModelError, match="read backwards"):
        model.simulator("interpreted", settable=["point: Twice Table(3)"])
