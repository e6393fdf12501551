"""Names that no run can set are answered with those that it can."""

import warnings
from pathlib import Path

import pytest

import rcsd
from rcsd.errors import ModelError, ParameterError
from rcsd.simulation.loading import LoadedModel, load

FOREST = """{UTF-8}
Stand: oak, pine ~~|
Growth[Stand] = 1, 2 ~~|
Felling = 0.5 ~ 1/Year [0,1] ~|
Wood[Stand] = INTEG(Growth[Stand] - Felling * Rain, 10) ~~|
Rain ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 2 ~~|
TIME STEP = 1 ~~|
SAVEPER = 1 ~~|
"""
RAIN = {"Rain": ([0.0, 2.0], [1.0, 1.0])}


@pytest.fixture
def forest(tmp_path: Path) -> LoadedModel:
    """Two stands, felled by one share."""
    path = tmp_path / "forest.mdl"
    path.write_text(FOREST)
    return load(path)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("growth", r"'Growth\[oak\]', 'Growth\[pine\]'"),
        ("Growth[Stand]", r"'Growth\[oak\]', 'Growth\[pine\]'"),
        ("initial: Wood", r"'initial: Wood\[oak\]', 'initial: Wood\[pine\]'"),
        ("initial: Felling", r"'Felling' is no stock.*the stocks are 'Wood'"),
        ("Time Step", r"--step on the command line, or with_time\(step=...\)"),
        ("FINAL TIME", r"--to on the command line, or with_time\(stop=...\)"),
        ("SAVEPER", r"--saveper"),
    ],
)
def test_a_name_that_no_run_can_set_is_answered_with_the_right_one(forest: LoadedModel, name: str, told: str) -> None:
    """Nothing is said of the range of what is not set."""
    with warnings.catch_warnings(), pytest.raises(ParameterError, match=told):
        warnings.simplefilter("error")
        forest.run({name: 3}, tables=RAIN, backend="interpreted")


def test_elements_are_set_as_they_are_named(forest: LoadedModel) -> None:
    """In any spelling: 4 + 2 (5 - 0.5)."""
    run = forest.run({"growth[OAK]": 5, "initial: wood[oak]": 4}, tables=RAIN, backend="interpreted")
    assert run.of("Wood[oak]")[0][-1] == 13


def test_what_is_no_set_of_names_is_one_error(forest: LoadedModel) -> None:
    """Lists, no path at all, and a series for what is not there."""
    for simulate in (forest.run, forest.simulator("interpreted", tables=RAIN).run):
        with pytest.raises(ParameterError, match=r"values by name.*got \[3, 4\]"):
            simulate([3, 4])  # type: ignore[operator]
    with pytest.raises(ModelError, match=r"path of a file or the name.*got None"):
        rcsd.load(None)  # type: ignore[arg-type]
    with pytest.raises(ParameterError, match=r"'Rian' is not a table or data variable of forest\.mdl; did you mean"):
        forest.run(tables={"Rian": RAIN["Rain"]})
