"""The package itself: cheap to import."""

import subprocess
import sys

import pytest


@pytest.mark.process
def test_importing_the_package_loads_no_heavy_library() -> None:
    """A command's help text must not wait for libraries that it does not use."""
    code = (
        "import sys, rcsd; print([m for m in ('numpy', 'pandas', 'pysd', 'scipy', 'matplotlib') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
