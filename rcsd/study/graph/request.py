"""How a study is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """What decides a study's results beside the study itself.

    Attributes
    ----------
    quick
        Whether to take the smaller search and sample, and to leave out what needs chains.
    given
        What steps on demand are run with, by name of the step; a step that is named here is run.
    """

    quick: bool = False
    given: Mapping[str, Any] = field(default_factory=dict)
