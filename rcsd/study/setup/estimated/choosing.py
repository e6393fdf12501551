"""Parameters of a proposed study, chosen by runs of the study itself with all that could be estimated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from rcsd.errors import StudyError
from rcsd.files import scratch_folder
from rcsd.study.file.reading import load_study
from rcsd.study.setup.estimated.bounds import Bounded
from rcsd.study.setup.estimated.screening import screen
from rcsd.study.setup.estimated.selecting import select
from rcsd.study.setup.matching.units import UnitsOf
from rcsd.study.setup.noise import COUNTS, amount_of, are_counts
from rcsd.study.setup.proposal import Proposal, ProposedSeries, Windows
from rcsd.study.setup.written.folder import write_files

MOST = 8
"""Parameters that are proposed at most: with more, a first report is long and its posterior slow."""
_TRIED = 10
"""Parameters that are fitted together at first, those that move the series most."""
_CELLS_EACH = 3
"""Cells of the data for each parameter, at least."""
_SEED = 1
_WIDE = 100.0
"""Upper over lower bound beyond which an assumed range says hardly more than the sign."""


def with_parameters(proposal: Proposal, wanted: list[Bounded]) -> Proposal:
    """Screen all that could be estimated, fit what moves the series, and return the proposal with what that needs.

    Raises
    ------
    StudyError
        When nothing moves the series.
    """
    with scratch_folder() as folder:
        write_files(replace(proposal, parameters=tuple(wanted)), folder, model=proposal.model.as_posix())
        study = load_study(folder)
    problem = study.problem(study.simulator())
    by_name = {each.name: each for each in wanted}
    start = np.array([by_name[name].value for name in problem.space.names])
    screening = screen(problem, start, _TRIED, rng=np.random.default_rng(_SEED))
    if not screening.telling and any(_is_share(each) for each in proposal.series):
        amounts = tuple(
            replace(each, scatter=amount_of(each.fitted(proposal.windows))) if _is_share(each) else each
            for each in proposal.series
        )
        return with_parameters(replace(proposal, series=amounts), wanted)
    if not screening.telling:
        raise StudyError(
            "no constant and no initial value of the model moves the series of the table by more than their errors: "
            "look at the windows and at what the columns were taken for",
            path=proposal.model,
        )
    most = min(MOST, max(problem.n_data // _CELLS_EACH, 1))
    axis = study.model.time
    size = len(study.model.ir.variables) * round((axis.stop - axis.start) / axis.step)
    found = select(problem, [by_name[name] for name in screening.telling], most, size)
    effects = dict(zip(screening.names, map(float, screening.effects), strict=True))
    misses = {
        target.series.name: float(np.sqrt(np.mean(residuals**2)))
        for target, residuals in zip(problem.targets, found.residuals, strict=True)
    }
    return replace(
        proposal,
        parameters=found.chosen,
        effects={each.name: effects[each.name] for each in found.chosen},
        doubts=(*proposal.doubts, *_wide(found.chosen)),
        series=tuple(
            _with_error(each, proposal.windows, misses.get(each.key, 0.0), UnitsOf.of(study.model.ir))
            for each in proposal.series
        ),
    )


def _wide(chosen: Sequence[Bounded]) -> Iterator[str]:
    """Doubt assumed bounds that leave a parameter almost any size."""
    for each in chosen:
        if each.is_assumed and each.lower > 0 and each.upper / each.lower > _WIDE:
            yield (
                f"{each.name!r} is looked for from {each.lower:g} to {each.upper:g} {each.unit}".rstrip()
                + ", which is assumed: narrow it to what it could be"
            )


def _is_share(series: ProposedSeries) -> bool:
    return series.scatter is not None and series.scatter.kind == "relative"


def _with_error(series: ProposedSeries, windows: Windows, miss: float, units: UnitsOf) -> ProposedSeries:
    """Take what the trial fit misses a series by for its error, where that is more than the roughness of the series.

    Whole numbers are counts only in the model's own unit: of cases per week, divided by seven, nobody counts a day's.
    """
    is_own = units.agreement(series.unit, series.match.candidate.variable.unit) in ("same", "unstated")
    could = is_own and series.values.min() >= 0  # below zero there is no count, held out or not
    if series.scatter is not None and could and are_counts(series.fitted(windows), series.unit):
        return replace(series, scatter=COUNTS)
    if series.scatter is None or not 1 < miss < np.inf:
        return series
    return replace(series, scatter=series.scatter.missed_by(miss))
