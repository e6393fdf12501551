"""Arrays of XMILE, against values worked out by hand."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError
from tests.simulation.reader.xmile_models import AGES, REGIONS, aux, flow, model_text, read_from, stock, values_of

DIMENSIONS = REGIONS + AGES
M = aux("m", "1, 2, 3, 4, 5, 6", "Region", "Age")
SQUARE = aux("q", "1, 2, 3; 4, 5, 6; 7, 8, 9", "Age", "Age")
SCALARS = {
    "SUM(m)": 21.0,
    "SUM(m[*, *])": 21.0,
    "SUM(m[*, 2])": 7.0,
    "SUM(m[South, *])": 15.0,
    "SUM(m[South, 2:3])": 11.0,
    "SUM(m[*, *] * w[*])": 1 + 2 + 3 + 40 + 50 + 60,
    "SUM(q[*, *])": 45.0,
    "PROD(w)": 10.0,
    "MEAN(m[North, *])": 2.0,
    "MEAN(m[*, *] * w[*])": 26.0,
    "MAX(m)": 6.0,
    "MIN(m[*, 3], 2.5)": 2.5,
    "MAX(w, 50)": 50.0,
    "SIZE(m)": 6.0,
    "SIZE(m[*, 1])": 2.0,
    "SIZE(Age)": 3.0,
    "STDDEV(m[South, *])": (2 / 3) ** 0.5,
    "m[South, 1]": 4.0,
    "m[2, 3]": 6.0,
    "m[Region.South, 3]": 6.0,
    "Region.South + North": 3.0,
    "m[one, one + 1]": 2.0,
    "m[one + 9, 1]": 0.0,
    "RANK(three values, 2)": 3.0,
}


def test_sums_slices_and_elements(tmp_path: Path) -> None:
    """One model holds them all."""
    scalars = [aux(f"y{i}", equation) for i, equation in enumerate(SCALARS)]
    text = model_text(
        M, SQUARE, aux("w", "1, 10", "Region"), aux("one", "1"), aux("three values", "6, 2, 5", "Age"), *scalars,
        dimensions=DIMENSIONS, stop=1,
    )  # fmt: skip
    found = values_of(text, tmp_path)
    assert {text: found[f"y{i}"][0] for i, text in enumerate(SCALARS)} == pytest.approx(SCALARS)


def test_an_equation_for_all_elements_takes_those_of_the_same_name(tmp_path: Path) -> None:
    """With and without subscripts; a dimension stands for the number of its element."""
    text = model_text(
        M,
        aux("half", "m / 2", "Age", "Region"),
        aux("row", "SUM(m[Region, *])", "Region"),
        aux("first", "m[Region, 1] + m[North, 1]", "Region"),
        aux("number", "Age * 10", "Age"),
        aux("before", "m[North, Age - 1]", "Age"),
        aux("least", "MAX(m, 3.5)", "Region", "Age"),
        aux("middle", "MEAN(m, 4)", "Region", "Age"),
        aux("region", "77"),
        dimensions=DIMENSIONS,
        stop=1,
    )
    found = {name: values[0] for name, values in values_of(text, tmp_path).items()}
    assert [found[f"half[{age},South]"] for age in (1, 2, 3)] == [2.0, 2.5, 3.0]
    assert (found["row[North]"], found["row[South]"]) == (6.0, 15.0)
    assert (found["first[North]"], found["first[South]"]) == (2.0, 5.0)
    assert [found[f"number[{age}]"] for age in (1, 2, 3)] == [10.0, 20.0, 30.0]
    assert [found[f"before[{age}]"] for age in (1, 2, 3)] == [0.0, 1.0, 2.0]
    assert [found[f"middle[South,{age}]"] for age in (1, 2, 3)] == [4.0, 4.5, 5.0]
    assert [found[f"least[North,{age}]"] for age in (1, 2, 3)] == [3.5, 3.5, 3.5]


def test_two_axes_over_one_dimension_are_two(tmp_path: Path) -> None:
    """Not its diagonal."""
    text = model_text(
        SQUARE,
        aux("turned", "q'", "Age", "Age"),
        aux("copy", "q[Age, Age]", "Age", "Age"),
        aux("row", "SUM(q[Age, *])", "Age"),
        aux("column", "SUM(q[*, Age])", "Age"),
        dimensions=DIMENSIONS,
        stop=1,
    )
    found = {name: values[0] for name, values in values_of(text, tmp_path).items()}
    cells = [(i, j) for i in (1, 2, 3) for j in (1, 2, 3)]
    assert [found[f"copy[{i},{j}]"] for i, j in cells] == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert [found[f"turned[{i},{j}]"] for i, j in cells] == [1, 4, 7, 2, 5, 8, 3, 6, 9]
    assert [found[f"row[{i}]"] for i in (1, 2, 3)] == [6, 15, 24]
    assert [found[f"column[{i}]"] for i in (1, 2, 3)] == [12, 15, 18]


def test_stocks_have_an_initial_value_and_flows_for_each_element(tmp_path: Path) -> None:
    """From a list, and by elements; the flows are named without subscripts."""
    text = model_text(
        stock("people", "10, 20", "Region", ins="births", outs="moves"),
        flow("births", "people * 0.1", "Region"),
        '<flow name="moves"><dimensions><dim name="Region"/></dimensions>'
        '<element subscript="North"><eqn>1</eqn></element>'
        '<element subscript="South"><eqn>births</eqn></element></flow>',
        dimensions=DIMENSIONS,
        stop=2,
    )
    found = values_of(text, tmp_path)
    assert found["people[North]"] == pytest.approx([10.0, 10.0, 10.0])
    assert found["people[South]"] == pytest.approx([20.0, 20.0, 20.0])


def test_elements_have_equations_and_tables_of_their_own(tmp_path: Path) -> None:
    """What is not given for an element is what is given for all."""
    own = (
        '<aux name="g"><dimensions><dim name="Age"/></dimensions><eqn>TIME</eqn>'
        "<gf><xpts>0,4</xpts><ypts>0,8</ypts></gf>"
        '<element subscript="1"><eqn>TIME</eqn><gf><xpts>0,4</xpts><ypts>0,40</ypts></gf></element>'
        '<element subscript="2"><eqn>TIME / 2</eqn></element></aux>'
    )
    text = model_text(
        own, aux("at one", "LOOKUP(g[1], 1)"), aux("at two", "LOOKUP(g, 2)", "Age"), dimensions=DIMENSIONS
    )
    found = values_of(text, tmp_path)
    assert found["g[1]"] == [0.0, 10.0, 20.0, 30.0, 40.0]
    assert found["g[2]"] == [0.0, 1.0, 2.0, 3.0, 4.0]
    assert found["g[3]"] == [0.0, 2.0, 4.0, 6.0, 8.0]
    assert found["at one"][0] == 10.0
    assert [found[f"at two[{age}]"][0] for age in (1, 2, 3)] == [20.0, 4.0, 4.0]


def test_one_equation_goes_through_the_table_of_each_element(tmp_path: Path) -> None:
    """The elements have tables and nothing else."""
    tables = "".join(
        f'<element subscript="{name}"><gf><xpts>0,4</xpts><ypts>0,{most}</ypts></gf></element>'
        for name, most in (("North", 40), ("South", 8))
    )
    own = f'<aux name="g"><dimensions><dim name="Region"/></dimensions><eqn>TIME / 2</eqn>{tables}</aux>'
    found = values_of(model_text(own, aux("twice", "2 * g", "Region"), dimensions=DIMENSIONS), tmp_path)
    assert found["g[North]"] == [0.0, 5.0, 10.0, 15.0, 20.0]
    assert found["twice[South]"] == [0.0, 2.0, 4.0, 6.0, 8.0]


def test_an_element_is_a_number_where_all_its_dimensions_agree(tmp_path: Path) -> None:
    """Of two orders of the same elements no one is taken; the name of the dimension says which is meant."""
    orders = '<dim name="A"><elem name="x"/><elem name="y"/></dim><dim name="B"><elem name="y"/><elem name="x"/></dim>'
    found = values_of(model_text(aux("n", "10 * A.y + B.y"), dimensions=orders, stop=1), tmp_path)
    assert found["n"] == [21.0, 21.0]
    with pytest.raises(ModelError, match="'y' as a number, which is another in each of its dimensions"):
        read_from(model_text(aux("n", "y"), dimensions=orders), tmp_path)


def test_a_dimension_may_be_called_like_one_of_its_elements(tmp_path: Path) -> None:
    """Case does not tell them apart, and no range holds itself."""
    dimension = '<dim name="Gas"><elem name="gas"/><elem name="oil"/></dim>'
    text = model_text(
        aux("a", "1, 2", "Gas"), aux("b", "a[Gas] * 2", "Gas"), aux("c", "SUM(a)"), dimensions=dimension, stop=1
    )
    found = {name: values[0] for name, values in values_of(text, tmp_path).items()}
    assert found == {"a[gas]": 1.0, "a[oil]": 2.0, "b[gas]": 2.0, "b[oil]": 4.0, "c": 3.0}


@pytest.mark.parametrize(
    ("variable", "message"),
    [
        (aux("y", "m"), r"uses the array m\[Region, Age\] without saying which Region"),
        (aux("y", "m[North]"), "gives 1 subscripts to 'm', which has 2 dimensions"),
        (aux("y", "m[North, *]"), r"uses \[\*\] over 'Age' outside SUM"),
        (aux("y", "m[Region, 1]"), "uses the subscript 'Region', but is not an array over it"),
        (aux("y", "1, 2, 3", "Region"), "lists 3 values for 2 elements"),
        (
            '<aux name="y"><dimensions><dim name="Age"/></dimensions><element subscript="\u00b2"/></aux>',
            "which is no element of Age",
        ),
        (aux("y", "1", "Nowhere"), "has the dimension 'Nowhere', which is not defined"),
        (
            '<aux name="y"><dimensions><dim name="Region"/></dimensions>'
            '<element subscript="West"><eqn>1</eqn></element></aux>',
            r"has an equation for \[West\], which is no element of Region",
        ),
    ],
)
def test_an_array_without_sense_is_refused(variable: str, message: str, tmp_path: Path) -> None:
    """No element is guessed."""
    with pytest.raises(ModelError, match=message):
        read_from(model_text(M, variable, dimensions=DIMENSIONS), tmp_path)
