"""The hypercycle model in its two formats, in two engines, and against the theory: models/hypercycle."""

import re
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import rcsd
from rcsd.ensemble import Ensemble
from rcsd.names import canonical
from rcsd.theory.hypercycle import ModeParameters, SharePath, advantage, mode_network, share_drift, share_path

FOLDER = Path(__file__).parents[2] / "models" / "hypercycle"
CHECKS = tomllib.loads((FOLDER / "checks.toml").read_text("utf-8"))
STEP = {"mdl": "TIME STEP  = 0.125", "xmile": "<dt>0.125</dt>"}
END = {"mdl": "FINAL TIME  = 200", "xmile": "<stop>200</stop>"}
FORMATS = pytest.mark.parametrize("suffix", ["mdl", "xmile"])
UNITS = ("MiningA", "ChemicalsA", "EquipmentA", "MiningB", "ChemicalsB", "EquipmentB")
SHARES = tuple(f"Share[{unit}]" for unit in UNITS)
STRENGTHS = {
    "replication": "Replication Rate",
    "innovation": "Innovation Support",
    "own": "Own Catalysis",
    "chain": "Chain Catalysis",
    "spillover": "Knowledge Spillover",
    "institutions": "Institutional Support",
    "intercity": "Intercity Link",
}


def file(suffix: str) -> Path:
    """Return the model file of a format."""
    return FOLDER / f"hypercycle.{suffix}"


def with_step(suffix: str, step: float, folder: Path) -> Path:
    """Return a copy of the model file with another time step, over its first forty years."""
    text = file(suffix).read_text("utf-8")
    assert text.count(STEP[suffix]) == text.count(END[suffix]) == 1
    path = folder / f"step_{step}.{suffix}"
    text = text.replace(END[suffix], END[suffix].replace("200", "40"))
    path.write_text(text.replace(STEP[suffix], STEP[suffix].replace("0.125", str(step))), "utf-8")
    return path


@pytest.fixture(scope="module")
def model() -> Any:
    """Return the model, loaded from its Vensim file."""
    return rcsd.load(file("mdl"))


@pytest.fixture(scope="module")
def base(model: Any) -> Ensemble:
    """Return the base run, by the kernels, which a test below holds to PySD."""
    return model.run(backend="compiled")


@pytest.fixture(scope="module")
def exact(base: Ensemble) -> SharePath:
    """Return the theory's regional mode with the model's constants, from its initial shares."""
    return share_path(network_of(base), base.times, shares=shares(base)[0])


def network_of(run: Ensemble) -> Any:
    """Build the theory's network from the model's constants."""
    values = {name: float(run.of(constant)[0, 0]) for name, constant in STRENGTHS.items()}
    return mode_network("regional", ModeParameters(**values))


def shares(run: Ensemble) -> np.ndarray:
    """Return the shares of a run, shape (time, unit)."""
    return np.column_stack([run.of(name)[0] for name in SHARES])


def test_the_defaults_of_the_model_are_those_of_the_theory(base: Ensemble) -> None:
    """One set of assumed strengths, in the files and in the code; the model's matrix is the network's."""
    network = network_of(base)
    assert ModeParameters().to_dict() == {name: float(base.of(constant)[0, 0]) for name, constant in STRENGTHS.items()}
    matrix = [[base.of(f"Catalytic Strength[{unit},{other}]")[0, 0] for other in UNITS] for unit in UNITS]
    np.testing.assert_allclose(matrix, network.catalysis, rtol=1e-14)


@FORMATS
@pytest.mark.parametrize("engine", [pytest.param("pysd", marks=pytest.mark.slow), "interpreted", "simlin"])
def test_the_engines_near_the_theory_at_eulers_order(
    engine: str, suffix: str, exact: SharePath, tmp_path: Path
) -> None:
    """Half the step, half the distance to the exact solution, to a tenth, in shares and advantage."""
    rule = CHECKS["integration"]
    years = exact.times[exact.times <= 40]
    truth = np.column_stack([exact.shares, exact.advantage])[: years.size]
    distances = []
    for step in rule["steps"]:
        path = with_step(suffix, step, tmp_path)
        found = engine_run(engine, path, years)
        distances.append(np.abs(found - truth).max())
    assert np.array(distances[:-1]) / distances[1:] == pytest.approx(2, rel=0.1)
    assert distances[1] < rule["largest_difference"]


def engine_run(engine: str, path: Path, times: np.ndarray) -> np.ndarray:
    """Return shares and advantage of one engine, shape (time, unit + 1)."""
    names = (*SHARES, "Industrial Advantage")
    if engine != "simlin":
        return rcsd.load(path).run(outputs=names, times=times, backend=engine).values[0]
    simlin = pytest.importorskip("simlin")
    frame = simlin.load(path).run(analyze_loops=False).results
    columns = {canonical(column): frame[column] for column in frame}
    return np.column_stack([columns[canonical(name)].loc[times].to_numpy() for name in names])


@FORMATS
def test_all_engines_agree(suffix: str, base: Ensemble) -> None:
    """PySD, compiled kernels and pysimlin, which share no code, differ by rounding only, in both formats."""
    run = rcsd.load(file(suffix)).run(backend="compiled")
    early = base.times <= 40  # PySD takes its time over matrices
    slow = rcsd.load(file(suffix)).run(backend="pysd", times=base.times[early])
    simlin = pytest.importorskip("simlin")
    frame = simlin.load(file(suffix)).run(analyze_loops=False).results
    columns = {canonical(column): frame[column].loc[base.times].to_numpy() for column in frame}
    assert set(run.variables) == set(base.variables) == set(slow.variables)
    for name in base.variables:
        np.testing.assert_allclose(run.of(name), base.of(name), rtol=1e-12, atol=1e-14, err_msg=name)
        np.testing.assert_allclose(slow.of(name), base.of(name)[:, early], rtol=1e-12, atol=1e-14, err_msg=name)
        np.testing.assert_allclose(columns[canonical(name)], base.of(name)[0], rtol=1e-12, atol=1e-14, err_msg=name)


def test_the_flows_are_those_of_the_theory(base: Ensemble) -> None:
    """At every saved state the shares sum to one, and drift and advantage are the theory's."""
    x = shares(base)
    np.testing.assert_allclose(x.sum(axis=1), 1, atol=1e-12)
    net = np.column_stack([base.of(f"Expansion[{unit}]")[0] - base.of(f"Dilution[{unit}]")[0] for unit in UNITS])
    np.testing.assert_allclose(net, share_drift(network_of(base), x), atol=1e-15)
    np.testing.assert_allclose(base.of("Industrial Advantage")[0], advantage(network_of(base), x), rtol=1e-12)
    np.testing.assert_allclose(base.of("Share of City B")[0], x[:, 3:].sum(axis=1), rtol=1e-14)


@pytest.mark.parametrize("case", CHECKS["extremes"], ids=lambda case: case["name"])
def test_extreme_conditions(case: dict[str, Any], model: Any) -> None:
    """Shares stay in their bounds and sum to one; what must not move does not, what must settle does."""
    run = model.run(case["set"])
    x = shares(run)
    low, high = CHECKS["bounds"]["Share"]
    assert (x >= low).all()
    assert (x <= high + 1e-12).all()
    np.testing.assert_allclose(x.sum(axis=1), 1, atol=1e-12)
    for name in case.get("constant", []):
        for element in elements(run, name):
            assert np.ptp(run.of(element)) < 1e-12, element
    for name in case.get("zero", []):
        for element in elements(run, name):
            assert (np.abs(run.of(element)) < 1e-15).all(), element
    for name, value in case.get("settles", {}).items():
        assert run.of(name)[0, -1] == pytest.approx(value, abs=2e-3), name


def elements(run: Ensemble, name: str) -> list[str]:
    """Name the elements of a variable."""
    return [variable for variable in run.variables if variable == name or variable.startswith(f"{name}[")]


def slope(model: Any, cause: str, effect: str, values: dict[str, float]) -> float:
    """Change of a variable of one unit (of a stock: its net flow) per unit of one cause, the other causes held.

    A sum over a range changes as much as the element in it does.
    """
    equation = re.sub(r"^INTEG \((.+), [^,]+\)$", r"\1", model.ir[effect].equation)
    equation = re.sub(r"\[[^\]]*\]", "", equation.replace("SUM", ""))
    assert cause in equation, f"{cause} -> {effect}"
    results = []
    for shift in (1e-6, -1e-6):
        moved = values | {cause: values[cause] + shift}
        names = sorted(moved, key=len, reverse=True)
        code = re.sub("|".join(map(re.escape, names)), lambda found: f"({moved[found[0]]!r})", equation)  # noqa: B023
        results.append(eval(code, {}))
    return (results[0] - results[1]) / 2e-6


@pytest.mark.parametrize("year", [5.0, 100.0])
@pytest.mark.parametrize("loop", CHECKS["loops"], ids=lambda loop: loop["name"])
def test_a_feedback_loop_is_closed_and_has_its_polarity(
    loop: dict[str, Any], year: float, model: Any, base: Ensemble
) -> None:
    """Each variable of the chain moves the next, early and late; the signs multiply to R (+) or B (-)."""
    at = int(np.argmax(base.times == year))
    values = {}
    for variable in model.ir:
        spelling = (variable.name, f"{variable.name}[ChemicalsA]", f"{variable.name}[ChemicalsA,ChemicalsA]")
        values[variable.name] = next(float(base.of(name)[0, at]) for name in spelling if name in base.variables)
    chain = loop["through"]
    links = zip(chain, [*chain[1:], chain[0]], strict=True)
    product = np.prod([np.sign(slope(model, cause, effect, values)) for cause, effect in links])
    assert product == {"R": 1, "B": -1}[loop["polarity"]]


def test_the_readme_states_the_distance_from_the_exact_solution(base: Ensemble, exact: SharePath) -> None:
    """The largest error of a share is what it says, rounded up."""
    said = re.search(r"off by at most ([\d.]+) in a share", (FOLDER / "README.md").read_text("utf-8"))
    assert said is not None
    error = np.abs(shares(base) - exact.shares).max()
    assert error <= float(said[1]) < 2 * error
