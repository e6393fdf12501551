"""A parsed model -> the Python that PySD generates for it, kept as text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pysd.builders.python.python_functions import functionspace
from pysd.builders.python.python_model_builder import ModelBuilder
from pysd.py_backend.external import ExtSubscript

from rcsd.errors import ModelError
from rcsd.files import scratch_folder
from rcsd.names import canonical
from rcsd.simulation.functions import FUNCTIONS
from rcsd.simulation.ir import CONTROLS, Model, TimeAxis
from rcsd.simulation.pysd_backend.checking import require_harmless
from rcsd.simulation.pysd_backend.inline_tables import lifted
from rcsd.simulation.pysd_backend.naming import Naming, renamed
from rcsd.simulation.reader.expressions import names_in, with_float_literals
from rcsd.simulation.reader.parsing import ParsedModel
from rcsd.simulation.reader.pysd_calls import FILE_FAULTS, PYSD_FAULTS, heard_pysd, quiet_pysd, refusal

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
    naming : Naming
        What variables, ranges and elements are called in it.
    """

    files: tuple[tuple[str, str], ...]
    uses_final_time: bool
    naming: Naming

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, for JSON."""
        return {
            "files": self.files,
            "uses_final_time": self.uses_final_time,
            "ours": self.naming.ours,
            "words": self.naming.words,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Translation:
        """Build what `plain` has written."""
        files = tuple((name, text) for name, text in plain["files"])
        return cls(files, plain["uses_final_time"], Naming(plain["ours"], plain["words"]))


def translate(
    parsed: ParsedModel, points: Mapping[str, Points] | None = None, axis: TimeAxis | None = None
) -> Translation:
    """Let PySD translate a model in a scratch folder.

    Parameters
    ----------
    parsed : ParsedModel
        From `rcsd.simulation.reader.parse`.
    points : mapping of str to (x, y), optional
        Points that replace those inside the equation of a tabulated variable.
    axis : TimeAxis, optional
        Another time axis than the file's.

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
    refuse_unknown(parsed)
    with scratch_folder() as folder, quiet_pysd():
        try:
            given = [_section(section, points or {}, path.parent) for section in parsed.abstract.sections]
            if axis is not None:
                given[0] = _timed(given[0], axis)
            naming = Naming.of(given)
            sections = renamed(given, naming)
            for section in sections:
                section.path = folder / (MAIN if section is sections[0] else f"{section.name}.py")
            # PySD writes points as NumPy prints them, to eight digits unless told: two that lie close would be one
            with heard_pysd(naming.in_words), np.printoptions(floatmode="unique"):
                ModelBuilder(replace(parsed.abstract, sections=tuple(sections))).build_model()
            texts = {file.name: file.read_text("utf-8") for file in sorted(folder.glob("*.py"))}
            files = tuple((name, _adapted(text, path.parent)) for name, text in texts.items())
            for _, text in files:
                require_harmless(text)
        except (*PYSD_FAULTS, *FILE_FAULTS) as error:
            raise ModelError(refusal(error), path=path) from error
        except ModelError as error:
            raise ModelError(str(error), path=path) from error
    uses = any(_FINAL_TIME_CALL.search(text) for _, text in files)
    return Translation(files, uses, naming)


def has_function(name: str) -> bool:
    """Whether PySD can compute what its abstract model calls so, in a call or as a structure of its own."""
    form = canonical(name)
    return form.endswith("structure") or form == "a function of" or form in map(canonical, functionspace)


def refuse_unknown(parsed: ParsedModel) -> None:
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


def _section(section: Any, points: Mapping[str, Points], model_folder: Path) -> Any:
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
    subscripts = tuple(_read_range(each, model_folder) for each in section.subscripts)
    return replace(section, elements=lifted(elements), subscripts=subscripts)


def _read_range(subscript: Any, model_folder: Path) -> Any:
    """Copy a range; elements that stand in a file are read from it, and not by generated Python."""
    inside = subscript.subscripts
    if isinstance(inside, dict):
        inside = ExtSubscript(
            inside["file"], inside["tab"], inside["firstcell"], inside["lastcell"], inside["prefix"], model_folder
        ).subscript
        if not inside:
            raise ValueError(f"the file of the range {subscript.name!r} has no elements")
    return replace(subscript, subscripts=inside, mapping=list(subscript.mapping))


def _timed(section: Any, axis: TimeAxis) -> Any:
    """Put the numbers of a time axis in place of the file's own."""
    numbers = dict(zip(CONTROLS, (axis.start, axis.stop, axis.step, axis.save_step), strict=True))
    elements = tuple(
        replace(element, components=[replace(element.components[0], ast=numbers[form])])
        if (form := canonical(element.name)) in numbers
        else element
        for element in section.elements
    )
    return replace(section, elements=elements)


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
