"""Checks the model of a study: its file, and its fitted run at half the step and on another engine."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.analysis.checks.file.reading import checks_beside, declared_of
from rcsd.analysis.checks.registry import CHECKS
from rcsd.errors import RcsdError
from rcsd.files import file_sha256
from rcsd.study.file.study import Study
from rcsd.study.findings.checked.file import checked_file
from rcsd.study.findings.checked.rerun import reruns
from rcsd.study.findings.checked.result import CheckedModel, MadeCheck, Rerun
from rcsd.study.findings.checked.written import written_of
from rcsd.study.graph.request import Request
from rcsd.study.graph.result import StudyResult
from rcsd.study.graph.run import Run
from rcsd.study.graph.step import Check, Step
from rcsd.study.steps.calibrate import CALIBRATE

NAME = "model_checks"
"""Of the step and of its entry in result.json."""


def _compute(run: Run) -> CheckedModel:
    n_done = 0

    def told(_name: str) -> None:
        nonlocal n_done
        run.progress(NAME, n_done, len(CHECKS))
        n_done += 1

    study = run.study
    file, checks, findings = checked_file(study.model, told)
    half_step, engines = reruns(study, run[CALIBRATE].fit.values, run.simulator)
    run.progress(NAME, len(CHECKS), len(CHECKS))
    step = study.model.time.step / 2
    return CheckedModel(file, checks, findings, half_step, step, engines, written_of(study.model.ir))


def _inputs(study: Study, _request: Request) -> object:
    """Return the hashes of what stands beside the model and decides what is found: its checks, and its twin."""
    model = study.model.path
    beside = [checks_beside(model)]
    try:
        twin = declared_of(model, None).content.twin
    except RcsdError:  # a faulty file of checks is told by the step
        twin = None
    if twin is not None:
        beside.append(model.parent / twin)
    return [file_sha256(path) for path in beside]


def _document(result: StudyResult) -> dict[str, object]:
    """Arrange what was found.

    ``model_checks``: the checks of the file with what they found; how far half a step and another engine move the
    fitted run; how many variables have a unit, a meaning and a source.
    """
    found = result.get(MODEL_CHECKS)
    if found is None:
        return {NAME: None}
    shown = result.info.clock.shown
    reruns = {
        name: {
            "unmade": each.unmade or None,
            "variables": each.n_variables,
            "largest": each.largest,
            "moved": {m.variable: {"share": m.share, "at": shown(m.period)} for m in each.moved},
        }
        for name, each in (("half_step", found.half_step), ("engines", found.engines))
    }
    return {
        NAME: {
            "file": found.file or None,
            "checks": {each.name: _entry(each) for each in found.checks},
            "n_made": len(found.made),
            "n_passed": sum(each.passed for each in found.checks),
            "findings": found.findings,
            "step": found.step,
            **reruns,
            "variables": {
                "total": found.written.n_variables,
                "with_unit": found.written.n_with_unit,
                "with_meaning": found.written.n_with_meaning,
            },
            "constants": {
                "total": found.written.n_constants,
                "with_source": found.written.n_with_source,
                "assumed": found.written.n_assumed,
            },
        }
    }


def _entry(check: MadeCheck) -> dict[str, object]:
    return {
        "about": check.about,
        "unmade": check.unmade or None,
        "errors": check.n_errors,
        "warnings": check.n_warnings,
        "notes": check.n_notes,
        "accepted": check.n_accepted,
    }


def _checks(result: StudyResult) -> tuple[Check, ...]:
    return tuple(_said(result[MODEL_CHECKS]))


def _said(found: CheckedModel) -> Iterator[Check]:
    """Say of each check that was made whether the model passed."""
    for each in found.made:
        seen = found.of(each.name)
        detail = "; ".join(f"{one.variable}: {one.message}".removeprefix(": ") for one in seen) or each.about
        yield Check(f"model: {each.name}", each.passed, detail)
    yield from _of_rerun("model: half step", found.half_step, f"at a step of {found.step:g}")
    yield from _of_rerun("model: engines", found.engines, "by the interpreter")


def _of_rerun(name: str, rerun: Rerun, how: str) -> Iterator[Check]:
    if (worst := rerun.worst) is not None:
        most = f"{worst.variable} moves most, by {worst.share:.2g} of its size" if worst.share else "nothing moves"
        yield Check(name, rerun.passed, f"{how}, {most} (may: {rerun.largest:g})")


STEP = MODEL_CHECKS = Step(
    NAME,
    CheckedModel,
    _compute,
    needs=(CALIBRATE,),
    inputs=_inputs,
    packages=("networkx",),
    document=_document,
    checks=_checks,
)
