"""What a filter has found, in sentences."""

import math

from rcsd.analysis.state import Pull
from rcsd.report.spoken import a_period, at_times, period, span
from rcsd.report.wording import NO_BREAK, capital, count, fixed, listing, measured, plain
from rcsd.study.findings.drivers.knowledge import Knowing
from rcsd.study.findings.state.estimating import States
from rcsd.study.graph.result import StudyResult

PERSISTENT = 2.5
"""Standard errors beyond which a mean correction is called persistent: chance does so in one of eighty quantities."""
_KNOWING: dict[Knowing, str] = {"forecast": "forecast", "known": "as they were", "frozen": "frozen"}
_NAMED, _LEVEL = 3, 0.05


def shown(name: str) -> str:
    """Write the name of a quantity; a gap is called by its series.

    Examples
    --------
    >>> shown("gap of industry_scale"), shown("Net_Migration")
    ('Gap of industry scale', 'Net_Migration')
    """
    return capital(plain(name)) if name.startswith("gap of ") else name


def what(result: StudyResult, found: States) -> tuple[str, ...]:
    """Say how the states were estimated."""
    first, last = result.info.fit_window
    begun = (
        "Their parameters are drawn from the priors, and the data correct all of them"
        if found.start == "priors"
        else "Their parameters are drawn from the posterior of the fit window, and the data correct those that walk"
    )
    lost = f" {count(found.n_lost, 'member')} came to no number and ended on the way." if found.n_lost else ""
    disturbed = listing([shown(name) for name in found.disturbed])
    return (
        f"An ensemble Kalman filter and smoother (Evensen 2003) over {span(found.times[0], found.times[-1])}: "
        f"{count(found.n_members, 'run')} of the model go from {period()} to {period()}, are given disturbances of "
        f"{disturbed}, and are corrected by the cells of the {period()}, each with its stated error. {begun}.{lost}",
        f"A filtered value knows the data to its own {period()}, a smoothed one all of them. The hold-out is forecast "
        f"from {last}, by members that have seen {span(first, last)} and nothing later.",
    )


def state_reading(found: States) -> tuple[str, ...]:
    """Say where the data pulled, whether the assumptions hold, and what the forecast of the hold-out was worth."""
    return tuple(filter(None, (*_pulls(found), _consistency(found), _remembered(found), _held_out(found))))


def correction(pull: Pull, value: float) -> str:
    """Write a correction with its sign and unit."""
    sign = "+" if value >= 0 else "−"
    unit = f"{NO_BREAK}%" if pull.unit == "%" else "" if pull.unit in ("", "Dmnl", "search scale") else f" {pull.unit}"
    return f"{sign}{measured(abs(value), 3)}{unit}"


def _pulls(found: States) -> tuple[str, ...]:
    persistent = [pull for pull in found.pulls if abs(pull.standardised) >= PERSISTENT and pull.what != "parameter"]
    if not persistent:
        return ("No stock or series was corrected persistently in one direction.",)
    persistent.sort(key=lambda pull: (pull.unit != "%", -abs(pull.mean)))
    named = [
        f"{shown(pull.name)} by {correction(pull, pull.mean)} {a_period()} "
        f"(largest {at_times(pull.at)}: {correction(pull, pull.largest)})"
        for pull in persistent[:_NAMED]
    ]
    return (
        f"The data kept pulling {listing(named)}: corrections that keep their sign are evidence of a structural error, "
        "or of a parameter that is held too tightly.",
    )


def _consistency(found: States) -> str:
    test = found.consistency
    if not math.isfinite(test.p_value):
        return ""
    ratio = test.squared / test.n_cells
    verdict = "as large as expected"
    if test.p_value < _LEVEL:
        verdict = (
            "larger than expected, so disturbances or errors are stated too small, or the model is wrong"
            if ratio > 1
            else "smaller than expected, so disturbances, errors or priors are stated too wide"
        )
    return (
        f"Innovations are {verdict}: their normalised squares sum up to {fixed(test.squared, 1)} over "
        f"{count(test.n_cells, 'cell')} (p {fixed(test.p_value, 3)})."
    )


def _remembered(found: States) -> str:
    coloured = [each.variable for each in found.innovations if each.p_white < _LEVEL]
    if not coloured:
        return ""
    remembered = capital(listing(coloured))
    return f"{remembered}: innovations remember those before them, so that the filter learns too slowly there."


def _held_out(found: States) -> str:
    by_drivers: dict[Knowing, list[bool]] = {}
    for each in found.held_out:
        by_drivers.setdefault(each.band.drivers, []).extend(each.inside.tolist())
    if not by_drivers:
        return ""
    said = [
        f"{sum(inside)} of {len(inside)} cells with drivers {_KNOWING[drivers]}"
        for drivers, inside in by_drivers.items()
    ]
    return f"The 90{NO_BREAK}% bands of the hold-out hold {listing(said)}."
