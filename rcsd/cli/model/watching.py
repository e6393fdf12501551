"""A check that is made again whenever one of its files is saved."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from rcsd.analysis.checks import CheckResult, check_model
from rcsd.analysis.checks.file.reading import checks_beside
from rcsd.errors import InputError
from rcsd.simulation.loading import find_model

_SECONDS = 0.4
"""Between two looks at the files: a check begins well within two seconds of a save."""

Stamp = tuple[int, int] | None


def watched(
    model: str, *, against: Path | None, checks: Path | None, deep: bool = False
) -> Iterator[CheckResult | InputError]:
    """Check a model now, and again after each change of its file, its twin or its file of checks, without end.

    Yields
    ------
    CheckResult or InputError
        A file that cannot be used, such as one that is half saved, is told, and the next save is waited for.
    """
    files = [find_model(model), checks_beside(find_model(model)) if checks is None else checks]
    files += [] if against is None else [against]
    while True:
        seen = stamps(files)
        twin: Path | None = None
        try:
            result = check_model(model, against=against, checks=checks, deep=deep)
            twin = result.twin
            yield result
        except InputError as error:
            yield error
        if twin is not None and twin not in files:
            files.append(twin)
            seen = (*seen, *stamps([twin]))
        while stamps(files) == seen:
            time.sleep(_SECONDS)


def stamps(files: Sequence[Path]) -> tuple[Stamp, ...]:
    """Return when each file was last changed, and its size; None for one that is not there."""
    return tuple(map(_stamp, files))


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size
