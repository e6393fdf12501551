"""What a study returns: what each of its steps has found, as plain frozen data.

A report computes nothing. Whatever it shows stands here: labels, units, observed and simulated values, errors in the
fit and hold-out windows, the benchmark forecasts, estimates, starts, and what is needed to repeat it all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rcsd.shown import as_html, in_one_line
from rcsd.simulation.loading import LoadedModel
from rcsd.study.file.inputs import ConstantResult, DriverResult
from rcsd.study.graph.info import ModelInfo, StudyInfo
from rcsd.study.graph.step import Step

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class RunCount:
    """Model runs of the whole study; `per_second` is over the wall time of all steps that ran the model."""

    total: int
    failed: int
    per_second: float | None


@dataclass(frozen=True, slots=True)
class StepTime:
    """Wall time of one step when it was computed, and whether this time it was reused from the output folder.

    `runs` counts the model runs it spent, `per_second` those per second of wall time; None where it runs no model.
    """

    name: str
    seconds: float
    reused: bool
    runs: int | None = None
    per_second: float | None = None


@dataclass(frozen=True, slots=True)
class StudyResult:
    """One study and what its steps have found: ``result[BACKTEST]`` is what the step BACKTEST returned.

    Attributes
    ----------
    info, model
        What was studied.
    drivers, constants
        What the study takes from outside, in the order of the study file.
    found
        Results of the steps that have run, by name of the step.
    left_out
        Why a step has not run, by its name; a sentence.
    runs, steps
        Cost of the computation.
    versions, hashes
        Software versions, and SHA-256 of the model, data and (merged) study: what a repetition needs.
    given
        What steps on demand were run with (see `Request`).
    source
        The model as it was read, with the study's own time axis, for what shows its equations or its diagram; None
        where a result was made without one.
    """

    info: StudyInfo
    model: ModelInfo
    drivers: tuple[DriverResult, ...]
    constants: tuple[ConstantResult, ...]
    found: Mapping[str, object]
    left_out: Mapping[str, str]
    runs: RunCount
    steps: tuple[StepTime, ...]
    versions: Mapping[str, str]
    hashes: Mapping[str, str]
    given: Mapping[str, Any] = field(default_factory=dict)
    source: LoadedModel | None = None

    def __repr__(self) -> str:
        first, last = self.info.fit_window
        return in_one_line(
            "StudyResult",
            self.info.name,
            f"model {self.model.name}",
            f"fitted to {self.info.clock.span_words(first, last)}",
            f"steps {', '.join(self.found)}" if self.found else "no step has run",
        )

    def _repr_html_(self) -> str:
        rows = [(each.name, "found", f"{each.seconds:.3g} s{' when computed' * each.reused}") for each in self.steps]
        rows += [(name, "left out", why) for name, why in self.left_out.items()]
        return as_html(repr(self).strip("<>"), ("step", "state", ""), rows)

    def __getitem__(self, step: Step[Result]) -> Result:
        """Return what a step has found.

        Raises
        ------
        KeyError
            When it has not run, with the reason.
        """
        found = self.get(step)
        if found is None:
            raise KeyError(f"{step.name}: {self.left_out.get(step.name, 'this step was not asked for')}")
        return found

    def get(self, step: Step[Result]) -> Result | None:
        """Return what a step has found; None where it has not run."""
        found = self.found.get(step.name)
        if found is not None and not isinstance(found, step.kind):
            raise TypeError(f"the step {step.name!r} returned {type(found).__name__}, not {step.kind.__name__}")
        return found
