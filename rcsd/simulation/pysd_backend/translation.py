"""A parsed model -> the Python that PySD generates for it, kept as text."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pysd.builders.python.python_functions import functionspace
from pysd.builders.python.python_model_builder import ModelBuilder

from rcsd.errors import ModelError
from rcsd.names import canonical
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.ir import Model
from rcsd.simulation.pysd_backend.inline_tables import lifted
from rcsd.simulation.reader.expressions import names_in, with_float_literals
from rcsd.simulation.reader.parsing import ParsedModel
from rcsd.simulation.reader.pysd_calls import PYSD_FAULTS, explain, quiet_pysd

MAIN = "model.py"
Points = tuple[NDArray[np.float64], NDArray[np.float64]]
"""x and y of a table, each of shape (point,)."""
_LOOKUPS_IMPORT = re.compile(r"from pysd\.py_backend\.lookups import HardcodedLookups\b")
_FINAL_TIME_CALL = re.compile(r"(?<![\w.])(?<!def )final_time\(\)")


@dataclass(frozen=True, slots=True)
class Translation:
    """Generated Python modules.

    Attributes
    ----------
    files : tuple of (str, str)
        Name and text of each; the main module is called `MAIN`, the others are macros.
    uses_final_time : bool
        Whether an equation refers to the final time, so that stopping early would change it.
    """

    files: tuple[tuple[str, str], ...]
    uses_final_time: bool


def translate(parsed: ParsedModel, points: Mapping[str, Points] | None = None) -> Translation:
    """Let PySD translate a model in a scratch folder.

    Parameters
    ----------
    parsed : ParsedModel
        From `rcsd.simulation.reader.parse`.
    points : mapping of str to (x, y), optional
        Points that replace those inside the equation of a tabulated variable.

    Returns
    -------
    Translation
        Integer literals have become floats, and tables are `ScalarLookups`.

    Raises
    ------
    ModelError
        When PySD cannot translate the model, or lacks a function that it calls.
    """
    path = parsed.model.path
    _refuse_unknown(parsed)
    with tempfile.TemporaryDirectory(prefix="rcsd-pysd-") as folder, quiet_pysd():
        sections = [_section(s, Path(folder), points or {}) for s in parsed.abstract.sections]
        sections[0].path = Path(folder) / MAIN
        try:
            ModelBuilder(replace(parsed.abstract, sections=tuple(sections))).build_model()
        except PYSD_FAULTS as error:
            raise ModelError(f"the model {explain(error)}", path=path) from error
        texts = {file.name: file.read_text("utf-8") for file in sorted(Path(folder).glob("*.py"))}
    files = tuple((name, _adapted(text, path.parent)) for name, text in texts.items())
    uses = any(_FINAL_TIME_CALL.search(text) for _, text in files)
    return Translation(files, uses)


def has_function(name: str) -> bool:
    """Whether PySD can compute what its abstract model calls so, in a call or as a structure of its own."""
    form = canonical(name)
    return form.endswith("structure") or form == "a function of" or form in map(canonical, functionspace)


def _refuse_unknown(parsed: ParsedModel) -> None:
    """Refuse a function that rcsd has and PySD has not: PySD would only warn, and fail in the run."""
    model, sections = parsed.model, parsed.abstract.sections
    own = {canonical(element.name) for section in sections for element in section.elements}
    own |= {canonical(section.name) for section in sections}
    for section in sections:
        for element in section.elements:
            for component in element.components:
                for name, is_called in names_in(component.ast):
                    if is_called and canonical(name) not in own and not has_function(name):
                        raise _unknown(model, " ".join(element.name.split()), name)


def _unknown(model: Model, variable: str, name: str) -> ModelError:
    function = FUNCTIONS.read(model.format, name)
    written = function.every_signature[0].name if function else name
    remedy = "run the model with backend 'compiled' or 'interpreted'"
    if model.untaken:
        remedy = f"and no other backend can take the model: {model.untaken[0]}"
    found = model.get(variable)
    line = None if found is None else found.line
    return ModelError(f"PySD has no function {written}; {remedy}", path=model.path, line=line, variable=variable)


def _section(section: Any, folder: Path, points: Mapping[str, Points]) -> Any:
    """Copy a section: PySD's builder changes what it is given, and the parsed model is shared."""
    elements = tuple(
        replace(
            element,
            components=[
                replace(c, ast=with_float_literals(_with_points(c.ast, points.get(element.name))))
                for c in element.components
            ],
        )
        for element in section.elements
    )
    return replace(section, elements=lifted(elements), path=folder / section.path.name)


def _with_points(ast: Any, points: Points | None) -> Any:
    """Exchange the points of an equation that is a table; its interpolation stays as it is."""
    if points is None:
        return ast
    x, y = (tuple(column.tolist()) for column in points)
    table = replace(ast.lookups, x=x, y=y, x_limits=(min(x), max(x)), y_limits=(min(y), max(y)))
    return replace(ast, lookups=table)


def _adapted(text: str, model_folder: Path) -> str:
    """Point the generated text at our tables, and at data files beside the user's model."""
    text = _LOOKUPS_IMPORT.sub(
        "from rcsd.simulation.pysd_backend.tables import ScalarLookups as HardcodedLookups", text
    )
    external = f"_root = Path(__file__).parent\n_data_root = Path({str(model_folder)!r})\n"
    text = text.replace("_root = Path(__file__).parent\n", external, 1)
    return re.sub(r"(?<!\w)_root,", "_data_root,", text)
