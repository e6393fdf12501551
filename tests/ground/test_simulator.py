"""The inputs of a simulator, brought to one length."""

import pytest

from rcsd.errors import ParameterError
from rcsd.simulator import broadcast_inputs


def test_scalars_are_broadcast_to_the_rows_of_the_arrays() -> None:
    """Names agree whatever their case and underscores, and take the model's spelling."""
    rows, n_runs = broadcast_inputs({"birth_rate": [0.1, 0.2], "GDP": 5}, {"Birth Rate": 0.0, "GDP": 1.0})
    assert n_runs == 2
    assert {name: row.tolist() for name, row in rows.items()} == {"Birth Rate": [0.1, 0.2], "GDP": [5, 5]}
    assert broadcast_inputs(None, {}) == ({}, 1)


@pytest.mark.parametrize(
    ("inputs", "rule"),
    [
        ({"brith rate": 1}, "did you mean 'Birth Rate'"),
        ({"Birth Rate": [1, 2], "GDP": [1, 2, 3]}, "one length; got 'Birth Rate': 2, 'GDP': 3"),
        ({"Birth Rate": [[1]]}, "one value per run"),
        ({"Birth Rate": float("nan")}, "not finite"),
        ({"Birth Rate": "many"}, "not a number"),
        ({"Birth Rate": 1, "birth_rate": 2}, "given twice"),
    ],
)
def test_inputs_that_cannot_be_meant_are_refused(inputs: dict[str, object], rule: str) -> None:
    """The message names the input and the rule."""
    with pytest.raises(ParameterError, match=rule):
        broadcast_inputs(inputs, {"Birth Rate": 0.0, "GDP": 1.0})  # type: ignore[arg-type]
