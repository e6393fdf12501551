"""The theory as a simulator: against its own solver, against the model file, and under the analyses."""

from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.analysis.calibration import Problem, Search, Target, fit
from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.analysis.sensitivity import FirstCrossing, SobolSettings, sobol_indices
from rcsd.analysis.series import ObservedSeries
from rcsd.ensemble import RunStatus
from rcsd.errors import ModelError, ParameterError
from rcsd.papers.coevolution import CoevolutionParameters, MeanFieldSimulator, trajectory

YEARS = np.arange(0.0, 31.0)
IN_THE_MODEL = {
    "nu": "Transition Intensity",
    "beta": "Coordination Factor",
    "omega": "Preference Flexibility",
    "alpha0": "Interconversion Range",
    "lambda": "Preference Speed",
    "x0": "Initial Innovation Preference",
}
RANGES = {
    "nu": (0.1, 0.2),
    "beta": (0.8, 1.6),
    "omega": (0.05, 0.12),
    "alpha0": (0.3, 0.8),
    "lambda": (1.5, 3.5),
    "x0": (-1.0, -0.2),
}


def space(names: dict[str, str]) -> ParameterSpace:
    """Return the ranges under other names."""
    return ParameterSpace(tuple(Parameter(names[key], *pair, "Dmnl", "test") for key, pair in RANGES.items()))


@pytest.fixture(scope="module")
def theory() -> MeanFieldSimulator:
    """Return the theory over thirty years."""
    return MeanFieldSimulator(YEARS)


def test_many_runs_are_those_of_one_at_a_time(theory):
    """Runs solved together, a stiff one among them, equal the adaptive solution of each by another method."""
    rng = np.random.default_rng(0)
    rows = {name: rng.uniform(*pair, 40) for name, pair in RANGES.items()}
    rows["beta"][7] = 6.0  # stiff
    found = theory.run(rows)
    assert found.ok.all()
    for row in range(40):
        nu, beta, omega, alpha0, lam, x0 = (float(rows[name][row]) for name in RANGES)
        path = trajectory(CoevolutionParameters(nu, beta, omega, alpha0, lam), YEARS, x0=x0)
        assert found.of("x")[row] == pytest.approx(path.preference, abs=1e-7)
        assert found.of("alpha")[row] == pytest.approx(path.alpha, abs=1e-7)


def test_a_row_that_breaks_a_rule_fails_alone(theory):
    """Its message names the rule; the others are solved."""
    found = theory.run({"beta": [1.1, 30.0, 1.1], "x0": [-1.0, -1.0, 2.0]}, outputs=["x"])
    assert found.status.tolist() == [RunStatus.OK, RunStatus.FAILED, RunStatus.FAILED]
    assert "beta must lie between 0 and 20" in found.messages[1]
    assert "x0 must lie between -1 and 1" in found.messages[2]
    assert np.isnan(found.values[1:]).all()


def test_times_and_outputs_are_those_asked_for(theory):
    """Any later times, in the order of the outputs; the initial year alone is the initial values."""
    found = theory.run({"x0": -0.5}, outputs=["alpha", "x"], times=[0.0, 7.25])
    assert found.variables == ("alpha", "x")
    assert found.values[0, 0].tolist() == [0.0, -0.5]
    assert theory.run(times=[0.0]).values.tolist() == [[[-1.0, 0.0]]]
    late = MeanFieldSimulator([5.0, 9.0], start=0.0).run()
    assert late.of("x")[0] == pytest.approx(theory.run(times=[5.0, 9.0]).of("x")[0], abs=1e-9)


@pytest.mark.parametrize(
    ("inputs", "options", "error", "message"),
    [
        ({"bete": 1.0}, {}, ParameterError, "did you mean 'beta'"),
        ({}, {"outputs": ["y"]}, ModelError, "'y' is not a variable"),
        ({}, {"times": [-1.0, 2.0]}, ParameterError, "ask for later times"),
        ({}, {"times": [2.0, 1.0]}, ParameterError, "increase"),
    ],
)
def test_bad_input_is_one_message(theory, inputs, options, error, message):
    """As from any simulator."""
    with pytest.raises(error, match=message):
        theory.run(inputs, **options)


def test_sobol_over_the_theory_and_over_the_model_file_agree_as_the_step_allows(theory, tmp_path):
    """The same sample through both: half the step, about half the distance of all indices."""
    settings = SobolSettings(n_base=128, n_resamples=2)
    exact = sobol_indices(
        theory,
        space({name: name for name in RANGES}),
        settings,
        rng=np.random.default_rng(0),
        outcomes=[FirstCrossing("x", 0.0, never=30.0)],
    )
    text = Path(rcsd.load("innovation_coevolution").path).read_text("utf-8")
    distances = []
    for step in (0.125, 0.0625):
        path = tmp_path / f"step_{step}.mdl"
        path.write_text(text.replace("TIME STEP  = 0.0625", f"TIME STEP  = {step}"), "utf-8")
        found = sobol_indices(
            rcsd.load(path).simulator("compiled"),
            space(IN_THE_MODEL),
            settings,
            rng=np.random.default_rng(0),
            outputs=["Innovation Preference", "Interconversion Factor"],
            times=YEARS,
            outcomes=[FirstCrossing("Innovation Preference", 0.0, never=30.0)],
        )
        # the initial year aside, in which alpha does not vary and x is x0
        gaps = [np.abs(found.indices.total[1:] - exact.indices.total[1:]).max()]
        gaps.append(np.abs(found.outcomes[0].indices.total - exact.outcomes[0].indices.total).max())
        distances.append(gaps)
    assert np.max(distances[1]) < 0.03
    assert distances[0][0] / distances[1][0] == pytest.approx(2, rel=0.35)


def test_a_calibration_finds_the_parameters_that_made_a_path(theory):
    """A descent over the theory alone gets beta and nu back from the years of x and alpha."""
    truth = theory.run({"beta": 1.3, "nu": 0.17})
    flags = ((),) * YEARS.size
    series = [ObservedSeries(name, "Dmnl", YEARS, truth.of(name)[0], flags) for name in ("x", "alpha")]
    targets = tuple(Target(each, each.name, 0.01, "absolute", np.ones(YEARS.size)) for each in series)
    wanted = ParameterSpace((Parameter("beta", 0.5, 2.0, "Dmnl", "test"), Parameter("nu", 0.05, 0.4, "1/Year", "test")))
    found = fit(
        Problem(theory, wanted, targets, (0, 30)), Search(n_starts=2, tolerance=1e-12), rng=np.random.default_rng(0)
    )
    assert found.values == pytest.approx({"beta": 1.3, "nu": 0.17}, rel=1e-5)
