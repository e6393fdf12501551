"""What else can run a model that PySD cannot take."""

from __future__ import annotations

from rcsd.errors import ModelError
from rcsd.simulation.ir import Model
from rcsd.simulation.ir.expression import Points
from rcsd.simulation.passes import flatten

_SOME_SERIES = Points((0.0, 1.0), (0.0, 0.0), "linear")
_REFUSED = "PySD cannot take the model"


def with_remedy(message: str, model: Model) -> str:
    """Return a message of PySD's; where it refuses a model, with the backends that can take it."""
    if _REFUSED not in message:
        return message
    why = model.untaken[0] if model.untaken else _fault(model)
    if why is None:
        return f"{message}; run it with backend 'interpreted' or 'compiled'"
    return f"{message}, and no other backend can: {why}"


def _fault(model: Model) -> str | None:
    """Say what keeps the engine from a model, whatever the series of its data variables."""
    try:
        flatten(model, {each.name: _SOME_SERIES for each in model if each.kind == "data" and not each.subscripts})
    except ModelError as error:
        return str(error)
    return None
