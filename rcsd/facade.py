"""Public names of a package, imported on first use, so that importing the package costs nothing.

A package says what it makes public as any other does, for readers and type checkers alone, and hands over the rest::

    if TYPE_CHECKING:
        from rcsd.report.index_page import write_index

    __all__ = ["write_index"]

    __getattr__, __dir__ = on_first_use(__name__)
"""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any


def on_first_use(package: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """Make the two functions by which a package fetches its public names when they are wanted (PEP 562).

    Parameters
    ----------
    package : str
        Its ``__name__``. What its source imports under ``if TYPE_CHECKING:`` says where each name lives. No name may
        be that of a module in the package, because Python would give the module in its place.

    Returns
    -------
    (callable, callable)
        The package's ``__getattr__`` and ``__dir__``.
    """
    module = sys.modules[package]
    homes = cache(lambda: dict(_homes(inspect.getsource(module))))

    def fetch(name: str) -> Any:
        if name.startswith("__") or name not in homes():
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(importlib.import_module(homes()[name]), name)
        setattr(module, name, value)
        return value

    def listed() -> list[str]:
        return list(module.__all__)

    return fetch, listed


def _homes(source: str) -> Iterator[tuple[str, str]]:
    """Read off where each public name lives: the module of every import that a source keeps from running."""
    for guarded in ast.parse(source).body:
        if isinstance(guarded, ast.If) and ast.unparse(guarded.test) == "TYPE_CHECKING":
            for statement in guarded.body:
                if isinstance(statement, ast.ImportFrom) and statement.module is not None:
                    yield from ((name.name, statement.module) for name in statement.names)
