"""The stages of a life cycle as a table."""

from rcsd.papers.coevolution.step import LifeCycle
from rcsd.report.table import Cell, Table, cells, numbers, words


def stages_table(cycle: LifeCycle) -> Table:
    """One row per stage of the life cycle."""
    return Table(
        caption="Stages read off the trajectory of x",
        columns=(*words("Stage"), *numbers("From", "To", "Years")),
        rows=tuple(
            (
                Cell(stage.stage),
                *cells(
                    f"{stage.first_year:.1f}",
                    "(end of the run)" if stage.open else f"{stage.last_year:.1f}",
                    f"{'at least ' if stage.open else ''}{stage.last_year - stage.first_year:.1f}",
                ),
            )
            for stage in cycle.stages
        ),
        note="Growth until x first crosses zero, maturity until it peaks, decline until |x| stays within "
        f"{cycle.band:g} to the end of the run, regeneration after that. The last stage is open: it lasts at least to "
        "the end of the run, and what x does later, or whether it stays in the band, is not known.",
    )
