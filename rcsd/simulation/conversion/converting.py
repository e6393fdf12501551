"""`convert`: a model file of one tool as that of another."""

from __future__ import annotations

import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

from rcsd.errors import ModelError, OutputError
from rcsd.files import write_text_atomic
from rcsd.simulation.conversion.agreement import Agreement, agreement
from rcsd.simulation.layout.notation import in_stella, in_vensim
from rcsd.simulation.loading import LoadedModel, find_model, load
from rcsd.simulation.reader.script.extras import extras_of
from rcsd.simulation.reader.script.reading import read_script
from rcsd.simulation.reader.source import SUFFIXES, decoded, read_bytes
from rcsd.simulation.views.read import read_views
from rcsd.simulation.writer.faults import Findings
from rcsd.simulation.writer.vensim.sketch import sketch_text
from rcsd.simulation.writer.vensim.writing import vensim_text
from rcsd.simulation.writer.xmile.views import sheets
from rcsd.simulation.writer.xmile.writing import xmile_text


@dataclass(frozen=True, slots=True)
class Conversion:
    """A file that was written.

    Attributes
    ----------
    path : Path
        Of the file.
    notes : tuple of str
        What the other tool has no place for, or says in other words, a line each.
    agreement : Agreement
        How the written file was compared with the first.
    """

    path: Path
    notes: tuple[str, ...]
    agreement: Agreement


def convert(source: str | Path, target: str | Path, *, allow_outside: bool = False) -> Conversion:
    """Write a model as a file of another tool.

    The written text is loaded again and run: where a variable, a unit, a range, the time axis or a trajectory were
    another, nothing is written.

    Parameters
    ----------
    source : str or Path
        A Vensim or XMILE file, or the name of a model that comes with the package.
    target : str or Path
        Where to write; ``.mdl``, or ``.xmile``, ``.stmx``, ``.itmx`` or ``.xml``.
    allow_outside : bool
        Whether the model may read data files that lie outside its own folder.

    Raises
    ------
    ModelError
        With everything that the other tool cannot say, by variable and line; or what the written file has otherwise.
    OutputError
        When the target is no model file, or cannot be written.

    Examples
    --------
    >>> convert("city.mdl", "city.xmile")  # doctest: +SKIP
    """
    path, goal = find_model(source), Path(target)
    suffix = goal.suffix.lower()
    if suffix not in SUFFIXES:
        raise OutputError(f"{goal}: a model file ends in {', '.join(SUFFIXES)}; give the file to write such an end")
    if goal.exists() and path.exists() and goal.samefile(path):
        raise OutputError(f"{goal} is the file that is read; name another to write")
    model = load(path, allow_outside=allow_outside)
    if model.ir.untaken:
        listed = "\n".join(f"  {each}" for each in model.ir.untaken)
        raise ModelError(
            f"the model has parts that cannot be compared, so that nothing is written:\n{listed}", path=path
        )
    text, notes = model_text(model, "vensim" if suffix == ".mdl" else "xmile", allow_outside=allow_outside)
    found = _compared(model, text, suffix)
    write_text_atomic(goal, text)
    return Conversion(goal, notes, found)


def model_text(model: LoadedModel, language: str, *, allow_outside: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return a model as the text of a file, and notes on what is said otherwise.

    Parameters
    ----------
    model : LoadedModel
        From its file.
    language : {"vensim", "xmile"}
        Whose file.
    allow_outside : bool
        As for `convert`.

    Raises
    ------
    ModelError
        With everything that the language cannot say.
    """
    path = model.path
    if model.ir.format == language:
        if language == "vensim":
            raise ModelError(
                "is a Vensim file already: copy it, or name a file that ends in .xmile or .stmx", path=path
            )
        return decoded(path, read_bytes(path)), ()
    findings = Findings()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is wrong with the file was said when it was loaded
        script = read_script(path, allow_outside=allow_outside)
    extras = extras_of(model.ir)
    if extras.comments:
        findings.note(f"comments within equations are left out: lines {', '.join(map(str, extras.comments))}")
    if model.ir.ranges.mappings and language == "xmile" and any(model.ir.ranges.mappings.values()):
        findings.note("XMILE has no mappings of dimensions: what uses one is written for each element")
    stocks = [variable.name for variable in model.ir if variable.kind == "stock"]
    views = read_views(path, stocks)
    if language == "vensim":
        text = vensim_text(script, extras, findings, sketch_text(map(in_vensim, views), model.ir))
    else:
        text = xmile_text(script, extras, findings, sheets((in_stella(view, stocks) for view in views), model.ir))
    return text, tuple(findings.notes)


def _compared(model: LoadedModel, text: str, suffix: str) -> Agreement:
    """Load a text as a file, and compare it with the model that it was made from."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, f"{model.name}{suffix}")
        written.write_text(text, encoding="utf-8", newline="\n")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                other = load(written)
            return agreement(model, other)
        except ModelError as error:
            why = str(error).replace(f"{written}", f"the written {suffix}").replace(str(folder), "")
            raise ModelError(f"nothing is written, since the new file would not be the same: {why}") from error
