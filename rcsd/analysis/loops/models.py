"""Loops of a model as it was loaded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from numpy.typing import ArrayLike

from rcsd.analysis.loops.finding import LIMIT, feedback_loops
from rcsd.analysis.loops.names import named_loops
from rcsd.analysis.loops.result import LoopAnalysis
from rcsd.errors import ModelError
from rcsd.simulation.engine import SystemSimulator
from rcsd.simulation.ir import Method
from rcsd.simulation.loading import DataFiles, LoadedModel


def model_loops(
    model: LoadedModel,
    inputs: Mapping[str, ArrayLike] | None = None,
    *,
    of: str | None = None,
    checks: Path | None = None,
    limit: int = LIMIT,
    method: Method | None = None,
    data: DataFiles = (),
) -> LoopAnalysis:
    """Find the feedback loops of a model, their polarity and their dominance over a run.

    Parameters
    ----------
    model : LoadedModel
        As `rcsd.load` gives it.
    inputs, of, limit
        As of `rcsd.analysis.loops.feedback_loops`.
    checks : Path, optional
        File with the names of loops; the checks.toml beside the model when None.
    method, data
        As of `rcsd.simulation.loading.LoadedModel.simulator`.

    Examples
    --------
    >>> import rcsd
    >>> found = model_loops(rcsd.load("digital_cluster"))
    >>> [loop.id for loop in found if loop.name.startswith("training")]
    ['B8']
    """
    simulator = loop_simulator(model, method=method, data=data)
    return feedback_loops(simulator, inputs, of=of, named=named_loops(checks or model.path), limit=limit)


def loop_simulator(model: LoadedModel, *, method: Method | None = None, data: DataFiles = ()) -> SystemSimulator:
    """Make the simulator on whose equations loops are scored.

    Raises
    ------
    ModelError
        For a model that the engine cannot take.
    """
    if model.ir.untaken:
        more = f" and {len(model.ir.untaken) - 1} more" if len(model.ir.untaken) > 1 else ""
        raise ModelError(
            f"loops are scored on the engine's own equations, which lack a form for {model.ir.untaken[0]}{more}: write "
            "it with other functions",
            path=model.path,
        )
    simulator = model.simulator("interpreted", method=method, data=data)
    assert isinstance(simulator, SystemSimulator)  # the interpreter is one
    return simulator
