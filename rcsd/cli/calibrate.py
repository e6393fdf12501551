"""`rcsd calibrate`: the first part of the main job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rcsd.cli.options import DEFAULT_OUT, Json, Out, Quick, StartsScheduler, StudyName, Workers
from rcsd.cli.output import name_with_search, print_json, print_table
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars

if TYPE_CHECKING:
    from rcsd.analysis.calibration import FitResult
    from rcsd.study import Study as CheckedStudy
    from rcsd.study import StudyResult
    from rcsd.study.findings.profiles import Uncertainty

EXAMPLE = "Example: rcsd calibrate jixi --out out --workers 2"


def calibrate(
    study: StudyName,
    out: Out = DEFAULT_OUT,
    quick: Quick = False,
    workers: Workers = 1,
    scheduler: StartsScheduler = None,
    json: Json = False,
) -> None:
    """Fit a study's parameters to its fit window, and show the estimates.

    A calibration that was finished before, here or by `rcsd study`, is reused. Where `rcsd study` has examined which
    parameters the data determine, its verdicts are shown too.
    """
    from rcsd.study.steps.calibrate import CALIBRATE
    from rcsd.study.steps.posterior import POSTERIOR
    from rcsd.study.steps.profiles import PROFILES
    from rcsd.workbench.study import Study

    loaded = Study.read(study)
    with progress_bars() as noting:
        found = loaded.run_to(
            CALIBRATE,
            out=out,
            quick=quick,
            workers=workers,
            scheduler=scheduler,
            progress=noting(loaded.name),
            beside=(PROFILES, POSTERIOR),
        )
    fit, known = found[CALIBRATE].fit, found.get(PROFILES)
    if json:
        print_json({"study": loaded.name, "quick": quick, **_document(found)})
    else:
        name = name_with_search(loaded.name, quick=quick)
        _print_estimates(name, fit, loaded)
        if known is not None:
            _print_verdicts(name, known)


def _document(found: StudyResult) -> dict[str, object]:
    from rcsd.study.steps.calibrate import CALIBRATE
    from rcsd.study.steps.posterior import quantiles_entry
    from rcsd.study.steps.profiles import determined_entry

    fit, determined, quantiles = found[CALIBRATE].fit, determined_entry(found), quantiles_entry(found)
    errors = [None] * len(fit.names) if fit.standard_error is None else fit.standard_error.tolist()
    return {
        "window": [found.info.clock.shown(each) for each in fit.window],
        "cost": fit.cost,
        "parameters": {
            parameter: {
                "estimate": float(fit.estimate[index]),
                "standard_error": errors[index],
                "at_lower": bool(fit.at_lower[index]),
                "at_upper": bool(fit.at_upper[index]),
                **determined[parameter],
                **quantiles[parameter],
            }
            for index, parameter in enumerate(fit.names)
        },
        "starts": [
            {"index": start.index, "cost": start.cost, "converged": start.converged, "message": start.message}
            for start in fit.starts
        ],
        "agreement": fit.agreement,
        "runs": {"total": fit.n_runs, "failed": fit.n_failed},
    }


def _print_estimates(name: str, fit: FitResult, study: CheckedStudy) -> None:
    rows = []
    for index, parameter in enumerate(study.space.parameters):
        bound = "lower" if fit.at_lower[index] else "upper" if fit.at_upper[index] else ""
        numbers = (fit.estimate[index], parameter.lower, parameter.upper)
        rows.append((parameter.name, parameter.unit, bound, *(f"{number:.4g}" for number in numbers)))
    print_table(
        f"{name}, fitted to {study.clock.span_words(*fit.window)}: cost {fit.cost:.5g}, {fit.agreement} of "
        f"{len(fit.starts)} starts agree",
        ("Parameter", "Unit", "On bound", "Estimate", "Lower", "Upper"),
        rows,
        n_words=3,
    )


def _print_verdicts(name: str, known: Uncertainty) -> None:
    from rcsd.report.sections.uncertainty.words import conflict_words

    rows = [
        (
            profile.name,
            known.verdicts[profile.name],
            f"open, {profile.open}" if profile.open else "closed",
            conflict_words(known, profile.name),
            *(f"{number:.4g}" for number in (known.estimate[profile.name], profile.lower, profile.upper)),
        )
        for profile in known.profiles
    ]
    print_table(
        f"{name}, under the noise of its own residuals: what determines each parameter, its most probable value, and "
        "the 95 % interval of the data alone",
        ("Parameter", "Determined by", "Profile", "Data", "Most probable", "From", "To"),
        rows,
        n_words=4,
    )


COMMAND = Command(
    calibrate,
    group="Study",
    summary="Fit the parameters; show how well they are determined.",
    example=EXAMPLE,
    keeps=True,
)
