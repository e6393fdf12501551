"""From matched columns to proposed series and drivers, windows and errors: a study but for its parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ModelError, StudyError
from rcsd.names import canonical
from rcsd.simulation.backends import Request, make_simulator
from rcsd.simulation.loading import LoadedModel
from rcsd.study.setup.asking import Ask, Question
from rcsd.study.setup.matching.likeness import SURE
from rcsd.study.setup.matching.match import Match
from rcsd.study.setup.matching.matching import Matching
from rcsd.study.setup.matching.units import UnitsOf
from rcsd.study.setup.naming import key_for, study_name
from rcsd.study.setup.noise import scatter_of
from rcsd.study.setup.proposal import Proposal, ProposedSeries, Windows
from rcsd.study.setup.tables import DataTable, TableColumn
from rcsd.study.setup.timing import StudyTime
from rcsd.study.setup.windows import windows_of

_LEAST = 3
"""Values of a column below which there is nothing to fit."""
_OFFERED = 20


def columns_of(
    table: DataTable, group: str, ask: Ask, names: Iterable[str] = ()
) -> tuple[tuple[TableColumn, ...], tuple[str, ...]]:
    """Choose the columns of one group, such as a city, and say so; of all groups that are subscripts of the model.

    Parameters
    ----------
    table
        As it was understood.
    group
        That is wanted; empty where nobody has said.
    ask
        Asked for one where there are several.
    names
        Of what a column can be, elements of arrays one by one.

    Raises
    ------
    StudyError
        When the table has no such group.
    """
    groups = table.groups
    if group:
        if group not in groups:
            raise StudyError(f"the table has no {group!r}; it has {', '.join(groups)}", path=table.path)
        return table.of_group(group), ()
    if len(groups) == 1:
        return table.columns, ()
    elements = {canonical(each) for name in names for each in name.partition("[")[2].rstrip("]").split(",") if each}
    if (known := [each for each in groups if canonical(each) in elements]) and len(known) > 1:
        columns = [each for each in table.columns if each.group in known]
        return tuple(replace(each, name=f"{each.name}[{each.group}]", group="") for each in columns), ()
    sizes = [sum(map(len, table.of_group(each))) for each in groups]
    shown = sorted(range(len(groups)), key=lambda i: -sizes[i])[:_OFFERED]
    chosen = ask(Question("Which of these is the study about?", tuple(groups[i] for i in shown), 0))
    name = groups[shown[chosen]]
    doubt = (
        f"the table has {len(groups)} groups ({', '.join(groups[:6])}); {name!r} was taken: name another with --group"
    )
    return table.of_group(name), (doubt,)


def outputs_of(model: LoadedModel) -> tuple[str, ...]:
    """Return the names of what runs of a model can save, elements of arrays one by one."""
    try:
        return tuple(make_simulator(model.ir, Request("interpreted")).variables)
    except ModelError:  # PySD alone runs it
        return tuple(variable.name for variable in model.ir if not variable.subscripts)


def draft(
    model: LoadedModel, table: DataTable, matching: Matching, time: StudyTime, units: UnitsOf, name: str
) -> Proposal:
    """Make a proposal without parameters.

    Raises
    ------
    StudyError
        When no column can be compared with the model.
    """
    doubts: list[str] = []
    first, last = time.clock.within(model.time.start, time.section.get("stop", model.time.stop))
    keys: list[str] = []
    series: list[ProposedSeries] = []
    drivers: list[ProposedSeries] = []
    for match in matching.matches:
        if match.candidate.role == "constant":
            doubts.append(
                f"the column {match.column.name!r} is left out: {match.candidate.name!r} of the model is a constant, "
                "which no series can fill"
            )
            continue
        is_driver = match.candidate.role == "driver"
        built = _series(match, time, units, -np.inf if is_driver else first, key_for(match.column.name, keys))
        if len(built.values) < (1 if is_driver else _LEAST):
            doubts.append(
                f"the column {match.column.name!r} is left out: too few of its values lie in the model's time"
            )
            continue
        keys.append(built.key)
        (drivers if is_driver else series).append(built)
        doubts += _doubts(match)
    doubts += list(_unmatched(matching))
    if not series:
        raise _nothing(model, table, matching)
    windows = windows_of([each.periods for each in series], last)
    return Proposal(
        name=study_name(name or model.name),
        title=name or model.name.replace("_", " "),
        model=model.path,
        data=table.path,
        time=time,
        windows=windows,
        series=tuple(_judged(each, windows) for each in series),
        drivers=tuple(drivers),
        parameters=(),
        # what drives the model is known no longer than the data
        settings={"forecast": {}} if windows.horizon is not None and not drivers else {},
        account=(*table.understood, *(f"left out: {each}" for each in table.left_out)),
        doubts=tuple(doubts),
    )


def _series(match: Match, time: StudyTime, units: UnitsOf, first: float, key: str) -> ProposedSeries:
    column = match.column
    periods = time.periods(column.times)
    keep = periods >= first
    times = column.times.where(keep)
    remarks = []
    unit = column.unit
    if match.agreement == "flow":
        unit = units.of_period(unit)
        remarks.append(
            f"The table has amounts, the model a flow: each number is taken for the total of a {units.period.lower()} "
            f'and compared with the flow where that ends; measure = "mean" compares it with the mean over it.'
        )
    elif match.agreement in ("unstated", "different"):
        unit = match.candidate.variable.unit
        if match.agreement == "different":
            remarks.append(
                f"LOOK AT THIS: the table says {column.unit!r}, the model {unit!r}; no factor is known, and the "
                "numbers are taken as they are."
            )
        elif column.unit or unit:
            silent = "table" if unit else "model"
            remarks.append(f"The {silent} states no unit: the numbers are taken as they are.")
    if not keep.all():
        remarks.append(f"{int(np.sum(~keep))} values before the model begins are left out.")
    return ProposedSeries(
        key=key,
        match=match,
        unit=unit,
        times=time.labels(times),
        periods=periods[keep],
        values=column.values[keep],
        remarks=tuple(remarks),
    )


def _judged(series: ProposedSeries, windows: Windows) -> ProposedSeries:
    """Add the errors of a series, and whether it has gaps: both by the fit window alone."""
    first, last = windows.fit
    inside = (series.periods >= first) & (series.periods <= last)
    values: NDArray[np.float64] = series.values[inside] if inside.any() else series.values
    return replace(series, scatter=scatter_of(values), complete=int(inside.sum()) == last - first + 1)


def _doubts(match: Match) -> Iterator[str]:
    """Say what of a match somebody should look at."""
    name, heading = match.candidate.name, match.column.name
    if match.is_guess:
        yield f"the column {heading!r} was taken for {name!r}: {match.why}; name another with --match"
    elif match.likeness < SURE:
        yield f"the column {heading!r} was taken for {name!r}, which is only like it; name another with --match"
    if match.agreement == "different":
        yield (
            f"the column {heading!r} is in {match.column.unit!r}, {name!r} in {match.candidate.variable.unit!r}, and "
            "no factor is known: the numbers were taken as they are"
        )


def _unmatched(matching: Matching) -> Iterator[str]:
    for column in matching.unmatched:
        near = matching.nearest.get(column.name, ())
        hint = f" (nearest: {', '.join(near)})" if near else ""
        yield f"the column {column.name!r} is left out: no variable of the model is like it{hint}"


def _nothing(model: LoadedModel, table: DataTable, matching: Matching) -> StudyError:
    headings = ", ".join(repr(column.name) for column in table.columns)
    moving = [each.name for each in model.ir if each.kind in ("stock", "flow", "auxiliary")]
    return StudyError(
        f"no column of {table.path.name} ({headings}) could be taken for a variable of {model.path.name} "
        f"({', '.join(moving[:_OFFERED])}{', ...' if len(moving) > _OFFERED else ''}): name it with "
        '--match "COLUMN=VARIABLE"',
        path=table.path,
    )
