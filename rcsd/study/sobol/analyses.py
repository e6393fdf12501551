"""The step of a study that asks which parameter moves which output: one analysis for each of the study's groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from rcsd.errors import SensitivityError, SimulationError
from rcsd.simulator import Simulator
from rcsd.study.file.groups import CALIBRATED, groups_of
from rcsd.study.file.schema import SobolSection
from rcsd.study.file.study import Study
from rcsd.study.sobol.request import SobolRequest, prepare
from rcsd.study.sobol.result import Sensitivity, SobolStudy
from rcsd.work.progress import Progress, silent


def sensitivity(
    study: Study,
    estimates: Mapping[str, float],
    simulator: Callable[[], Simulator],
    *,
    quick: bool,
    progress: Progress = silent,
) -> Sensitivity:
    """Make the analyses of a study's report.

    An analysis whose runs fail, and which the study does not let replace them, is left out with the reason: it costs
    the study nothing else.

    Parameters
    ----------
    study
        Read by `load_study`.
    estimates
        Of its parameters, at which a group holds those that it does not vary.
    simulator
        Makes the study's simulator; not called when no analysis is made.
    quick
        Whether to take the study's smaller sample.
    progress
        Told how many runs of each analysis are done.
    """
    section = study.file.sobol or SobolSection()
    skipped = _skipped(study, section)
    if skipped:
        return Sensitivity(left_out={CALIBRATED: skipped})
    analyses: list[SobolStudy] = []
    left_out: dict[str, str] = {}
    for group in groups_of(study.file):
        request = SobolRequest(
            n_base=section.quick_n_base if quick else section.n_base,
            group=group,
            distribution=section.distribution,
            n_resamples=section.resamples,
            on_failure=section.on_failure,
            second_opinion=False,
        )
        try:
            # A posterior is not among the distributions of a study file, so no draws are read.
            prepared = prepare(study, request, draws=Path())
            found = prepared.run(simulator(), estimates, _named(group, progress))
            # what a repetition needs stands in the manifest of the study, its title with the result
            analyses.append(replace(found, title="", versions={}, hashes={}))
        except (SensitivityError, SimulationError) as failure:
            left_out[group] = str(failure)
    return Sensitivity(tuple(analyses), left_out)


def _skipped(study: Study, section: SobolSection) -> str:
    """Say why a study has no analysis; empty where it has."""
    if section.skip:
        return section.skip
    if study.on_pysd and study.file.sobol is None:
        return (
            "PySD runs this model, which takes long for the thousands of runs of an analysis; a section [sobol] in the "
            "study file asks for it all the same"
        )
    return ""


def _named(group: str, progress: Progress) -> Progress:
    """Tell of the runs of a group under its own name, and of nothing else."""

    def note(step: str, done: int, total: int) -> None:
        if step == "simulate":
            progress(f"sobol {group}", done, total)

    return note
