"""What it takes to repeat the study, and what it cost."""

from collections.abc import Mapping

from rcsd.report.fact import fact, varying
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import MISSING, fixed, number, plain, span
from rcsd.study.graph.result import StepTime, StudyResult
from rcsd.study.steps.calibrate import CALIBRATE


def settings_table(result: StudyResult) -> Table:
    """Return model, solver, search, seeds and run counts as pairs."""
    model, info, runs = result.model, result.info, result.runs
    counts = ", ".join(f"{n} {kind}" for kind, n in model.counts.items())
    pairs = {
        "Study file": info.study_file,
        "Data file": info.data_file,
        "Model": f"{model.file} ({model.format}; {counts})",
        "Simulated": f"{span(model.start, model.stop)}, step {number(model.step)}, {model.method}, by {model.backend}",
        "Search": ", ".join(f"{plain(name)} {value}" for name, value in info.search.items()),
        "Quick search": "yes: fewer starts and evaluations than a full study" if info.quick else "no",
        "Seeds": ", ".join(f"{name} {seed}" for name, seed in info.seeds.items()),
        "Residuals fitted": str(result[CALIBRATE].fit.n_residuals),
        "Model runs": f"{fact(f'{runs.total:,}', 'runs', 'total')}, of which "
        f"{fact(f'{runs.failed:,}', 'runs', 'failed')} failed",
        "Runs per second": MISSING if runs.per_second is None else varying(number(runs.per_second, 3)),
    }
    return _pairs("Settings", pairs)


def versions_table(versions: Mapping[str, str]) -> Table:
    """Return software versions as pairs."""
    return _pairs("Software", versions)


def hashes_table(hashes: Mapping[str, str]) -> Table:
    """Return the SHA-256 of every input as pairs."""
    return Table(
        caption="SHA-256 of the inputs",
        columns=words("Input", "SHA-256"),
        rows=tuple((Cell(name), Cell(digest, "code")) for name, digest in hashes.items()),
    )


def steps_table(result: StudyResult) -> Table:
    """One row per step with the wall time that it took when it was computed."""
    return Table(
        caption="Steps",
        columns=(*words("Step"), *numbers("Wall time, s", "Model runs", "Runs per second")),
        rows=tuple(_step(step) for step in result.steps),
        note="Wall times differ from run to run; nothing else does.",
    )


def _step(step: StepTime) -> tuple[Cell, ...]:
    """Return a row; a step that runs no model has neither runs nor a speed."""
    runs = MISSING if step.runs is None else f"{step.runs:,}"
    speed = MISSING if step.per_second is None else varying(number(step.per_second, 3))
    return cells(step.name, varying(fixed(step.seconds, 1)), runs, speed)


def _pairs(caption: str, pairs: Mapping[str, str]) -> Table:
    return Table(caption=caption, columns=words("What", "Value"), rows=tuple(cells(*pair) for pair in pairs.items()))
