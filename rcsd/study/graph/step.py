"""A step of a study: what it finds, what it needs, and how its result is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from rcsd.study.graph.codec import require_keepable

if TYPE_CHECKING:
    from rcsd.study.file.section import FileSection
    from rcsd.study.file.study import Study
    from rcsd.study.graph.request import Asked, Request
    from rcsd.study.graph.result import StudyResult
    from rcsd.study.graph.run import Run

Result = TypeVar("Result")

BROUGHT = "*"
"""In `Step.reads`: the tables that steps bring, whichever are installed."""

Content = str | bytes | None
"""What a file holds; None where the study has nothing for it, and an earlier one is removed."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something that holds of a result, or does not; `detail` says in a sentence what was seen."""

    name: str
    passed: bool
    detail: str


def _always(_study: Study, _request: Request) -> str:
    return ""


def _nothing(_study: Study, _request: Request) -> object:
    return None


def _no_entries(_result: StudyResult) -> Mapping[str, object]:
    return {}


def _no_checks(_result: StudyResult) -> Sequence[Check]:
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Step(Generic[Result]):
    """One step of every study that wants it.

    A result is kept under a key: the hash of the model, the data, the tables of the study file that the step reads, the
    code and packages it depends on, and the keys of the steps that it takes results from. The order in which steps run
    is no part of it.

    Attributes
    ----------
    name : str
        Of the step and of its file; unique.
    kind : type
        Dataclass of the result. Where it has `n_runs` and `n_failed`, the study counts them.
    compute : callable
        Given a `Run`, returns the result. It sees only what the step declares.
    needs : tuple of Step
        Steps that must have run: where one of them is left out, so is this one.
    uses : tuple of Step
        Steps whose results are taken where they have run.
    when : callable
        Given study and request, returns why the step is left out; empty where it runs.
    on_demand : bool
        Whether it runs only where another step wants its result, or the request names it.
    reads : tuple of str
        Optional tables of study.toml that decide the result, such as ``("rolling",)``; others are hidden from it.
        `BROUGHT` stands for all that steps bring, ``"scenarios"`` for the scenarios that the study is run with.
    inputs : callable
        Given study and request, returns what else decides the result, as plain JSON values.
    code : tuple of str
        Modules whose code decides the result beside that of `compute` and of all that its module imports.
    packages : tuple of str
        Distributions whose version can change the result, beside NumPy, SciPy and those of the engine.
    section : FileSection, optional
        Table of study.toml that the step brings.
    asked : Asked, optional
        How a step on demand is asked for on the command line.
    document : callable
        Given the study's result, returns entries of result.json; those of several steps are merged. Also called where
        the step was left out: what was not made is null or empty, never absent.
    files : mapping
        By path in the study's folder, what makes a file of the study's result.
    checks : callable
        Given the study's result, returns what is to be said under ``checks`` of result.json.
    """

    name: str
    kind: type[Result]
    compute: Callable[[Run], Result]
    needs: tuple[Step[Any], ...] = ()
    uses: tuple[Step[Any], ...] = ()
    when: Callable[[Study, Request], str] = _always
    on_demand: bool = False
    reads: tuple[str, ...] = ()
    inputs: Callable[[Study, Request], object] = _nothing
    code: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    section: FileSection | None = None
    asked: Asked | None = None
    document: Callable[[StudyResult], Mapping[str, object]] = _no_entries
    files: Mapping[str, Callable[[StudyResult], Content]] = field(default_factory=dict)
    checks: Callable[[StudyResult], Sequence[Check]] = _no_checks

    def __post_init__(self) -> None:
        """Refuse a result that could not be kept.

        Raises
        ------
        TypeError
            Naming the annotation that cannot be written and read back.
        """
        require_keepable(self.kind)

    @property
    def takes(self) -> tuple[Step[Any], ...]:
        """Steps that this one takes results from."""
        return (*self.needs, *self.uses)
