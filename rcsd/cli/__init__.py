"""The command line: parses words, calls one function, maps errors to exit codes."""

from rcsd.cli.app import main

__all__ = ["main"]
