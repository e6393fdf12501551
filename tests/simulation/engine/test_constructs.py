"""Every construct, run by PySD, by the interpreter and by the kernels, from the same file."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.ensemble import Ensemble
from rcsd.errors import RcsdWarning
from tests.places import MODELS, TEST_MODELS
from tests.simulation.engine.constructs import VENSIM, VENSIM_ALONE, XMILE, XMILE_ALONE, write_vensim, write_xmile

AGREEMENT = 1e-9
ROUNDED = 1e-7
"""PySD writes the points of tables with 8 digits."""
_TABLES = {"graphical function"}
_SOLVED = {"available"}
"""PySD looks for the price by least squares, to some nine digits."""
_CASES = [
    *(pytest.param("mdl", name, id=f"mdl: {name}") for name in VENSIM),
    *(pytest.param("xmile", name, id=f"xmile: {name}") for name in XMILE),
]
_ALONE = [
    *(pytest.param("mdl", name, id=f"mdl: {name}") for name in VENSIM_ALONE),
    *(pytest.param("xmile", name, id=f"xmile: {name}") for name in XMILE_ALONE),
]
_REPOSITORY = sorted(
    path
    for folder in (MODELS, TEST_MODELS)
    for path in folder.rglob("*")
    if path.suffix in (".mdl", ".xmile") and "malformed" not in path.name and "undefined" not in path.name
)


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return a function that writes the model of a construct."""

    def write(suffix: str, name: str) -> Path:
        if suffix == "mdl":
            return write_vensim(tmp_path / "model.mdl", (VENSIM | VENSIM_ALONE)[name])
        return write_xmile(tmp_path / "model.xmile", (XMILE | XMILE_ALONE)[name])

    return write


def assert_agree(found: Ensemble, expected: Ensemble, tolerance: float) -> None:
    """Compare every variable at every saved time; a number that is not one must be none in both."""
    assert set(found.variables) == set(expected.variables)
    np.testing.assert_allclose(found.times, expected.times, rtol=1e-12)
    for name in expected.variables:
        np.testing.assert_allclose(
            found.of(name), expected.of(name), rtol=tolerance, atol=1e-12, err_msg=name, equal_nan=True
        )


@pytest.mark.parametrize(("suffix", "name"), _CASES)
@pytest.mark.filterwarnings("ignore:.* is shorter than the time step:rcsd.errors.RcsdWarning")
@pytest.mark.filterwarnings("ignore:Variable 'y' is defined with different types:UserWarning")
def test_the_interpreter_agrees_with_pysd(suffix: str, name: str, written: Callable[[str, str], Path]) -> None:
    """The same numbers at every saved time."""
    model = rcsd.load(written(suffix, name))
    assert model.ir.untaken == ()
    expected = model.simulator("pysd").run()
    assert_agree(model.simulator("interpreted").run(), expected, ROUNDED if name in _TABLES | _SOLVED else AGREEMENT)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.* is shorter than the time step:rcsd.errors.RcsdWarning")
@pytest.mark.parametrize(("suffix", "name"), [*_CASES, *_ALONE])
def test_the_kernels_agree_with_the_interpreter(suffix: str, name: str, written: Callable[[str, str], Path]) -> None:
    """What is generated says what the tree says."""
    model = rcsd.load(written(suffix, name))
    assert_agree(model.simulator("compiled").run(), model.simulator("interpreted").run(), 1e-13)


@pytest.mark.slow
@pytest.mark.parametrize("path", _REPOSITORY, ids=lambda path: path.name)
def test_all_engines_agree_on_the_models_of_the_repository(path: Path) -> None:
    """PySD integrates by Euler's method only, so all do here."""
    model = rcsd.load(path)
    if model.ir.untaken or any(variable.kind == "data" for variable in model.ir):
        pytest.skip("PySD alone runs it, or it needs a series from outside")
    with pytest.warns(RcsdWarning) if model.time.method != "euler" else nullcontext():
        expected = model.simulator("pysd").run()
    for backend in ("interpreted", "compiled"):
        assert_agree(model.simulator(backend, method="euler").run(), expected, AGREEMENT)


def test_a_pulse_without_width_lasts_one_step(tmp_path: Path) -> None:
    """Vensim's manual; PySD lets it vanish."""
    run = rcsd.load(write_vensim(tmp_path / "model.mdl", "y = PULSE(3, 0)")).simulator("interpreted").run()
    assert run.times[run.of("y")[0] == 1].tolist() == [3.0]


def test_the_method_of_the_file_is_honoured(tmp_path: Path) -> None:
    """Exponential decay to 1e-8 by Runge and Kutta's, which Euler's misses by a per cent."""
    for path in (
        write_vensim(tmp_path / "m.mdl", "y = INTEG(-y / 4, 1)", method=5),
        write_xmile(
            tmp_path / "m.xmile",
            '<stock name="y"><eqn>1</eqn><outflow>g</outflow></stock><flow name="g"><eqn>y / 4</eqn></flow>',
            method="RK4",
        ),
    ):
        model = rcsd.load(path)
        run = model.simulator("interpreted").run(outputs=["y"])
        np.testing.assert_allclose(run.of("y")[0], np.exp(-run.times / 4), rtol=1e-7)
        euler = model.simulator("interpreted", method="euler").run(outputs=["y"])
        assert abs(euler.of("y")[0, -1] / np.exp(-3) - 1) > 0.01


@pytest.mark.parametrize(
    ("equation", "values"),
    [
        ("y = POWER(2, -1)", 0.5),
        ("y = SMOOTHI(2.5, 1e9, 1)", 1.0),
        ("y = 1 / 0", np.inf),
        ("y = -1 / 0", -np.inf),
    ],
)
def test_integers_are_numbers_like_any_other(equation: str, values: float, tmp_path: Path) -> None:
    """In PySD integer literals truncate a smooth, and fail in a power or a division by zero."""
    run = rcsd.load(write_vensim(tmp_path / "model.mdl", equation)).simulator("interpreted").run(outputs=["y"])
    assert run.of("y")[0, 0] == pytest.approx(values, rel=1e-9)
