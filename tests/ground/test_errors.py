"""The error tree: exit codes, located messages, the way back from a worker process."""

import pickle
from pathlib import Path

import pytest

from rcsd import errors


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.ModelError, 2),
        (errors.StudyError, 2),
        (errors.SeriesError, 2),
        (errors.ParameterError, 2),
        (errors.UnitError, 2),
        (errors.OutputError, 2),
        (errors.SimulationError, 1),
        (errors.CalibrationError, 1),
        (errors.SensitivityError, 1),
        (errors.AssessmentError, 1),
        (errors.PluginError, 1),
    ],
)
def test_bad_input_exits_with_two_and_failed_work_with_one(error: type[errors.RcsdError], code: int) -> None:
    """The command line promises 2 for bad input and 1 for work that failed."""
    assert error("why").exit_code == code


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (errors.ModelError("why", path="a.mdl", line=3, variable="GDP"), "a.mdl:3: variable 'GDP': why"),
        (errors.ModelError("why", variable="GDP"), "variable 'GDP': why"),
        (errors.StudyError("why", path=Path("study.toml"), field="windows.fit"), "study.toml: windows.fit: why"),
        (errors.SeriesError("why", path="o.csv", line=7), "o.csv:7: why"),
        (errors.SeriesError("why"), "why"),
        (errors.OutputError("why", path="out"), "out: why"),
    ],
)
def test_a_message_begins_with_what_is_known_of_the_place(error: errors.RcsdError, text: str) -> None:
    """An editor can jump to file:line, and an unknown place leaves no stray colon."""
    assert str(error) == text


def test_an_error_survives_pickling() -> None:
    """A worker process hands its error back with the same text and attributes."""
    error = errors.ModelError("why", path="a.mdl", line=3, variable="GDP")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.line, again.variable) == (str(error), 3, "GDP")
