"""Equations that are written otherwise mean the same, or do not."""

from pathlib import Path

import pytest

import rcsd
from rcsd.analysis.checks.meaning import mean_the_same
from tests.small_models import write_model


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("INTEGER(A)", "IF THEN ELSE(A<0, -INTEGER(-A), INTEGER(A))", True),
        ("A*B", "B*A", True),
        ("A-B", "A+(-B)", True),
        ("INTEGER(A)", "IF THEN ELSE(A<0, -INTEGER(-A)-1, INTEGER(A))", False),
        ("MAX(A, 0)", "A", False),
        ("MIN(A, B)", "MAX(A, B)", False),
        ("IF THEN ELSE(A>5e+06, B, 0)", "IF THEN ELSE(A>6e+06, B, 0)", False),
        ("IF THEN ELSE(Time>2000, B, 0)", "IF THEN ELSE(Time>2001, B, 0)", False),
        ("0/0*A", "0/0*B", False),
        ("A", "B", False),
        ("DELAY1(A, B)", "DELAY1(A, B)", False),
        ("Time+A", "A+Time", True),
    ],
)
def test_equations_are_tried_at_points(one: str, other: str, same: bool, tmp_path: Path) -> None:
    """Two ways to cut a fraction off are one; a guard, another operator or limit, or what remembers is not."""
    constants = {"A": "1", "B": "2"}
    models = [
        rcsd.load(write_model(tmp_path, constants | {"C": text}, name=name)).ir
        for name, text in (("one", one), ("other", other))
    ]
    assert mean_the_same(*models, "C", "C") is same
