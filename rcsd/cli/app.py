"""The program `rcsd`: its commands and how it is started."""

from typing import Annotated, ClassVar

import typer

import rcsd
from rcsd.cli.program.group import Commands


class Rcsd(Commands):
    """The commands of the general tool, for any model; those of papers and of others join as plug-ins."""

    own: ClassVar = {
        "run": "rcsd.cli.model.run:COMMAND",
        "simulate": "rcsd.cli.model.simulate:COMMAND",
        "check": "rcsd.cli.model.check:COMMAND",
        "diff": "rcsd.cli.model.diff:COMMAND",
        "convert": "rcsd.cli.model.convert:COMMAND",
        "diagram": "rcsd.cli.model.diagram:COMMAND",
        "loops": "rcsd.cli.model.loops:COMMAND",
        "docs": "rcsd.cli.model.docs:COMMAND",
        "publish": "rcsd.cli.model.publish:COMMAND",
        "init": "rcsd.cli.init:COMMAND",
        "study": "rcsd.cli.study:COMMAND",
        "calibrate": "rcsd.cli.calibrate:COMMAND",
        "backtest": "rcsd.cli.backtest:COMMAND",
        "scenario": "rcsd.cli.scenario:COMMAND",
        "sobol": "rcsd.cli.sobol:COMMAND",
        "verify": "rcsd.cli.verify:COMMAND",
        "panel": "rcsd.cli.panel:COMMAND",
    }


app = typer.Typer(
    name="rcsd",
    cls=Rcsd,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Resource-city system dynamics: calibrate, backtest and report stock-and-flow models of resource-based "
    "cities.",
    epilog="Example: rcsd study jixi hegang --out out --workers 2",
)


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


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""
