"""The examples, read and fitted once for all tests."""

from collections.abc import Callable
from functools import cache

import pytest

from rcsd.analysis.calibration import FitResult
from rcsd.study import calibrate_study, load_study
from tests.places import EXAMPLES

NAMES = tuple(sorted(path.parent.name for path in EXAMPLES.glob("*/study.toml")))


@pytest.fixture(scope="session")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], FitResult]:
    """Return the quick fit of an example by its name; each is made once."""
    out = tmp_path_factory.mktemp("examples")
    return cache(lambda name: calibrate_study(load_study(EXAMPLES / name), out=out, quick=True))
