"""The digital cluster in its two formats, in two engines, and against the theory: models/digital_cluster."""

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
from rcsd.theory.digital_cluster import (
    QUANTITIES,
    READINGS,
    STOCKS,
    DigitalClusterParameters,
    DigitalClusterSimulator,
    bass_path,
    cluster_path,
    outcome_shares,
    survey,
)
from rcsd.theory.digital_cluster.dynamics import drift, readings

FOLDER = Path(__file__).parents[2] / "models" / "digital_cluster"
CHECKS = tomllib.loads((FOLDER / "checks.toml").read_text("utf-8"))
STEP = {"mdl": "TIME STEP  = 0.0625", "xmile": "<dt>0.0625</dt>"}
FORMATS = pytest.mark.parametrize("suffix", ["mdl", "xmile"])


def file(suffix: str) -> Path:
    """Return the model file of a format."""
    return FOLDER / f"digital_cluster.{suffix}"


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


def parameters_of(run: Ensemble) -> DigitalClusterParameters:
    """Read the theory's parameters off the model's constants."""
    return DigitalClusterParameters(**{q.field: float(run.of(q.name)[0, 0]) for q in QUANTITIES})


def engine_runs(engine: str, path: Path, times: np.ndarray) -> np.ndarray:
    """Return the stocks of one engine, shape (n_stocks, n_times)."""
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
    path = cluster_path(parameters_of(base), times)
    exact = np.array([path.values[name] for name in rule["variables"]])
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


def test_the_flows_and_readings_are_those_of_the_theory(base: Ensemble) -> None:
    """At every saved state the readings are the theory's, and each stock moves by its rate times the step."""
    c = parameters_of(base).columns()
    state = np.array([base.of(name)[0] for name in STOCKS])
    expected = readings(c, state)
    for name in READINGS:
        np.testing.assert_allclose(base.of(name)[0], expected[name], rtol=1e-12, atol=1e-14, err_msg=name)
    flows = {
        "Digitalisation": (["Digital Adoption"], []),
        "Digital Transaction Share": (["Shift of Transactions"], []),
        "Knowledge Stock": (["Knowledge Exchange"], ["Knowledge Loss"]),
        "Skilled Labour": (["Skill Formation"], ["Skill Loss"]),
        "Platform Integration": (["Platform Joining"], ["Platform Leaving"]),
        "Etharchy": (["Norm Change"], []),
        "Expected Leader Changes": (["Leader Turnover"], []),
    }
    for rate, name in zip(drift(c, state), STOCKS, strict=True):
        into, out = flows[name]
        net = sum(base.of(flow)[0] for flow in into) - sum(base.of(flow)[0] for flow in out)
        np.testing.assert_allclose(net, rate, rtol=1e-11, atol=1e-14, err_msg=name)


@FORMATS
def test_without_an_answer_to_saving_the_file_nears_bass_s_closed_form(suffix: str, tmp_path: Path) -> None:
    """Half the step, half the distance to the closed form, to a tenth."""
    distances = []
    for step in CHECKS["integration"]["steps"]:
        model = rcsd.load(with_step(suffix, step, tmp_path))
        run = model.run({"Saving Response": 0.0}, outputs=["Digitalisation"], backend="interpreted")
        exact = bass_path(run.times, external=0.003, imitation=0.35, ceiling=0.95, initial=0.01)
        distances.append(np.abs(run.of("Digitalisation")[0] - exact).max())
    assert np.divide(distances[:-1], distances[1:]) == pytest.approx(2, rel=0.1)


def test_every_variable_says_what_it_is(model: Any) -> None:
    """Unit, documentation and source; constants have value, range and source of the theory's."""
    stocks = [variable.name for variable in model.ir if variable.kind == "stock"]
    assert sorted(stocks) == sorted(STOCKS)
    known = {quantity.name: quantity for quantity in QUANTITIES}
    assert {variable.name for variable in model.ir if variable.value is not None} == set(known)
    for variable in model.ir:
        assert variable.unit, variable.name
        assert "Source: " in variable.documentation, variable.name
        if variable.value is not None:
            quantity = known[variable.name]
            assert (variable.value, variable.unit) == (quantity.default, quantity.unit)
            low, high = quantity.span
            said = f"{quantity.meaning} Range {low:g} to {high:g}. Source: {quantity.source}."
            assert variable.documentation == said


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
        results.append(eval(code.replace("^", "**"), {"EXP": math.exp, "MIN": min}))
    return (results[0] - results[1]) / 2e-6


@pytest.mark.parametrize("loop", CHECKS["loops"], ids=lambda loop: loop["name"])
def test_a_feedback_loop_is_closed_and_has_its_polarity(loop: dict[str, Any], model: Any, base: Ensemble) -> None:
    """Each variable of the chain moves the next, in the stated year or in year 20; the signs multiply to R or B."""
    at = int(np.argmax(base.times == loop.get("year", 20.0)))
    values = {name: float(base.of(name)[0, at]) for name in base.variables}
    chain = loop["through"]
    links = zip(chain, [*chain[1:], chain[0]], strict=True)
    product = np.prod([np.sign(slope(model, cause, effect, values)) for cause, effect in links])
    assert product == {"R": 1, "B": -1}[loop["polarity"]]


def test_the_readme_quotes_what_the_theory_gives() -> None:
    """Years of the base run and the share of full paths stand in the README as they come out."""
    text = (FOLDER / "README.md").read_text("utf-8")
    found = survey(DigitalClusterParameters(), n_runs=1, rng=np.random.default_rng(0))
    _, digital, ecosystem = (span.first_year for span in found.spans)
    assert f"to year {digital:.1f}, a digital one to {ecosystem:.1f}" in text
    years = np.linspace(0, 60, 121)
    shares = outcome_shares(DigitalClusterSimulator(years), years=years, rng=np.random.default_rng(0))
    assert f"only {100 * shares['full path']:.0f} % of runs take the full path" in text


def test_what_the_city_has_as_well_is_the_same_there(model: Any) -> None:
    """Shared constants have one value and unit in both models, and the transaction cost one equation."""
    city = rcsd.load("resource_city").ir
    constants = [v for v in model.ir if v.value is not None and v.name in {other.name for other in city}]
    shared = {v.name for v in constants if city[v.name].value is not None}
    assert shared == {
        "Initial Digitalisation", "Digital External Influence", "Digital Imitation", "Digital Ceiling",
        "Digital Support", "Maximum Transaction Saving", "Exchange Gain", "Knowledge Depreciation Rate",
        "Saving Response", "Cost Elasticity", "Distance Friction", "Initial Skilled Labour", "Skill Need",
        "Skill Loss Rate", "Skill Response",
    }  # fmt: skip
    for name in shared:
        assert (model.ir[name].value, model.ir[name].unit) == (city[name].value, city[name].unit), name
    assert model.ir["Transaction Cost Index"].equation == city["Transaction Cost Index"].equation
    assert model.ir["Exchange Effect"].equation in city["Knowledge Creation"].equation
