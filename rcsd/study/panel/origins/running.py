"""Forecasts every city from every origin by every setting of the model, some at a time, and keeps what is finished."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rcsd.errors import CalibrationError
from rcsd.study.panel.origins.ahead import Assignment, OriginForecast, Piece, forecast_origins
from rcsd.study.panel.origins.archive import Archive, Missing
from rcsd.study.panel.origins.each import done_each
from rcsd.study.panel.origins.kept import OriginFiles
from rcsd.work.progress import Progress, silent

STEP = "origins"


def run_origins(
    assignment: Assignment,
    folder: Path,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress = silent,
) -> Archive:
    """Forecast from every origin.

    Parameters
    ----------
    assignment
        What is done to each city.
    folder
        Where finished forecasts are kept.
    workers
        Processes; the numbers do not depend on it.
    scheduler
        Address of a dask cluster in their place.
    progress
        Told after each city and setting, as step "origins"; counts forecasts.

    Raises
    ------
    CalibrationError
        When no city can be forecast from any origin, or a process was killed.
    OutputError
        When the folder cannot be written.
    """
    kept = OriginFiles(assignment, folder)
    archive = Archive.empty(assignment)
    pieces = [_pending(piece, kept, archive) for piece in _all_pieces(assignment)]
    pending = [piece for piece in pieces if piece.origins]
    total = len(assignment.variants) * len(assignment.panel.cities) * len(assignment.plan.origins)
    done = total - sum(len(piece.origins) for piece in pending)
    progress(STEP, done, total)
    missing: list[Missing] = []
    with closing(done_each(assignment, forecast_origins, pending, workers=workers, scheduler=scheduler)) as outcomes:
        for piece, found in outcomes:
            name = assignment.variants[piece.variant].name
            for origin, outcome in found.items():
                if isinstance(outcome, OriginForecast):
                    kept.save(piece.variant, piece.city, outcome)
                    archive.put(piece.variant, piece.city, outcome)
                else:
                    missing.append(Missing(name, piece.city, origin, outcome))
            done += len(found)
            progress(STEP, done, total)
    if archive.is_empty:
        raise CalibrationError(f"no city can be forecast from any origin; {missing[0].reason}")
    return archive.finished(missing, kept.n_reused)


def _all_pieces(assignment: Assignment) -> list[Piece]:
    origins = assignment.plan.origins
    return [Piece(k, city, origins) for k in range(len(assignment.variants)) for city in assignment.panel.cities]


def _pending(piece: Piece, kept: OriginFiles, archive: Archive) -> Piece:
    """Take what is kept into the archive; returns what is left to do."""
    left = []
    for origin in piece.origins:
        found = kept.load(piece.variant, piece.city, origin)
        if found is None:
            left.append(origin)
        else:
            archive.put(piece.variant, piece.city, found)
    return Piece(piece.variant, piece.city, tuple(left))
