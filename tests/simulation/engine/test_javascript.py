"""Models as JavaScript, run by V8, beside the interpreter."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from numpy.typing import NDArray
from py_mini_racer import MiniRacer

import rcsd
from rcsd.names import canonical
from rcsd.simulation.engine.begun import steps_of
from rcsd.simulation.engine.javascript import model_script, runtime_script
from rcsd.simulation.engine.javascript.translation import translated
from rcsd.simulation.engine.simulator import SystemSimulator
from tests.places import EXAMPLES, MODELS, TEST_MODELS
from tests.simulation.engine.constructs import (
    VENSIM,
    VENSIM_ALONE,
    XMILE,
    XMILE_ALONE,
    write_vensim,
    write_xmile,
)
from tests.simulation.engine.test_random_models import EXPRESSIONS, equations
from tests.simulation.test_settable import CASES, FARM, Case

AGREEMENT = 1e-9
_MODELS = sorted(
    path
    for folder in (MODELS, EXAMPLES, TEST_MODELS)
    for path in folder.rglob("*")
    if path.suffix in (".mdl", ".xmile")
    and not any(word in path.name for word in ("malformed", "undefined", "data_driven"))
)
_CASES = [
    *(pytest.param("mdl", name, id=f"mdl: {name}") for name in (*VENSIM, *VENSIM_ALONE)),
    *(pytest.param("xmile", name, id=f"xmile: {name}") for name in (*XMILE, *XMILE_ALONE)),
]
RANDOM = {
    "uniform": "y = RANDOM UNIFORM(-1, a + 3, 1)",
    "normal": "y = RANDOM NORMAL(-2, 9, a, 3, 1)",
    "one tail": "y = RANDOM NORMAL(5, 6, 0, 1, 1)",
    "exponential": "y = RANDOM EXPONENTIAL(0, 9, 1, a, 1)",
    "gamma": "y = RANDOM GAMMA(0, 9, 2, 0, 1, 1)",
    "poisson": "y = RANDOM POISSON(0, 50, 7, 0, 1, 1)",
    "binomial": "y = RANDOM BINOMIAL(0, 50, 0.3, 20, 0, 1, 1)",
    "beta": "y = RANDOM BETA(0, 1, 2, 3, 0, 1, 1)",
}


@cache
def runtime() -> MiniRacer:
    """Return an engine with the runtime in it, for all models of a test run."""
    engine = MiniRacer()
    engine.eval(runtime_script())
    return engine


def executed(simulator: SystemSimulator, code: str) -> Any:
    """Return what V8 makes of an expression about `model`, which goes through JSON with every number in words."""
    made = f"const model = rcsdRuntime.model({model_script(simulator.system)});"
    text = runtime().eval(f"(function () {{ {made} return JSON.stringify(Array.from({code}, String)); }})()")
    assert isinstance(text, str)
    words = {"NaN": "nan", "Infinity": "inf", "-Infinity": "-inf"}
    return np.array([float(words.get(each, each)) for each in json.loads(text)])


def run(
    simulator: SystemSimulator, inputs: dict[str, float] | None = None, *, number: int = 0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return all variables at all saved times as V8 and as the interpreter work them out; `number` is that of a run."""
    rows = {name: np.full(number + 1, value) for name, value in (inputs or {}).items()}
    if not rows:
        name, default = next(iter(simulator.constants.items()))
        rows = {name: np.full(number + 1, default)}
    ensemble = simulator.run(rows)
    steps = steps_of(simulator.system.time, ensemble.times).tolist()
    options = {"seed": str(simulator.seed), "run": number}  # a number would lose digits
    called = ", ".join(map(json.dumps, (inputs or {}, ensemble.variables, steps, options)))
    found = executed(simulator, f"model.run({called})")
    return found.reshape(len(steps), len(ensemble.variables)), ensemble.values[number]


def assert_agree(simulator: SystemSimulator, inputs: dict[str, float] | None = None, *, number: int = 0) -> None:
    """Compare every number."""
    found, expected = run(simulator, inputs, number=number)
    assert np.isfinite(expected).any()
    np.testing.assert_allclose(found, expected, rtol=AGREEMENT, atol=1e-12, equal_nan=True)


def interpreted(path: Path, *, seed: int = 0) -> SystemSimulator:
    """Load a model for the interpreter."""
    simulator = rcsd.load(path).simulator("interpreted", seed=seed)
    assert isinstance(simulator, SystemSimulator)
    return simulator


@pytest.mark.parametrize(("suffix", "name"), _CASES)
@pytest.mark.filterwarnings("ignore:.*shorter than the time step")
def test_every_construct(suffix: str, name: str, tmp_path: Path) -> None:
    """Both notations."""
    if suffix == "mdl":
        path = write_vensim(tmp_path / "model.mdl", (VENSIM | VENSIM_ALONE)[name])
    else:
        path = write_xmile(tmp_path / "model.xmile", (XMILE | XMILE_ALONE)[name])
    assert_agree(interpreted(path))


@pytest.mark.parametrize("path", _MODELS, ids=lambda path: path.name)
def test_every_model_of_the_repository(path: Path) -> None:
    """Those of the tests as well."""
    assert_agree(interpreted(path))


@pytest.mark.parametrize("equation", RANDOM.values(), ids=RANDOM.keys())
@pytest.mark.parametrize(("seed", "number"), [(0, 0), (20_001, 5), (2**63 + 11, 2)])
def test_draws_are_those_of_the_seed_and_the_run(equation: str, seed: int, number: int, tmp_path: Path) -> None:
    """Also for seeds that no double holds."""
    assert_agree(interpreted(write_vensim(tmp_path / "model.mdl", equation), seed=seed), number=number)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rate=EXPRESSIONS, u=EXPRESSIONS, v=EXPRESSIONS)
def test_random_models(rate: str, u: str, v: str, tmp_path: Path) -> None:
    """A hundred of them."""
    assert_agree(interpreted(write_vensim(tmp_path / "model.mdl", equations(rate, u, v))))


def test_a_constant_that_a_run_sets(tmp_path: Path) -> None:
    """Read before anything is worked out: here the length of a delay."""
    path = write_vensim(tmp_path / "model.mdl", "y = DELAY FIXED(x, a, 3)")
    assert_agree(interpreted(path), {"a": 1.5})


@pytest.mark.parametrize("case", CASES, ids=["values", "factors", "elements"])
def test_whatever_a_run_may_set(case: Case, tmp_path: Path) -> None:
    """Initial values, points and factors of tables, times of delays, elements of constants."""
    path = tmp_path / "farm.mdl"
    path.write_text(FARM)
    simulator = rcsd.load(path).simulator("interpreted", settable=list(case))
    assert isinstance(simulator, SystemSimulator)
    own = {canonical(name): name for name in simulator.constants}
    assert_agree(simulator, {own[canonical(name)]: value for name, (value, _, _) in case.items()})


def test_a_table_with_other_points(tmp_path: Path) -> None:
    """Of another number."""
    path = write_vensim(tmp_path / "model.mdl", "y = t(x)\n~~|\nt((0,0),(5,1),(20,9))")
    simulator = interpreted(path)
    points = ([0.0, 3.0, 8.0, 20.0], [2.0, -1.0, 4.0, 6.0])
    expected = simulator.with_tables({"t": points}).run(outputs=["y"]).values[0, :, 0]
    axis = simulator.system.time
    steps = [round(i * axis.save_step / axis.step) for i in range(len(expected))]
    found = executed(simulator, f"model.withTables({json.dumps({'t': points})}).run({{}}, ['y'], {steps})")
    np.testing.assert_allclose(found, expected, rtol=AGREEMENT)


def test_text_of_a_model_ends_no_script(tmp_path: Path) -> None:
    """Names come from a stranger's file."""
    path = write_vensim(tmp_path / "model.mdl", '"</script><b>" = x\n~~|\ny = "</script><b>"')
    script = model_script(interpreted(path).system)
    assert "</" not in script
    assert "\\u003c/script" in script


def _least(a: float, b: float, c: float) -> float:
    return min(a, b, c)


def test_a_call_that_has_another_meaning_in_javascript_is_refused() -> None:
    """The least of three is not the lesser of the first two."""
    with pytest.raises(NotImplementedError, match=r"min\(a, b, c\)"):
        translated(_least)
