"""Bad input gives one error that names what is wrong."""

from collections.abc import Callable

import numpy as np
import pytest

from rcsd.errors import ParameterError
from rcsd.papers import coevolution as theory
from rcsd.papers.coevolution import CoevolutionParameters

CLOCK = CoevolutionParameters()
RIGID = CoevolutionParameters(omega=0.0)
RNG = np.random.default_rng(0)

BAD: dict[str, tuple[str, Callable[[], object]]] = {
    "negative nu": ("nu must be above zero; got -0.1", lambda: CoevolutionParameters(nu=-0.1)),
    "nu zero": ("nu must be above zero", lambda: CoevolutionParameters(nu=0.0)),
    "nu no number": ("nu must be a finite number; got nan", lambda: CoevolutionParameters(nu=float("nan"))),
    "nu a word": ("nu must be a finite number; got 'fast'", lambda: CoevolutionParameters(nu="fast")),  # type: ignore[arg-type]
    "negative beta": ("beta must lie between 0 and 20", lambda: CoevolutionParameters(beta=-1.0)),
    "negative omega": ("omega must be zero or more", lambda: CoevolutionParameters(omega=-0.1)),
    "negative range": ("alpha0 must lie between", lambda: CoevolutionParameters(alpha0=-0.5)),
    "lambda too large": ("lambda must lie between", lambda: CoevolutionParameters(lam=1e3)),
    "beta zero in V": (
        "potential needs beta above zero",
        lambda: theory.potential(0, 0, CoevolutionParameters(beta=0)),
    ),
    "x above one": ("x must lie between -1 and 1; got 1.5", lambda: theory.driving_force([0.0, 1.5], 0.0, CLOCK)),
    "x no number": ("x must lie between -1 and 1; got nan", lambda: theory.driving_force(np.nan, 0.0, CLOCK)),
    "x0 below minus one": ("x0 must lie between", lambda: theory.trajectory(CLOCK, [0, 1], x0=-1.1)),
    "alpha too large": ("alpha must lie between", lambda: theory.unit_rates(0.0, 50.0, CLOCK)),
    "R not whole": ("R must be a whole number, 1 or more; got 10.5", lambda: theory.generator(10.5, 0, CLOCK)),  # type: ignore[arg-type]
    "R zero": ("R must be a whole number", lambda: theory.stationary_law(0, 0.0, 1.0)),
    "times fall": ("times must be finite and increase", lambda: theory.trajectory(CLOCK, [0.0, 2.0, 1.0])),
    "one time": ("times must be a row of 2 or more", lambda: theory.trajectory(CLOCK, [0.0])),
    "P too short": ("one value per state, 5", lambda: theory.transient(2, 0.0, CLOCK, [1.0], [0.0])),
    "P negative": ("add up to one", lambda: theory.transient(1, 0.0, CLOCK, [2.0, -1.0, 0.0], [0.0])),
    "total zero": ("total must be above zero", lambda: theory.inputs_of(0.0, total=0.0)),
    "no inputs": ("total innovation input", lambda: theory.preference_of(0.0, 0.0)),
    "negative input": ("technological input must lie", lambda: theory.preference_of(-1.0, 3.0)),
    "no runs": (
        "n_runs must be a whole number",
        lambda: theory.simulate_jumps(5, 0.0, CLOCK, [0.0], n_runs=0, rng=RNG),
    ),
    "no step": ("step must be above zero", lambda: theory.density_path(5, CLOCK, [0.0, 1.0], step=0.0)),
    "cusp below one": ("beta must lie between 1 and 20", lambda: theory.cusp_alpha(0.9)),
    "rigid equilibria": ("omega must be above zero", lambda: theory.equilibria(RIGID)),
    "rigid cycles": ("omega must be above zero", lambda: theory.limit_cycles(RIGID)),
    "rigid Hopf": ("omega must be above zero", lambda: theory.hopf_point(RIGID)),
    "no years": ("years must be above zero", lambda: theory.survey(CLOCK, years=0.0)),
    "no Hopf to find": ("no Hopf point", lambda: theory.locate_hopf(CoevolutionParameters(alpha0=0.1))),
    "pitchfork too far": (
        "keeps its sign",
        lambda: theory.locate_pitchfork(CoevolutionParameters(alpha0=10.0, lam=10.0)),
    ),
}


@pytest.mark.parametrize(("message", "call"), BAD.values(), ids=BAD)
def test_bad_input_is_one_clear_error(message, call):
    """A `ParameterError` of one paragraph with the name, the rule and the value."""
    with pytest.raises(ParameterError) as failure:
        call()
    assert message in str(failure.value)
    assert "\n" not in str(failure.value)
