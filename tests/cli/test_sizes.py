"""Sizes on the command line have limits, and the message says which; numbers are what people write."""

import re
from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("sobol", "jixi", "--n", 2**40), "the most is 1,048,576"),
        (("sobol", "jixi", "--n", "1_024"), "'1_024' is not a whole number"),
        (("sobol", "jixi", "--seed", -1), "-1 is too small: the least is 0"),
        (("sobol", "jixi", "--seed", "9" * 4500), "has 4,500 letters"),
        (("sobol", "jixi", "--resamples", 10**9), "1000000000 is too large: the most is 100,000"),
        (("study", "jixi", "--workers", 10**6), "the most is 1,024"),
        (("panel", "--workers", 0), "the least is 1"),
        (("resilience", "--draws", 10**12), "is too large: the most is 1,000,000"),
        (("run", "hypercycle", "--step", "inf"), "'inf' is not a finite number"),
        (("run", "hypercycle", "--step", "1e-9"), "makes more than 10,000,000 steps"),
        (
            ("run", "resource_city", "--step", "1e-5", "--saveper", "1e-5"),
            "GiB of values would be saved, and at most 4",
        ),
        (("run", "hypercycle", "--set", "Decay=1e200"), "1e200 is too large: no quantity is beyond 1e\\+100"),
        (("structure", "--points", 1), "1 is too small: the least is 2"),
        (("digital", "--points", -3), "points must be a whole number, 2 or more"),
        (("coevolution", "--years", "1e9"), "between 0 and 5000"),
    ],
)
def test_a_size_beyond_its_limit_is_refused(rcsd: Callable[..., Any], words: tuple[object, ...], said: str) -> None:
    """Before anything is computed."""
    result = rcsd(*words)
    assert result.exit_code == 2
    assert re.search(said, result.stderr)
