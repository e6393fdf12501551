"""From which years a panel forecasts, how far, and which of the forecasts are scored together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rcsd.errors import ParameterError, StudyError
from rcsd.study.file.schema import RollingSection
from rcsd.study.panel.panel import Panel

MOST_HORIZON = 20
_RANGE = re.compile(r"(\d{1,4}):(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Group:
    """Origins whose forecasts are scored together.

    Attributes
    ----------
    name, title
        For files, and for people.
    origins
        In order of time.
    until
        Last year scored.
    horizons
        Scores are means over 1 to so many years ahead, one for each number.
    """

    name: str
    title: str
    origins: tuple[int, ...]
    until: int
    horizons: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is forecast.

    Attributes
    ----------
    origins
        Last fitted years, in order of time.
    horizon
        Years ahead.
    draws
        Behind each forecast.
    groups
        At least one.
    """

    origins: tuple[int, ...]
    horizon: int
    draws: int
    groups: tuple[Group, ...]


def plan_of(panel: Panel, *, origins: str | None = None, horizon: int | None = None) -> Plan | None:
    """Make the plan of a panel's study file, or of what is asked for in its place.

    Parameters
    ----------
    panel
        Read by `load_panel`.
    origins
        Such as "2005:2013", or a list such as "2007,2010,2013".
    horizon
        Years ahead.

    Returns
    -------
    Plan or None
        None where neither the file nor the caller names an origin.

    Raises
    ------
    ParameterError
        When the origins are no years, or leave none to fit.
    """
    section = panel.file.rolling
    if section is None and origins is None:
        return None
    years = tuple(range(section.first, section.last + 1)) if origins is None and section else parsed(origins or "")
    first = panel.file.windows.fit[0]
    if years[0] <= first:
        raise ParameterError(f"the origin {years[0]} leaves no year to fit: the fit window begins in {first}")
    ahead = horizon if horizon is not None else RollingSection.model_fields["horizon"].default
    draws = RollingSection.model_fields["draws"].default
    if section is not None:
        ahead, draws = ahead if horizon is not None else section.horizon, section.draws
    if not 1 <= ahead <= MOST_HORIZON:
        raise ParameterError(f"the horizon must be 1 to {MOST_HORIZON} years, found {ahead}")
    return Plan(years, ahead, draws, _groups(section, years, ahead))


def parsed(text: str) -> tuple[int, ...]:
    """Read origins as they are written on the command line.

    Raises
    ------
    ParameterError
        When they are written in another way.

    Examples
    --------
    >>> parsed("2005:2007"), parsed("2013,2007")
    ((2005, 2006, 2007), (2007, 2013))
    """
    found = _RANGE.fullmatch(text.strip())
    if found:
        first, last = int(found[1]), int(found[2])
        if first > last:
            raise ParameterError(f"the first origin, {first}, must not come after the last, {last}")
        return tuple(range(first, last + 1))
    years = [part.strip() for part in text.split(",")]
    if not all(re.fullmatch(r"\d{1,4}", year) for year in years):
        raise ParameterError(f"origins are years such as 2005:2013 or 2007,2010,2013, found {text!r}")
    return tuple(sorted({int(year) for year in years}))


def _groups(section: RollingSection | None, origins: tuple[int, ...], horizon: int) -> tuple[Group, ...]:
    """Cut the groups of a study file to what is forecast; origins of none of them make one more."""
    found = []
    for name, group in (section.groups if section is not None else {}).items():
        low, high = group.origins
        members = tuple(origin for origin in origins if low <= origin <= high)
        if members:
            until = members[-1] + horizon if group.until is None else group.until
            ahead = _cut(group.horizons or _half_and_whole(horizon), horizon)
            complete = len(members) == high - low + 1
            title = group.title if complete and group.title else _title(members)
            found.append(Group(name, title, members, until, ahead))
    grouped = {origin for group in found for origin in group.origins}
    others = tuple(origin for origin in origins if origin not in grouped)
    if others:
        ahead = _cut(_half_and_whole(horizon), horizon)
        found.append(Group("other" if found else "all", _title(others), others, others[-1] + horizon, ahead))
    return tuple(found)


def _half_and_whole(horizon: int) -> tuple[int, ...]:
    return ((horizon + 1) // 2, horizon)


def _cut(horizons: Iterable[int], horizon: int) -> tuple[int, ...]:
    return tuple(sorted({min(each, horizon) for each in horizons}))


def _title(origins: tuple[int, ...]) -> str:
    """Write origins as a span, or one by one where years between them are missing."""
    if len(origins) > 1 and origins[-1] - origins[0] == len(origins) - 1:
        return f"{origins[0]}\N{EN DASH}{origins[-1]}"
    return ", ".join(map(str, origins))


def require_years(panel: Panel, plan: Plan) -> None:
    """Insist on a model that runs to the end of every forecast.

    Raises
    ------
    StudyError
        Naming the years.
    """
    stop = panel.model.ir.time.stop
    if plan.origins[-1] + plan.horizon > stop:
        raise StudyError(
            f"the origin {plan.origins[-1]} and {plan.horizon} years more lie after the model's final time ({stop:g}): "
            "cut one of them",
            path=panel.source.path,
            field="rolling",
        )
