"""From a model and a table to a proposed study: matched, screened, and ready to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rcsd.errors import StudyError
from rcsd.simulation.loading import LoadedModel
from rcsd.study.setup.asking import Ask, unasked
from rcsd.study.setup.drafting import columns_of, draft, outputs_of
from rcsd.study.setup.estimated.candidates import could_be_estimated
from rcsd.study.setup.estimated.choosing import with_parameters
from rcsd.study.setup.estimated.roles import roles_of
from rcsd.study.setup.matching.candidates import candidates
from rcsd.study.setup.matching.course import guessed
from rcsd.study.setup.matching.matching import match_columns
from rcsd.study.setup.matching.units import UnitsOf
from rcsd.study.setup.proposal import Proposal
from rcsd.study.setup.tables import DataTable
from rcsd.study.setup.timing import period_of, study_time


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person has said beforehand.

    Attributes
    ----------
    matches : mapping of str to str
        By heading: its variable; empty to leave the column out.
    group : str
        Which of several cities or the like.
    name : str
        Of the study.
    """

    matches: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    name: str = ""


def propose(model: LoadedModel, table: DataTable, wishes: Wishes | None = None, ask: Ask = unasked) -> Proposal:
    """Propose a study.

    Parameters
    ----------
    model
        To be fitted.
    table
        As it was understood.
    wishes
        What is settled beforehand.
    ask
        Asked where something is in doubt.

    Raises
    ------
    StudyError
        Where no study comes of it: no column is a variable of the model, or nothing can be estimated.
    """
    wishes = wishes or Wishes()
    if model.ir.random:
        raise StudyError(
            f"draws random numbers in {', '.join(map(repr, model.ir.random))}, so that no run of it can be repeated "
            "and no study can be made of it: replace them by constants or a table",
            path=model.path,
        )
    found = candidates(model.ir, outputs_of(model))
    columns, doubts = columns_of(table, wishes.group, ask, [each.name for each in found])
    units = UnitsOf.of(model.ir, period_of(columns))
    matching = match_columns(columns, found, units, wishes.matches, ask)
    time = study_time(tuple(match.column for match in matching.matches) or columns, model.time)
    roles = roles_of(model.ir)
    if not any(match.candidate.role == "series" for match in matching.matches):
        free = could_be_estimated(model, (), time, roles)
        ranges = {each.name: (each.lower, each.value, each.upper) for each in free}
        matching = guessed(
            matching, found, model, units, lambda one: time.to_model(time.periods(one.times)), ranges, ask
        )
    proposal = draft(model, table, matching, time, units, wishes.name)
    proposal = replace(proposal, doubts=(*table.doubts, *doubts, *proposal.doubts, *time.doubts))
    wanted = could_be_estimated(model, proposal.series, time, roles)
    if not wanted:
        raise StudyError("the model has no constant and no initial value that could be estimated", path=model.path)
    return with_parameters(replace(proposal, left_out=roles.left_out), wanted)
