"""Which study and which model a result is of, and how both were run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from rcsd.analysis.clock import IDENTITY, Clock
from rcsd.study.file.converting import DataConversion
from rcsd.study.file.study import Study
from rcsd.study.words import Words

_FOR_PEOPLE = ("clock", "words", "levers", "hindsight")
"""What a document of the study says otherwise, or leaves to the report."""


@dataclass(frozen=True, slots=True)
class StudyInfo:
    """Which study this is and how it was run.

    Attributes
    ----------
    name
        Identifier, and the name of the output folder.
    title, documentation
        For people.
    study_file, data_file
        File names, without the folders they lie in.
    quick
        Whether the smaller search of `--quick` was used.
    fit_window, holdout_window
        First and last year; `holdout_window` is None for a study that holds nothing out.
    horizon
        Last simulated year.
    seeds
        Every seed, by what it was used for.
    search
        Settings of the search as they were used: starts, sampler, max_evaluations, tolerance.
    words
        What the report calls things.
    levers, hindsight
        What a reader must know of the scenarios' levers, and should hold against forecasts from many origins.
    clock
        What the periods are in which windows and results count.
    conversions
        Data that are in other units in their file than in the model.
    """

    name: str
    title: str
    documentation: str
    study_file: str
    data_file: str
    quick: bool
    fit_window: tuple[int, int]
    holdout_window: tuple[int, int] | None
    horizon: int
    seeds: Mapping[str, int]
    search: Mapping[str, str | int | float]
    words: Words = field(default_factory=Words)
    levers: str = ""
    hindsight: str = ""
    clock: Clock = IDENTITY
    conversions: tuple[DataConversion, ...] = ()

    @property
    def document(self) -> dict[str, Any]:
        """The same as plain values, times as the study has them."""
        known = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in _FOR_PEOPLE}
        if self.clock.identity:
            return known
        windows = {name: self._window(known[name]) for name in ("fit_window", "holdout_window")}
        return {**known, **windows, "horizon": self.clock.shown(self.horizon), "time": self.clock.document}

    def _window(self, window: tuple[int, int] | None) -> list[Any] | None:
        return None if window is None else [self.clock.shown(each) for each in window]


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model was simulated, and how; `counts` holds the number of variables per kind."""

    name: str
    file: str
    format: str
    counts: Mapping[str, int]
    start: float
    stop: float
    step: float
    method: str
    backend: str


def study_info(study: Study, *, quick: bool) -> StudyInfo:
    """Say which study this is and how it was run."""
    head, windows, search = study.file.study, study.file.windows, study.search(quick=quick)
    said = study.file.words
    return StudyInfo(
        name=study.name,
        title=head.title or study.name,
        documentation=head.documentation,
        study_file=study.path.name,
        data_file=study.data_path.name,
        quick=quick,
        fit_window=windows.fit,
        holdout_window=windows.holdout,
        horizon=windows.end,
        seeds={
            "search": head.seed,
            "sobol": head.seed,
            "posterior": head.seed,
            "rolling": head.seed,
            "forecast": head.seed,
        },
        search={
            "starts": search.n_starts,
            "sampler": search.sampler,
            "max_evaluations": search.max_evaluations,
            "tolerance": search.tolerance,
        },
        words=study.words,
        levers=said.levers,
        hindsight=said.hindsight,
        clock=study.clock,
        conversions=study.conversions,
    )


def model_info(study: Study) -> ModelInfo:
    """Say which model was simulated, and how."""
    model, time = study.model.ir, study.model.time
    return ModelInfo(
        name=model.name,
        file=model.path.name,
        format=model.format,
        counts=dict(sorted(Counter(str(variable.kind) for variable in model.variables).items())),
        start=time.start,
        stop=time.stop,
        step=time.step,
        # PySD integrates by Euler's method whatever the file asks for.
        method="euler" if study.on_pysd else time.method,
        backend="pysd" if study.on_pysd else "compiled",
    )
