"""What must hold for the resource-city model whatever its calibration: models/resource_city/checks.toml."""

import re
import runpy
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pysd
import pytest
from scipy.integrate import solve_ivp

import rcsd
from rcsd.ensemble import Ensemble
from rcsd.names import canonical
from rcsd.simulator import Simulator
from tests.places import CALIBRATION, MODELS

FOLDER = MODELS / "resource_city"
CHECKS = tomllib.loads((FOLDER / "checks.toml").read_text("utf-8"))
SWITCHED = CHECKS["levers"] + CHECKS["couplings"]
ENDS = 2030


@pytest.fixture(scope="module")
def city() -> Any:
    """Return the model, loaded from its Vensim file."""
    return rcsd.load(FOLDER / "resource_city.mdl")


@pytest.fixture(scope="module")
def simulator(city: Any) -> Simulator:
    """Return one simulator for all the runs below."""
    return city.simulator()


@pytest.fixture(scope="module")
def base(simulator: Simulator) -> Ensemble:
    """Return the base run with every variable."""
    return simulator.run()


@pytest.fixture(scope="module")
def by_pysd(city: Any) -> Ensemble:
    """Return the base run of PySD with every variable."""
    return city.simulator("pysd").run()


def stocks(city: Any) -> list[str]:
    """Name the stocks of the model."""
    return [variable.name for variable in city.ir if variable.kind == "stock"]


@pytest.mark.parametrize(
    ("backend", "suffix"),
    [pytest.param("pysd", "xmile", marks=pytest.mark.slow), ("compiled", "mdl"), ("compiled", "xmile")],
)
def test_both_formats_give_the_same_trajectories(backend: Any, suffix: str, by_pysd: Ensemble) -> None:
    """The XMILE file is the same model, not a relative of it, and the kernels run what PySD runs."""
    other = rcsd.load(FOLDER / f"resource_city.{suffix}").simulator(backend).run(times=by_pysd.times)
    assert set(other.variables) == set(by_pysd.variables)
    for name in by_pysd.variables:
        np.testing.assert_allclose(other.of(name), by_pysd.of(name), rtol=1e-9, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("suffix", ["mdl", "xmile"])
def test_an_independent_engine_agrees(suffix: str, by_pysd: Ensemble) -> None:
    """The engine of pysimlin shares no code with PySD."""
    simlin = pytest.importorskip("simlin")
    frame = simlin.load(FOLDER / f"resource_city.{suffix}").run(analyze_loops=False).results
    columns = {canonical(column): frame[column].loc[by_pysd.times].to_numpy() for column in frame}
    for name in by_pysd.variables:
        np.testing.assert_allclose(by_pysd.of(name)[0], columns[canonical(name)], rtol=1e-6, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("suffix", ["mdl", "xmile"])
def test_units_are_consistent(suffix: str) -> None:
    """Dimensional consistency, checked by an engine that reads units."""
    simlin = pytest.importorskip("simlin")
    model = simlin.load(FOLDER / f"resource_city.{suffix}")
    assert model.check_units() == ()
    assert model.check() == ()


def test_every_variable_says_what_it_is(city: Any) -> None:
    """Unit, documentation and source stand in the model itself; constants state a range that holds their value."""
    for variable in city.ir:
        assert variable.unit, variable.name
        assert "Source: " in variable.documentation or variable.tabulated, variable.name
        if variable.value is not None:
            low, high = variable.documentation.split("Range ")[1].split(". Source")[0].split(" to ")
            assert float(low) <= variable.value <= float(high), variable.name


def test_halving_the_step_changes_little(base: Ensemble, tmp_path: Path) -> None:
    """Integration error: Sterman's rule, and Euler's first order (the change halves with the step)."""
    text = (FOLDER / "resource_city.mdl").read_text("utf-8")
    rule = CHECKS["integration"]
    values = [base.of(rule["variable"])[0, base.times == rule["year"]].item()]
    for step in ("0.0625", "0.03125"):
        path = tmp_path / f"step{step}.mdl"
        path.write_text(text.replace("TIME STEP  = 0.125", f"TIME STEP  = {step}"), "utf-8")
        # kernels, which a test above holds to the same numbers, would be compiled for each step
        run = rcsd.load(path).run(outputs=[rule["variable"]], times=[rule["year"]], backend="interpreted")
        values.append(run.values.item())
    changes = np.abs(np.diff(values)) / values[0]
    assert changes[0] < rule["largest_change"]
    assert changes[1] == pytest.approx(changes[0] / 2, rel=0.1)


@pytest.mark.parametrize("case", CHECKS["extremes"], ids=lambda case: case["name"])
def test_extreme_conditions(case: dict[str, Any], city: Any, simulator: Simulator, base: Ensemble) -> None:
    """Every stock stays finite and non-negative, and what must fall or rise against the base run does."""
    run = simulator.run(case["set"])
    assert run.ok.all(), run.messages
    for name in stocks(city):
        assert np.isfinite(run.of(name)).all(), name
        if name not in CHECKS["signed_stocks"]:
            assert (run.of(name) >= 0).all(), name
    assert (np.abs(run.of("Innovation Preference")) <= 1).all()
    at = run.times == case.get("year", ENDS)
    for name in case.get("falls", []):
        assert run.of(name)[0, at] < base.of(name)[0, at], name
    for name in case.get("rises", []):
        assert run.of(name)[0, at] > base.of(name)[0, at], name


def test_no_coal_leaves_no_coal_output_and_a_smaller_city(simulator: Simulator, base: Ensemble) -> None:
    """Without reserves extraction is nothing at once; the rest of the economy survives."""
    run = simulator.run({"Initial Reserve Life": 1e-6})
    assert run.of("Coal Extraction").max() < 1e-5 * base.of("Coal Extraction")[0, 0]
    assert 0 < run.of("GDP")[0, -1] < base.of("GDP")[0, -1]
    assert run.of("Nonresource Output")[0, -1] > 0.99 * run.of("GDP")[0, -1]


def test_no_births_and_no_migration_follow_the_death_rate(simulator: Simulator) -> None:
    """Population then only dies: Euler's product of yearly death rates between its bounds."""
    run = simulator.run(
        {"Birth Rate": 0.0, "Reference Net Migration": 0.0, "Migration Sensitivity": 0.0, "Mortality Sensitivity": 0.0}
    )
    years = run.times - run.times[0]
    expected = 196.0 * (1 - 0.0055 * 0.125) ** (years / 0.125)
    np.testing.assert_allclose(run.of("Population")[0], expected, rtol=1e-12)


def run_to_the_boom(folder: Path, constants: dict[str, float]) -> Any:
    """Return PySD's own model, run to 2008 and left there."""
    path = folder / "resource_city.mdl"
    path.write_text((FOLDER / "resource_city.mdl").read_text("utf-8"), "utf-8")
    model = pysd.read_vensim(path)
    model.run(params=constants, final_time=2008, return_columns=["GDP"])
    return model


@pytest.fixture(scope="module")
def in_the_boom(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Any]:
    """Return the model of 2008 without and with the couplings."""
    return {
        coupled: run_to_the_boom(tmp_path_factory.mktemp("pysd"), CHECKS["coupled"]["set"] if coupled else {})
        for coupled in (False, True)
    }


def partial(model: Any, cause: str, effect: str, causes: set[str]) -> float:
    """Change of ``effect`` (of a stock: its net flow) per unit of one cause, the other causes held."""
    module = model.components._components
    name = {canonical(key): value for key, value in model.namespace.items()}
    held = {c: float(model[name[c]]) for c in causes}
    own = getattr(module, f"_integ_{name[effect]}", None)
    step = 1e-4 * max(abs(held[cause]), 1e-3)
    values = []
    for shift in (step, -step):
        with pytest.MonkeyPatch.context() as patch:
            for c, value in held.items():
                patch.setattr(module, name[c], lambda v=value + shift * (c == cause): v)
            model.clean_caches()
            values.append(float(own.ddt() if own else getattr(module, name[effect])()))
    model.clean_caches()
    return (values[0] - values[1]) / (2 * step)


@pytest.mark.parametrize("loop", CHECKS["loops"], ids=lambda loop: loop["name"])
def test_a_feedback_loop_is_closed_and_has_its_polarity(loop: dict[str, Any], in_the_boom: dict[bool, Any]) -> None:
    """Each variable of the chain moves the next, and the last the first; the signs multiply to R (+) or B (-)."""
    simlin = pytest.importorskip("simlin")
    causes: dict[str, set[str]] = {}
    for link in simlin.load(FOLDER / "resource_city.mdl").get_links():
        causes.setdefault(canonical(link.to_var), set()).add(canonical(link.from_var))
    chain = [canonical(name) for name in loop["through"]]
    product = 1.0
    for cause, effect in zip(chain, [*chain[1:], chain[0]], strict=True):
        assert cause in causes[effect], f"{cause} -> {effect}"
        strength = partial(in_the_boom[loop.get("coupled", False)], cause, effect, causes[effect])
        assert strength != 0, f"{cause} -> {effect}"
        product *= np.sign(strength)
    assert product == {"R": 1, "B": -1}[loop["polarity"]]


def test_policy_levers_are_off_in_the_base_run(city: Any, simulator: Simulator, base: Ensemble) -> None:
    """Every lever is zero, and the switch alone changes nothing."""
    levers = [v for v in city.ir if v.documentation.startswith(("Policy lever", "Coupling"))]
    assert len(levers) >= 12
    assert all(lever.value == 0 for lever in levers)
    early = simulator.run({"Policy Start Time": 2001.0})
    np.testing.assert_array_equal(early.of("GDP"), base.of("GDP"))


def test_every_policy_lever_has_its_directions(city: Any) -> None:
    """No lever is left out of the checks, and each is tried within its range."""
    levers = {v.name: v for v in city.ir if v.documentation.startswith(("Policy lever", "Coupling"))}
    tried = {name: value for case in SWITCHED for name, value in case["set"].items()}
    assert set(tried) == set(levers)
    for name, value in tried.items():
        (high,) = re.findall(r"Range 0 to ([\d.]*\d)", levers[name].documentation)
        assert 0 < value <= float(high), name


@pytest.mark.parametrize("case", SWITCHED, ids=lambda case: ", ".join(case["set"]))
def test_a_policy_lever_works_and_costs(case: dict[str, Any], simulator: Simulator, base: Ensemble) -> None:
    """Nothing moves before the start; at the horizon what it is for has risen and what it costs has fallen."""
    run = simulator.run(case["set"])
    before = base.times < base.of("Policy Start Time")[0, 0]
    for name in base.variables:
        if name in case["set"]:
            continue
        np.testing.assert_array_equal(run.of(name)[0, before], base.of(name)[0, before], err_msg=name)
    for name in case.get("rises", []):
        assert run.of(name)[0, -1] > base.of(name)[0, -1] * (1 + 1e-6), name
    for name in case.get("falls", []):
        assert run.of(name)[0, -1] < base.of(name)[0, -1] * (1 - 1e-6), name


def test_a_budget_lever_is_paid_by_investment(simulator: Simulator, base: Ensemble) -> None:
    """In the first year of the policy what investment loses is what the lever spends (accounting identity)."""
    case = {"Reform Boost": 0.01, "Policy Start Time": 2000.0}
    run = simulator.run(case)
    lost = (base.of("Total Investment") - run.of("Total Investment"))[0, 0]
    assert lost == pytest.approx(0.01 * base.of("City Income")[0, 0], rel=1e-12)


def test_the_geology_never_gives_more_than_is_asked(base: Ensemble, simulator: Simulator) -> None:
    """Reserve adequacy is a share, 1 in 2000."""
    for run in (base, simulator.run({"Initial Reserve Life": 15.0}), simulator.run({"Coal Price Scale": 0.1})):
        assert (run.of("Reserve Adequacy") <= 1).all()
        assert run.of("Reserve Adequacy")[0, 0] == pytest.approx(1, rel=1e-12)


def test_national_income_is_the_index_of_the_other_cities(base: Ensemble) -> None:
    """The driver carries the index from one yearbook figure to the next, exactly."""
    source = CALIBRATION / "sources" / "other_cities.csv"
    gdp = pd.read_csv(source, index_col="year")["real_gdp_100m_yuan_2000_prices"].loc[2000:]
    at = np.isin(base.times, gdp.index)
    np.testing.assert_allclose(base.of("National Income Index")[0, at], gdp / gdp[2000], rtol=3e-4)  # four digits


def test_the_pair_alone_is_the_papers(simulator: Simulator) -> None:
    """With no pressure from the city, x and alpha solve Liu and Zhang's eqs 13 and 17."""
    nu, beta, omega, alpha0, speed = 0.15, 1.1, 0.08, 0.5, 2.5

    def paper(_: float, state: list[float]) -> list[float]:
        x, alpha = state
        push = alpha + beta * x
        dx = 2 * nu * (np.sinh(push) - x * np.cosh(push))
        return [dx, -2 * omega * (alpha0 * np.sinh(speed * x) + alpha * np.cosh(speed * x))]

    run = simulator.run({"Pressure Sensitivity": 0.0}, outputs=["Innovation Preference", "Interconversion Factor"])
    exact = solve_ivp(paper, (2000, ENDS), [-1.0, 0.0], t_eval=run.times, rtol=1e-10, atol=1e-12).y
    assert run.values[0, :, 0] == pytest.approx(exact[0], abs=0.02)  # Euler's error at a step of 1/8 year
    assert run.values[0, :, 1] == pytest.approx(exact[1], abs=0.02)
    crossing = run.times[np.argmax(run.values[0, :, 0] > 0)]
    assert 2008 <= crossing <= 2011  # the worked example of the reference: near year 9
    fine = np.arange(2000, ENDS, 0.01)
    x = solve_ivp(paper, (2000, ENDS), [-1.0, 0.0], t_eval=fine, rtol=1e-10, atol=1e-12).y[0]
    up, down = fine[:-1][(x[:-1] < 0) & (x[1:] >= 0)], fine[:-1][(x[:-1] > 0) & (x[1:] <= 0)]
    # what the README says of the pair alone
    assert 2008.75 < up[0] < 2009.05
    assert fine[np.argmax(x)] == pytest.approx(2014.3, abs=0.4)
    assert x.max() == pytest.approx(0.27, abs=0.015)
    assert 2022 <= down[0] < 2023


def test_pressure_holds_the_preference_up(simulator: Simulator) -> None:
    """What the model says of the pressure's size: near 0.06 in 2030 with 0.5, near 0.4 with 1."""
    run = simulator.run({"Pressure Sensitivity": [0.5, 1.0]}, outputs=["Innovation Preference"], times=[ENDS])
    half, whole = run.values[:, 0, 0]
    assert half == pytest.approx(0.06, abs=0.01)
    assert whole == pytest.approx(0.4, abs=0.05)


def test_the_readme_lists_the_model_as_it_is() -> None:
    """The tables of the README are those that the script makes of the model file."""
    script = runpy.run_path(str(FOLDER.parent / "describe.py"))
    assert script["described"]("resource_city") == (FOLDER / "README.md").read_text("utf-8")
