"""The co-evolution model in its two formats, in two engines, and against the theory: models/innovation_coevolution."""

import math
import re
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import rcsd
from rcsd.ensemble import Ensemble
from rcsd.names import canonical
from rcsd.theory.coevolution import CoevolutionParameters, driving_force, trajectory

FOLDER = Path(__file__).parents[2] / "models" / "innovation_coevolution"
CHECKS = tomllib.loads((FOLDER / "checks.toml").read_text("utf-8"))
STEP = {"mdl": "TIME STEP  = 0.0625", "xmile": "<dt>0.0625</dt>"}
FORMATS = pytest.mark.parametrize("suffix", ["mdl", "xmile"])


def file(suffix: str) -> Path:
    """Return the model file of a format."""
    return FOLDER / f"innovation_coevolution.{suffix}"


def with_step(suffix: str, step: float, folder: Path) -> Path:
    """Return a copy of the model file with another time step."""
    text = file(suffix).read_text("utf-8")
    assert text.count(STEP[suffix]) == 1
    path = folder / f"step_{step}.{suffix}"
    path.write_text(text.replace(STEP[suffix], STEP[suffix].replace("0.0625", str(step))), "utf-8")
    return path


@pytest.fixture(scope="module")
def model() -> Any:
    """Return the model, loaded from its Vensim file."""
    return rcsd.load(file("mdl"))


@pytest.fixture(scope="module")
def base(model: Any) -> Ensemble:
    """Return the base run, by PySD."""
    return model.run(backend="pysd")


def parameters_of(run: Ensemble) -> CoevolutionParameters:
    """Read the theory's parameters off the model's constants."""
    names = ("Transition Intensity", "Coordination Factor", "Preference Flexibility", "Interconversion Range")
    nu, beta, omega, alpha0, lam = (float(run.of(name)[0, 0]) for name in (*names, "Preference Speed"))
    return CoevolutionParameters(nu=nu, beta=beta, omega=omega, alpha0=alpha0, lam=lam)


def engine_runs(engine: str, path: Path, times: np.ndarray) -> np.ndarray:
    """Return x and alpha of one engine, shape (2, n_times)."""
    variables = CHECKS["integration"]["variables"]
    if engine != "simlin":
        run = rcsd.load(path).run(outputs=variables, times=times, backend=engine)
        return run.values[0].T
    simlin = pytest.importorskip("simlin")
    frame = simlin.load(path).run(analyze_loops=False).results
    columns = {canonical(column): frame[column] for column in frame}
    return np.array([columns[canonical(name)].loc[times].to_numpy() for name in variables])


@FORMATS
@pytest.mark.parametrize("engine", ["pysd", "interpreted", "simlin"])
def test_the_engines_near_the_theory_at_eulers_order(engine: str, suffix: str, base: Ensemble, tmp_path: Path) -> None:
    """Half the step, half the distance to the adaptive solution, to a tenth."""
    rule = CHECKS["integration"]
    times = base.times[::4]
    path = trajectory(parameters_of(base), times)
    exact = np.array([path.preference, path.alpha])
    distances = np.array(
        [np.abs(engine_runs(engine, with_step(suffix, step, tmp_path), times) - exact).max() for step in rule["steps"]]
    )
    assert distances[:-1] / distances[1:] == pytest.approx(2, rel=0.1)
    assert distances[1] < rule["largest_difference"]


@FORMATS
def test_all_engines_agree(suffix: str, base: Ensemble) -> None:
    """PySD, compiled kernels and pysimlin, which share no code, differ by rounding only, in both formats."""
    run = rcsd.load(file(suffix)).run(backend="compiled")
    simlin = pytest.importorskip("simlin")
    frame = simlin.load(file(suffix)).run(analyze_loops=False).results
    columns = {canonical(column): frame[column].loc[base.times].to_numpy() for column in frame}
    assert set(run.variables) == set(base.variables)
    for name in base.variables:
        np.testing.assert_allclose(run.of(name), base.of(name), rtol=1e-12, atol=1e-14, err_msg=name)
        np.testing.assert_allclose(columns[canonical(name)], base.of(name)[0], rtol=1e-12, atol=1e-14, err_msg=name)


def test_the_flows_are_those_of_the_theory(base: Ensemble) -> None:
    """At every saved state the driving force is eq 13, and the inputs are those of eqs 1, 2 and 4."""
    x, alpha = base.of("Innovation Preference")[0], base.of("Interconversion Factor")[0]
    expected = driving_force(x, alpha, parameters_of(base))
    np.testing.assert_allclose(base.of("Driving Force")[0], expected, rtol=1e-12, atol=1e-15)
    technological, institutional = base.of("Technological Input")[0], base.of("Institutional Input")[0]
    total = base.of("Total Innovation Input")[0]
    np.testing.assert_allclose(technological + institutional, total, rtol=1e-14)
    np.testing.assert_allclose(base.of("Relative Institutional Input")[0] / (total / 2), x, atol=1e-14)


@pytest.mark.parametrize("case", CHECKS["extremes"], ids=lambda case: case["name"])
def test_extreme_conditions(case: dict[str, Any], model: Any) -> None:
    """Stocks stay in their bounds; what must not move does not, what must settle does."""
    run = model.run(case["set"])
    for name, (low, high) in CHECKS["bounds"].items():
        assert (run.of(name) >= low).all(), name
        assert (run.of(name) <= high).all(), name
    for name in case.get("constant", []):
        assert np.ptp(run.of(name)) == 0, name
    for name in case.get("zero", []):
        assert (run.of(name) == 0).all(), name
    for name, value in case.get("settles", {}).items():
        assert run.of(name)[0, -1] == pytest.approx(value, abs=1e-3), name


def slope(model: Any, cause: str, effect: str, values: dict[str, float]) -> float:
    """Change of a variable (of a stock: its net flow) per unit of one cause, the other causes held."""
    equation = re.sub(r"^INTEG \((.+), [^,]+\)$", r"\1", model.ir[effect].equation)
    assert cause in equation, f"{cause} -> {effect}"
    results = []
    for shift in (1e-6, -1e-6):
        moved = values | {cause: values[cause] + shift}
        names = sorted(moved, key=len, reverse=True)
        code = re.sub("|".join(map(re.escape, names)), lambda found: f"({moved[found[0]]!r})", equation)  # noqa: B023
        results.append(eval(code, {"EXP": math.exp}))
    return (results[0] - results[1]) / 2e-6


@pytest.mark.parametrize("year", [2.0, 14.0])
@pytest.mark.parametrize("loop", CHECKS["loops"], ids=lambda loop: loop["name"])
def test_a_feedback_loop_is_closed_and_has_its_polarity(
    loop: dict[str, Any], year: float, model: Any, base: Ensemble
) -> None:
    """Each variable of the chain moves the next, in growth and at the peak; the signs multiply to R (+) or B (-)."""
    at = int(np.argmax(base.times == year))
    values = {name: float(base.of(name)[0, at]) for name in base.variables}
    chain = loop["through"]
    links = zip(chain, [*chain[1:], chain[0]], strict=True)
    product = np.prod([np.sign(slope(model, cause, effect, values)) for cause, effect in links])
    assert product == {"R": 1, "B": -1}[loop["polarity"]]
