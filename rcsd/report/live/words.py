"""What a live page runs, and what it says of that: what a line is, and what a band holds and does not hold."""

from __future__ import annotations

from rcsd.report.spoken import span, spoken, when
from rcsd.report.wording import count
from rcsd.simulation.loading import LoadedModel
from rcsd.study.findings.live.of_model import candidates, room, states_ranges
from rcsd.study.findings.live.result import Live
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.live import LIVE
from rcsd.study.steps.live_fit import LIVE_FIT


def live_of(result: StudyResult) -> tuple[Live | None, str]:
    """Return the model that a page of a study can run, or why there is none; neither where it was not asked for."""
    live = result.get(LIVE) or result.get(LIVE_FIT)
    if live is None:
        return None, result.left_out.get(LIVE_FIT.name, "")
    return (None, live.fault) if live.fault else (live, "")


def live_words(live: Live, result: StudyResult) -> str:
    """Say of the fitted model what is run."""
    line = f"The model runs in this page. A line is one run at the most probable parameters{_drivers(live, result)}."
    return f"{line} {_bands(live)}"


def model_words(model: LoadedModel, live: Live) -> str:
    """Say of a model without a study what is run, and what of it can be moved."""
    found, n = len(candidates(model)), len(live.controls)
    if not n:
        moved = "It has no constant that could be moved."
    elif states_ranges(model):
        moved = "Sliders are the constants for which it states a range."
    else:
        moved = "It states no ranges: sliders go from zero to twice the value of a constant, sensible or not."
    if found > (most := room(model)):
        moved += f" There is room for the first {most} of {found}."
    return f"The model runs in this page. {moved} Nothing is fitted to data, and so figures have no bands."


def fitted_window(live: Live, result: StudyResult) -> tuple[int, int]:
    """Return the first and last period whose data the runs have seen."""
    return result.info.fit_window if live.draws is None else (live.draws.first, live.draws.last)


def _drivers(live: Live, result: StudyResult) -> str:
    """Say what is assumed of the drivers, where there are any."""
    if not result.drivers:
        return ""
    last = spoken().moment(when(fitted_window(live, result)[1]))
    if live.beyond is None:
        return ", with what drives it as it was"
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
