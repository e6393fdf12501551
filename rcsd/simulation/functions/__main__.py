"""Write the page of the functions: ``python -m rcsd.simulation.functions > docs/functions.md``."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rcsd.simulation.functions import FUNCTIONS, Formula, Function, Node, Primitive, Resolved, Stateful, Tabular
from rcsd.simulation.pysd_backend.translation import has_function

_HEAD = """# Functions of models

`rcsd` reads these functions in Vensim and XMILE files. The list is written by `python -m rcsd.simulation.functions`
from the registry that the reader and the engines use. [Add a function](how-to/add-a-function.md) shows how it grows.

- Case does not matter, and blanks equal underscores. What stands in `[ ]` may be left out; `...` means any number more.
- An XMILE file may use a name of the Vensim column, except for delays and other functions with memory.
- Meanings follow the Vensim reference manual and the XMILE 1.0 standard (OASIS, 2015, section 3.5).
  [What differs from PySD](differences-from-pysd.md) lists the exceptions.
- A formula in the last column is the definition: the engines compute the function from it. "Engine" means that each
  engine has its own implementation, and tests compare them. "Stocks" means that the function expands into stocks and
  hidden variables. "PySD" means that PySD alone runs a model with this function.
- Tables are called by their names (`table(x)`), or with `WITH LOOKUP` and XMILE's `LOOKUP`; `GET XLS DATA`,
  `GET DIRECT DATA` and their like read files.
"""


def page() -> str:
    """Return the page."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD.rstrip("\n")
    for family, functions in FUNCTIONS.families.items():
        yield f"\n## {family}\n"
        yield "| Vensim | XMILE | meaning | computed from |"
        yield "|---|---|---|---|"
        for function in functions:
            if not function.every_signature:
                continue  # a part of others
            names = (_code(*(each.text for each in function.signatures(format))) for format in ("vensim", "xmile"))
            yield f"| {' | '.join((*names, _meaning(function), _computed(function)))} |"


def _meaning(function: Function) -> str:
    if function.example is None:
        return function.meaning
    call, value = function.example
    return f"{function.meaning} `{call}` is {value:.10g}."


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
