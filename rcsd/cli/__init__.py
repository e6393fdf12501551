"""The command line: parses words, calls one function, maps errors to exit codes."""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.cli.program.start import main

__all__ = ["main"]

__getattr__, __dir__ = on_first_use(__name__)
