"""`rcsd --version`."""

import typer

import rcsd


def print_version(wanted: bool) -> None:
    """Print the version and stop, when asked to.

    Raises
    ------
    typer.Exit
        After printing.
    """
    if wanted:
        print(f"rcsd {rcsd.__version__}")
        raise typer.Exit
