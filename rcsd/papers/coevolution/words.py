"""How a life cycle is put into words."""

from rcsd.papers.coevolution.life_cycle import Reading
from rcsd.papers.coevolution.stages import StageSpan
from rcsd.papers.coevolution.step import LifeCycle
from rcsd.report.wording import listing, span

_READINGS: dict[Reading, str] = {
    "life cycle": "a life cycle: the preference comes back to zero and stays there to the end of the run",
    "recurrent": "recurrent: the preference swings around zero without shrinking, so that regeneration never comes",
    "none": "none: the preference comes to rest without the paper's life cycle",
    "unfinished": "unfinished: the run ends before it shows whether the preference settles at zero after all four "
    "stages, swings for ever (recurrent) or comes to rest elsewhere (none)",
}
"""What the kinds of a path of the preference mean."""


def reading_words(cycle: LifeCycle) -> str:
    """Say which kind of path the preference takes, and which stages it shows."""
    stages = listing([stage.stage for stage in cycle.stages])
    return f"Kind of the path: {_READINGS[cycle.kind]}. Stages shown: {stages}."


def stage_span(stage: StageSpan) -> str:
    """Write the years of a stage; one that the run ends in has no last year.

    Examples
    --------
    >>> stage_span(StageSpan("decline", 2012.0, 2027.5)), stage_span(StageSpan("regeneration", 2027.5, 2030.0, True))
    ('2012–2027.5', '2027.5– (end of the run)')
    """
    return f"{stage.first_year:g}– (end of the run)" if stage.open else span(stage.first_year, stage.last_year)
