"""What a sensitivity analysis asks of a study's trajectories beside their values year by year."""

from __future__ import annotations

from collections.abc import Sequence

from rcsd.analysis.sensitivity import FirstCrossing, Outcome, Peak, PeakYear, SettlingYear, ValueAt
from rcsd.study.file.study import Study


def study_outcomes(study: Study, outputs: Sequence[str], data_end: float, horizon: float) -> tuple[Outcome, ...]:
    """List the outcomes of those of a study's outputs that are analysed.

    Parameters
    ----------
    study : Study
        Whose life cycle and series are meant.
    outputs : sequence of str
        What is analysed, named as in the model.
    data_end, horizon : float
        Saved times.

    Returns
    -------
    tuple of Outcome
        The years that part the stages of the life cycle (what is not reached by the horizon counts as the horizon), the
        height of its peak, and every variable that is compared with a series, at the end of the data and at the
        horizon.
    """
    return (*_life_cycle(study, outputs, horizon), *_values(study, outputs, (data_end, horizon)))


def _life_cycle(study: Study, outputs: Sequence[str], horizon: float) -> tuple[Outcome, ...]:
    cycle = study.file.life_cycle
    if cycle is None:
        return ()
    preference = study.model.ir[cycle.preference].name
    if preference not in outputs:
        return ()
    return (
        FirstCrossing(preference, 0.0, never=horizon),
        Peak(preference),
        PeakYear(preference),
        SettlingYear(preference, 0.0, cycle.band, never=horizon),
    )


def _values(study: Study, outputs: Sequence[str], times: tuple[float, ...]) -> tuple[Outcome, ...]:
    compared = dict.fromkeys(target.variable for target in study.targets)
    return tuple(ValueAt(name, time) for name in compared if name in outputs for time in dict.fromkeys(times))
