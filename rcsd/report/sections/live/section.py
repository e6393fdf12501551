"""The part of a study's report that a reader moves: levers and parameters, and what follows from them."""

from __future__ import annotations

from rcsd.report.live.document import document_of
from rcsd.report.live.markup import live_markup
from rcsd.report.page import Section
from rcsd.report.question import WHATIF
from rcsd.report.section import ReportSection
from rcsd.report.spoken import span, spoken
from rcsd.report.wording import count
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
    if live is None:
        return []
    if live.fault:
        return [Section("try-it", "Try it", points=(f"The page cannot run the model: {live.fault}.",))]
    backtest = result.get(BACKTEST)
    document = document_of(live, targets=() if backtest is None else backtest.targets, windows=(_fitted(live, result),))
    return [
        Section("try-it", "Try it", paragraphs=(live_words(live, result),), markup=live_markup(live.script, document))
    ]


def _fitted(live: Live, result: StudyResult) -> tuple[int, int]:
    return result.info.fit_window if live.draws is None else (live.draws.first, live.draws.last)


def live_words(live: Live, result: StudyResult) -> str:
    """Say what is run, and what a band holds and does not hold."""
    run = "The model runs in this page. A line is one run at the most probable parameters"
    return " ".join((f"{run}{_drivers(live, result)}.", _bands(live)))


def _drivers(live: Live, result: StudyResult) -> str:
    if not result.drivers or live.beyond is None:
        return ", with what drives it as it was" if result.drivers else ""
    last = spoken().moment(span(*2 * (_fitted(live, result)[1],)))
    if live.beyond == "frozen":
        return f", with what drives it held at its value of {last}"
    return f", with what drives it after {last} along the middle of its forecast"


def _bands(live: Live) -> str:
    if live.draws is None:
        return "There is no posterior, and so no band."
    window = spoken().window(span(live.draws.first, live.draws.last))
    drivers = " and of what drives it" if live.draws.tables else ""
    return (
        f"A band holds nine of ten of {count(len(live.draws.values), 'draw')} of the parameters{drivers}, fitted to "
        f"{window}; errors of the model and of the data are not in it. A parameter that you move has your value in "
        "every draw; differences are taken draw by draw."
    )


SECTION = ReportSection("live", 75, WHATIF, study=_study)
