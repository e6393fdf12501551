"""Morris screening and PAWN, where the answer is known."""

import numpy as np
import pytest

from rcsd.analysis.parameters import Parameter, ParameterSpace
from rcsd.analysis.sensitivity import SobolSettings, morris_screening, sobol_indices
from rcsd.errors import ParameterError, SensitivityError

SPACE = ParameterSpace(tuple(Parameter(name, 0.0, 2.0, "m", "test") for name in ("a", "b", "c")))


def test_effects_of_a_linear_model_are_its_slopes(closed_form):
    """Over a range of 2, y = (3 a - b) t has effects 6 t and -2 t everywhere, and none of c."""
    simulator = closed_form(
        dict.fromkeys("abc", 1.0), {"y": lambda x, t: (3 * x["a"] - x["b"] + 0 * x["c"]) * t}, [0.0, 1.0, 2.0]
    )
    result = morris_screening(simulator, SPACE, rng=np.random.default_rng(0), n_trajectories=5)
    for time, t in enumerate((0.0, 1.0, 2.0)):
        assert result.mu[time, 0] == pytest.approx([6 * t, -2 * t, 0])
        assert result.mu_star[time, 0] == pytest.approx([6 * t, 2 * t, 0])
        assert result.sigma[time, 0] == pytest.approx(0, abs=1e-12)
    assert sum(simulator.calls) == 5 * 4
    frame = result.to_frame().set_index(["time", "output", "parameter"])
    assert frame.loc[(2.0, "y", "b"), "mu"] == pytest.approx(-4)


def test_curvature_shows_in_sigma(closed_form):
    """The square (a - 1)^2 has effects of both signs that cancel in mu, and not in mu*."""
    simulator = closed_form(dict.fromkeys("abc", 1.0), {"y": lambda x, t: (x["a"] - 1) ** 2 + x["b"] + 0 * t})
    result = morris_screening(simulator, SPACE, rng=np.random.default_rng(0), n_trajectories=200)
    assert abs(result.mu[0, 0, 0]) < 0.5 * result.mu_star[0, 0, 0]
    assert result.sigma[0, 0, 0] > 10 * result.sigma[0, 0, 1]


def test_morris_repeats_with_its_seed_and_tells_of_failures(closed_form):
    """Seed 0 is a seed; failed runs are refused, or counted."""
    outputs = {"y": lambda x, t: x["a"] * x["b"] + 0 * t}
    plain = closed_form(dict.fromkeys("abc", 1.0), outputs)
    first, again = (morris_screening(plain, SPACE, rng=np.random.default_rng(0)).to_frame() for _ in range(2))
    assert first.equals(again)
    faulty = closed_form(dict.fromkeys("abc", 1.0), outputs, fails=lambda x: x["a"] > 1.9)
    with pytest.raises(SensitivityError, match="runs failed"):
        morris_screening(faulty, SPACE, rng=np.random.default_rng(0))
    result = morris_screening(faulty, SPACE, rng=np.random.default_rng(0), on_failure="median")
    assert result.failures.n > 0


def test_two_trajectories_are_the_least(closed_form):
    """One has no spread."""
    simulator = closed_form(dict.fromkeys("abc", 1.0), {"y": lambda x, t: x["a"] + 0 * t})
    with pytest.raises(ParameterError, match="1 Morris trajectories"):
        morris_screening(simulator, SPACE, rng=np.random.default_rng(0), n_trajectories=1)


def test_pawn_tells_influence_from_noise(closed_form):
    """Of y = a + b/10 + 0 c the parameter a is far above the dummy, c is near it; a constant has none."""
    simulator = closed_form(
        dict.fromkeys("abc", 1.0),
        {"y": lambda x, t: x["a"] + 0.1 * x["b"] + 0 * x["c"] + 0 * t, "flat": lambda x, t: 1.0 + 0 * x["a"] + 0 * t},
        [0.0, 1.0],
    )
    settings = SobolSettings(n_base=512, pawn_times=(1.0,))
    y, flat = sobol_indices(simulator, SPACE, settings, rng=np.random.default_rng(0)).pawn
    assert (y.output, y.time, y.n_rows) == ("y", 1.0, 1024)
    assert y.median[0] > 5 * y.dummy
    assert y.median[2] < 1.5 * y.dummy
    assert np.isnan(flat.median).all()
