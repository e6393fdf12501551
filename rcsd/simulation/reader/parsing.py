"""A model file parsed by PySD's translators -> `ir.Model`: what the child process does for `read`."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysd.translators.xmile.xmile_file import XmileFile

from rcsd.errors import ModelError
from rcsd.files import sha256
from rcsd.simulation.ir import Model
from rcsd.simulation.reader.abstract import (
    external_files,
    random_variables,
    reference_faults,
    time_axis_of,
    variables_of,
)
from rcsd.simulation.reader.calls import argument_faults
from rcsd.simulation.reader.equations import definitions_of
from rcsd.simulation.reader.external import forget_files
from rcsd.simulation.reader.macros import macro_faults
from rcsd.simulation.reader.process.outside import made_portable, outside_faults
from rcsd.simulation.reader.pysd_calls import PYSD_FAULTS, explain, quiet_pysd
from rcsd.simulation.reader.source import Fault, SourceText, TextReader, decoded, model_error
from rcsd.simulation.reader.subscripts import ranges_of
from rcsd.simulation.reader.used_subscripts import subscript_faults
from rcsd.simulation.reader.vensim.model import abstract_model
from rcsd.simulation.reader.vensim.text import read_vensim_text
from rcsd.simulation.reader.xmile_text import read_xmile_text

_READERS: dict[str, TextReader] = {
    ".mdl": read_vensim_text,
    ".xmile": read_xmile_text,
    ".stmx": read_xmile_text,
    ".xml": read_xmile_text,
}


@dataclass(frozen=True, slots=True)
class ParsedModel:
    """A model file, read.

    Attributes
    ----------
    model : Model
        What every layer above sees.
    abstract : AbstractModel
        PySD's own form, for its translation to Python; the paths in it lie in a folder that is
        gone.
    """

    model: Model
    abstract: Any


def parse(path: Path, raw: bytes, *, allow_outside: bool = False) -> ParsedModel:
    """Parse a model file, and keep PySD's form of it as well.

    Parameters
    ----------
    path : Path
        Absolute path of the file; its suffix says the format.
    raw : bytes
        Its content.
    allow_outside : bool
        Whether the model may read data files that lie outside its folder.

    Raises
    ------
    ModelError
        When the file is faulty; every fault is listed with line and variable where these can be found.
    """
    forget_files()
    source = _READERS[path.suffix.lower()](path, decoded(path, raw))
    own = [*source.macros, *(entry.name for entry in source.entries)]
    miscalled = argument_faults((*source.entries, *source.inner), source.format, own)
    abstract = _abstract(source, miscalled)
    section = abstract.sections[0]
    macros = {macro.name for macro in abstract.sections[1:]}
    made_portable(abstract.sections)
    faults = miscalled + reference_faults(section, macros, source) + macro_faults(abstract.sections, source)
    if source.format == "vensim":
        faults += subscript_faults(section, source)
    faults += outside_faults(abstract.sections, source, allow_outside)
    if faults:
        raise model_error(path, faults)
    axis = time_axis_of(section, source)
    ranges = ranges_of(section, source)
    definitions, untaken = definitions_of(abstract.sections, source, axis, ranges)
    model = Model(
        name=path.stem,
        path=path,
        format=source.format,
        variables=variables_of(section, source),
        time=axis,
        external_files=external_files(abstract.sections, path.parent),
        random=random_variables(abstract.sections, source.format),
        ranges=ranges,
        definitions=definitions,
        untaken=tuple(str(model_error(path, [fault])) for fault in untaken),
        sha256=sha256(raw),
    )
    return ParsedModel(model, abstract)


def _abstract(source: SourceText, miscalled: list[Fault]) -> Any:
    """Let PySD parse a copy of the file in a scratch folder; faults that are known are told better than by PySD."""
    if not source.entries:
        raise ModelError("the file defines no variable", path=source.path)
    if source.format == "vensim":
        return abstract_model(source, miscalled)
    with tempfile.TemporaryDirectory(prefix="rcsd-read-") as folder, quiet_pysd():
        copy = Path(folder) / "model.xmile"
        copy.write_text(source.parseable, encoding="utf-8")
        try:
            file = XmileFile(copy)
            file.parse()
            return file.get_abstract_model()
        except PYSD_FAULTS as error:
            told = {(fault.line, fault.variable) for fault in miscalled}
            faults = miscalled + [
                fault for fault in _xmile_faults(source, copy) if (fault.line, fault.variable) not in told
            ]
            fault = Fault(None, None, f"the file {explain(error)}")
            raise model_error(source.path, faults or [fault]) from error


def _xmile_faults(source: SourceText, copy: Path) -> list[Fault]:
    """Parse each element on its own, to find those that PySD cannot take."""
    file = XmileFile(copy)
    file.parse(parse_all=False)
    section = file.sections[0]
    try:
        section.parse(parse_all=False)
    except PYSD_FAULTS:
        return []
    faults = []
    for component in section.components:
        try:
            component.parse(section.behaviors)
        except PYSD_FAULTS as error:
            line = source.line_of(component.name)
            faults.append(Fault(line, component.name, f"its definition {explain(error)}"))
    return faults
