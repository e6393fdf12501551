"""The co-evolution model in its two formats, in two engines, and against the theory: models/innovation_coevolution."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import rcsd
from rcsd.analysis.checks.subject import Subject
from rcsd.ensemble import Ensemble
from rcsd.papers.coevolution import CoevolutionParameters, driving_force, trajectory
from tests.models.packaged import (
    FORMATS,
    PackagedModel,
    assert_engines_agree,
    assert_eulers_order,
    assert_extreme,
    assert_polarity,
    engine_values,
)

COEVOLUTION = PackagedModel("innovation_coevolution")
CHECKS = COEVOLUTION.checks


@pytest.fixture(scope="module")
def model() -> Any:
    """Return the model, loaded from its Vensim file."""
    return rcsd.load(COEVOLUTION.file("mdl"))


@pytest.fixture(scope="module")
def base(model: Any) -> Ensemble:
    """Return the base run, by PySD."""
    return model.run(backend="pysd")


def parameters_of(run: Ensemble) -> CoevolutionParameters:
    """Read the theory's parameters off the model's constants."""
    names = ("Transition Intensity", "Coordination Factor", "Preference Flexibility", "Interconversion Range")
    nu, beta, omega, alpha0, lam = (float(run.of(name)[0, 0]) for name in (*names, "Preference Speed"))
    return CoevolutionParameters(nu=nu, beta=beta, omega=omega, alpha0=alpha0, lam=lam)


@FORMATS
@pytest.mark.parametrize("engine", [pytest.param("pysd", marks=pytest.mark.slow), "interpreted", "simlin"])
def test_the_engines_near_the_theory_at_eulers_order(engine: str, suffix: str, base: Ensemble, tmp_path: Path) -> None:
    """Half the step, half the distance to the adaptive solution, to a tenth."""
    rule = CHECKS["integration"]
    times = base.times[::4]
    path = trajectory(parameters_of(base), times)
    exact = np.column_stack([path.preference, path.alpha])
    files = [COEVOLUTION.with_settings(suffix, tmp_path, step=step) for step in rule["steps"]]
    distances = [np.abs(engine_values(engine, file, rule["variables"], times) - exact).max() for file in files]
    assert_eulers_order(distances)
    assert distances[1] < rule["largest_difference"]


@FORMATS
def test_all_engines_agree(suffix: str, base: Ensemble) -> None:
    """In both formats."""
    assert_engines_agree(COEVOLUTION.file(suffix), base)


def test_the_flows_are_those_of_the_theory(base: Ensemble) -> None:
    """At every saved state the driving force is eq 13, and the inputs are those of eqs 1, 2 and 4."""
    x, alpha = base.of("Innovation Preference")[0], base.of("Interconversion Factor")[0]
    expected = driving_force(x, alpha, parameters_of(base))
    np.testing.assert_allclose(base.of("Driving Force")[0], expected, rtol=1e-12, atol=1e-15)
    technological, institutional = base.of("Technological Input")[0], base.of("Institutional Input")[0]
    total = base.of("Total Innovation Input")[0]
    np.testing.assert_allclose(technological + institutional, total, rtol=1e-14)
    np.testing.assert_allclose(base.of("Relative Institutional Input")[0] / (total / 2), x, atol=1e-14)


@pytest.fixture(scope="module")
def subject() -> Subject:
    """Return the model as the package's own checks look at it."""
    return COEVOLUTION.subject()


@pytest.mark.parametrize("place", range(len(CHECKS["extremes"])), ids=lambda place: CHECKS["extremes"][place]["name"])
def test_extreme_conditions(place: int, subject: Subject) -> None:
    """Stocks stay in their bounds; what must not move does not, what must settle does."""
    assert_extreme(subject, place)


@pytest.mark.parametrize("year", [2.0, 14.0])
@pytest.mark.parametrize("loop", CHECKS["loops"], ids=lambda loop: loop["name"])
def test_a_feedback_loop_is_closed_and_has_its_polarity(
    loop: dict[str, Any], year: float, model: Any, base: Ensemble
) -> None:
    """In growth and at the peak."""
    at = int(np.argmax(base.times == year))
    assert_polarity(model, loop, {name: float(base.of(name)[0, at]) for name in base.variables})
