"""What the fuzzer has found, each in its smallest form: one message, with line or variable where there is one."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError, RcsdWarning, UnitError
from rcsd.simulation.loading import load
from rcsd.units import parse_unit
from tests.fuzz.seeds import VARIABLES, vensim, xmile

MANY = "9" * 5000


def vensim_file(folder: Path, text: str) -> Path:
    """Write an .mdl file."""
    path = folder / "m.mdl"
    path.write_text(text, encoding="utf-8")
    return path


def xmile_file(folder: Path, text: str) -> Path:
    """Write an .xmile file."""
    path = folder / "m.xmile"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_unit_of_five_thousand_digits() -> None:
    """Python refuses to read so long a number."""
    with pytest.raises(UnitError, match="has 5000 letters; a unit has 300 at most"):
        parse_unit(MANY)


def test_a_setting_of_five_thousand_digits(tmp_path: Path) -> None:
    """The method of integration is a number of one digit; another says nothing."""
    path = vensim_file(tmp_path, vensim("a = 1 ~ ~ |").replace("15:0,0,0,0,0,0", f"15:0,0,0,{MANY},0,0"))
    assert load(path).time.method == "euler"


def test_a_range_of_five_thousand_digits(tmp_path: Path) -> None:
    """The first number or the last."""
    for written in (f"(a1-a{MANY})", f"(a{MANY}-a{MANY}1)"):
        path = vensim_file(tmp_path, vensim(f"r : {written} ~ ~ |\na[r] = 1 ~ ~ |"))
        with pytest.raises(ModelError, match=r"m\.mdl:2: .*cannot count from .* 100,000 at most") as caught:
            load(path)
        assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("size", [MANY, "\u00b2", "\u0663", "-1", "1e3", "0"])
def test_a_size_that_is_none(tmp_path: Path, size: str) -> None:
    """Digits of other scripts, raised digits, and thousands of them."""
    text = xmile('<aux name="a"><dimensions><dim name="d"/></dimensions><eqn>1</eqn></aux>')
    path = xmile_file(
        tmp_path,
        text.replace('<dimensions><dim name="city">', f'<dimensions><dim name="d" size="{size}"/><dim name="city">'),
    )
    with pytest.raises(ModelError, match=r"m\.xmile:5: .*'d' has no elements"):
        load(path)


@pytest.mark.parametrize("subscript", [MANY, "\u00b2"])
def test_a_number_that_is_no_element(tmp_path: Path, subscript: str) -> None:
    """What lies outside a dimension is 0 (XMILE 1.0), or refused; it is no fault of the program."""
    path = xmile_file(tmp_path, xmile(VARIABLES[2]).replace("a[B] * 3", f"a[{subscript}] * 3"))
    try:
        assert load(path).run(backend="interpreted").of("b[B]")[0, 0] == 0
    except ModelError as error:
        assert "m.xmile:9" in str(error) or "m.xmile:8" in str(error)


def test_a_macro_without_a_result(tmp_path: Path) -> None:
    """Nothing in it has its name."""
    path = vensim_file(tmp_path, vensim(":MACRO: GROW(a)\nb = a ~ ~ |\n:END OF MACRO:\nx = GROW(1) ~ ~ |"))
    with pytest.raises(ModelError, match=r"m\.mdl:2: .*the macro has no result; give it an equation for 'GROW'"):
        load(path)


def test_an_attribute_without_a_name(tmp_path: Path) -> None:
    """XML that is mended while it is read may have such."""
    path = xmile_file(tmp_path, xmile(VARIABLES[0]).replace('<range min="0"', '<range x:="0" :="1" min="0"'))
    with pytest.warns(RcsdWarning, match=r"m\.xmile:11: the XML is not well formed"):
        assert "Stock" in load(path).variables


def test_a_sheet_that_is_half_a_pattern(tmp_path: Path) -> None:
    """What parts the cells of a CSV file may be any sign; more than one is a pattern to pandas."""
    (tmp_path / "k.csv").write_text("k,1\n", encoding="utf-8")
    path = vensim_file(tmp_path, vensim("a = GET DIRECT CONSTANTS('k.csv', '))', 'B1') ~ ~ |"))
    with pytest.raises(ModelError, match=r"m\.mdl:2: .*a file that cannot be read"):
        load(path).simulator("interpreted")


def test_a_table_that_steps_at_nought(tmp_path: Path) -> None:
    """Two points at one x: the first value there, the second right behind it; nothing lies between the two."""
    path = vensim_file(tmp_path, vensim("T((-2,5),(0,5),(0,9),(4,1)) ~ ~ |\ny = T(Time) ~ ~ |"))
    assert load(path).run(backend="interpreted").of("y")[0].tolist() == [5, 7, 5, 3, 1, 1]


@pytest.mark.parametrize("equation", ["T + 1", "T", "SMOOTH(T, 2)", "INTEG(T, 0)", "INTEG(1, T)", "U(T)"])
def test_a_table_that_is_used_as_a_number(tmp_path: Path, equation: str) -> None:
    """Its argument was forgotten."""
    path = vensim_file(tmp_path, vensim(f"T((0,0),(1,1)) ~ ~ |\nU((0,0),(1,1)) ~ ~ |\ny = {equation} ~ ~ |"))
    with pytest.raises(ModelError, match=r"m\.mdl:4: variable 'y': uses the table 'T' as a number; .* as in T\(Time\)"):
        load(path).simulator("interpreted")
