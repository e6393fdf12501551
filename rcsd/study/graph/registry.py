"""Every step there is: one module each in `rcsd.study.steps`, and those of plug-ins."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from rcsd.errors import PluginError
from rcsd.plugins import loaded

if TYPE_CHECKING:
    from rcsd.study.file.section import FileSection
    from rcsd.study.graph.step import Step

STEP = "STEP"
"""Name under which a module of `rcsd.study.steps` holds its step."""


@cache
def all_steps() -> tuple[Step[Any], ...]:
    """Return every step, each after those that it takes results from, else sorted by name.

    Raises
    ------
    PluginError
        For a step of a plug-in whose name is taken, or which takes results in a circle.
    """
    return ordered((*own_steps(), *_plugged().values()))


def own_steps() -> tuple[Step[Any], ...]:
    """Return the steps of the general tool, sorted by name."""
    package = importlib.import_module("rcsd.study.steps")
    modules = (importlib.import_module(f"{package.__name__}.{each.name}") for each in _modules(package.__path__))
    return tuple(module.STEP for module in modules if hasattr(module, STEP))


def sections() -> dict[str, FileSection]:
    """Return the tables of study.toml that steps bring, by name."""
    return {step.section.name: step.section for step in all_steps() if step.section is not None}


def step_named(name: str) -> Step[Any] | None:
    """Find a step."""
    return next((step for step in all_steps() if step.name == name), None)


def ordered(steps: Sequence[Step[Any]]) -> tuple[Step[Any], ...]:
    """Put each step after those that it takes results from, else sort by name.

    Raises
    ------
    PluginError
        For two steps of one name, or steps that take results in a circle.
    """
    by_name = {step.name: step for step in steps}
    if len(by_name) < len(steps):
        twice = next(step.name for step in steps if by_name[step.name] is not step)
        raise PluginError(f"two steps are named {twice!r}: give one of them another name")
    found: dict[str, Step[Any]] = {}
    left = dict(sorted(by_name.items()))
    while left:
        ready = [step for step in left.values() if all(each.name not in left for each in step.takes)]
        if not ready:
            raise PluginError(f"the steps {', '.join(left)} take results from one another in a circle: take one out")
        for step in ready:
            found[step.name] = left.pop(step.name)
    return tuple(found.values())


def _modules(path: Sequence[str]) -> Iterator[pkgutil.ModuleInfo]:
    return (each for each in sorted(pkgutil.iter_modules(path), key=lambda each: each.name) if not each.ispkg)


def _plugged() -> dict[str, Step[Any]]:
    from rcsd.study.graph.step import Step  # noqa: PLC0415 - steps import study files, which ask for their sections

    return loaded("rcsd.steps", Step)
