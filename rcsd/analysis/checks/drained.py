"""Check `drained`: outflows that go on when there is nothing left."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.analysis.checks.stocks import is_counted
from rcsd.analysis.checks.subject import Subject
from rcsd.analysis.checks.trials import Broken, Trial, broken_in
from rcsd.names import canonical
from rcsd.simulation.checks.causes import Causes
from rcsd.simulation.checks.finding import Finder, Finding
from rcsd.simulation.checks.flows import Balance, Term, balances

_TENFOLD = 10.0
_MOST_CONSTANTS = 12


def drained_findings(subject: Subject) -> Iterator[Finding]:
    """Find outflows that do not feel their stock, and drain it below zero when a constant of theirs is tenfold.

    An outflow of the first order, or one that is limited to what is there, ends by itself (Sterman 2000, ch. 13).
    """
    causes, finder = Causes(subject.model.ir), Finder("drained", subject.model.ir)
    loose = [
        (balance, term)
        for balance in balances(subject.model.ir)
        for term in balance.terms
        if _is_loose(subject, causes, balance, term)
    ]
    if not loose:
        return
    subject.require_work(2.0)
    said: set[str] = set()
    for balance, term in loose:
        drained = _drained(subject, causes, balance, term)
        if drained is not None and balance.stock not in said:
            said.add(balance.stock)
            flow = "its outflow" if term.flow is None else f"its outflow {term.flow.name!r}"
            yield finder.at(
                balance.stock,
                "warning" if is_counted(subject, balance.stock) else "note",
                f"{flow} does not depend on the stock, which falls below zero at time {drained.time:g} with "
                f"{drained.trial.words}",
                "let the outflow depend on what is there: a share of the stock, or MIN with the stock over TIME STEP",
                line=balance.line,
            )


def _is_loose(subject: Subject, causes: Causes, balance: Balance, term: Term) -> bool:
    """Whether a term is an outflow that does not feel its stock, of a stock that may not be negative."""
    if term.factor >= 0 or balance.cut or not term.names or canonical(balance.stock) in subject.signed:
        return False
    return canonical(balance.stock) not in causes.at_once(term.names)


def _drained(subject: Subject, causes: Causes, balance: Balance, term: Term) -> Broken | None:
    """Run the model with each constant of an outflow at ten times its value; return the first run that drains."""
    needed = causes.at_once(term.names)
    constants = [
        (name, value)
        for name, value in subject.model.constants.items()
        if canonical(name) in needed and value and name in subject.system.constants
    ]
    trials = [
        Trial({name: _TENFOLD * value}, f"{name} = {_TENFOLD * value:g}, ten times its value", name)
        for name, value in constants[:_MOST_CONSTANTS]
    ]
    broken = broken_in(subject, trials) if trials else []
    form = canonical(balance.stock)
    return next((e for e in broken if not e.lost and canonical(subject.stocks[e.variable]) == form), None)
