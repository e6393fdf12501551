"""The text of a Vensim file: where definitions stand, and what its settings say."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError
from rcsd.simulation.loading import load
from rcsd.simulation.reader.source import SourceText
from rcsd.simulation.reader.vensim.text import read_vensim_text
from tests.places import TEST_MODELS
from tests.simulation.reader.vensim.small import written


def read(text: str) -> SourceText:
    """Split a text."""
    return read_vensim_text(Path("m.mdl"), text)


def test_every_definition_is_found_on_the_line_where_an_editor_shows_it() -> None:
    """Lines are checked against the file itself."""
    text = (TEST_MODELS / "mining_town.mdl").read_text("utf-8")
    lines = text.splitlines()
    entries = read(text).entries
    assert len(entries) == text.count("|")
    for entry in entries:
        assert lines[entry.line - 1].startswith(entry.name)


def test_line_ends_do_not_move_the_lines() -> None:
    """Windows files count as Unix files do."""
    text = (TEST_MODELS / "teacup.mdl").read_text("utf-8")
    unix, windows = read(text), read(text.replace("\n", "\r\n"))
    assert [entry.line for entry in unix.entries] == [entry.line for entry in windows.entries]
    assert unix.line_of("teacup_temperature") == 2


def test_equations_lose_comments_and_line_breaks_and_nothing_else() -> None:
    """A comment in braces and a continuation are no part of the equation; quoted names are."""
    text = (
        "{UTF-8}\n"
        '"Ratio {a|b} ~"= A {of\nthe first}/ \\\n\t\t"Second = x"\n~ Dmnl ~ a {kept} comment |\n'
        "Table(\n[(0,0)-(1,1)],(0,0),(1,1)) ~ Dmnl ~|\n"
        "Pieces[north]= 1 ~ m ~|\n"
        "Pieces[south]= 2 ~ m ~|\n"
        "Series := 3 ~ m ~ :SUPPLEMENTARY ~ :SUPPLEMENTARY |\n"
    )
    source = read(text)
    assert [(entry.name, entry.equation, entry.line) for entry in source.entries] == [
        ('"Ratio {a|b} ~"', 'A / "Second = x"', 2),
        ("Table", "([(0,0)-(1,1)],(0,0),(1,1))", 6),
        ("Pieces", "1", 8),
        ("Pieces", "2", 9),
        ("Series", "3", 10),
    ]
    assert source.entries[0].documentation == "a {kept} comment"


def test_macros_and_group_headings_are_no_definitions() -> None:
    """Variables inside a macro belong to it alone, and lines after it do not move."""
    text = ":MACRO: TWICE(x)\nTWICE = 2*x ~ x ~|\n:END OF MACRO:\n****\n.Control\n****~\n text |\nA = TWICE(3) ~ m ~|\n"
    source = read(text)
    assert [(entry.name, entry.line) for entry in source.entries] == [("A", 8)]
    assert [(block.name, block.inputs, block.line) for block in source.blocks] == [("TWICE", ("x",), 1)]


@pytest.mark.parametrize(
    ("code", "method"),
    [(0, "euler"), (1, "rk4"), (2, "euler"), (3, "rk2"), (4, "rk2"), (5, "rk4")],
)
def test_the_integration_method_is_the_one_that_another_reader_finds(code: int, method: str, tmp_path: Path) -> None:
    """The codes of the settings line are read as pysimlin reads them."""
    simlin = pytest.importorskip("simlin")
    text = (TEST_MODELS / "teacup.mdl").read_text("utf-8").replace("15:0,0,0,0", f"15:0,0,0,{code}")
    assert read(text).method == method
    path = tmp_path / "m.mdl"
    path.write_text(text, encoding="utf-8")
    xmile = simlin.load(path).project.to_xmile()
    xmile = xmile if isinstance(xmile, str) else xmile.decode()
    assert f'method="{method}"' in xmile


def test_a_file_without_settings_means_euler() -> None:
    """Euler is Vensim's default."""
    assert read("A = 1 ~ m ~|\n").method == "euler"


@pytest.mark.parametrize(
    "text", ["A = 1 ~ m ~|\n\nB = 2 ~ m\n", "A = 1 ~ m ~|\n\nB = 2\n", "A = 1 ~ m ~|\n\nB = 2 ~ m ~ c"]
)
def test_a_definition_that_is_not_closed_is_found(text: str) -> None:
    """The line and the beginning of the definition are in the message."""
    with pytest.raises(ModelError, match=r"m\.mdl:3: the definition that begins 'B = 2.* is not closed"):
        read(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{a note\nA = 1 ~~|", r":2: the comment that begins '\{a note A = 1"),
        ("A = 1 ~~|\n{ {inside} B = 1 ~~|", r":3: the comment that begins '\{ \{inside\} B"),
        ("Time = 4 ~~|", ":2: variable 'Time': is the time of the simulation, which no equation can define"),
        ("n" * 1001 + " = 4 ~~|", r":2: variable 'n{40}\.\.\.': has a name of 1,001 letters; 1,000 are the most"),
        ("A = 1 ~~|\nD: one, two, ONE ~~|\nx[D] = 1 ~~|", ":3: variable 'D': .* has the element 'one' twice; take one"),
    ],
)
def test_what_is_not_meant_so_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    """A comment without an end, the time as a variable, a name without an end, an element that is there twice."""
    with pytest.raises(ModelError, match=message):
        load(written(tmp_path, text))
