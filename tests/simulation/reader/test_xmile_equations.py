"""Equations of XMILE: precedence, names, comments, tables and macros, against values worked out by hand."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError
from tests.simulation.reader.xmile_models import aux, model_text, read_from, values_of

_FIVE = '<gf><xscale min="0" max="4"/><ypts>0,3,4,4.5,4.75</ypts></gf>'
EQUATIONS = {
    # XMILE 1.0, section 3.3.1: ^ from the right, then the signs, then products, sums, comparisons, AND, OR
    "-3^2": -9.0,
    "2^3^2": 512.0,
    "2^-2": 0.25,
    "2 - -three": 5.0,
    "three * -2": -6.0,
    "8 / 4 * 2": 4.0,
    "10 - 4 - 3": 3.0,
    "7 MOD 4 * 2": 6.0,
    "-7 MOD 4": 1.0,
    "MOD(7, -4)": -1.0,
    "7 // zero + 6 // 3": 2.0,
    "1 OR 0 AND 0": 1.0,
    "0 AND 0 OR 1": 1.0,
    "NOT 0 AND 1": 1.0,
    "(three > 2) + (three > 5)": 1.0,
    "2 < three = 1": 1.0,
    "(1 < three) < 3": 1.0,
    "IF three = 3 THEN IF zero > 0 THEN 5 ELSE 6 ELSE 7": 6.0,
    "1 + (if three <> 3 then 10 else 20) * 2": 41.0,
    "10 * IF zero THEN 1 ELSE 2": 20.0,
    "MAX(1, 5, three, 2)": 5.0,
    "MIN(three, 4, 1 + 1)": 2.0,
    "MEAN(1, 2, 6)": 3.0,
    "three {the number {of} feet} * 2": 6.0,
    '"three" + Three + THREE': 9.0,
    "feet_per_yard\\n": 3.0,
    "Feet_Per_Yard": 3.0,
    '"50% of it"': 0.5,
    "2020_goal": 4.0,
    "bob's": 2.0,
    "1.5e1 + .5": 15.5,
    "STOPTIME - STARTTIME + DT": 5.0,
    "LOOKUP(rising, 1.5)": 3.5,
    "rising(9)": 4.75,
    "LOOKUPINV(rising, 3.5)": 1.5,
    "EXP(LN(three))": 3.0,
    # as typed in a Chinese keyboard layout
    "MAX（three，5）＋1": 6.0,  # noqa: RUF001
    "人口（万人）×2": 6.0,  # noqa: RUF001
}
MODEL = model_text(
    aux("three", "3"),
    aux("zero", "0"),
    aux("feet per\\nyard", "3"),
    aux("50% of it", ".5"),
    aux("2020 goal", "4"),
    aux("bob's", "2"),
    aux("人口（万人）", "3"),  # noqa: RUF001
    f'<aux name="rising">{_FIVE}</aux>',
    *(aux(f"y{i}", equation) for i, equation in enumerate(EQUATIONS)),
)


def test_equations_come_to_what_the_standard_says(tmp_path: Path) -> None:
    """One model holds them all."""
    found = values_of(MODEL, tmp_path)
    wrong = {text: found[f"y{i}"][0] for i, text in enumerate(EQUATIONS)}
    assert wrong == pytest.approx(EQUATIONS)


def test_time_and_its_like_are_known(tmp_path: Path) -> None:
    """As names and as calls without arguments."""
    text = model_text(aux("a", "TIME * 2"), aux("b", "time() + DT"), aux("c", "PI"), stop=2, dt=0.5)
    found = values_of(text, tmp_path)
    assert found["a"] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert found["b"] == [0.5, 1.0, 1.5, 2.0, 2.5]
    assert found["c"][0] == pytest.approx(3.141592653589793)


def test_a_table_goes_on_as_its_type_says(tmp_path: Path) -> None:
    """Held, stepped or extended; points may have any separator, and x of their own."""
    kinds = {
        kind: f'<gf type="{kind}"><xpts sep=" ">1 2 3</xpts><ypts sep=";">1;5;11</ypts></gf>'
        for kind in ("continuous", "discrete", "extrapolate")
    }
    found = values_of(model_text(*(aux(kind, "TIME * 1.5", table=gf) for kind, gf in kinds.items())), tmp_path)
    assert found["continuous"] == [1.0, 3.0, 11.0, 11.0, 11.0]
    assert found["discrete"] == [1.0, 1.0, 11.0, 11.0, 11.0]
    assert found["extrapolate"] == [-3.0, 3.0, 11.0, 20.0, 29.0]


def test_a_macro_has_variables_and_stocks_of_its_own(tmp_path: Path) -> None:
    """Each call has its own; an argument that is left out has the macro's value."""
    hyp = (
        '<macro name="HYP"><parm>a</parm><parm default="4">b</parm><eqn>SQRT(sum of squares)</eqn>'
        '<variables><aux name="sum of squares"><eqn>a*a + b*b</eqn></aux><aux name="a"><eqn>99</eqn></aux></variables>'
        "</macro>"
    )
    total = (
        '<macro name="TOTAL"><parm>rate</parm><eqn>level</eqn><variables>'
        '<stock name="level"><eqn>rate</eqn><inflow>f</inflow></stock><flow name="f"><eqn>rate</eqn></flow>'
        "</variables></macro>"
    )
    text = model_text(
        aux("x", "HYP(3, 4) + HYP(3)"), aux("y", "TOTAL(2)"), aux("z", "TOTAL(TIME)"), stop=3, more=hyp + total
    )
    found = values_of(text, tmp_path)
    assert found["x"] == [10.0] * 4
    assert found["y"] == [2.0, 4.0, 6.0, 8.0]
    assert found["z"] == [0.0, 0.0, 1.0, 3.0]


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        ("3 +", "its definition cannot be read: it ends too early"),
        ("3 + * 2", r"its definition cannot be read at '\* 2'"),
        ("(3", "its definition cannot be read: it ends too early"),
        ("three @ 2", "its definition holds '@', which has no meaning"),
        ("three[1]", "gives subscripts to 'three', which has no dimensions"),
        ("LOOKUP(three, 1)", "calls 'three', which has no graphical function"),
        ("LOOKUPINV(hill, 1)", "neither rises nor falls all the way"),
        ("hill(1, 2)", "calls the table hill with 2 arguments; it takes 1"),
        ("unknown * 2", "refers to 'unknown', which is not defined"),
        ("NOSUCH(2)", "calls the function 'nosuch', which is not defined"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(equation: str, message: str, tmp_path: Path) -> None:
    """File, line, variable and what is wrong."""
    hill = '<aux name="hill"><gf><xpts>0,1,2</xpts><ypts>0,1,0</ypts></gf></aux>'
    with pytest.raises(ModelError, match=rf"m\.xmile:8: variable 'y': .*{message}"):
        read_from(model_text(aux("three", "3"), hill, aux("y", equation)), tmp_path)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('<xscale min="0" max="2"/>', "without points; give them as <ypts>"),
        ("<ypts>1,2</ypts>", "without <xscale min= max=> or <xpts>"),
        ("<xpts>1,2,3</xpts><ypts>1,2</ypts>", "with 3 xpts and 2 ypts"),
        ("<xpts>1,two</xpts><ypts>1,2</ypts>", "with 'two' among its xpts, which is no number"),
    ],
)
def test_a_table_without_sense_is_refused(table: str, message: str, tmp_path: Path) -> None:
    """None of its points is guessed, none left out."""
    with pytest.raises(ModelError, match=message):
        read_from(model_text(aux("y", "TIME", table=f"<gf>{table}</gf>")), tmp_path)


@pytest.mark.parametrize("equation", ["1 < 2 < 3", "IF 1 <= a > 0 THEN 1 ELSE 2", "MAX(1 = a = 0, 2)"])
def test_a_chain_of_comparisons_is_refused(equation: str, tmp_path: Path) -> None:
    """Read from the left, 3 < 2 < 1 would hold."""
    with pytest.raises(ModelError, match=r":7: variable 'y': .* chains comparisons, .* as in 1 < 2 AND 2 < 3"):
        read_from(model_text(aux("a", "1"), aux("y", equation)), tmp_path)
