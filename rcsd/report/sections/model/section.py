"""The model itself, last under its question: diagram and equations, and a page that has them typeset."""

from __future__ import annotations

from collections.abc import Mapping

from rcsd.errors import RcsdError
from rcsd.report.model_page.entry import ShownLoop
from rcsd.report.model_page.page import PLURALS, model_page
from rcsd.report.page import Section
from rcsd.report.question import SOUND
from rcsd.report.section import ReportSection
from rcsd.report.sections.model.equations import PAGE, equation_tables
from rcsd.report.sections.model.sheets import sheets
from rcsd.report.wording import count, listing, number
from rcsd.simulation.loading import LoadedModel
from rcsd.simulation.views import View
from rcsd.study.graph.info import ModelInfo
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.fitted_loops import FITTED_LOOPS


def _study(result: StudyResult) -> list[Section]:
    model = result.source
    if model is None:
        return []
    views = _views(model)
    drawn = Section("diagram", "The model, sheet by sheet", (_made_of(result.model),), markup=sheets(views))
    written = Section("equations", "Equations", (_ABOUT,), tables=tuple(equation_tables(model.ir, views, result)))
    return [*([drawn] if views else []), written]


_ABOUT = (
    f"As the model file has them; a name leads to {PAGE} beside this page, where equations are typeset, tables are "
    "drawn, and causes, uses, ranges and sources are told."
)


def _made_of(model: ModelInfo) -> str:
    """Say what the model is made of, and when and how it runs."""
    kinds = [count(model.counts[kind], kind, PLURALS[kind]) for kind in PLURALS if model.counts.get(kind)]
    return (
        f"“{model.name}” ({model.file}) has {listing(kinds)}. It runs from {number(model.start)} to "
        f"{number(model.stop)} in steps of {number(model.step)}."
    )


def _views(model: LoadedModel) -> tuple[View, ...]:
    """Read the sheets of the file; none where it is gone."""
    try:
        return model.views()
    except RcsdError:
        return ()


def _pages(result: StudyResult) -> Mapping[str, str]:
    model = result.source
    if model is None:
        return {}
    return {PAGE: model_page(model.ir, _views(model), _loops(result), up="index.html")}


def _loops(result: StudyResult) -> list[ShownLoop]:
    """Return the strongest loops of the fitted run, as the page of a model shows loops."""
    found = result.get(FITTED_LOOPS)
    if found is None:
        return []
    each = (loop for partition in found.partitions for loop in partition.loops)
    return [
        ShownLoop(
            loop.name or loop.id, loop.polarity, tuple(dict.fromkeys(v.partition("[")[0] for v in loop.variables))
        )
        for loop in each
    ]


SECTION = ReportSection("model", 119, SOUND, study=_study, pages=_pages)
