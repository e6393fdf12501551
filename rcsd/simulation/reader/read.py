"""A model file -> `ir.Model`, or one error that lists what is wrong with the file."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysd.translators.vensim.vensim_element import Element, SubscriptRange
from pysd.translators.vensim.vensim_file import VensimFile
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
from rcsd.simulation.reader.pysd_calls import PYSD_FAULTS, explain, quiet_pysd
from rcsd.simulation.reader.source import Fault, SourceText, TextReader, decoded, model_error, read_bytes
from rcsd.simulation.reader.subscripts import ranges_of
from rcsd.simulation.reader.vensim_text import read_vensim_text
from rcsd.simulation.reader.xmile_text import read_xmile_text

_READERS: dict[str, TextReader] = {
    ".mdl": read_vensim_text,
    ".xmile": read_xmile_text,
    ".stmx": read_xmile_text,
    ".xml": read_xmile_text,
}

_KEPT: dict[Path, Model] = {}
_MOST_KEPT = 16
"""Models that are kept as read, so that the cities of a panel, or four studies of one model, parse it once."""


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


def read(path: str | Path) -> Model:
    """Read a model file; one that has not changed since it was last read is not parsed again.

    Parameters
    ----------
    path : str or Path
        A Vensim ``.mdl``, or an XMILE ``.xmile``, ``.stmx`` or ``.xml`` file. Nothing is written
        beside it.

    Returns
    -------
    Model

    Raises
    ------
    ModelError
        When the file is missing or faulty; every fault is listed with line and variable where
        these can be found.
    """
    path, raw = _content(path)
    kept = _KEPT.get(path)
    if kept is not None and kept.sha256 == sha256(raw):
        return kept
    model = _parsed(path, raw).model
    if not model.external_files:  # what these hold is part of the model, and may change while its file does not
        _KEPT[path] = model
        for oldest in list(_KEPT)[:-_MOST_KEPT]:
            _KEPT.pop(oldest, None)
    return model


def parse(path: str | Path) -> ParsedModel:
    """Read a model file and keep PySD's form of it as well.

    Parameters and errors are those of `read`.
    """
    return _parsed(*_content(path))


def _content(path: str | Path) -> tuple[Path, bytes]:
    """Return the absolute path of a model file, and its bytes."""
    path = Path(path).expanduser().absolute()
    if path.suffix.lower() not in _READERS:
        raise ModelError(
            f"a model file ends in {', '.join(_READERS)}, not in {path.suffix!r}; give a Vensim or XMILE file",
            path=path,
        )
    return path, read_bytes(path)


def _parsed(path: Path, raw: bytes) -> ParsedModel:
    source = _READERS[path.suffix.lower()](path, decoded(path, raw))
    own = [*source.macros, *(entry.name for entry in source.entries)]
    miscalled = argument_faults((*source.entries, *source.inner), source.format, own)
    abstract = _abstract(source, miscalled)
    section = abstract.sections[0]
    macros = {macro.name for macro in abstract.sections[1:]}
    faults = miscalled + reference_faults(section, macros, source)
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
    with tempfile.TemporaryDirectory(prefix="rcsd-read-") as folder, quiet_pysd():
        suffix = ".mdl" if source.format == "vensim" else ".xmile"
        copy = Path(folder) / f"model{suffix}"
        copy.write_text(source.parseable, encoding="utf-8")
        try:
            file = VensimFile(copy) if source.format == "vensim" else XmileFile(copy)
            file.parse()
            return file.get_abstract_model()
        except PYSD_FAULTS as error:
            find = _vensim_faults if source.format == "vensim" else _xmile_faults
            told = {(fault.line, fault.variable) for fault in miscalled}
            faults = miscalled + [fault for fault in find(source, copy) if (fault.line, fault.variable) not in told]
            fault = Fault(None, None, f"the file {explain(error)}")
            raise model_error(source.path, faults or [fault]) from error


def _vensim_faults(source: SourceText, copy: Path) -> list[Fault]:
    """Parse each definition on its own, to find those that PySD cannot take."""
    faults = []
    for entry in source.entries:
        try:
            component = Element(entry.definition, "", "").parse()
            if not isinstance(component, SubscriptRange):
                component.parse()
        except PYSD_FAULTS as error:
            faults.append(Fault(entry.line, entry.name, f"its definition {explain(error)}"))
    return faults


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
