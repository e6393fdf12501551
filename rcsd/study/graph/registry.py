"""Every step there is: one module or folder each in `rcsd.study.steps`, and those of plug-ins."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from functools import cache
from types import ModuleType
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
        For a step of a plug-in whose name, table, file or word is taken, or which takes results in a circle.
    """
    steps = ordered((*own_steps(), *_plugged().values()))
    _require_distinct(steps)
    return steps


def own_steps() -> tuple[Step[Any], ...]:
    """Return the steps of the general tool, sorted by name."""
    package = importlib.import_module("rcsd.study.steps")
    modules = (importlib.import_module(f"{package.__name__}.{each.name}") for each in _modules(package.__path__))
    return tuple(map(_step_of, modules))


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


def _step_of(module: ModuleType) -> Step[Any]:
    """Return the step that a module holds.

    Raises
    ------
    PluginError
        When it holds none under the name by which steps are found.
    """
    step: Step[Any] | None = getattr(module, STEP, None)
    if step is None:
        raise PluginError(f"{module.__name__} holds no step: give its step the name {STEP}, or move the module")
    return step


def _require_distinct(steps: Sequence[Step[Any]]) -> None:
    """Insist that no two steps bring one table, write one file or answer to one word.

    Raises
    ------
    PluginError
        Naming both.
    """
    from rcsd.study.file.schema import StudyFile  # noqa: PLC0415 - study files ask for the tables of steps

    taken = {("table", name): "every study" for name in StudyFile.model_fields}
    for step in steps:
        asked = step.asked
        brought = [("table", step.section.name)] if step.section is not None else []
        brought += [("file", name) for name in step.files]
        brought += [] if asked is None else [("word", name) for name in (*asked.words, *asked.files)]
        for what in brought:
            other = taken.setdefault(what, step.name)
            if other != step.name:
                raise PluginError(
                    f"the {what[0]} {what[1]!r} of the step {step.name!r} is that of {other!r}: rename one"
                )


def _modules(path: Sequence[str]) -> Iterator[pkgutil.ModuleInfo]:
    return iter(sorted(pkgutil.iter_modules(path), key=lambda each: each.name))


def _plugged() -> dict[str, Step[Any]]:
    from rcsd.study.graph.step import Step  # noqa: PLC0415 - steps import study files, which ask for their sections

    return loaded("rcsd.steps", Step)
