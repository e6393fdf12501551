"""The package itself: cheap to import, and every public name is there."""

import subprocess
import sys

import pytest

import rcsd


@pytest.mark.process
def test_importing_the_package_loads_no_heavy_library() -> None:
    """A command's help text must not wait for libraries that it does not use."""
    code = (
        "import sys, rcsd; print([m for m in ('numpy', 'pandas', 'pysd', 'scipy', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", rcsd.__all__)
def test_every_public_name_can_be_fetched(name: str) -> None:
    """The table of lazy names points at what exists."""
    assert getattr(rcsd, name) is not None
    assert name in dir(rcsd)


def test_an_unknown_name_is_an_attribute_error() -> None:
    """Tab completion and hasattr rely on it."""
    assert not hasattr(rcsd, "no_such_name")
