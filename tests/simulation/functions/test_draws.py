"""Distributions of random functions: their moments, their limits, and that both engines draw the same."""

import math
from pathlib import Path

import numpy as np
import pytest

import rcsd
from tests.simulation.functions.models import BOTH, aux, vensim, xmile

N = 4000
VENSIM: dict[str, tuple[str, float, float]] = {
    "gamma": ("RANDOM GAMMA(0, 1000, 2.5, 3, 2, 1)", 3 + 2 * 2.5, 2 * math.sqrt(2.5)),
    "beta": ("RANDOM BETA(-9, 9, 2, 3, 1, 2, 1)", 1 + 2 * 0.4, 2 * 0.2),
    "poisson": ("RANDOM POISSON(0, 100, 4, 1, 2, 1)", 1 + 2 * 4.0, 2 * 2.0),
    "binomial": ("RANDOM BINOMIAL(0, 100, 0.3, 20, 0, 1, 1)", 6.0, math.sqrt(4.2)),
    "trials": ("RANDOM NEGATIVE BINOMIAL(0, 1000, 0.5, 3, 0, 1, 1)", 6.0, math.sqrt(6.0)),
    "weibull": ("RANDOM WEIBULL(0, 100, 1, 2, 3, 1)", 5.0, 3.0),
    "triangular": ("RANDOM TRIANGULAR(-10, 10, 0, 1, 5, 1)", 2.0, math.sqrt((25 - 5 + 1) / 18)),
    "exponential": ("RANDOM EXPONENTIAL(0, 1000, 2, 3, 1)", 5.0, 3.0),
    "pink": ("RANDOM PINK NOISE(7, 2, 4, 1)", 7.0, 2.0),
}
"""Call, mean and deviation by the formulas of the distributions; limits that cut next to nothing off."""
XMILE: dict[str, tuple[str, float, float]] = {
    "even": ("UNIFORM(2, 5)", 3.5, 3 / math.sqrt(12)),
    "same": ("RANDOM(2, 5, 17)", 3.5, 3 / math.sqrt(12)),
    "normal": ("NORMAL(3, 2, 9)", 3.0, 2.0),
    "lognormal": ("LOGNORMAL(1, 0.5)", math.exp(1.125), math.exp(1.125) * math.sqrt(math.expm1(0.25))),
    "exponential": ("EXPRND(4)", 4.0, 4.0),
    "poisson": ("POISSON(50)", 50.0, math.sqrt(50)),
    "gamma": ("GAMMA(2, 3)", 6.0, math.sqrt(18)),
    "beta": ("BETA(2, 2)", 0.5, math.sqrt(1 / 20)),
    "binomial": ("BINOMIAL(10, 0.5)", 5.0, math.sqrt(2.5)),
    "logistic": ("LOGISTIC(3, 2)", 3.0, 2 * math.pi / math.sqrt(3)),
    "triangular": ("TRIANGULAR(0, 1, 5)", 2.0, math.sqrt((25 - 5 + 1) / 18)),
    "weibull": ("WEIBULL(2, 3)", 3 * math.gamma(1.5), 3 * math.sqrt(1 - math.gamma(1.5) ** 2)),
    "chance": ("MONTECARLO(40)", 0.2, 0.4),
}


def draws(path: Path, names: list[str], backend: str) -> np.ndarray:
    """Run a model many times; shape (run, variable), at its second step."""
    model = rcsd.load(path)
    assert model.ir.untaken == ()
    return model.simulator(backend, seed=5).run({"a": np.zeros(N)}, outputs=names, times=[0.5]).values[:, 0]


@pytest.mark.parametrize("backend", BOTH)
@pytest.mark.parametrize("format", ["vensim", "xmile"])
def test_draws_have_the_moments_of_their_distribution(format: str, backend: str, tmp_path: Path) -> None:
    """Mean and deviation within four standard errors of their formulas."""
    cases = VENSIM if format == "vensim" else XMILE
    equations = {f"y_{name}": call for name, (call, _, _) in cases.items()}
    if format == "vensim":
        text = "\n".join(f"{name} = {call} + a * 0" for name, call in equations.items())
        path = vensim(tmp_path, f"a = 0\n{text}", stop=1, step=0.5)
    else:
        path = xmile(tmp_path, aux(a="0", **equations), stop=1, step=0.5)
    found = draws(path, list(equations), backend)
    for column, (call, mean, deviation) in zip(found.T, cases.values(), strict=True):
        assert abs(column.mean() - mean) < 4 * deviation / math.sqrt(N), call
        spread = (column - column.mean()) ** 2
        assert abs(spread.mean() - deviation**2) < 4 * spread.std() / math.sqrt(N), call


@pytest.mark.slow
def test_both_engines_draw_the_same(tmp_path: Path) -> None:
    """SciPy's quantiles, and bisection of series and continued fractions; no draw lies where counts would differ."""
    calls = [call for call, _, _ in VENSIM.values()]
    text = "\n".join(f"y{i} = {call}" for i, call in enumerate(calls))
    path = vensim(tmp_path, f"a = 0\n{text}", stop=1, step=0.5)
    names = [f"y{i}" for i, _ in enumerate(calls)]
    one, other = (draws(path, names, backend) for backend in ("interpreted", "compiled"))
    np.testing.assert_allclose(one, other, rtol=1e-10)


@pytest.mark.parametrize("backend", BOTH)
def test_draws_stay_within_their_limits(backend: str, tmp_path: Path) -> None:
    """And what has no probability there at all lies on a limit."""
    calls = {
        "gamma": "RANDOM GAMMA(5, 6, 2, 0, 1, 1)",
        "beta": "RANDOM BETA(0.4, 0.5, 2, 2, 0, 1, 1)",
        "poisson": "RANDOM POISSON(2, 5, 4, 0, 1, 1)",
        "binomial": "RANDOM BINOMIAL(3, 4, 0.3, 20, 0, 1, 1)",
        "trials": "RANDOM NEGATIVE BINOMIAL(4, 8, 0.5, 3, 0, 1, 1)",
        "weibull": "RANDOM WEIBULL(1, 2, 2, 0, 1, 1)",
        "triangular": "RANDOM TRIANGULAR(1, 2, 0, 1, 5, 1)",
        "nowhere": "RANDOM POISSON(2, 3, 1000, 0, 1, 1)",
    }
    text = "\n".join(f"y {name} = {call}" for name, call in calls.items())
    found = draws(vensim(tmp_path, f"a = 0\n{text}", stop=1, step=0.5), [f"y {name}" for name in calls], backend)
    low, high = np.array([[5, 0.4, 2, 3, 4, 1, 1, 2], [6, 0.5, 5, 4, 8, 2, 2, 3]])
    assert ((found >= low) & (found <= high)).all()
    assert (np.ptp(found, axis=0)[:-1] > 0).all()


def test_pink_noise_remembers(tmp_path: Path) -> None:
    """Over one time step the correlation is 1 - step / time, whatever the deviation."""
    path = vensim(tmp_path, "a = 0\ny = RANDOM PINK NOISE(0, 3, 4, 1)", stop=20, step=0.5)
    run = rcsd.load(path).simulator("interpreted").run({"a": np.zeros(1500)}, outputs=["y"])
    noise = run.of("y")
    correlation = np.mean(noise[:, 1:] * noise[:, :-1]) / np.mean(noise**2)
    assert correlation == pytest.approx(1 - 0.5 / 4, abs=0.02)
