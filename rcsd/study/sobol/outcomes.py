"""What a sensitivity analysis asks of a study's trajectories beside their values year by year."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.analysis.sensitivity import Outcome, ValueAt
from rcsd.study.file.section import brought
from rcsd.study.file.study import Study


def study_outcomes(study: Study, outputs: Sequence[str], data_end: float, horizon: float) -> tuple[Outcome, ...]:
    """List the outcomes of those of a study's outputs that are analysed.

    Parameters
    ----------
    study : Study
        Whose series and tables are meant.
    outputs : sequence of str
        What is analysed, named as in the model.
    data_end, horizon : float
        Saved times.

    Returns
    -------
    tuple of Outcome
        What the tables of the study file that steps bring ask for, and every variable that is compared with a series,
        at the end of the data and at the horizon.
    """
    return (*_brought(study, outputs, horizon), *_values(study, outputs, (data_end, horizon)))


def _brought(study: Study, outputs: Sequence[str], horizon: float) -> tuple[Outcome, ...]:
    """Ask what the tables of the study file that steps bring ask of the outputs."""
    model = study.model.ir
    found = (
        outcome
        for section, content in brought(study.file)
        for outcome in section.outcomes(content, lambda name: model[name].name, horizon)
    )
    return tuple(outcome for outcome in found if outcome.output in outputs)


def _values(study: Study, outputs: Sequence[str], times: tuple[float, ...]) -> tuple[Outcome, ...]:
    compared = dict.fromkeys(target.variable for target in study.targets)
    moments = {time: study.clock.label(time) for time in times}
    return tuple(ValueAt(name, time, label) for name in compared if name in outputs for time, label in moments.items())
