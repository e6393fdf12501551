"""Subscripts of Vensim: sums, mappings, exceptions, places as numbers; every number is worked out by hand."""

from pathlib import Path

import pytest

from rcsd.errors import ModelError
from rcsd.simulation.loading import load
from rcsd.simulation.reader import read
from tests.simulation.reader.vensim.small import row, values, written

GRID = "Land: p, q ~~|\nOther: Land ~~|\nSame <-> Land ~~|\ng[Land,Other] = 1,2;30,40; ~~|\n"


@pytest.mark.parametrize(
    ("equation", "expected"),
    [
        ("y[Land] = SUM(g[Land,Land!])", [3, 70]),
        ("y[Land] = SUM(g[Land!,Land])", [31, 42]),
        ("y[Land] = SUM(g[Land,Other!])", [3, 70]),
        ("y[Other] = SUM(g[Land!,Other])", [31, 42]),
        ("y[Same] = SUM(g[Same,Land!])", [3, 70]),
        ("y[Land] = VMAX(g[Land,Land!])", [2, 40]),
        ("y[Land] = VMIN(g[Land!,Land])", [1, 2]),
        ("y[Land] = PROD(g[Land,Land!])", [2, 1200]),
        ("y[Land] = SUM(g[Land,Land!] * g[Land!,Land])", [1 + 60, 60 + 1600]),
        ("y[Land] = SUM(SUM(g[Land,Land!]) * g[Land!,Land])", [3 * 31, 70 * 42]),
        ("y[Land] = SUM(g[Land,Land!]) / SUM(g[Land!,Other!])", [3 / 73, 70 / 73]),
        ("y[Land] = SUM(g[land,LAND!] + g[Land , Land !])", [6, 140]),
        ("y[Land,Other] = g[Other,Land]", [1, 30, 2, 40]),
        ("y[Land] = SUM(g[Land!,Land!])", [41, 41]),
    ],
)
def test_a_marked_subscript_is_an_index_of_its_own(tmp_path: Path, equation: str, expected: list[float]) -> None:
    """Whatever stands on the left-hand side, on either side of the array, in every reducer, under an alias."""
    assert row(values(tmp_path, f"{GRID}{equation} ~~|"), "y") == pytest.approx(expected)


def test_a_reduction_within_a_reduction_has_its_own_marks(tmp_path: Path) -> None:
    """The inner sum, 12, is counted once per term of the outer one, not once per pair."""
    y = values(
        tmp_path, "A: a1, a2 ~~|\nB: b1, b2, b3 ~~|\nx[A] = 1,2 ~~|\nz[B] = 3,4,5 ~~|\ny = SUM(x[A!]*SUM(z[B!])) ~~|"
    )
    assert y["y"][0] == (1 + 2) * 12


def test_a_subscript_that_is_marked_is_none_of_the_left_hand_side(tmp_path: Path) -> None:
    """Without its mark it would have to stand there, as in Vensim."""
    with pytest.raises(ModelError, match="variable 'y': the subscript 'Land' is not on the left-hand side"):
        values(tmp_path, f"{GRID}y = SUM(g[Land!,Land]) ~~|")


MAPPED = "A: a1, a2, a3 ~~|\nx[A] = 1,2,3 ~~|\n"


@pytest.mark.parametrize(
    ("ranges", "equation", "expected"),
    [
        ("B: b1, b2, b3 -> A ~~|\nv[B] = 10,20,30 ~~|", "y[A] = v[B] + x[A]", [11, 22, 33]),
        ("B: b1, b2, b3 -> (A: a3, a1, a2) ~~|\nv[B] = 10,20,30 ~~|", "y[A] = v[B]", [20, 30, 10]),
        ("B: b1, b2, b3 -> (A: a3, a1, a2) ~~|", "y[B] = x[A]", [3, 1, 2]),
        ("B: b1, b2 -> (A: L, a3) ~~|\nL: a1, a2 ~~|\nv[B] = 10,20 ~~|", "y[A] = v[B]", [10, 10, 20]),
        ("B: b1, b2 -> (A: L, a3) ~~|\nL: a1, a2 ~~|\nv[B] = 10,20 ~~|", "y[L] = v[B] * x[L]", [10, 20]),
        ("C: c1, c2 -> (A: a2, a3) ~~|\nv[C] = 5,6 ~~|\nL: a2, a3 ~~|", "y[L] = v[C] + x[L]", [7, 9]),
        ("M: N, m3 -> A ~~|\nN: m1, m2 ~~|\nv[M] = 7,8,9 ~~|", "y[A] = v[M]", [7, 8, 9]),
        ("B: (b1-b3) -> A, (D: d2, d3, d1) ~~|\nD: d1, d2, d3 ~~|\nv[B] = 7,8,9 ~~|", "y[D] = v[B]", [9, 7, 8]),
        ("B: b1, b2, b3 -> A ~~|\nw[A,B] = 1,2,3;4,5,6;7,8,9; ~~|", "y[A] = SUM(w[A,B!])", [6, 15, 24]),
        ("F: a1, a2 -> (G: a2, a3) ~~|\nG: a2, a3 ~~|", "y[G] = x[F]", [1, 2]),
        ("B: b1, b2, b3 -> A ~~|", "y[A] = B * 10", [10, 20, 30]),
    ],
    ids=["in order", "reordered", "the other way", "to parts", "through the whole", "to some", "of parts", "to several",
         "with a mark", "within a family", "as a number"],
)  # fmt: skip
def test_mappings(tmp_path: Path, ranges: str, equation: str, expected: list[float]) -> None:
    """A mapping says which element of the right-hand side's range belongs to one of the left-hand side's."""
    assert row(values(tmp_path, f"{MAPPED}{ranges}\n{equation} ~~|"), "y") == expected


@pytest.mark.parametrize(
    ("equations", "message"),
    [
        ("A: a1, a2 -> (B: b1) ~~|\nB: b1, b2 ~~|", "mapped to 1 of 'B'; give one for each"),
        ("A: a1, a2 -> (B: b1, c9) ~~|\nB: b1, b2 ~~|", "mapped to 'c9', which is no part of 'B'"),
        ("A: a1, a2 -> Q ~~|", "mapped to 'Q', which is no subscript range"),
        ("A: A, a2 ~~|", "'a' is made of itself"),
        ("A: B, a2 ~~|\nB: A ~~|", "is made of itself"),
        ("A <-> B ~~|\nB <-> C ~~|\nC <-> A ~~|", "equal to nothing but itself"),
        ("A <-> Z ~~|", "equal 'Z', which is no subscript range"),
        ("A: (a3-a1) ~~|", "cannot count from 'a3' to 'a1'"),
        ("A: (a1-b9) ~~|", "cannot count from 'a1' to 'b9'"),
        ("A: a1, , a2 ~~|", "an empty place"),
        ("A: a1 ~~|\nv[Nowhere] = 1 ~~|", "'Nowhere', which is neither a range nor an element"),
        ("A: alpha ~~|\nw[A] = 1 ~~|\nv = w[alhpa] ~~|", "'alhpa', which is neither .* did you mean 'alpha'"),
        ("A: a1, a2 ~~|\nv[A] = 1,2,3 ~~|", "gives 3 numbers for 2 elements"),
        ("A: a1, a2 ~~|\nv[A] = 1 ~~|\nv[a2] = 2 ~~|", r"v\[a2\] is defined twice, in lines 3 and 4"),
        (
            "A: a1, a2 ~~|\nB: A ~~|\nC: A ~~|\ng[A,B] = 1 ~~|\nv[A,B] = g[C,A] ~~|",
            "may mean a1 or a2|may mean a2 or a1",
        ),
        ("A: a1, a2 ~~|\nB: a1 ~~|\ng[A] = 1 ~~|\nv[A] = g[B] ~~|", "does not have every element of 'a'"),
    ],
)
def test_what_makes_no_sense_is_one_message(tmp_path: Path, equations: str, message: str) -> None:
    """With a line, and never an endless loop."""
    with pytest.raises(ModelError, match=message) as caught:
        load(written(tmp_path, f"{equations}\ny = 1 ~~|")).simulator("interpreted")
    assert caught.value.line is not None


def test_exceptions_of_every_form(tmp_path: Path) -> None:
    """An element, a range, one list after the other, a range by its alias."""
    y = values(
        tmp_path,
        "A: a1, a2, a3 ~~|\nS: a2, a3 ~~|\nB: b1, b2 ~~|\nBs <-> B ~~|\n"
        "k[A,B] :EXCEPT: [a1,B], [a3,b2] = 1 ~~|\nk[a1,Bs] = 2 ~~|\nk[a3,b2] = 3 ~~|\n"
        "l[A] :except: [S] = 4 ~~|\nl[S] :EXCEPT: [a3] = 5 ~~|\nl[a3] = 6 ~~|\n"
        "m = SUM(k[A!,B!]) ~~|\n",
    )  # fmt: skip
    assert {name: numbers[0] for name, numbers in y.items() if name.startswith(("k", "l", "m"))} == {
        "k[a2,b1]": 1, "k[a2,b2]": 1, "k[a3,b1]": 1, "k[a1,b1]": 2, "k[a1,b2]": 2, "k[a3,b2]": 3,
        "l[a1]": 4, "l[a2]": 5, "l[a3]": 6, "m": 10,
    }  # fmt: skip


def test_series_of_elements_and_their_places(tmp_path: Path) -> None:
    """(s08-s11) keeps its zeros; a range stands for the place of its element, marked or not."""
    y = values(
        tmp_path,
        "S: first, (s08-s11), last ~~|\nn[S] = S ~~|\nx[S] = 1,2,4,8,16,32 ~~|\n"
        "one = x[s10] ~~|\nd[S] = IF THEN ELSE(S = s09, 1, 0) ~~|\nt = SUM(IF THEN ELSE(S! > 4, x[S!], 0)) ~~|",
    )
    assert row(y, "n") == [1, 2, 3, 4, 5, 6]
    assert row(y, "d") == [0, 0, 1, 0, 0, 0]
    assert (y["one"][0], y["t"][0]) == (8, 48)


def test_lists_of_numbers_fill_arrays_row_by_row(tmp_path: Path) -> None:
    """With tabs, with commas, and a list for each page of three axes."""
    y = values(
        tmp_path,
        "A: a1, a2 ~~|\nB: b1, b2, b3 ~~|\n"
        "t[A,B] = TABBED ARRAY(\n1\t2\t3\n-4\t.5\t6e1) ~~|\nc[A,B] = 1, 2, 3; -4, .5, 6e1; ~~|\n"
        "p[A,B,a1] = 1,2,3;4,5,6; ~~|\np[A,B,a2] = 7,8,9;:NA:,11,12; ~~|\nz = p[a2,b3,a2] - p[a1,b1,a1] ~~|",
    )  # fmt: skip
    assert row(y, "t") == row(y, "c") == [1, 2, 3, -4, 0.5, 60]
    assert y["z"][0] == 11
    with pytest.raises(ModelError, match=r"variable 'c': .*rows have"):
        read(written(tmp_path, "A: a1, a2 ~~|\nc[A,A] = 1,2;3 ~~|"))


@pytest.mark.slow
def test_the_kernels_resolve_subscripts_alike(tmp_path: Path) -> None:
    """One model with a bit of everything, on both engines."""
    text = f"{GRID}{MAPPED}B: b1, b2 -> (A: L, a3) ~~|\nL: a1, a2 ~~|\nv[B] = 10,20 ~~|\ny[A] = v[B] * x[A] ~~|\n"
    text += "r[Land] = SUM(g[Land,Land!]) + Land ~~|\ns[A] = INTEG(x[A] - s[A]/2, v[B]) ~~|"
    assert values(tmp_path, text, backend="compiled") == values(tmp_path, text)


@pytest.mark.parametrize(
    ("argument", "what"), [("Time", "'time', which is"), ("v", "'v', which is"), ("p", "'p', which is"),
                           ("7", "what is"), ("v[p]", "what is"), ("Land + 1", "what is")],
)  # fmt: skip
def test_elements_are_counted_of_ranges_only(tmp_path: Path, argument: str, what: str) -> None:
    """PySD would count one; it is a fault of the model for every backend."""
    text = f"Land: p, q ~~|\nv[Land] = 1,2 ~~|\nn = ELMCOUNT({argument}) ~~|"
    with pytest.raises(ModelError, match=f":4: variable 'n': calls ELMCOUNT of {what} no subscript range; give it"):
        load(written(tmp_path, text))


@pytest.mark.parametrize(
    "equation",
    [
        "y = ALLOCATE BY PRIORITY(v[Land], v[Land], 2, 1, 4)",
        "y[p] = ALLOCATE BY PRIORITY(v[Land], v[Land], 2, 1, 4)",
        "y[Wide] = ALLOCATE BY PRIORITY(v[Land], v[Land], 2, 1, 4)",
        "y = 1 + ALLOCATE AVAILABLE(v[Land], g[Land,p], 4)",
        "y = VECTOR SORT ORDER(v[Land], 1)",
        "y = VECTOR RANK(v[Land!], 1)",
        "y[Land] = INVERT MATRIX(g[Land,Other], 2)",
    ],
)
def test_the_left_hand_side_says_which_element_of_an_array_function_is_meant(tmp_path: Path, equation: str) -> None:
    """PySD, and a loop over elements, would silently give the first."""
    text = "Land: p, q ~~|\nOther: c, d ~~|\nWide: p, q, r ~~|\nv[Land] = 3,1 ~~|\ng[Land,Land] = 1,2;3,4; ~~|\n"
    with pytest.raises(ModelError, match=r":7: variable 'y': calls [A-Z ]+ over the subscript '\w+', which is not on"):
        load(written(tmp_path, f"{text}{equation} ~~|"))


def test_a_part_of_a_range_or_an_element_says_which_one_is_meant(tmp_path: Path) -> None:
    """Of 4, the request of 1 with the higher priority is served whole, then 3 are left for the other."""
    text = "All: p, q ~~|\nPart: q ~~|\nr[All] = 9,1 ~~|\nw[All] = 1,5 ~~|\n"
    call = "ALLOCATE BY PRIORITY(r[All], w[All], 2, 1, 4)"
    found = values(tmp_path, f"{text}y[Part] = {call} ~~|\nz = ALLOCATE BY PRIORITY(r[p], w[p], 2, 1, 4) ~~|")
    assert [*row(found, "y"), found["z"][0]] == pytest.approx([1, 3])
