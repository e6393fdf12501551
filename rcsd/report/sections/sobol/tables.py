"""Tables of a sensitivity analysis: what was derived from trajectories, and what varied."""

import math

from rcsd.analysis.sensitivity import OutcomeIndices
from rcsd.analysis.sensitivity.ranking import Rank, outcome_ranks
from rcsd.report.sections.sobol.words import told_as_outputs
from rcsd.report.spoken import period, spoken, when
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, capital, fixed, measured, number
from rcsd.study.sobol.result import SobolStudy

_DISTRIBUTION, _SOURCE = "Distribution", "Range from"

_SHOWN = 2
"""Parameters named for each outcome."""

_ROUNDING = 1e-12
"""Spread over mean of an outcome that does not vary but for rounding."""


def outcomes_table(study: SobolStudy) -> Table:
    """One row per crossing, peak or other outcome: its spread, and the parameters with the largest shares."""
    told = told_as_outputs(study)
    return Table(
        caption="Which parameters move crossings and peaks",
        columns=(*words("Outcome"), *numbers("Mean", "Std. dev."), *words("Unit", "First", "Second")),
        rows=tuple(_outcome_row(study, outcome) for outcome in study.result.outcomes if outcome.name not in told),
    )


def _outcome_row(study: SobolStudy, outcome: OutcomeIndices) -> tuple[Cell, ...]:
    ranks = outcome_ranks(study.result.parameters, outcome.indices)
    shown = [_rank(rank) for place, rank in enumerate(ranks[:_SHOWN]) if place == 0 or rank.shown]
    spread = _dated(outcome) if outcome.is_time else _measured(outcome)
    if outcome.n_never:  # the mean of years of which some stand for never says nothing
        spread = (MISSING, MISSING)
    return (
        Cell(outcome.name),
        *cells(*spread, capital(period()) if outcome.is_time else outcome.unit),
        *cells(*(shown + [MISSING] * (_SHOWN - len(shown)))),
    )


def _dated(outcome: OutcomeIndices) -> tuple[str, str]:
    """Write a mean time as the study dates it, and its spread in periods."""
    mean = fixed(outcome.mean, 1) if spoken().clock.identity or math.isnan(outcome.mean) else when(outcome.mean)
    return mean, fixed(outcome.sd, 1)


def _measured(outcome: OutcomeIndices) -> tuple[str, str]:
    constant = outcome.sd <= _ROUNDING * abs(outcome.mean)
    return measured(outcome.mean), "0" if constant else measured(outcome.sd)


def _rank(rank: Rank) -> str:
    return f"{rank.parameter} ({fixed(rank.total, 2)} ± {fixed(rank.conf, 2)})"


def ranges_table(study: SobolStudy) -> Table:
    """One row per parameter that varied; what is the same of all is said below."""
    parameters, distributions = study.space.parameters, study.result.distributions
    sources = {parameter.source for parameter in parameters}
    one_source, uniform = len(sources) == 1, all(each.startswith("uniform from") for each in distributions)
    table = Table(
        caption="What varied",
        columns=(*words("Parameter"), *numbers("Lower", "Upper"), *words("Unit", _DISTRIBUTION, _SOURCE)),
        rows=tuple(
            (
                Cell(parameter.name),
                *cells(number(parameter.lower), number(parameter.upper), parameter.unit, distribution),
                Cell(parameter.source),
            )
            for parameter, distribution in zip(parameters, distributions, strict=True)
        ),
        note=f"Ranges: {sources.pop()}." if one_source else "",
        folded=True,
    )
    for heading, said in ((_DISTRIBUTION, uniform), (_SOURCE, one_source)):
        table = table.without(heading) if said else table
    return table
