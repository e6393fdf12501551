"""Priors of families in a study file."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rcsd.analysis.parameters import FamilyPrior
from rcsd.errors import StudyError
from rcsd.study import load_study


def _upper(prior: str) -> dict[str, str]:
    return {"upper = 0.2\n": f"upper = 0.2\nprior = {{ {prior} }}\n"}


def test_a_family_is_read_with_its_numbers(town: Callable[..., Path]) -> None:
    """A study's prior is the family that it names, with the last year of the data behind it."""
    study = load_study(town(_upper('family = "student-t", df = 4, location = 0.03, scale = 0.01, until = 2005')))
    (rate,) = (each for each in study.space.parameters if each.name == "Growth Rate")
    assert rate.prior == FamilyPrior("student-t", (4.0, 0.03, 0.01), 2005)
    weak = rate.known_by(2004).prior
    assert weak is not None
    assert weak != rate.prior


@pytest.mark.parametrize(
    ("prior", "said"),
    [
        ('family = "gamma", shape = 2', r'"Growth Rate"\.prior: .*states `shape`, `scale`; found `shape`'),
        ('family = "gamma", shape = 2, scale = -1', r"prior: .*`scale` of a gamma prior must be finite and above 0"),
        ('family = "gamma", shape = 2, scale = 1', r"lower: .*lower bound -0\.1 lies where the prior .* ends at 0"),
        ('family = "gama", shape = 2, scale = 1', r"prior\.family: .*'gamma'"),
        ("centre = 0.1", r"prior: .*without a `family` states `centre` and `sd`; found `centre`"),
        ("sd = 0.1, mean = 3", r"prior: .*without a `family` states `centre` and `sd`; found `sd`, `mean`"),
        ('family = "normal", mean = 9, sd = 0.1', r"prior: .*lies outside the bounds \[-0\.1, 0\.2\]"),
    ],
)
def test_a_faulty_family_names_its_key_and_the_rule(town: Callable[..., Path], prior: str, said: str) -> None:
    """One line of what is missing, too much or out of range, where it stands."""
    with pytest.raises(StudyError, match=said):
        load_study(town(_upper(prior)))
