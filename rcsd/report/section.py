"""A topic of the report: what it adds to the page of a study, and to the page over several studies."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from rcsd.plugins import loaded
from rcsd.report.question import Question

if TYPE_CHECKING:
    from rcsd.report.drawing.save import Picture
    from rcsd.report.page import Section
    from rcsd.study.graph.result import StudyResult


def _nothing(_results: object) -> Sequence[Section]:
    return ()


def _none(_result: object) -> Sequence[Picture]:
    return ()


def _no_pages(_result: object) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True, eq=False)
class ReportSection:
    """What one topic adds to the report; it draws results and computes nothing.

    Attributes
    ----------
    name : str
        Of the topic; unique.
    place : int
        Topics stand under a question in the order of their places: the general ones at 0, 10, 20 ... 130.
    question : Question
        What the topic helps to answer.
    study : callable
        Given a `StudyResult`, returns its parts of the study's page; empty ones are left out.
    studies : callable
        Given several results, returns its parts of the page over all of them.
    first : callable
        Given a `StudyResult`, returns the topic's figures on the first screen.
    answer : callable, optional
        Given a `StudyResult`, answers the question in two lines; one topic of a question does.
    answers : callable, optional
        Given several results, answers it for the page over all of them.
    pages : callable
        Given a `StudyResult`, returns pages that stand beside the study's own, by file name.
    """

    name: str
    place: int
    question: Question
    study: Callable[[StudyResult], Sequence[Section]] = _nothing
    studies: Callable[[Sequence[StudyResult]], Sequence[Section]] = _nothing
    first: Callable[[StudyResult], Sequence[Picture]] = _none
    answer: Callable[[StudyResult], str] | None = None
    answers: Callable[[Sequence[StudyResult]], str] | None = None
    pages: Callable[[StudyResult], Mapping[str, str]] = _no_pages


_PAGES = ("rcsd.report.sections.panel.section",)
"""Folders that serve a page of their own, and have no section."""


@cache
def all_sections() -> tuple[ReportSection, ...]:
    """Return every topic in the order of the page: those of `rcsd.report.sections`, and of plug-ins."""
    package = importlib.import_module("rcsd.report.sections")
    found = sorted(pkgutil.iter_modules(package.__path__), key=lambda each: each.name)
    names = (f"{package.__name__}.{each.name}{'.section' if each.ispkg else ''}" for each in found)
    own = [importlib.import_module(name).SECTION for name in names if find_spec(name) is not None or name not in _PAGES]
    return tuple(sorted((*own, *loaded("rcsd.sections", ReportSection).values()), key=lambda each: each.place))
