"""The key of a step: the hash of all that decides its result, and of nothing else."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import Any

from rcsd.files import sha256
from rcsd.study.file.study import Study
from rcsd.study.graph import registry
from rcsd.study.graph.code import code_of
from rcsd.study.graph.provenance import input_hashes
from rcsd.study.graph.request import Request
from rcsd.study.graph.step import BROUGHT, Step

PACKAGES = ("numpy", "scipy", "numba", "llvmlite", "pandas", "pysd")
"""Distributions that every step depends on: those of the engine, and of the arrays that it returns."""


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
            "study": seen_by(step, self._study).file.model_dump(mode="json", by_alias=True),
            "quick": self._request.quick,
            "more": step.inputs(self._study, self._request),
            "python": platform.python_version(),
            "packages": {name: _version(name) for name in (*PACKAGES, *step.packages)},
            "code": _code((step.compute.__module__, *step.code)),
            "takes": {each.name: self.of(each) for each in step.takes if not self.left_out(each)},
        }


def seen_by(step: Step[Any], study: Study) -> Study:
    """Return the study as a step sees it: without the optional tables that it does not say it reads."""
    read = {*step.reads, *(registry.sections() if BROUGHT in step.reads else ())}
    hidden = {name: None for name in optional_tables(study) if name not in read}
    scenarios = study.scenarios if "forecast" in step.reads else None
    return replace(study, file=study.file.model_copy(update=hidden), scenarios=scenarios)


def optional_tables(study: Study) -> tuple[str, ...]:
    """Names of the tables that a study file may leave out altogether."""
    fields: Mapping[str, Any] = type(study.file).model_fields
    return tuple(name for name, field in fields.items() if not field.is_required() and field.default is None)


@cache
def _code(modules: tuple[str, ...]) -> str:
    return code_of(modules)


@cache
def _version(distribution: str) -> str:
    return version(distribution)
