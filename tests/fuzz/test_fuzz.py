"""Changed inputs by the thousand: each is taken, or refused in one message, in time, and nothing is left behind."""

import os
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS
from tests.fuzz.trying import Trying

_SLOW_CASES = 120
"""Times the weight of the reader: 3,700 in all."""


@pytest.fixture(autouse=True)
def own_limits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give a hang a minute, and each test a cache of its own."""
    monkeypatch.setenv("RCSD_READ_SECONDS", "60")
    monkeypatch.setenv("RCSD_PYSD_SECONDS", "60")
    monkeypatch.setenv("RCSD_CACHE_DIR", str(tmp_path / "cache"))


@pytest.mark.parametrize("name", TARGETS)
def test_the_inputs_are_valid_before_they_are_changed(name: str, tmp_path: Path) -> None:
    """Else nothing is tried but the first message; a few of the models are wrong on purpose."""
    trying = Trying(name, tmp_path)
    assert trying.paths
    assert [finding.what for finding in trying.valid() if finding is not None] == []
    refused = [path.name for path in trying.paths if not trying.takes(path)]
    wrong = {"malformed.mdl", "malformed.xmile", "undefined.mdl", "data_driven.mdl"}
    assert set(refused) <= wrong, refused


@pytest.mark.parametrize("name", TARGETS)
def test_a_few_changed_inputs(name: str, tmp_path: Path) -> None:
    """In every run of the tests; always the same."""
    assert [found for found in Trying(name, tmp_path).cases(seed=1, count=4) if found is not None] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_thousands_of_changed_inputs(name: str, tmp_path: Path) -> None:
    """``RCSD_FUZZ_SEED`` tries others; what is found is shown with its smallest case by ``python -m tests.fuzz``."""
    seed = int(os.environ.get("RCSD_FUZZ_SEED", "2026"))
    found = Trying(name, tmp_path).cases(seed, _SLOW_CASES * TARGETS[name].weight)
    wrong = {(finding.what, finding.name): finding for finding in found if finding is not None}
    assert not wrong, "\n\n".join(f"{what}\n{f.content[:500]!r}\n{f.details}" for what, f in wrong.items())
