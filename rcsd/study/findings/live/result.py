"""A fitted model as a page runs it: its script, what may be moved and how far, and draws of the posterior."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rcsd.analysis.scenarios import Better, Measure
from rcsd.study.findings.drivers.beyond import Beyond
from rcsd.study.findings.live.controls import Control
from rcsd.study.findings.live.times import LiveTimes


@dataclass(frozen=True, slots=True)
class Preset:
    """A scenario: what it sets, each by its name in the model; other levers stay as in the base run."""

    name: str
    title: str
    documentation: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class LiveOutput:
    """A variable that is shown, and how two runs of it are compared; `better` is None where nothing says so."""

    variable: str
    unit: str
    measure: Measure
    better: Better | None


@dataclass(frozen=True, slots=True)
class LiveDraws:
    """Draws of the posterior, and of the drivers' later course.

    Attributes
    ----------
    names, values
        The parameters, and their values by draw, shape (n_draws, n_parameters).
    tables
        By table: x and the y of each draw, shapes (n_points,) and (n_draws, n_points); only what differs from draw to
        draw.
    first, last
        Years whose data the posterior has seen.
    """

    names: tuple[str, ...]
    values: NDArray[np.float64]
    tables: Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64]]]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Live:
    """A model that a page can run.

    Attributes
    ----------
    fault
        Why there is none; empty where there is.
    script
        The model, with the study's constants, and with its drivers along the median of their draws or as they were.
    controls, presets, outputs
        What may be moved, what moves several at once, and what is shown.
    reference
        Title of what all is compared with.
    times
        When it is shown.
    estimate
        Values of the estimated parameters for a single run.
    draws
        For bands; None where the study has none.
    beyond
        What is assumed of the drivers after the last fitted year; None for the drivers as they were.
    """

    fault: str
    script: str
    controls: tuple[Control, ...]
    presets: tuple[Preset, ...]
    outputs: tuple[LiveOutput, ...]
    reference: str
    times: LiveTimes
    estimate: Mapping[str, float]
    draws: LiveDraws | None
    beyond: Beyond | None
