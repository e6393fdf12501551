"""The times of a sensitivity analysis as its study dates them: periods by number are nothing to a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rcsd.analysis.sensitivity import sobol_document
from rcsd.study.sobol.result import SobolStudy

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

_TIME = "time"


def dated_document(found: SobolStudy) -> dict[str, Any]:
    """Arrange the indices by output, see `sobol_document`, their times as the study has them."""
    document = sobol_document(found.result)
    if found.clock.identity:
        return document
    times = found.clock.shown(found.result.times)
    return {output: {**content, "times": times} for output, content in document.items()}


def dated_frame(found: SobolStudy, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of the analysis with its times as the study has them."""
    if found.clock.identity or _TIME not in frame or not len(frame):
        return frame
    return frame.assign(**{_TIME: found.clock.shown(frame[_TIME].to_numpy())})


def dated_dataset(found: SobolStudy) -> xr.Dataset:
    """Return the indices as labelled arrays, their times as the study has them."""
    dataset = found.result.to_xarray()
    if found.clock.identity:
        return dataset
    return dataset.assign_coords({_TIME: found.clock.shown(found.result.times)})
