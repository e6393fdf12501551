"""Packages whose public names are imported on first use."""

import importlib
import pkgutil
import subprocess
import sys

import pytest

import rcsd

LAZY = [
    "rcsd",
    "rcsd.cli",
    "rcsd.report",
    *(f"rcsd.papers.{name}" for name in ("city", "coevolution", "dea", "digital_cluster", "hypercycle", "resilience")),
    "rcsd.papers.structure",
]


@pytest.mark.parametrize("package", LAZY)
def test_every_public_name_can_be_fetched(package: str) -> None:
    """What `__all__` promises is there, and `dir` lists it."""
    module = importlib.import_module(package)
    assert set(dir(module)) == set(module.__all__)
    assert all(getattr(module, name) is not None for name in module.__all__)


@pytest.mark.parametrize("package", LAZY)
def test_no_public_name_is_that_of_a_module(package: str) -> None:
    """Python binds a module to its name in the package when it is imported: the public name would be gone."""
    module = importlib.import_module(package)
    assert not set(module.__all__) & {found.name for found in pkgutil.iter_modules(module.__path__)}


@pytest.mark.process
def test_importing_such_a_package_imports_nothing_of_it() -> None:
    """The names are fetched when they are used."""
    code = (
        f"import importlib, sys; [importlib.import_module(name) for name in {LAZY!r}]\n"
        f"print(sorted(name for name in sys.modules if name.split('.')[0] in ('numpy', 'typer') or "
        f"name.startswith('rcsd.') and name not in {[*LAZY, 'rcsd.facade', 'rcsd.papers']!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_unknown_name_is_an_attribute_error() -> None:
    """`hasattr` and a misspelt import rely on it, and what the facade itself uses is no public name."""
    assert not hasattr(rcsd, "no_such_name")
    with pytest.raises(ImportError, match="no_such_name"):
        from rcsd.report import no_such_name  # noqa: F401, PLC0415 - the import is what is tested
