"""What a model file says of its variables beside their equations: units, meanings, sources."""

from __future__ import annotations

import re

from rcsd.simulation.ir import Model
from rcsd.study.findings.checked.result import Written

_SOURCE = "source:"
"""In a documentation, before where a value is from."""
_ASSUMED = re.compile(r"source:\s*(assumed|assumption|guess|own judgement)\b", re.IGNORECASE)
"""What stands there where nothing was found."""


def written_of(model: Model) -> Written:
    """Count the variables that have a unit and a meaning, and the constants that have a source."""
    every = list(model)
    constants = [each for each in every if each.kind == "constant"]
    return Written(
        n_variables=len(every),
        n_with_unit=sum(bool(each.unit.strip()) for each in every),
        n_with_meaning=sum(bool(each.documentation.strip()) for each in every),
        n_constants=len(constants),
        n_with_source=sum(_SOURCE in each.documentation.lower() for each in constants),
        n_assumed=sum(bool(_ASSUMED.search(each.documentation)) for each in constants),
    )
