"""The part of a study's report that a reader moves: levers and parameters, and what follows from them."""

from __future__ import annotations

from rcsd.report.live.document import document_of
from rcsd.report.live.markup import live_markup
from rcsd.report.live.words import fitted_window, live_words
from rcsd.report.page import Section
from rcsd.report.question import WHATIF
from rcsd.report.section import ReportSection
from rcsd.study.findings.live.result import Live
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST
from rcsd.study.steps.live import LIVE
from rcsd.study.steps.live_fit import LIVE_FIT


def live_of(result: StudyResult) -> Live | None:
    """Return the model that a page of a study can run; None where there is none."""
    return result.get(LIVE) or result.get(LIVE_FIT)


def _study(result: StudyResult) -> list[Section]:
    live = live_of(result)
    why = result.left_out.get(LIVE_FIT.name, "") if live is None else live.fault
    if live is None or why:
        return [Section("try-it", "Try it", points=(f"The page cannot run the model: {why}.",))] if why else []
    backtest = result.get(BACKTEST)
    targets = () if backtest is None else backtest.targets
    document = document_of(live, targets=targets, windows=(fitted_window(live, result),))
    markup = live_markup(live.script, document)
    return [Section("try-it", "Try it", paragraphs=(live_words(live, result),), markup=markup)]


SECTION = ReportSection("live", 75, WHATIF, study=_study)
