"""One cause is one fault, named by its line and key."""

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from rcsd.errors import StudyError
from rcsd.toml.faults import Faults, checked
from rcsd.toml.findings import known_keys
from rcsd.toml.source import read_toml


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Flat(_Table):
    rate: float
    source: str


class _Stepped(_Table):
    steps: list[float]


class _Lever(_Table):
    value: Annotated[float | str | list[int], Field()]
    course: _Flat | _Stepped | None = None
    unit: Literal["Dmnl", "Year"] = "Dmnl"


class _File(_Table):
    title: str
    levers: dict[str, _Lever] = {}
    listed: list[_Lever] = []


def _fault(tmp_path: Path, text: str, base: str | None = None) -> str:
    path = tmp_path / "study.toml"
    path.write_text(text, encoding="utf-8")
    if base is not None:
        (tmp_path / "base.toml").write_text(base, encoding="utf-8")
    with pytest.raises(StudyError) as caught:
        checked(read_toml(path), _File, "list of levers")
    return str(caught.value)


def test_a_value_of_none_of_several_types_is_one_fault(tmp_path: Path) -> None:
    """Each type that was tried is named, in one sentence, at the key and not below it."""
    message = _fault(tmp_path, 'title = "x"\n[levers.tax]\nvalue = true\n')
    assert "1 fault(s) in the list of levers" in message
    assert (
        f"{tmp_path / 'study.toml'}:3: levers.tax.value: input should be a valid number or a valid string or" in message
    )
    assert "found True" in message


def test_a_table_that_may_be_of_two_kinds_is_judged_as_the_one_it_resembles(tmp_path: Path) -> None:
    """What it lacks of the nearer kind is the fault, and not what it lacks of the other."""
    message = _fault(tmp_path, 'title = "x"\n[levers.tax]\nvalue = 1\ncourse = { rate = 0.1 }\n')
    assert "1 fault(s)" in message
    assert ":4: levers.tax.course.source: is required: add it" in message


def test_a_number_in_place_of_a_table_of_two_kinds_is_one_fault(tmp_path: Path) -> None:
    """The names of the package's own classes are no keys of the file."""
    message = _fault(tmp_path, 'title = "x"\n[levers.tax]\nvalue = 1\ncourse = 3\n')
    assert "1 fault(s)" in message
    assert ":4: levers.tax.course: " in message


def test_a_misspelt_key_is_not_also_a_missing_one(tmp_path: Path) -> None:
    """One that is missing on its own is still reported."""
    message = _fault(tmp_path, '[levers.tax]\nvalu = 1\n[levers.rent]\nunit = "Year"\n')
    assert "3 fault(s)" in message
    assert ":2: levers.tax.valu: there is no such key; did you mean 'value'" in message
    assert "levers.tax.value" not in message
    assert ":3: levers.rent.value: is required: add it" in message
    assert "title: is required: add it" in message


def test_a_misspelt_table_over_a_base_file_is_one_fault(tmp_path: Path) -> None:
    """It lacks everything that the table it means has in the base file."""
    base = '[levers.tax]\nvalue = 1\n[levers.tax.course]\nrate = 0.1\nsource = "x"\n'
    message = _fault(tmp_path, 'extends = "base.toml"\ntitle = "x"\n[levers.txa.course]\n', base)
    assert "1 fault(s)" in message
    assert "levers.txa.value: is required: add it (and so is steps), or correct the name" in message
    assert "the base file has no levers.txa; did you mean 'tax'" in message


def test_a_fault_in_an_array_of_tables_is_placed_in_its_own_table(tmp_path: Path) -> None:
    """The second of two, after a string with something like a key in it."""
    text = 'title = """\nvalue = 1\n"""\n[[listed]]\nvalue = 1\n[[listed]]\nvalue = 2\nunit = "Month"\n'
    assert ":8: listed.1.unit: input should be 'Dmnl' or 'Year', found 'Month'" in _fault(tmp_path, text)


def test_the_same_cause_in_many_places_is_one_fault_that_counts_them(tmp_path: Path) -> None:
    """The first place stands in front, the others are named; other words are another fault."""
    path = tmp_path / "study.toml"
    path.write_text('a = "x"\n[b]\nc = "x"\nd = "x"\n')
    faults = Faults(read_toml(path), _File, "study")
    for keys in (("a",), ("b", "c"), ("b", "d"), ("b", "d")):
        faults.add(keys, "there is no series 'x'", once=True)
    faults.add(("a",), "is empty")
    faults.add(("b", "c"), "is empty")
    message = str(faults.error())
    assert "3 fault(s) in the study" in message
    places = f"named in 3 places, also b.c ({path}:3), b.d ({path}:4)"
    assert f"{path}:1: a: there is no series 'x'; {places}" in message
    assert message.count("there is no series") == 1


def test_known_keys_are_those_of_the_table() -> None:
    """Through names of the file's own, arrays and tables of two kinds."""
    assert known_keys(("levers", "tax"), _File) == ("value", "course", "unit")
    assert known_keys(("listed", "0"), _File) == ("value", "course", "unit")
    assert known_keys(("levers", "tax", "course"), _File) == ("rate", "source", "steps")
    assert known_keys(("levers",), _File) == ()
