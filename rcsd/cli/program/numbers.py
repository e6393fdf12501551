"""Numbers on the command line: read as a person means them, not as Python would."""

from __future__ import annotations

import copy
import inspect
import math
import re
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, get_args, get_origin

import typer

_WHOLE = re.compile(r"[-+]?[0-9]+")
_LONGEST = 300
"""Letters of a number: Python refuses to read a whole one of some thousand digits, in words of its own."""
_SHOWN = 30
_KINDS = {int: "INTEGER", float: "FLOAT"}


def strict_numbers(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command whose options refuse ``1_0``, which Python takes for 10, ``nan``, ``inf`` and endless digits."""

    @wraps(command)
    def strict(*given: Any, **named: Any) -> None:
        command(*given, **named)

    signature = inspect.signature(command, eval_str=True)
    parameters = [each.replace(annotation=_strict(each.annotation)) for each in signature.parameters.values()]
    described: Any = strict
    described.__signature__ = signature.replace(parameters=parameters)
    described.__annotations__ = {each.name: each.annotation for each in parameters}
    return strict


def _strict(annotation: Any) -> Any:
    """Let the option of one parameter check a number, if it is one."""
    if get_origin(annotation) is not Annotated:
        return annotation
    kind, option = get_args(annotation)[:2]
    number = next(
        (each for each in _KINDS if kind is each or (each in get_args(kind) and type(None) in get_args(kind))), None
    )
    if number is None:
        return annotation
    own = copy.copy(option)
    own.parser = _Number(number, option.min, option.max)
    own.min = own.max = None
    own.metavar = option.metavar or _KINDS[number]
    return Annotated[kind, own]


class _Number:
    """Reads one number."""

    def __init__(self, kind: type[int] | type[float], least: float | None, most: float | None) -> None:
        self.__name__ = _KINDS[kind]
        self._kind, self._least, self._most = kind, least, most

    def __call__(self, text: str | float) -> float:
        """Read a number, or take one that is the option's default.

        Raises
        ------
        typer.BadParameter
            When it is none, or beyond a limit, with the limit.
        """
        value = self._read(text) if isinstance(text, str) else text
        if self._least is not None and value < self._least:
            raise typer.BadParameter(f"{text} is too small: the least is {self._least:,}.")
        if self._most is not None and value > self._most:
            raise typer.BadParameter(f"{text} is too large: the most is {self._most:,}.")
        return value

    def _read(self, text: str) -> float:
        bare = text.strip()
        shown = bare if len(bare) <= _SHOWN else f"{bare[:_SHOWN]}..."
        if len(bare) > _LONGEST:
            raise typer.BadParameter(f"{shown!r} has {len(bare):,} letters: write a number of at most {_LONGEST}.")
        if self._kind is int:
            if _WHOLE.fullmatch(bare) is None:
                raise typer.BadParameter(f"{shown!r} is not a whole number, written in digits alone.")
            return int(bare)
        try:
            value = float(bare)
        except ValueError:
            value = math.nan
        if "_" in bare or not math.isfinite(value):
            raise typer.BadParameter(f"{shown!r} is not a finite number; write it as in 0.01 or 1e-2.")
        return value
