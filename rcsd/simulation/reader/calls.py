"""How many arguments the calls in an equation have: counted in its text, before any parser takes them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rcsd.names import canonical
from rcsd.simulation.functions import FUNCTIONS, Format, Registry
from rcsd.simulation.ir import CONTROLS
from rcsd.simulation.reader.source import Entry, Fault

_COMMENT = re.compile(r"\{[^{}]*\}")
_SUBSCRIPTS = re.compile(r"\[[^\[\]]*\]")
# an apostrophe may also stand within a name
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"|(?<=[(,])\s*\'[^\']*\'')
_MARK = re.compile(r"(?P<name>\w[\w\s$']*)?(?P<sign>[(),])")
_MARK_XMILE = re.compile(r"(?P<name>\w[\w$']*)?\s*(?P<sign>[(),])")


def calls_in(text: str, format: Format) -> Iterator[tuple[str, int]]:
    """Yield every call in an equation.

    Parameters
    ----------
    text : str
        The equation.
    format : {"vensim", "xmile", "formula"}
        Names have no blanks in XMILE.

    Yields
    ------
    (str, int)
        What is called, as written, and with how many arguments.
    """
    plain = _SUBSCRIPTS.sub(" ", _COMMENT.sub(" ", _QUOTED.sub("q", text)))
    opened: list[tuple[str, int]] = []
    since = 0
    for mark in (_MARK_XMILE if format == "xmile" else _MARK).finditer(plain):
        at = mark.start("sign")
        if mark["sign"] == "(":
            opened.append((" ".join((mark["name"] or "").split()), 0))
        elif opened:
            name, n = opened.pop()
            n += bool(plain[since:at].strip())
            if mark["sign"] == ",":
                opened.append((name, n))
            elif name:
                yield name, n
        since = at if mark["sign"] == ")" else at + 1  # what follows a bracket is not empty


def argument_fault(format: Format, written: str, n: int, functions: Registry = FUNCTIONS) -> str | None:
    """Say what is wrong with calling a function with so many arguments; None when nothing is, or it is none."""
    signatures = functions.written(format, written)
    if not signatures or any(signature.takes(n) for signature in signatures):
        return None
    counts = " or ".join(dict.fromkeys(signature.count for signature in signatures))
    forms = " or ".join(signature.text for signature in signatures)
    return f"calls {written} with {n} argument{'' if n == 1 else 's'}; it takes {counts}: {forms}"


def argument_faults(
    entries: Iterable[Entry], format: Format, own: Iterable[str], variables: Iterable[str] = ()
) -> list[Fault]:
    """Find calls of functions, and of tables, with a wrong number of arguments.

    Parameters
    ----------
    entries : iterable of Entry
        The definitions of a file.
    format : {"vensim", "xmile"}
        Of the file.
    own : iterable of str
        Macros and functions that the file defines itself: they may have the name of a function.
    variables : iterable of str
        What it defines beside them: such a name is called as a table, which takes one argument.

    Returns
    -------
    list of Fault
        Empty for a sound file.
    """
    defined, tables = {canonical(name) for name in own}, {canonical(name) for name in variables}
    faults = []
    for entry in entries:
        for written, n in calls_in(entry.equation, format):
            form = canonical(written)
            if form in defined:
                continue
            message = argument_fault(format, written, n) if form not in tables else _table_fault(format, written, n)
            if message is not None:
                faults.append(Fault(entry.line, entry.name, message, "arguments"))
    return faults


def _table_fault(format: Format, written: str, n: int) -> str | None:
    """Say what is wrong with a call of a variable; where a function has its name, that is left open."""
    if canonical(written) in CONTROLS:
        return f"calls {written} as a table, which it is not"
    if n == 1 or FUNCTIONS.written(format, written):
        return None
    return f"calls the table {written} with {n} arguments; it takes 1: {written}(x)"
