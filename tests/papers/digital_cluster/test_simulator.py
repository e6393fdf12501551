"""The theory as a simulator: against its own solver, and under the analyses."""

import numpy as np
import pytest

import rcsd
from rcsd.analysis.calibration import Problem, Search, Target, fit
from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.analysis.sensitivity import FirstCrossing, SobolSettings, sobol_indices
from rcsd.analysis.series import ObservedSeries
from rcsd.ensemble import RunStatus
from rcsd.errors import ModelError, ParameterError
from rcsd.papers.digital_cluster import QUANTITIES, DigitalClusterParameters, DigitalClusterSimulator, cluster_path
from rcsd.papers.digital_cluster.solver import FASTEST, fastest

YEARS = np.arange(0.0, 41.0, 2.0)
NAMES = ("Digital Imitation", "Digital Ceiling", "Maximum Transaction Saving", "Skill Need")


@pytest.fixture(scope="module")
def theory() -> DigitalClusterSimulator:
    """Return the theory over forty years."""
    return DigitalClusterSimulator(YEARS)


def test_many_runs_are_those_of_one_at_a_time(theory):
    """Runs solved together, a stiff one among them, equal each run's own solution."""
    rng = np.random.default_rng(0)
    rows = {quantity.name: rng.uniform(*quantity.span, 30) for quantity in QUANTITIES}
    for name, value in (("Skill Loss Rate", 1.0), ("Initial Skilled Labour", 0.9), ("Skill Response", 100.0)):
        rows[name][7] = value  # stiff
    assert (fastest({q.field: rows[q.name] for q in QUANTITIES}) > FASTEST).sum() == 1
    found = theory.run(rows)
    assert found.ok.all()
    for row in range(30):
        parameters = DigitalClusterParameters(**{q.field: float(rows[q.name][row]) for q in QUANTITIES})
        path = cluster_path(parameters, YEARS)
        for name in theory.variables:
            np.testing.assert_allclose(found.of(name)[row], path.values[name], rtol=1e-6, atol=1e-7, err_msg=name)


def test_a_row_that_breaks_a_rule_fails_alone(theory):
    """Its message names the rule; the others are solved."""
    found = theory.run(
        {"Digital Imitation": [0.35, -0.1, 0.35, 0.35], "Digital Ceiling": [0.9, 0.9, 1.5, 0.005]},
        outputs=["Digitalisation"],
    )
    assert found.status.tolist() == [RunStatus.OK, *[RunStatus.FAILED] * 3]
    assert "Digital Imitation must lie between 0 and 2; got -0.1" in found.messages[1]
    assert "Digital Ceiling must lie between 0 and 1; got 1.5" in found.messages[2]
    assert "Initial Digitalisation must not lie above Digital Ceiling" in found.messages[3]
    assert np.isnan(found.values[1:]).all()
    assert np.isfinite(found.values[0]).all()


def test_times_outputs_and_names_are_those_asked_for(theory):
    """Any later times, in the order of the outputs; names as in the model file, spelt as one likes."""
    found = theory.run({"digital_ceiling": 0.5}, outputs=["etharchy", "Digitalisation"], times=[0.0, 7.25])
    assert found.variables == ("Etharchy", "Digitalisation")
    assert found.values[0, 0].tolist() == [0.01, 0.01]
    late = DigitalClusterSimulator([5.0, 9.0], start=0.0).run()
    assert late.of("Rivalry")[0] == pytest.approx(theory.run(times=[5.0, 9.0]).of("Rivalry")[0], abs=1e-8)
    model = rcsd.load("digital_cluster")
    assert theory.constants == {v.name: v.value for v in model.ir if v.name in theory.constants}
    assert theory.units == {v.name: v.unit for v in model.ir if v.name in theory.units}


@pytest.mark.parametrize(
    ("inputs", "options", "error", "message"),
    [
        ({"Digital Imitatoin": 1.0}, {}, ParameterError, "did you mean 'Digital Imitation'"),
        ({}, {"outputs": ["GDP"]}, ModelError, "'GDP' is not among|'GDP' is not a variable"),
        ({}, {"times": [-1.0, 2.0]}, ParameterError, "ask for later times"),
        ({}, {"times": [2.0, 1.0]}, ParameterError, "increase"),
        ({"Digital Imitation": float("nan")}, {}, ParameterError, "not finite"),
    ],
)
def test_bad_input_is_one_message(theory, inputs, options, error, message):
    """As from any simulator."""
    with pytest.raises(error, match=message):
        theory.run(inputs, **options)


def test_sobol_over_the_theory_and_over_the_model_file_agree():
    """The same sample through both gives the same indices of a year of arrival and of the late platform, to 0.02."""
    space = ParameterSpace(tuple(Parameter(q.name, *q.span, q.unit, "test") for q in QUANTITIES if q.name in NAMES))
    settings = SobolSettings(n_base=128, n_resamples=2)
    found = [
        sobol_indices(
            simulator,
            space,
            settings,
            rng=np.random.default_rng(0),
            outputs=["Platform Integration", "Digital Transaction Share"],
            times=YEARS,
            outcomes=[FirstCrossing("Digital Transaction Share", 0.5, never=40.0)],
        )
        for simulator in (DigitalClusterSimulator(YEARS), rcsd.load("digital_cluster").simulator("compiled"))
    ]
    assert np.abs(found[0].indices.total[1:] - found[1].indices.total[1:]).max() < 0.02
    gap = np.abs(found[0].outcomes[0].indices.total - found[1].outcomes[0].indices.total)
    assert gap.max() < 0.02


def test_a_calibration_finds_the_parameters_that_made_a_path(theory):
    """A descent over the theory alone gets imitation and saving back from digitalisation and transactions."""
    wanted = {"Digital Imitation": 0.42, "Maximum Transaction Saving": 0.22}
    truth = theory.run(wanted)
    flags = ((),) * YEARS.size
    names = ("Digitalisation", "Digital Transaction Share")
    series = [ObservedSeries(name, "Dmnl", YEARS, truth.of(name)[0], flags) for name in names]
    targets = tuple(Target(each, each.name, 0.01, "absolute", np.ones(YEARS.size)) for each in series)
    space = ParameterSpace(
        (
            Parameter("Digital Imitation", 0.2, 0.6, "1/Year", "test"),
            Parameter("Maximum Transaction Saving", 0.1, 0.5, "Dmnl", "test"),
        )
    )
    found = fit(
        Problem(theory, space, targets, (0, 40)), Search(n_starts=2, tolerance=1e-12), rng=np.random.default_rng(0)
    )
    assert found.values == pytest.approx(wanted, rel=1e-4)
