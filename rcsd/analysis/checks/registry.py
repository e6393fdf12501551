"""Every check, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module

from rcsd.analysis.checks.conservation import conserved_findings
from rcsd.analysis.checks.declared.extremes import extreme_findings
from rcsd.analysis.checks.declared.names import name_findings
from rcsd.analysis.checks.drained import drained_findings
from rcsd.analysis.checks.engines import kernel_findings, pysd_findings
from rcsd.analysis.checks.step import step_findings
from rcsd.analysis.checks.stocks import stock_findings
from rcsd.analysis.checks.subject import Subject, Unmade
from rcsd.analysis.checks.tables import table_findings
from rcsd.analysis.checks.trials import trial_findings
from rcsd.simulation.checks import Finding
from rcsd.simulation.checks.material import material_findings
from rcsd.simulation.checks.method import method_findings
from rcsd.simulation.checks.pipes import pipe_findings
from rcsd.simulation.checks.ranges import range_findings
from rcsd.simulation.checks.units import unit_findings
from rcsd.simulation.checks.use import unused_findings
from rcsd.simulation.ir import Model


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes
    ----------
    name : str
        What findings and silences call it.
    about : str
        What it looks for, in a line.
    find : callable
        Given the subject, yields what it finds; raises `Unmade` when it cannot be made.
    """

    name: str
    about: str
    find: Callable[[Subject], Iterable[Finding]]


def _of_file(find: Callable[[Model], Iterable[Finding]]) -> Callable[[Subject], Iterable[Finding]]:
    """Let a check that needs the file alone take a subject."""
    return lambda subject: find(subject.model.ir)


def _when_asked(
    module: str, function: str, is_asked: Callable[[Subject], bool], otherwise: str
) -> Callable[[Subject], Iterable[Finding]]:
    """Import and make a check only where something asks for it: some need much that others do not."""

    def find(subject: Subject) -> Iterable[Finding]:
        if not is_asked(subject):
            raise Unmade(otherwise)
        found: Iterable[Finding] = getattr(import_module(module), function)(subject)
        return found

    return find


_LOOPS = _when_asked(
    "rcsd.analysis.checks.declared.loops",
    "loop_findings",
    lambda subject: bool(subject.declared.content.loops),
    "no file of checks declares loops",
)
_TWIN = _when_asked(
    "rcsd.analysis.checks.twin",
    "twin_findings",
    lambda subject: subject.twin is not None,
    "no twin is named; give one with --against",
)
CHECKS: tuple[Check, ...] = (
    Check("loads", "the file can be read", lambda _: ()),
    Check("defined", "every name in an equation is defined", lambda _: ()),
    Check("arguments", "every function has as many arguments as it takes", lambda _: ()),
    Check("circular", "no equations need one another within a moment", lambda _: ()),
    Check("units", "equations agree with the units of their variables", _of_file(unit_findings)),
    Check("used", "every constant and table is used", _of_file(unused_findings)),
    Check("ranges", "every constant lies in its stated range", _of_file(range_findings)),
    Check("material", "what leaves one stock enters another, whole", _of_file(material_findings)),
    Check("drawn", "views draw flows as the equations have them", _of_file(pipe_findings)),
    Check("method", "the integration method suits the equations", _of_file(method_findings)),
    Check("names", "what the file of checks names is in the model", name_findings),
    Check("stocks", "stocks are finite, and not negative that may not be", stock_findings),
    Check("drained", "outflows end when there is nothing left", drained_findings),
    Check("tables", "tables are read within their points", table_findings),
    Check("step", "the time step is short enough", step_findings),
    Check("conserved", "material among stocks is conserved", conserved_findings),
    Check("trials", "the model runs at the ends and corners of its ranges", trial_findings),
    Check("extremes", "runs of the file of checks come out as declared", extreme_findings),
    Check("loops", "loops of the file of checks are closed and have their polarity", _LOOPS),
    Check("twin", "the model in another format is the same", _TWIN),
    Check("kernels", "the compiled kernels agree with the interpreter", kernel_findings),
    Check("pysd", "PySD agrees with the interpreter", pysd_findings),
)
"""The first four are made while the model is read and made ready to run."""
