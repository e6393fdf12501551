"""The sensitivity analyses that are asked for by themselves: run beside the study, and written into its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rcsd.analysis.sensitivity import RefusedError
from rcsd.analysis.sensitivity.runs import Task
from rcsd.errors import OutputError
from rcsd.study.file.study import Study
from rcsd.study.runner import calibrate_study
from rcsd.study.sobol import posterior
from rcsd.study.sobol.request import SobolRequest, prepare, sobol_study_document
from rcsd.study.sobol.result import SobolStudy
from rcsd.study.sobol.writer import write_failures, write_indices
from rcsd.work.progress import Progress, silent

FOLDER = "sobol"
"""Name of the folder for the analyses, inside that of the study; each group has a folder in it."""


def sobol_study(
    study: Study,
    request: SobolRequest | None = None,
    *,
    out: str | Path,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> SobolStudy:
    """Run the sensitivity analysis of a study over one group, and write its tables into ``out/<study>/sobol/<group>``.

    Parameters
    ----------
    study
        Read by `load_study`.
    request
        What to analyse.
    out
        Folder of all studies.
    scheduler
        Address of a dask cluster that makes the runs, with the same numbers; this process makes them when None.
    progress
        Told how many runs are done.

    Raises
    ------
    ParameterError, ModelError
        For input that makes no analysis; nothing is run then.
    OutputError
        When the folder cannot be written; nothing is run then either.
    SensitivityError
        When runs failed and the request refuses that; they are listed in ``failed_runs.csv``.
    SimulationError
        When all runs failed.
    CalibrationError
        When the study had to be fitted, and every start of the fit failed.
    ClusterError
        When the cluster cannot be used, or has lost its workers.

    Examples
    --------
    >>> import tempfile
    >>> import rcsd
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     found = sobol_study(
    ...         rcsd.load_study("jixi"), SobolRequest(4, parameters=("Investment Rate",), n_resamples=2), out=folder
    ...     )
    >>> found.group
    'chosen'
    """
    return sobol_studies(
        study, (request or SobolRequest(),), out=out, scheduler=scheduler, progress=lambda _: progress
    )[0]


def sobol_studies(
    study: Study,
    requests: Sequence[SobolRequest],
    *,
    out: str | Path,
    scheduler: str | None = None,
    progress: Callable[[str], Progress] = lambda _: silent,
) -> tuple[SobolStudy, ...]:
    """Run several analyses of a study, all checked before the first is run; see `sobol_study`.

    Where one of them does not vary all that the study estimates, the study's kept calibration says where to hold the
    rest; without one the study is calibrated first. `progress` is given the name of a group and returns what is told
    of its runs; the calibration's are told under "calibration".
    """
    draws = Path(out) / study.name / posterior.FILE_NAME
    prepared = [prepare(study, request, draws=draws) for request in requests]
    simulator = study.simulator(scheduler=scheduler)
    for each in prepared:
        Task(simulator, each.marginals, each.outputs).check()
    estimates: Mapping[str, float] = {}
    if any(each.unvaried for each in prepared):
        estimates = calibrate_study(study, out=out, scheduler=scheduler, progress=progress("calibration")).values
    found = []
    for each in prepared:
        folder = _made(Path(out) / study.name / FOLDER / each.group.name)
        with _failures_listed(folder):
            found.append(each.run(simulator, estimates, progress(each.group.name)))
        write_indices(found[-1].result, sobol_study_document(found[-1]), folder)
    return tuple(found)


@contextmanager
def _failures_listed(folder: Path) -> Iterator[None]:
    """Write the failed runs down when an analysis is refused because of them, and say where."""
    try:
        yield
    except RefusedError as refusal:
        if refusal.failures is None:
            raise
        path = write_failures(refusal.failures, folder)
        raise RefusedError(f"{refusal}. All failed runs are listed in {path}", refusal.failures) from None


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the output folder cannot be made ({error.strerror}): choose one that you may write to", path=folder
        ) from error
    return folder
