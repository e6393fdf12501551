"""Nothing in a model file is ever executed: no field, no way out of it, no format, no back end."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from rcsd.errors import RcsdError, RcsdWarning, UnexpectedError
from rcsd.simulation.loading import load
from tests.simulation.hostile.files import WAYS, every_field, hostile

_FEW = ("three double quotes", "closed call", "escaped")
"""One way out of each kind of place: documentation, arguments, literals. The slow test tries all."""


def tried(format: str, field: str, way: str, folder: Path, backends: tuple[str, ...]) -> list[str]:
    """Write the file, load it, run it; return what became of it with each back end."""
    canary = folder / "canary"
    path = folder / f"m.{format}"
    path.write_text(hostile(format, field, way, canary.as_posix()), encoding="utf-8")
    outcomes = []
    for backend in backends:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            warnings.simplefilter("ignore", RcsdWarning)
            try:
                load(path).run(backend=backend)  # type: ignore[arg-type]
                outcomes.append("ran")
            except UnexpectedError as error:
                raise AssertionError(f"{field}, {way}, {backend}: {error.details}") from error
            except RcsdError as error:
                assert str(path) in str(error) or path.name in str(error), f"{field}, {way}: which file? {error}"
                outcomes.append("refused")
        assert not canary.exists(), f"{format}: {field}, {way}, {backend}: code of the file has run"
    return outcomes


@pytest.mark.parametrize(("format", "field"), list(every_field()))
def test_no_field_runs_anything(format: str, field: str, tmp_path: Path) -> None:
    """The likeliest ways out, with the interpreter and with PySD: refused with the file's name, or read as text."""
    for way in _FEW:
        tried(format, field, way, tmp_path, ("interpreted", "pysd"))


@pytest.mark.slow
@pytest.mark.parametrize(("format", "field"), list(every_field()))
def test_no_way_out_of_a_field_is_open(format: str, field: str, tmp_path: Path) -> None:
    """All ways, all back ends; kernels for the files that run at all."""
    for way in WAYS:
        outcomes = tried(format, field, way, tmp_path, ("auto", "interpreted", "pysd"))
        if outcomes[1] == "ran" and way == "three double quotes":
            tried(format, field, way, tmp_path, ("compiled",))


def test_the_files_would_be_seen_if_they_ran(tmp_path: Path) -> None:
    """The code is Python that touches the canary; and the fields without it are models that run."""
    canary = tmp_path / "canary"
    eval(WAYS["plain"].format(code=f'__import__("pathlib").Path("{canary}").touch()'))
    assert canary.exists()
    for format in ("mdl", "xmile"):
        path = tmp_path / f"m.{format}"
        path.write_text(hostile(format, "documentation", "plain", "x"), encoding="utf-8")
        for backend in ("pysd", "auto"):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RcsdWarning)
                assert load(path).run(backend=backend).of("S")[0].tolist() == [0, 1, 2]  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["SYSTEM", "PUBLIC 'x'"])
def test_an_xml_file_names_no_entities(kind: str, tmp_path: Path) -> None:
    """They would bring the content of another file into the model, or of a page."""
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    text = hostile("xmile", "documentation", "plain", "x").replace(
        "<xmile ", f"<!DOCTYPE xmile [<!ENTITY s {kind} '{(tmp_path / 'secret.txt').as_uri()}'>]><xmile ", 1
    )
    start = text.index("<doc>")
    path = tmp_path / "m.xmile"
    path.write_text(text[: start + 5] + "&s;" + text[text.index("</doc>") :], encoding="utf-8")
    with pytest.raises(RcsdError, match=r"m\.xmile:2: .*entit"):
        load(path)
