"""How a verb of a study goes about its work: keywords that all of them take."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from rcsd.analysis.sensitivity.failures import OnFailure
from rcsd.study.file.groups import Bounds
from rcsd.study.sobol.distributions import Distribution
from rcsd.work.progress import Progress


class How(TypedDict, total=False):
    """Keywords of every verb of a study.

    Attributes
    ----------
    out : str, Path or None
        Folder under which finished steps are kept, and found again, in ``<study>/steps``. A temporary one, for as long
        as Python runs, when None.
    quick : bool
        Whether to take the smaller search: a first look and not a result.
    workers : int
        Processes.
    scheduler : str or None
        Address of a dask cluster.
    progress : Progress or None
        Told after each finished piece; when None, a notebook shows bars, and nothing else is told.
    """

    out: str | Path | None
    quick: bool
    workers: int
    scheduler: str | None
    progress: Progress | None


class Settings(TypedDict, total=False):
    """Keywords of `Study.sobol`: those of `rcsd.study.sobol.request.SobolRequest` but for the size of the sample."""

    seed: int | None
    group: str
    parameters: tuple[str, ...] | None
    bounds: Mapping[str, Bounds]
    distribution: Distribution
    outputs: tuple[str, ...] | None
    n_resamples: int
    on_failure: OnFailure
    second_opinion: bool
