"""The hypercycle model in its two formats, in two engines, and against the theory: models/hypercycle."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import rcsd
from rcsd.analysis.checks.subject import Subject
from rcsd.ensemble import Ensemble
from rcsd.papers.hypercycle import ModeParameters, SharePath, advantage, mode_network, share_drift, share_path
from tests.models.packaged import (
    FORMATS,
    PackagedModel,
    assert_engines_agree,
    assert_eulers_order,
    assert_extreme,
    assert_polarity,
    engine_values,
)

HYPERCYCLE = PackagedModel("hypercycle")
CHECKS = HYPERCYCLE.checks
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


@pytest.fixture(scope="module")
def model() -> Any:
    """Return the model, loaded from its Vensim file."""
    return rcsd.load(HYPERCYCLE.file("mdl"))


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
    files = [HYPERCYCLE.with_settings(suffix, tmp_path, step=step, end=40) for step in rule["steps"]]
    names = (*SHARES, "Industrial Advantage")
    distances = [np.abs(engine_values(engine, file, names, years) - truth).max() for file in files]
    assert_eulers_order(distances)
    assert distances[1] < rule["largest_difference"]


@pytest.mark.slow
@FORMATS
def test_all_engines_agree(suffix: str, base: Ensemble) -> None:
    """In both formats; PySD, which takes its time over matrices, over the first forty years."""
    assert_engines_agree(HYPERCYCLE.file(suffix), base, pysd_until=40)


def test_the_flows_are_those_of_the_theory(base: Ensemble) -> None:
    """At every saved state the shares sum to one, and drift and advantage are the theory's."""
    x = shares(base)
    np.testing.assert_allclose(x.sum(axis=1), 1, atol=1e-12)
    net = np.column_stack([base.of(f"Expansion[{unit}]")[0] - base.of(f"Dilution[{unit}]")[0] for unit in UNITS])
    np.testing.assert_allclose(net, share_drift(network_of(base), x), atol=1e-15)
    np.testing.assert_allclose(base.of("Industrial Advantage")[0], advantage(network_of(base), x), rtol=1e-12)
    np.testing.assert_allclose(base.of("Share of City B")[0], x[:, 3:].sum(axis=1), rtol=1e-14)


@pytest.fixture(scope="module")
def subject() -> Subject:
    """Return the model as the package's own checks look at it."""
    return HYPERCYCLE.subject()


@pytest.mark.parametrize("place", range(len(CHECKS["extremes"])), ids=lambda place: CHECKS["extremes"][place]["name"])
def test_extreme_conditions(place: int, subject: Subject, model: Any) -> None:
    """Shares stay in their bounds and sum to one; what must not move does not, what must settle does."""
    assert_extreme(subject, place)
    run = model.run(CHECKS["extremes"][place]["set"])
    np.testing.assert_allclose(shares(run).sum(axis=1), 1, atol=1e-12)


@pytest.mark.parametrize("year", [5.0, 100.0])
@pytest.mark.parametrize("loop", CHECKS["loops"], ids=lambda loop: loop["name"])
def test_a_feedback_loop_is_closed_and_has_its_polarity(
    loop: dict[str, Any], year: float, model: Any, base: Ensemble
) -> None:
    """Early and late."""
    at = int(np.argmax(base.times == year))
    values = {}
    for variable in model.ir:
        spelling = (variable.name, f"{variable.name}[ChemicalsA]", f"{variable.name}[ChemicalsA,ChemicalsA]")
        values[variable.name] = next(float(base.of(name)[0, at]) for name in spelling if name in base.variables)
    assert_polarity(model, loop, values)


def test_the_readme_states_the_distance_from_the_exact_solution(base: Ensemble, exact: SharePath) -> None:
    """The largest error of a share is what it says, rounded up."""
    said = re.search(r"off by at most ([\d.]+) in a share", HYPERCYCLE.readme)
    assert said is not None
    error = np.abs(shares(base) - exact.shares).max()
    assert error <= float(said[1]) < 2 * error
