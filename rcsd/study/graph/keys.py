"""The key of a step: the hash of all that decides its result, whatever the order of running."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from rcsd.errors import PluginError
from rcsd.files import sha256
from rcsd.study.file.section import brought
from rcsd.study.file.study import Study
from rcsd.study.graph import registry
from rcsd.study.graph.code import code_of, modules_in
from rcsd.study.graph.provenance import file_content, input_hashes, scenario_hashes
from rcsd.study.graph.request import Request
from rcsd.study.graph.step import BROUGHT, Step

PACKAGES = ("numpy", "scipy", "numba", "llvmlite", "pandas", "pysd")
"""Distributions that every step depends on: those of the engine, and of the arrays that it returns."""


HANDED = ("rcsd.simulation", "rcsd.study.file")
"""Packages behind what every step is handed: the study, read and resolved, and its simulator."""

WRITES_PAGES = "rcsd.simulation.engine.javascript"
"""Writes models for pages. No simulator runs what it writes: it decides the steps that import it, and no other."""

SCENARIOS = "scenarios"
"""In `Step.reads`: the scenarios that the study is run with."""


class Keys:
    """The keys of the steps of one study, asked for in one way."""

    def __init__(self, study: Study, request: Request) -> None:
        self._study, self._request = study, request
        self._inputs = input_hashes(study)
        self._found: dict[str, str] = {}
        self._left_out: dict[str, str] = {}

    def left_out(self, step: Step[Any]) -> str:
        """Say why a step is not run; empty where it is. It is not where one that it needs is not."""
        if step.name not in self._left_out:
            reasons = (step.when(self._study, self._request), *(self.left_out(each) for each in step.needs))
            self._left_out[step.name] = next(filter(None, reasons), "")
        return self._left_out[step.name]

    def of(self, step: Step[Any]) -> str:
        """Hash all that decides the result of a step that is run."""
        if step.name not in self._found:
            self._found[step.name] = sha256(json.dumps(self._parts(step), sort_keys=True).encode())
        return self._found[step.name]

    def _parts(self, step: Step[Any]) -> dict[str, object]:
        return {
            "step": step.name,
            "inputs": self._inputs,
            "study": _deciding(seen_by(step, self._study)),
            "scenarios": scenario_hashes(self._study) if SCENARIOS in step.reads else {},
            "quick": self._request.quick,
            "more": step.inputs(self._study, self._request),
            "python": platform.python_version(),
            "packages": {name: _version_for(step, name) for name in (*PACKAGES, *step.packages)},
            "code": deciding_code((step.compute.__module__, *step.code, *self._brought(step))),
            "takes": {each.name: self.of(each) for each in step.takes if not self.left_out(each)},
        }

    def _brought(self, step: Step[Any]) -> tuple[str, ...]:
        """Modules of the tables that other steps bring to this one."""
        if BROUGHT not in step.reads:
            return ()
        tables = [section for section, _ in brought(self._study.file)]
        return tuple(each.__module__ for table in tables for each in (table.schema, table.variables, table.outcomes))


def seen_by(step: Step[Any], study: Study) -> Study:
    """Return the study as a step sees it: without the optional tables that it does not say it reads."""
    read = {*step.reads, *(registry.sections() if BROUGHT in step.reads else ())}
    hidden = {name: None for name in optional_tables(study) if name not in read}
    return study.changed(
        file=study.file.model_copy(update=hidden),
        histories=study.histories if "forecast" in step.reads else {},
        scenarios=study.scenarios if SCENARIOS in step.reads else None,
    )


def optional_tables(study: Study) -> tuple[str, ...]:
    """Names of the tables that a study file may leave out altogether."""
    fields: Mapping[str, Any] = type(study.file).model_fields
    return tuple(name for name, field in fields.items() if not field.is_required() and field.default is None)


def _deciding(study: Study) -> dict[str, Any]:
    """Return the content of a study file, without the words that decide no number."""
    content = file_content(study)
    head = {name: value for name, value in content["study"].items() if name not in {"title", "documentation"}}
    return {**content, "study": head}


@cache
def deciding_code(modules: tuple[str, ...]) -> str:
    """Hash modules, all that they import, and the code behind every study and its simulator."""
    every = (module for package in HANDED for module in modules_in(package))
    handed = (module for module in every if not module.startswith(WRITES_PAGES))
    return code_of((*modules, *handed, "rcsd.study.graph.codec"))


def _version_for(step: Step[Any], distribution: str) -> str:
    try:
        return _version(distribution)
    except PackageNotFoundError:
        raise PluginError(
            f"the step {step.name!r} depends on the package {distribution!r}, which is not installed: install it, or "
            "correct the name in the step's `packages`"
        ) from None


@cache
def _version(distribution: str) -> str:
    return version(distribution)
