"""How a life cycle is put into words."""

from rcsd.papers.coevolution.life_cycle import Reading
from rcsd.papers.coevolution.step import LifeCycle
from rcsd.report.sections.forecast.words import share_words
from rcsd.report.wording import count, listing

_READINGS: dict[Reading, str] = {
    "life cycle": "a life cycle: the preference comes back to zero and stays there to the end of the run",
    "recurrent": "recurrent: the preference swings around zero without shrinking, so that regeneration never comes",
    "none": "none: the preference comes to rest without the paper's life cycle",
    "unfinished": "unfinished: the run ends before it shows whether the preference settles at zero after all four "
    "stages, swings for ever (recurrent) or comes to rest elsewhere (none)",
}
"""What the kinds of a path of the preference mean."""


_SHORT: dict[str, str] = {
    "life cycle": "show a life cycle",
    "recurrent": "swing for ever",
    "none": "come to rest without one",
    "unfinished": "end before it can be told",
}


def assumed_words(cycle: LifeCycle) -> str:
    """Say over what the years hold, or that none are told."""
    found = cycle.assumed
    if found is None:
        return (
            "No years are told: the study names no ranges of what is assumed, and years of one guess alone say nothing."
        )
    estimated = (
        "the estimated ones drawn from the posterior" if found.drawn else "the estimated ones at their estimates"
    )
    failed = f" {count(found.n_failed, 'run')} failed and count for nothing." if found.n_failed else ""
    ran = found.n_runs - found.n_failed
    kinds = sorted(found.kinds.items(), key=lambda each: (-each[1], each[0]))
    told = [f"{share_words(n / ran)} {_SHORT[kind]}" for kind, n in kinds]
    return (
        f"Years hold over what is assumed: in {count(found.n_runs, 'run')} {listing(found.parameters)} vary over their "
        f"ranges, {estimated}.{failed} Of these runs {listing(told)}."
    )


def reading_words(cycle: LifeCycle) -> str:
    """Say which kind of path the preference takes, and which stages it shows."""
    stages = listing([stage.stage for stage in cycle.stages])
    return f"Kind of the path: {_READINGS[cycle.kind]}. Stages shown: {stages}."
