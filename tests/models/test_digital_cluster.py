"""The digital cluster in its two formats, in two engines, and against the theory: models/digital_cluster."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import rcsd
from rcsd.analysis.checks.subject import Subject
from rcsd.ensemble import Ensemble
from rcsd.papers.digital_cluster import (
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
from rcsd.papers.digital_cluster.dynamics import drift, readings
from tests.models.packaged import (
    FORMATS,
    PackagedModel,
    assert_engines_agree,
    assert_eulers_order,
    assert_extreme,
    assert_polarity,
    engine_values,
)

CLUSTER = PackagedModel("digital_cluster")
CHECKS = CLUSTER.checks


@pytest.fixture(scope="module")
def model() -> Any:
    """Return the model, loaded from its Vensim file."""
    return rcsd.load(CLUSTER.file("mdl"))


@pytest.fixture(scope="module")
def base(model: Any) -> Ensemble:
    """Return the base run, by PySD."""
    return model.run(backend="pysd")


def parameters_of(run: Ensemble) -> DigitalClusterParameters:
    """Read the theory's parameters off the model's constants."""
    return DigitalClusterParameters(**{q.field: float(run.of(q.name)[0, 0]) for q in QUANTITIES})


@FORMATS
@pytest.mark.parametrize("engine", [pytest.param("pysd", marks=pytest.mark.slow), "interpreted", "simlin"])
def test_the_engines_near_the_theory_at_eulers_order(engine: str, suffix: str, base: Ensemble, tmp_path: Path) -> None:
    """Half the step, half the distance to the adaptive solution, to a tenth."""
    rule = CHECKS["integration"]
    times = base.times[::4]
    path = cluster_path(parameters_of(base), times)
    exact = np.column_stack([path.values[name] for name in rule["variables"]])
    files = [CLUSTER.with_settings(suffix, tmp_path, step=step) for step in rule["steps"]]
    distances = [np.abs(engine_values(engine, file, rule["variables"], times) - exact).max() for file in files]
    assert_eulers_order(distances)
    assert distances[1] < rule["largest_difference"]


@FORMATS
def test_all_engines_agree(suffix: str, base: Ensemble) -> None:
    """In both formats."""
    assert_engines_agree(CLUSTER.file(suffix), base)


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
        model = rcsd.load(CLUSTER.with_settings(suffix, tmp_path, step=step))
        run = model.run({"Saving Response": 0.0}, outputs=["Digitalisation"], backend="interpreted")
        exact = bass_path(run.times, external=0.003, imitation=0.35, ceiling=0.95, initial=0.01)
        distances.append(np.abs(run.of("Digitalisation")[0] - exact).max())
    assert_eulers_order(distances)


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


@pytest.fixture(scope="module")
def subject() -> Subject:
    """Return the model as the package's own checks look at it."""
    return CLUSTER.subject()


@pytest.mark.parametrize("place", range(len(CHECKS["extremes"])), ids=lambda place: CHECKS["extremes"][place]["name"])
def test_extreme_conditions(place: int, subject: Subject) -> None:
    """Stocks stay in their bounds; what must not move does not, what must settle does."""
    assert_extreme(subject, place)


@pytest.mark.parametrize("loop", CHECKS["loops"], ids=lambda loop: loop["name"])
def test_a_feedback_loop_is_closed_and_has_its_polarity(loop: dict[str, Any], model: Any, base: Ensemble) -> None:
    """In the stated year, or in year 20."""
    at = int(np.argmax(base.times == loop.get("year", 20.0)))
    assert_polarity(model, loop, {name: float(base.of(name)[0, at]) for name in base.variables})


def test_the_readme_quotes_what_the_theory_gives() -> None:
    """Years of the base run and the share of full paths stand in the README as they come out."""
    found = survey(DigitalClusterParameters(), n_runs=1, rng=np.random.default_rng(0))
    _, digital, ecosystem = (span.first_year for span in found.spans)
    assert f"to year {digital:.1f}, a digital one to {ecosystem:.1f}" in CLUSTER.readme
    years = np.linspace(0, 60, 121)
    shares = outcome_shares(DigitalClusterSimulator(years), years=years, rng=np.random.default_rng(0))
    assert f"only {100 * shares['full path']:.0f} % of runs take the full path" in CLUSTER.readme


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
