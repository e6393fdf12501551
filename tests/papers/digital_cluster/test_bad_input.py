"""Bad input gives one error that names what is wrong."""

from collections.abc import Callable

import numpy as np
import pytest

from rcsd.errors import ParameterError
from rcsd.papers import digital_cluster as theory
from rcsd.papers.digital_cluster import QUANTITIES, READ, DigitalClusterParameters

BASE = DigitalClusterParameters()
RNG = np.random.default_rng(0)
STATE = dict.fromkeys(READ, 0.5)
SIMULATOR = theory.DigitalClusterSimulator([0.0, 1.0])
GRID = {"imitations": [0.3], "ceilings": [0.9], "savings": [0.3], "years": [0.0, 1.0]}

BAD: dict[str, tuple[str, Callable[[], object]]] = {
    "above the ceiling": (
        "Initial Digitalisation must not lie above Digital Ceiling; got 0.6 above 0.5",
        lambda: DigitalClusterParameters(initial_digitalisation=0.6, digital_ceiling=0.5),
    ),
    "a word": ("must be a finite number; got 'fast'", lambda: DigitalClusterParameters(digital_imitation="fast")),  # type: ignore[arg-type]
    "no number": ("must be a finite number; got nan", lambda: DigitalClusterParameters(skill_need=float("nan"))),
    "Bass's rate": ("imitation must lie between 0", lambda: theory.bass_path([1.0], external=0.1, imitation=-0.1)),
    "Bass's share": (
        "initial must not lie above the ceiling",
        lambda: theory.bass_path([1.0], external=0.1, imitation=0.1, ceiling=0.3, initial=0.4),
    ),
    "times fall": ("times must be finite and increase", lambda: theory.cluster_path(BASE, [0.0, 2.0, 1.0])),
    "one time": ("times must be a row of 2 or more", lambda: theory.cluster_path(BASE, [0.0])),
    "negative hazard": (
        "hazard must lie between 0",
        lambda: theory.simulate_leaders([0.0, 1.0], [0.1, -0.1], n_runs=1, rng=RNG),
    ),
    "hazard too short": (
        "a value for each of the 3 times",
        lambda: theory.accumulated_hazard([0.0, 1.0, 2.0], [0.1, 0.2]),
    ),
    "no runs": ("n_runs must be a whole number", lambda: theory.simulate_leaders([0, 1], [0, 0], n_runs=0, rng=RNG)),
    "one candidate": ("n_candidates must be a whole number, 2", lambda: theory.founder_probability(0.5, 1)),
    "a missing variable": ("the table cannot be read without Etharchy", lambda: theory.read_state(
        {name: value for name, value in STATE.items() if name != "Etharchy"})),
    "a variable not finite": (
        "Digitalisation must be finite", lambda: theory.classify(STATE | {"Digitalisation": np.nan})),
    "many states": ("Rivalry must be one number", lambda: theory.read_state(STATE | {"Rivalry": np.ones(2)})),
    "no draw": ("n_draws must be a whole number", lambda: theory.stage_shares(STATE, n_draws=0, rng=RNG)),
    "stages": ("must be one of 0, 1 and 2", lambda: theory.stage_spans([0.0, 1.0], [0, 3])),
    "no years": ("years must be above zero", lambda: theory.survey(BASE, years=0.0, rng=RNG)),
    "year outside": ("year must lie between 0 and 60", lambda: theory.survey(BASE, year=61.0, rng=RNG)),
    "grid falls": (
        "Digital Ceiling must be finite and increase",
        lambda: theory.phase_diagram(SIMULATOR, **(GRID | {"ceilings": [0.9, 0.8]})),
    ),
    "grid too high": (
        "Digital Ceiling must lie between 0 and 1",
        lambda: theory.phase_diagram(SIMULATOR, **(GRID | {"ceilings": [0.9, 1.1]})),
    ),
    "negative imitation": (
        "Digital Imitation must lie between 0",
        lambda: theory.phase_diagram(SIMULATOR, **(GRID | {"imitations": [-0.1]})),
    ),
    "one value": (
        "n_values must be a whole number", lambda: theory.path_conditions(SIMULATOR, years=[0, 1], n_values=1)),
}  # fmt: skip


def one_clear_error(message: str, call: Callable[[], object]) -> None:
    """Expect a `ParameterError` of one paragraph that holds the message."""
    with pytest.raises(ParameterError) as failure:
        call()
    assert message in str(failure.value)
    assert "\n" not in str(failure.value)


@pytest.mark.parametrize(("message", "call"), BAD.values(), ids=BAD)
def test_bad_input_is_one_clear_error(message, call):
    """With the name, the rule and the value."""
    one_clear_error(message, call)


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda quantity: quantity.field)
def test_every_parameter_is_held_to_its_rule(quantity):
    """Just outside its rule, on either side, a value is refused by name; its range lies within the rule."""
    low, high = quantity.rule
    for value in (low - 1e-6, high + 1e-6):
        one_clear_error(
            f"{quantity.name} must lie between {low:g} and {high:g}",
            lambda value=value: DigitalClusterParameters(**{quantity.field: value}),
        )
    assert low <= quantity.span[0] < quantity.span[1] <= high
    assert quantity.span[0] <= quantity.default <= quantity.span[1]
    assert getattr(BASE, quantity.field) == quantity.default
