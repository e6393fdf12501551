"""The option of every command that writes tables by which Excel opens them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

_OPTION = typer.Option(
    "--bom", help="Begin CSV files with a byte order mark, so that Excel on a Chinese system shows their letters."
)
_WRITES = {"csv", "out"}


def with_bom(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the option ``--bom``, if it is told where to write."""
    signature = inspect.signature(command, eval_str=True)
    if not _WRITES & signature.parameters.keys():
        return command

    @wraps(command)
    def marked(*given: Any, bom: bool = False, **named: Any) -> None:
        from rcsd.files import bom_in_csv

        if not bom:
            command(*given, **named)
            return
        with bom_in_csv():
            command(*given, **named)

    option = inspect.Parameter(
        "bom", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, _OPTION]
    )
    parameters = [*signature.parameters.values(), option]
    described: Any = marked
    described.__signature__ = signature.replace(parameters=parameters)
    described.__annotations__ = {each.name: each.annotation for each in parameters}
    return marked
