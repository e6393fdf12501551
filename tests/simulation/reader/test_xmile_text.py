"""The text of an XMILE file: its definitions, settings and dialects."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError
from rcsd.simulation.reader.source import SourceText
from rcsd.simulation.reader.xmile.text import read_xmile_text
from tests.places import TEST_MODELS

TEACUP = (TEST_MODELS / "teacup.xmile").read_text("utf-8")


def read(text: str) -> SourceText:
    """Split a text."""
    return read_xmile_text(Path("m.xmile"), text)


def test_every_definition_is_found_on_the_line_where_an_editor_shows_it() -> None:
    """Lines are checked against the file itself."""
    lines = TEACUP.splitlines()
    tags = {"INITIAL TIME": "<start>", "FINAL TIME": "<stop>", "TIME STEP": "<dt "}
    for entry in read(TEACUP).entries:
        assert tags.get(entry.name, f'name="{entry.name}"') in lines[entry.line - 1]
    assert read(TEACUP).line_of("teacup_temperature") == 11


def test_a_stock_reads_as_the_integral_of_its_flows() -> None:
    """The equation is written as Vensim writes it, so that people can compare."""
    (stock,) = read(TEACUP).entries_of("Teacup Temperature")
    assert stock.equation == "INTEG(- Heat_Loss_to_Room, Initial_Temperature)"


def test_settings_are_read() -> None:
    """The method is read whatever its case, and the save interval from the vendor's attribute."""
    source = read(TEACUP)
    assert (source.method, source.save_step) == ("rk4", 1.0)


@pytest.mark.parametrize("method", ["Gear", "RK45"])
def test_a_method_that_chooses_its_steps_is_said_to_be_replaced(method: str) -> None:
    """Stella's, of which the file's own step is no part."""
    source = read(TEACUP.replace("RK4", method))
    assert source.method == "rk4"
    assert any(f"the method {method.lower()} is run as rk4" in note for note in source.notes)
    assert not read(TEACUP).notes


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('save_interval="1"', 'save_interval="1_0"', "'1_0' is not a number"),
        ("xmile", "html", "the file begins with <html>; an XMILE file begins with"),
        ("<stop>30</stop>", "", "no <stop>; add it under <sim_specs>"),
        ("RK4", "guess", "integration method 'guess' is unknown"),
        ('save_interval="1"', 'save_interval="often"', "'often' is not a number"),
        ('<aux name="Room Temperature">', "<aux>", "a <aux> has no name attribute"),
    ],
)
def test_a_file_that_is_not_xmile_is_refused_with_the_reason(old: str, new: str, message: str) -> None:
    """The first broken rule is named."""
    assert old in TEACUP
    with pytest.raises(ModelError, match=message):
        read(TEACUP.replace(old, new))


def test_text_that_is_no_xml_is_refused_with_its_line() -> None:
    """Nothing of it can be read on."""
    with pytest.raises(ModelError, match=r"m\.xmile:1: the file is not XML"):
        read("x = 3 ~~|")


def test_an_entity_cannot_pull_in_another_file(tmp_path: Path) -> None:
    """A model from a stranger does not read the disk."""
    secret = tmp_path / "secret"
    secret.write_text("s3cr3t")
    text = TEACUP.split("\n", 1)[1].replace("<vendor>by hand", "<vendor>&e;")
    assert "s3cr3t" not in read(f'<!DOCTYPE xmile [<!ENTITY e SYSTEM "{secret.as_uri()}">]>\n{text}').parseable


@pytest.mark.parametrize("kind", ["conveyor", "queue", "oven"])
def test_a_stock_of_another_kind_is_refused(kind: str) -> None:
    """PySD would run it as a plain stock, without a word."""
    text = TEACUP.replace("<outflow>", f"<{kind}/><outflow>", 1)
    assert text != TEACUP
    with pytest.raises(ModelError, match=f"is a {kind}.*write it as a delay"):
        read(text)
