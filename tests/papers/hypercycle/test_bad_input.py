"""Bad input gives one error that names what is wrong."""

from collections.abc import Callable

import numpy as np
import pytest

from rcsd.errors import ParameterError
from rcsd.papers import hypercycle as theory
from rcsd.papers.hypercycle import ModeParameters, network_of, pure_cycle

CYCLE = pure_cycle(0.1, n=3)
RNG = np.random.default_rng(0)
NO_LINKS = np.zeros((2, 2))

BAD: dict[str, tuple[str, Callable[[], object]]] = {
    "negative catalysis": (
        "catalysis must lie between 0 and 100; got -0.1",
        lambda: network_of("ab", 0, [[0, -0.1], [0, 0]]),
    ),
    "no number": ("catalysis must lie between", lambda: network_of("ab", 0, [[0, np.nan], [0, 0]])),
    "negative replication": ("replication must lie between", lambda: network_of("ab", [-1, 0], NO_LINKS)),
    "negative support": ("support must lie", lambda: network_of("a", 0, [[0]], catalysts="c", support=[[-1]])),
    "empty": ("the network is empty", lambda: network_of([], [], np.zeros((0, 0)))),
    "too large": ("at most 40 units; got 41", lambda: pure_cycle(1.0, n=41)),
    "links that do not fit": ("catalysis must have shape (2, 2)", lambda: network_of("ab", 0, np.zeros((3, 3)))),
    "a name twice": ("'a' is given twice", lambda: network_of("aa", 0, NO_LINKS)),
    "a cycle of one": ("must be a whole number, 2 or more; got 1", lambda: pure_cycle(1.0, n=1)),
    "a cycle without strength": ("catalysis must be above zero", lambda: pure_cycle([0.1, 0.0])),
    "shares that sum to more": (
        "shares must sum to one; got 1.1",
        lambda: theory.share_path(CYCLE, [0, 1], shares=[0.5, 0.5, 0.1]),
    ),
    "negative share": (
        "shares must be zero or more; got -0.1",
        lambda: theory.share_path(CYCLE, [0, 1], shares=[0.6, 0.5, -0.1]),
    ),
    "no share": (
        "shares must be zero or more; got nan",
        lambda: theory.share_path(CYCLE, [0, 1], shares=[np.nan, 0.5, 0.5]),
    ),
    "too few shares": (
        "one number for each of the 3 units",
        lambda: theory.share_path(CYCLE, [0, 1], shares=[0.5, 0.5]),
    ),
    "times that fall": ("times must be finite and increase", lambda: theory.share_path(CYCLE, [1, 0])),
    "negative replicase": (
        "replicase must be zero or more; got -0.5",
        lambda: theory.share_path(CYCLE, [0, 1], replicase=-0.5),
    ),
    "replicase path": ("one level for each of its 2 times", lambda: theory.ReplicasePath(np.arange(2.0), np.ones(3))),
    "preference": ("preference must lie between -1 and 1; got 1.5", lambda: theory.replicase_of_preference(1.5)),
    "negative input": ("technological input must lie", lambda: theory.replicase_of_inputs(-1, 1, reference=2.0)),
    "unknown mode": ("'cluster' is no innovation mode; choose one of form", lambda: theory.mode_network("cluster")),
    "one city": ("n_cities must be a whole number, 2 or more", lambda: theory.mode_network("regional", n_cities=1)),
    "negative strength": ("chain must lie between 0 and 1; got -0.1", lambda: ModeParameters(chain=-0.1)),
    "mutant": ("one link from each of the 3 units", lambda: theory.invasion_rate(CYCLE, replication=0, gains=[1])),
    "newcomer": ("one link to and one from each", lambda: theory.invade(CYCLE, replication=0, gains=[1], gives=[1])),
    "residents": (
        "nothing lasts to be invaded",
        lambda: theory.invade(network_of("ab", [0, 1], NO_LINKS), replication=0, gains=[1, 1], gives=[0, 0]),
    ),
    "faces": ("the faces of 15 units", lambda: theory.permanence(pure_cycle(1.0, n=15))),
    "counts": (
        "counts must be a whole number",
        lambda: theory.simulate_numbers(CYCLE, [1, 1, 0.5], [0], n_runs=1, rng=RNG),
    ),  # type: ignore[list-item]
    "no members": ("add up to 1 to", lambda: theory.simulate_numbers(CYCLE, [0, 0, 0], [0], n_runs=1, rng=RNG)),
    "no years": ("years must be above zero", lambda: theory.survey(CYCLE, years=0)),
    "too many years": ("ask for fewer years", lambda: theory.survey(CYCLE, years=1e9)),
    "no triangle": (
        "the triangle shows three shares",
        lambda: theory.simplex_portrait(pure_cycle(1.0, n=4), theory.share_path(pure_cycle(1.0, n=4), [0, 1])),
    ),
    "no link": ("link must be above zero", lambda: theory.table_1(0.0)),
    "lead": (
        "replication + lead must lie",
        lambda: theory.CycleFamily(3).network({"replication": 0.1, "lead": -1.0, "strength": 1.0}),
    ),
}


@pytest.mark.parametrize(("message", "call"), BAD.values(), ids=BAD)
def test_bad_input_is_one_clear_error(message, call):
    """A `ParameterError` of one paragraph with the name, the rule and the value."""
    with pytest.raises(ParameterError) as failure:
        call()
    assert message in str(failure.value)
    assert "\n" not in str(failure.value)
