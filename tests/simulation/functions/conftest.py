"""A registry that a test may add to."""

from collections.abc import Callable

import pytest

from rcsd.simulation.functions import FUNCTIONS, Function


@pytest.fixture
def add(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return `FUNCTIONS.add`; what it adds is gone after the test."""
    families = {family: list(functions) for family, functions in FUNCTIONS.families.items()}
    monkeypatch.setattr(FUNCTIONS, "families", families)
    for name in ("_named", "_read"):
        monkeypatch.setattr(FUNCTIONS, name, dict(getattr(FUNCTIONS, name)))
    monkeypatch.setattr(FUNCTIONS, "has_grown", False)
    written = {key: list(signatures) for key, signatures in FUNCTIONS._written.items()}
    monkeypatch.setattr(FUNCTIONS, "_written", written)

    def added(function: Function, family: str = "Others") -> None:
        FUNCTIONS.add(function, family)

    return added
