"""Write the page of the functions: ``python -m rcsd.simulation.functions > docs/functions.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rcsd.simulation.functions import (
    FUNCTIONS,
    Formula,
    Function,
    Node,
    Primitive,
    Refused,
    Resolved,
    Stateful,
    Tabular,
)
from rcsd.simulation.functions.logic import OPERATORS
from rcsd.simulation.pysd_backend.translation import has_function

_HEAD = """# Functions of models

`rcsd` reads these functions in Vensim and XMILE files. The list is written by `python -m rcsd.simulation.functions`
from the registry that the reader and the engines use. [Add a function](how-to/add-a-function.md) shows how it grows.

- Case does not matter, and blanks equal underscores. What stands in `[ ]` may be left out; `...` means any number more.
- An XMILE file may use a name of the Vensim column, except for delays and other functions with memory.
- Meanings follow the Vensim reference manual and the XMILE 1.0 standard (OASIS, 2015, section 3.5).
  [What differs from PySD](differences-from-pysd.md) lists the exceptions.
- A formula under "computed from" is the definition: the engines compute the function from it. "Engine" means that each
  engine has its own implementation, and tests compare them. "Stocks" means that the function expands into stocks and
  hidden variables, "elements" that it is written out when subscripts are resolved, "tables" that it reads tables made
  of another. "PySD" means that PySD alone runs a model with this function.
- "Units" says how the units of the arguments give that of the value ([Units](units.md)): the same letter is the same
  unit, `time` that of time, `1` none, `_` any, `...` more arguments like the last. The arguments stand in the order of
  the expression tree.
- The last column is an audit against the vendors' references, and against their output where it is published: "same",
  "differs", with the reason, or "refused", with what to write instead. Numbers are double precision; Vensim's
  single-precision version differs in the seventh digit.
- Tables are called by their names (`table(x)`), or with `WITH LOOKUP` and XMILE's `LOOKUP`; `GET XLS DATA`,
  `GET DIRECT DATA` and their like read files.
"""

_OPERATORS = """
## Operators

From those that bind tightest to those that bind least. The examples are run by a test. XMILE writes `AND`, `OR`, and
`NOT`, which binds as a sign does (`NOT a = 2` is `(NOT a) = 2`); `MOD` and the safe ratio `//` bind as a product.

| operator | meaning | example | against the tool |
|---|---|---|---|"""
_ARRAYS = """
## Array forms

| form | meaning | against the tool |
|---|---|---|"""
_VENSIM, _BOTH = "same as Vensim", "same as Vensim and Stella"
_FORMS = (
    ("`y[d] = x[d] + z`", "each element of a dimension; without subscripts the same for all", _BOTH),
    ("`y[a] = ...`, `y[b] = ...`", "by elements or subranges; an element defined twice is refused", _BOTH),
    ("`y[d] :EXCEPT: [a] = ...`", "all elements but some", _VENSIM),
    ("`c[d, e] = 1, 2; 3, 4;`", "numbers row by row, the last subscript fastest", _VENSIM),
    ("`s: a, b` beside `d: a, b, c`", "a subrange: `x[d]` on the right of `y[s]` is the element of that name", _VENSIM),
    ("`d -> e`, `d -> (e: f, g)`", "a mapping: `x[e]` on the right of `y[d]` is the element that d has there", _VENSIM),
    ("`d <-> e`", "another name of a dimension", _VENSIM),
    (
        "`SUM(x[d!] * y[d!, e])`",
        "over marked subscripts: those of one name go together, an unmarked `d` apart",
        _VENSIM,
    ),
    ("`d`, or an element, as a number", "its place in its dimension, from 1", _VENSIM),
    ("`x[a]`", "one element", _BOTH),
    ("`x[*]`", "all elements of the dimension, within a function of arrays", "same as Stella"),
    ("`x[d!]` without a function", "an element that nothing names", "refused: put SUM or its like around it"),
    ("tables with subscripts", "each element has its own points", _BOTH),
    ("stocks and delays with subscripts", "each element has its own", _BOTH),
    ("draws with subscripts", "each element draws its own", "the distribution is the same, the numbers are others"),
    ("`(a1-a9)`, `GET DIRECT SUBSCRIPT`", "elements in a row, or from a file", _VENSIM),
)
"""Form, meaning and verdict."""


def page() -> str:
    """Return the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD.rstrip("\n")
    for family, functions in FUNCTIONS.families.items():
        yield f"\n## {family}\n"
        yield "| Vensim | XMILE | meaning | units | computed from | against the tool |"
        yield "|---|---|---|---|---|---|"
        for function in functions:
            if not function.every_signature:
                continue  # a part of others
            names = (_code(*(each.text for each in function.signatures(format))) for format in ("vensim", "xmile"))
            units = f"`{function.dimension}`" if function.dimension else ""
            yield f"| {' | '.join((*names, _meaning(function), units, _computed(function), _verdict(function)))} |"
    yield _OPERATORS
    for operator, meaning, example, value in OPERATORS:
        yield f"| {operator} | {meaning} | `{example}` is {value:.10g} | same as Vensim |"
    yield _ARRAYS
    for row in _FORMS:
        yield f"| {' | '.join(row)} |"


def _meaning(function: Function) -> str:
    if function.example is None:
        return function.meaning
    call, value = function.example
    return f"{function.meaning} `{call}` is {value:.10g}."


def _verdict(function: Function) -> str:
    """Say how a function compares with that of the tools that have it."""
    if isinstance(function.how, Refused):
        return f"refused: {function.how.remedy}"
    if function.how is None:
        return "as PySD has it"
    tools = ["Vensim"] * bool(function.vensim) + ["Stella"] * bool(function.xmile)
    if function.random:
        return f"the distribution of {' and '.join(tools)}; other numbers, since their generators are not published"
    return f"differs: {function.differs}" if function.differs else f"same as {' and '.join(tools)}"


def _code(*texts: str) -> str:
    return "<br>".join(f"`{text}`" for text in texts)


def _computed(function: Function) -> str:
    names = [name for format in ("vensim", "xmile") for name in function.pysd_names(format)]
    without = "" if any(map(has_function, names)) else "; not in PySD"
    if isinstance(function.how, Formula):
        return _code(function.how.text) + without
    return f"{_WAYS[type(function.how)]}{without}" if type(function.how) in _WAYS else "PySD"


_WAYS: dict[type, str] = {
    Primitive: "engine",
    Node: "expression",
    Resolved: "elements",
    Tabular: "tables",
    Stateful: "stocks",
}


if __name__ == "__main__":
    sys.stdout.write(page())
