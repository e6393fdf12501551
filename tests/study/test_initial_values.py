"""A study estimates where a stock begins, as it does a constant; and sizes of a study have limits."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rcsd.analysis.calibration import fit
from rcsd.errors import StudyError
from rcsd.study import load_study

CONSTANT = """[constants."Initial Population"]
from = "population"
at = 2000

"""
INITIAL = """[parameters."Initial: population"]
lower = 1
upper = 1000
scale = "log"
unit = "person"
source = "a guess"

"""


def test_the_initial_value_of_a_stock_is_fitted(town: Callable[..., Path]) -> None:
    """The town began with 100 people and grew by 3 % a year; noise-free data tell both."""
    study = load_study(town({CONSTANT: INITIAL}))
    assert study.space.names[0] == "initial: Population"
    found = fit(study.problem(study.simulator()), study.search(quick=False), rng=np.random.default_rng(1))
    assert dict(zip(study.space.names, found.estimate, strict=True)) == pytest.approx(
        {"initial: Population": 100, "Growth Rate": 0.03, "Output per Person": 2}, rel=1e-6
    )


@pytest.mark.parametrize("name", ["initial: GDP", "initial: Nobody", "Population[north]"])
def test_what_has_no_initial_value_is_a_fault(town: Callable[..., Path], name: str) -> None:
    """A flow begins nowhere, and this model has no arrays."""
    changed = INITIAL.replace("Initial: population", name)
    with pytest.raises(StudyError, match=rf'parameters."{re.escape(name)}"'):
        load_study(town({CONSTANT: changed}))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("seed = 7", f"seed = {10**18 + 1}", r"study\.seed: .*1000000000000000000"),
        ("seed = 7", "seed = -1", r"study\.seed: .*0"),
        ("seed = 7", f"seed = {'7' * 5000}", r"study\.toml:5: `seed = 7+\.\.\.` holds a number of 5,000 digits"),
        ("starts = 3\n", "starts = 10_000_001\n", r"search\.starts: .*10000"),
        ("max_evaluations = 40\n", "max_evaluations = 1_000_000_000\n", r"search\.max_evaluations: .*1000000"),
        ("upper = 10\n", "upper = 1e308\n", r'parameters."Output per Person"\.upper: .*beyond 1e\+100'),
        ("upper = 0.2\n", "upper = 0.2\nprior = { centre = 0.1, sd = 1, until = 3000 }\n", r"until: .*2100"),
        ('name = "town"', f'name = "{"t" * 300}"', r"study\.name: .*100"),
        ("band = 0.1", f"band = {'[' * 3000}{']' * 3000}", "brackets stand in brackets"),
    ],
)
def test_a_size_beyond_reason_names_the_limit(town: Callable[..., Path], old: str, new: str, said: str) -> None:
    """File, key and the largest that may be."""
    with pytest.raises(StudyError, match=said):
        load_study(town({old: new}))
