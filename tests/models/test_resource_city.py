"""What must hold for the resource-city model whatever its calibration: models/resource_city/checks.toml."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.integrate import solve_ivp

import rcsd
from rcsd.ensemble import Ensemble, Simulator
from rcsd.names import canonical

FOLDER = Path(__file__).parents[2] / "models" / "resource_city"
CHECKS = tomllib.loads((FOLDER / "checks.toml").read_text("utf-8"))
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


def stocks(city: Any) -> list[str]:
    """Name the stocks of the model."""
    return [variable.name for variable in city.ir if variable.kind == "stock"]


def test_both_formats_give_the_same_trajectories(base: Ensemble) -> None:
    """The XMILE file is the same model, not a relative of it."""
    other = rcsd.load(FOLDER / "resource_city.xmile").simulator().run(times=base.times)
    assert set(other.variables) == set(base.variables)
    for name in base.variables:
        np.testing.assert_allclose(other.of(name), base.of(name), rtol=1e-9, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("suffix", ["mdl", "xmile"])
def test_an_independent_engine_agrees(suffix: str, base: Ensemble) -> None:
    """The engine of pysimlin shares no code with PySD."""
    simlin = pytest.importorskip("simlin")
    frame = simlin.load(FOLDER / f"resource_city.{suffix}").run(analyze_loops=False).results
    columns = {canonical(column): frame[column].loc[base.times].to_numpy() for column in frame}
    for name in base.variables:
        np.testing.assert_allclose(base.of(name)[0], columns[canonical(name)], rtol=1e-6, atol=1e-12, err_msg=name)


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
        run = rcsd.load(path).run(outputs=[rule["variable"]], times=[rule["year"]])
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
    at = run.times == ENDS
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


@pytest.mark.parametrize("loop", CHECKS["loops"], ids=lambda loop: loop["name"])
def test_a_feedback_loop_is_closed(loop: dict[str, Any]) -> None:
    """Each variable of the chain is a direct cause of the next, and the last of the first."""
    simlin = pytest.importorskip("simlin")
    links = simlin.load(FOLDER / "resource_city.mdl").get_links()
    causes = {(canonical(link.from_var), canonical(link.to_var)) for link in links}
    chain = [canonical(name) for name in loop["through"]]
    for cause, effect in zip(chain, [*chain[1:], chain[0]], strict=True):
        assert (cause, effect) in causes, f"{cause} -> {effect}"


def test_policy_levers_are_off_in_the_base_run(city: Any, simulator: Simulator, base: Ensemble) -> None:
    """Every lever is zero, and the switch alone changes nothing."""
    levers = [v for v in city.ir if v.documentation.startswith("Policy lever")]
    assert len(levers) >= 7
    assert all(lever.value == 0 for lever in levers)
    early = simulator.run({"Policy Start Time": 2001.0})
    np.testing.assert_array_equal(early.of("GDP"), base.of("GDP"))


def test_each_policy_lever_acts(city: Any, simulator: Simulator, base: Ensemble) -> None:
    """No lever is a dummy: a tenth of its range moves the city after the start and not before."""
    for lever in (v for v in city.ir if v.documentation.startswith("Policy lever")):
        high = float(lever.documentation.split("Range 0 to ")[1].split(".")[0] or 0) or 0.02
        run = simulator.run({lever.name: high / 10}, outputs=["GDP"])
        change = run.values[0, :, 0] - base.of("GDP")[0]
        assert (change[base.times <= 2014] == 0).all(), lever.name
        assert change[-1] != 0, lever.name


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


def test_the_readme_lists_the_model_as_it_is(city: Any) -> None:
    """Every variable of the file stands in the README with its unit, every constant with its value."""
    readme = (FOLDER / "README.md").read_text("utf-8")
    for variable in city.ir:
        value = f" {variable.value:g} |" if variable.value is not None else f" {variable.kind} |"
        assert f"| {variable.name} |{value} {variable.unit} |" in readme, variable.name
