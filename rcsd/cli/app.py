"""The program `rcsd`: its commands and how it is started."""

from typing import Annotated

import typer

from rcsd.cli import backtest, calibrate, panel, run, scenario, simulate, sobol, study
from rcsd.cli.failures import Commands
from rcsd.cli.version import print_version
from rcsd.papers.city import command as region
from rcsd.papers.coevolution import command as coevolution
from rcsd.papers.dea import command as dea
from rcsd.papers.digital_cluster import command as digital
from rcsd.papers.hypercycle import command as hypercycle
from rcsd.papers.resilience import command as resilience
from rcsd.papers.structure import command as structure

app = typer.Typer(
    name="rcsd",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Resource-city system dynamics: calibrate, backtest and report stock-and-flow models of resource-based "
    "cities.",
    epilog=study.EXAMPLE,
)
app.command("study", epilog=study.EXAMPLE)(study.study)
app.command("run", epilog=run.EXAMPLE)(run.run)
app.command("simulate", epilog=simulate.EXAMPLE)(simulate.simulate)
app.command("calibrate", epilog=calibrate.EXAMPLE)(calibrate.calibrate)
app.command("backtest", epilog=backtest.EXAMPLE)(backtest.backtest)
app.command("sobol", epilog=sobol.EXAMPLE)(sobol.sobol)
app.command("scenario", epilog=scenario.EXAMPLE)(scenario.scenario)
app.command("panel", epilog=panel.EXAMPLE)(panel.panel)
app.command("resilience", epilog=resilience.EXAMPLE)(resilience.resilience)
app.command("dea", epilog=dea.EXAMPLE)(dea.dea)
app.command("structure", epilog=structure.EXAMPLE)(structure.structure)
app.command("coevolution", epilog=coevolution.EXAMPLE)(coevolution.coevolution)
app.command("hypercycle", epilog=hypercycle.EXAMPLE)(hypercycle.hypercycle)
app.command("region", epilog=region.EXAMPLE)(region.region)
app.command("digital", epilog=digital.EXAMPLE)(digital.digital)


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    """Run the command line of this process and exit with its code.

    0 is done, 1 the work failed, 2 bad input, 130 stopped by the user, 143 by another program.
    """
    app()
