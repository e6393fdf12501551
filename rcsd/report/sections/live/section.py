"""The part of a study's report that a reader moves: levers and parameters, and what follows from them."""

from __future__ import annotations

from rcsd.report.live.document import document_of
from rcsd.report.live.markup import live_markup
from rcsd.report.live.words import fitted_window, live_of, live_words
from rcsd.report.page import Section
from rcsd.report.question import WHATIF
from rcsd.report.section import ReportSection
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST


def _study(result: StudyResult) -> list[Section]:
    live, why = live_of(result)
    if live is None:
        return [Section("try-it", "Try it", points=(f"The page cannot run the model: {why}.",))] if why else []
    backtest = result.get(BACKTEST)
    targets = () if backtest is None else backtest.targets
    document = document_of(live, targets=targets, windows=(fitted_window(live, result),))
    markup = live_markup(live.script, document)
    return [Section("try-it", "Try it", paragraphs=(live_words(live, result),), markup=markup)]


SECTION = ReportSection("live", 75, WHATIF, study=_study)
