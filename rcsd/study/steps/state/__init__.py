"""Estimates the states of the model from the series, by an ensemble Kalman filter and smoother."""

from __future__ import annotations

from rcsd.analysis.calibration import GAPS
from rcsd.errors import InputError, ParameterError, StudyError
from rcsd.restart import restartable
from rcsd.study.file.section import FileSection
from rcsd.study.file.study import Study
from rcsd.study.findings.state.estimating import States, estimate_states
from rcsd.study.findings.state.section import NAME, StateSection, process_of, section_of
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Check, Step
from rcsd.study.steps.posterior import POSTERIOR, without_chains
from rcsd.study.steps.state.written import document_of, forecast_table, innovations_table, states_table

_BY_PYSD = "PySD runs this model, and its runs cannot be stopped and continued"
_LEVEL = 0.05


def _when(study: Study, request: Request) -> str:
    section = section_of(study)
    if section is None:
        return f"the study has no section [{NAME}]"
    if study.on_pysd:
        return _BY_PYSD
    _require_sound(study, section)
    return without_chains(study, request) if section.start == "posterior" else ""


def _require_sound(study: Study, section: StateSection) -> None:
    """Find out before anything is fitted that a model cannot be continued, or lacks a stock that is named.

    Raises
    ------
    StudyError
        With the fault and its remedy.
    """
    if not study.is_plain:
        raise StudyError(
            "goes from one unit of the model's time to the next: leave it out of a study with [time], or with "
            'a `measure` other than "end"',
            path=study.path,
            field=NAME,
        )
    try:
        simulator = restartable(study.simulator())
        process = process_of(study, section)
        process.require_stocks(simulator.stocks)
        _require_gaps(study)
        process.require_series([(target.series.name, target.kind) for target in study.targets])
    except InputError as error:
        raise StudyError(str(error), path=study.path, field=NAME) from error


def _require_gaps(study: Study) -> None:
    """Refuse kinds of errors that the filter does not know.

    Raises
    ------
    ParameterError
        That names the series.
    """
    for target in study.targets:
        if target.kind not in GAPS:
            raise ParameterError(
                f"series {target.series.name!r} has errors of the kind {target.kind!r}, which the filter does not "
                'know: write kind = "relative" or "absolute" with an error, or leave [state] out'
            )


def _compute(run: Run) -> States:
    section, sampled = section_of(run.study), run.get(POSTERIOR)
    assert section is not None  # the step is left out without one
    posterior = None
    if section.start == "posterior":
        if sampled is None or sampled.posterior is None:
            raise StudyError(
                "the posterior of the fit window has no draws to start the members from: take start = 'priors', "
                "or see the report on its posterior",
                path=run.study.path,
                field=f"{NAME}.start",
            )
        posterior = sampled.posterior.draws
    run.progress("state", 0, 1)
    n = section.quick_members if run.request.quick else section.members
    found = estimate_states(run.study, section, run.driven, n_members=n, posterior=posterior)
    run.progress("state", 1, 1)
    return found


def _found(result: StudyResult) -> States | None:
    return result.get(STATE)


def _document(result: StudyResult) -> dict[str, object]:
    found = _found(result)
    return {NAME: None if found is None else document_of(found)}


def _checks(result: StudyResult) -> tuple[Check, ...]:
    found = result[STATE]
    test = found.consistency
    said = (
        f"normalised innovations squared sum up to {test.squared:.1f} over {test.n_cells} cells, p {test.p_value:.3f}"
    )
    return (Check("innovations of the state", test.p_value >= _LEVEL, said),)


STEP = STATE = Step(
    NAME,
    States,
    _compute,
    uses=(POSTERIOR,),
    when=_when,
    reads=(NAME, "forecast"),
    section=FileSection(NAME, StateSection),
    packages=("statsmodels",),
    document=_document,
    files={
        "state.csv": lambda result: states_table(_found(result)),
        "state_innovations.csv": lambda result: innovations_table(_found(result)),
        "state_forecast.csv": lambda result: forecast_table(_found(result)),
    },
    checks=_checks,
)
