"""Families of networks as a simulator: against single paths, the model file, and under the analyses."""

from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.analysis.calibration import Problem, Search, Target, fit
from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.analysis.sensitivity import SobolSettings, sobol_indices
from rcsd.analysis.series import ObservedSeries
from rcsd.ensemble import RunStatus
from rcsd.errors import ModelError, ParameterError
from rcsd.papers.hypercycle import (
    CycleFamily,
    HypercycleSimulator,
    ModeFamily,
    ModeParameters,
    mode_network,
    permanence,
    phase_diagram,
    plane_threshold,
    pure_cycle,
    share_path,
)

YEARS = np.arange(0.0, 61.0, 5.0)


@pytest.fixture(scope="module")
def cluster():
    """Return the organisation mode over sixty years."""
    return HypercycleSimulator(ModeFamily("organisation"), YEARS)


def test_many_runs_are_those_of_one_at_a_time(cluster):
    """Rows of different strengths, preferences and first shares equal each its own path."""
    rng = np.random.default_rng(0)
    rows = {
        "own": rng.uniform(0, 0.1, 150),
        "chain": rng.uniform(0, 0.3, 150),
        "preference": rng.uniform(-1, 1, 150),
        "first share": rng.uniform(0.05, 0.9, 150),
    }
    found = cluster.run(rows)
    assert found.ok.all()
    for row in (0, 70, 149):
        own, chain, x, first = (float(rows[name][row]) for name in rows)
        network = mode_network("organisation", ModeParameters(own=own, chain=chain))
        shares = [first, (1 - first) / 2, (1 - first) / 2]
        path = share_path(network, YEARS, shares=shares, replicase=1 - x**2)
        np.testing.assert_allclose(found.values[row, :, :3], path.shares, atol=1e-8)
        np.testing.assert_allclose(found.of("advantage")[row], path.advantage, atol=1e-9)
        assert found.of("replicase")[row] == pytest.approx(1 - x**2)
    assert np.abs(found.values[:, :, :3].sum(axis=2) - 1).max() < 1e-12


def test_a_row_that_breaks_a_rule_fails_alone(cluster):
    """Its message names the rule; the others are solved."""
    found = cluster.run({"chain": [0.1, -0.1, 0.1, 0.1], "preference": [0, 0, 2, 0], "first share": [0.4, 0.4, 0.4, 1]})
    assert found.status.tolist() == [RunStatus.OK, RunStatus.FAILED, RunStatus.FAILED, RunStatus.FAILED]
    assert "chain must lie between 0 and 1" in found.messages[1]
    assert "preference must lie between -1 and 1" in found.messages[2]
    assert "first share must lie between" in found.messages[3]
    assert np.isnan(found.values[1:]).all()


@pytest.mark.parametrize(
    ("inputs", "options", "error", "message"),
    [
        ({"chian": 1.0}, {}, ParameterError, "did you mean 'chain'"),
        ({}, {"outputs": ["profit"]}, ModelError, "'profit' is not a variable"),
        ({}, {"times": [-1.0, 2.0]}, ParameterError, "ask for later times"),
    ],
)
def test_bad_input_is_one_message(cluster, inputs, options, error, message):
    """As from any simulator."""
    with pytest.raises(error, match=message):
        cluster.run(inputs, **options)


def test_later_times_and_single_outputs_are_those_asked_for(cluster):
    """Whatever is saved, the path is the same."""
    late = HypercycleSimulator(ModeFamily("organisation"), [30.0, 60.0], start=0.0).run(outputs=["advantage"])
    assert late.variables == ("advantage",)
    np.testing.assert_allclose(late.of("advantage"), cluster.run(times=[30.0, 60.0]).of("advantage"), atol=1e-10)
    assert cluster.run(times=[0.0]).of("Coal mining")[0].tolist() == pytest.approx([0.4])


def test_the_simulator_is_the_model_file_with_a_fine_step(tmp_path):
    """The regional mode from the file's own start differs by Euler's error alone, which halves with the step."""
    text = Path(rcsd.load("hypercycle").path).read_text("utf-8")
    even = {"Initial Share of City B": 0.5, "Initial Share of Mining": 1 / 3, "Initial Share of Chemicals": 1 / 3}
    exact = HypercycleSimulator(ModeFamily("regional"), YEARS, defaults={"first share": 1 / 6})
    rows = {"preference": [0.0, 0.5], "chain": [0.06, 0.1]}
    path = tmp_path / "model.mdl"
    path.write_text(text, "utf-8")
    found = (
        rcsd.load(path)
        .simulator("interpreted")
        .run(
            {**even, "Innovation Preference": rows["preference"], "Chain Catalysis": rows["chain"]},
            outputs=["Industrial Advantage"],
            times=YEARS,
        )
    )
    np.testing.assert_allclose(
        found.of("Industrial Advantage"), exact.run(rows).of("advantage"), rtol=1e-9
    )  # at rest, Euler's method is exact


def test_sobol_indices_are_those_of_the_closed_form():
    """The advantage at equal shares is linear in the strengths: indices are shares of the variance, none of pairs."""
    simulator = HypercycleSimulator(ModeFamily("organisation"), [0.0, 10.0], defaults={"first share": 1 / 3})
    ranges = {"innovation": (0.0, 0.02), "own": (0.0, 0.03), "chain": (0.03, 0.09)}
    space = ParameterSpace(tuple(Parameter(name, *pair, "1/Year", "test") for name, pair in ranges.items()))
    found = sobol_indices(
        simulator, space, SobolSettings(n_base=512, n_resamples=2), rng=np.random.default_rng(0), outputs=["advantage"]
    )
    effects = np.array([1.0 * 0.02, 0.03 / 3, 2 / 3 * 0.06]) ** 2
    np.testing.assert_allclose(found.indices.first[-1, 0], effects / effects.sum(), atol=0.02)
    np.testing.assert_allclose(found.indices.total[-1, 0], effects / effects.sum(), atol=0.02)


def test_a_calibration_finds_the_parameters_that_made_a_path(cluster):
    """A descent over the theory alone gets chain and preference back from shares and advantage."""
    truth = cluster.run({"chain": 0.09, "own": 0.02})
    flags = ((),) * YEARS.size
    names = ("Coal mining", "advantage")
    units = ("Dmnl", "1/Year")
    series = [
        ObservedSeries(name, unit, YEARS, truth.of(name)[0], flags) for name, unit in zip(names, units, strict=True)
    ]
    targets = tuple(Target(each, each.name, 0.001, "absolute", np.ones(YEARS.size)) for each in series)
    space = ParameterSpace(
        (Parameter("chain", 0.01, 0.2, "1/Year", "test"), Parameter("own", 0.0, 0.05, "1/Year", "test"))
    )
    found = fit(
        Problem(cluster, space, targets, (0, 60)), Search(n_starts=2, tolerance=1e-12), rng=np.random.default_rng(0)
    )
    assert found.values == pytest.approx({"chain": 0.09, "own": 0.02}, rel=1e-4)


def test_the_phase_diagram_shows_the_lines_of_the_theory():
    """Two industries last above own = chain; cities above the threshold; a cycle of any strength without a lead."""
    pair = phase_diagram(ModeFamily("structure"), n=8)
    own, chain = np.meshgrid(pair.x, pair.y)
    off = np.abs(own - chain) > 1e-9
    assert ((pair.left == 2) == (chain > own))[off].all()
    assert pair.advantage[pair.left == 2] == pytest.approx(0.01 + ((own + chain) / 2)[pair.left == 2], rel=1e-3)
    cities = phase_diagram(ModeFamily("regional"), n=7)
    local = (0.01 + 2 * (cities.x[None, :] + 0.02)) / 3
    gap = cities.y[:, None] - local
    assert ((cities.left == 6) == (gap > 0))[np.abs(gap) > 0.012].all()
    assert (phase_diagram(CycleFamily(3), n=5).left[:, 0] == 3).all()


@pytest.mark.parametrize(
    ("family", "axes", "x"),
    [
        (ModeFamily("structure"), ("own", "chain"), [0.02, 0.05]),
        (ModeFamily("organisation"), ("own", "chain"), [0.04, 0.1]),
        (ModeFamily("regional"), ("chain", "intercity"), [0.01, 0.08]),
        (CycleFamily(3), ("lead", "strength"), [0.01, 0.1]),
        (CycleFamily(4), ("lead", "strength"), [0.01, 0.1]),
    ],
)
def test_a_network_lasts_above_the_exact_line_and_not_below(family, axes, x):
    """Permanence, tested on the network itself, changes within a thousandth of the line."""
    numbers = {**family.constants, "preference": 0.0}
    line = plane_threshold(family, axes, np.array(x), numbers)
    for at, level in zip(x, line.y, strict=True):
        for ratio, verdict in ((0.999, "not permanent"), (1.001, "permanent")):
            values = {**family.constants, axes[0]: at, axes[1]: ratio * level}
            assert permanence(family.network(values)).verdict == verdict


def test_a_weak_replicase_moves_the_line_of_the_cycle_and_a_plane_of_ones_own_has_none():
    """Catalysis has to be stronger by as much; for other axes no line is known."""
    lead = np.array([0.05])
    half = plane_threshold(CycleFamily(3), ("lead", "strength"), lead, {"preference": np.sqrt(0.5)})
    assert half.y == pytest.approx([0.2])
    assert phase_diagram(ModeFamily("form"), (("own", 0, 0.1), ("chain", 0, 0.1)), n=2).threshold is None
    assert phase_diagram(ModeFamily("form"), n=2).threshold.y.tolist() == [0, 0]


def test_the_cycle_family_is_the_pure_cycle():
    """Its lead goes to the first unit."""
    network = CycleFamily(4).network({"replication": 0.1, "lead": 0.2, "strength": 0.3})
    same = pure_cycle(0.3, n=4, replication=[0.1 + 0.2, 0.1, 0.1, 0.1])
    assert (network.catalysis == same.catalysis).all()
    assert (network.replication == same.replication).all()
