"""Parameters of a proposed study, chosen by runs of the study itself with all that could be estimated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rcsd.errors import StudyError
from rcsd.files import scratch_folder
from rcsd.study.file.reading import load_study
from rcsd.study.setup.estimated.bounds import Bounded
from rcsd.study.setup.estimated.screening import Screening, screen
from rcsd.study.setup.proposal import Proposal
from rcsd.study.setup.written.folder import write_files

MOST = 8
"""Parameters that are proposed at most: with more, a first report is long and its posterior slow."""
_SEED = 1


def with_parameters(proposal: Proposal, wanted: list[Bounded]) -> Proposal:
    """Screen everything that could be estimated, and return the proposal with what the data can tell apart.

    Raises
    ------
    StudyError
        When nothing moves the series.
    """
    screening = _screened(replace(proposal, parameters=tuple(wanted)))
    by_name = {each.name: each for each in wanted}
    if not screening.chosen:
        raise StudyError(
            "no constant and no initial value of the model moves the series of the table by more than their errors: "
            "look at the windows and at what the columns were taken for",
            path=proposal.model,
        )
    effects = dict(zip(screening.names, map(float, screening.effects), strict=True))
    chosen = tuple(by_name[name] for name in screening.chosen)
    return replace(proposal, parameters=chosen, effects={each.name: effects[each.name] for each in chosen})


def _screened(proposal: Proposal) -> Screening:
    with scratch_folder() as folder:
        write_files(proposal, folder, model=proposal.model.as_posix())
        study = load_study(folder)
        problem = study.problem(study.simulator())
        by_name = {each.name: each for each in proposal.parameters}
        start = np.array([by_name[name].value for name in problem.space.names])
        return screen(problem, start, MOST, rng=np.random.default_rng(_SEED))
