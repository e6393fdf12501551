"""A model file parsed by PySD's translators -> `ir.Model`: what the child process does for `read`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rcsd.errors import ModelError
from rcsd.files import sha256
from rcsd.simulation.ir import CONTROLS, Model
from rcsd.simulation.reader.abstract import (
    external_files,
    random_variables,
    reference_faults,
    time_axis_of,
    variables_of,
)
from rcsd.simulation.reader.calls import argument_faults
from rcsd.simulation.reader.checks.macros import macro_faults
from rcsd.simulation.reader.checks.places import place_faults
from rcsd.simulation.reader.checks.subscripts import subscript_faults
from rcsd.simulation.reader.depth import shallow
from rcsd.simulation.reader.equations import definitions_of
from rcsd.simulation.reader.external import forget_files
from rcsd.simulation.reader.process.outside import made_portable, outside_faults
from rcsd.simulation.reader.process.sizes import size_faults
from rcsd.simulation.reader.source import SUFFIXES, Fault, SourceText, TextReader, decoded, model_error
from rcsd.simulation.reader.subscripts import give_elements, ranges_of
from rcsd.simulation.reader.vensim.model import abstract_model as vensim_model
from rcsd.simulation.reader.vensim.text import read_vensim_text
from rcsd.simulation.reader.xmile.model import abstract_model as xmile_model
from rcsd.simulation.reader.xmile.text import read_xmile_text

_READERS: dict[str, TextReader] = {
    suffix: read_vensim_text if suffix == ".mdl" else read_xmile_text for suffix in SUFFIXES
}


_ENTITY = re.compile(r"<!ENTITY\b")


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
    source : SourceText
        The file, split.
    """

    model: Model
    abstract: Any
    source: SourceText


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
    text = decoded(path, raw)
    _require_no_entities(path, text)
    source = _READERS[path.suffix.lower()](path, text)
    own = [*source.macros, *source.functions]
    variables = [entry.name for entry in source.entries]
    miscalled = argument_faults((*source.entries, *source.inner), source.format, own, variables)
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
    axis, clock = time_axis_of(section, source)
    ranges = ranges_of(section, source)
    files = external_files(abstract.sections, path.parent)
    give_elements(section, ranges)
    definitions, untaken = definitions_of(abstract.sections, source, ranges)
    if unsound := size_faults(definitions, ranges) or place_faults(definitions, ranges):
        raise model_error(path, unsound)
    model = Model(
        name=path.stem,
        path=path,
        format=source.format,
        variables=variables_of(section, source),
        time=axis,
        clock=clock,
        external_files=files,
        random=random_variables(abstract.sections, source.format),
        ranges=ranges,
        definitions=shallow(definitions),
        untaken=tuple(str(model_error(path, [fault])) for fault in untaken),
        sha256=sha256(raw),
        control_lines={name: line for name in CONTROLS if (line := source.line_of(name)) is not None},
        unit_names=source.unit_names,
    )
    return ParsedModel(model, abstract, source)


def _require_no_entities(path: Path, text: str) -> None:
    """Refuse XML that defines entities: they bring in other files, or blow up."""
    if path.suffix.lower() != ".mdl" and (found := _ENTITY.search(text)):
        line = text.count("\n", 0, found.start()) + 1
        raise ModelError(
            "the file defines an XML entity, which no model needs; take <!ENTITY ...> out", path=path, line=line
        )


def _abstract(source: SourceText, miscalled: list[Fault]) -> Any:
    """Let PySD parse the file; faults that are known are told better than by PySD."""
    if not source.entries:
        raise ModelError("the file defines no variable", path=source.path)
    if source.format == "vensim":
        return vensim_model(source, miscalled)
    return xmile_model(source, miscalled)
