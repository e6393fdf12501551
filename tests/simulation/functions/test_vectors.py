"""Functions of arrays, against the vendor's own examples and tables worked by hand."""

from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.errors import ModelError
from tests.simulation.functions.models import BOTH, aux, vensim, xmile

NA = -(2.0**109)
"""Vensim's :NA:."""


def elements(path: Path, name: str, backend: str) -> list[float]:
    """List the elements of a variable at the initial time."""
    model = rcsd.load(path)
    assert model.ir.untaken == ()
    names = [each for each in model.simulator(backend).variables if each.partition("[")[0] == name]
    run = model.simulator(backend).run(outputs=names, times=[0.0])
    return [float(run.of(each)[0, 0]) for each in names]


@pytest.mark.parametrize("backend", BOTH)
def test_elements_are_picked_by_their_number(backend: str, tmp_path: Path) -> None:
    """The manual: an offset from the element named, the last subscript fastest; outside it is not available."""
    equations = """
        row: r1, r2, r3
        column: c1, c2
        shelf: one, two, three, four
        number[r2] = 20
        number[r1] = 10
        number[r3] = 30
        back[row] = 2, 1, 0
        mirrored[row] = VECTOR ELM MAP(number[r1], back[row])
        beyond[row] = VECTOR ELM MAP(number[row], back[row] - 1)
        m[row, column] = 1, 2; 3, 4; 5, 6;
        ahead[shelf] = 0, 2, 4, 6
        flat[shelf] = VECTOR ELM MAP(m[r1, c2], ahead[shelf])
        along[row, column] = VECTOR ELM MAP(m[row, c1], back[row])
    """
    path = vensim(tmp_path, equations)
    assert elements(path, "mirrored", backend) == [30, 20, 10]
    assert elements(path, "beyond", backend) == [20, 20, 20]
    assert elements(path, "flat", backend) == [2, 4, 6, NA]
    assert elements(path, "along", backend) == [3, 3, 4, 4, 5, 5]


@pytest.mark.parametrize("backend", BOTH)
def test_arrays_are_sorted_and_ranked(backend: str, tmp_path: Path) -> None:
    """The manual's revenues 5000, 3000, 8000 have ranks 2, 1, 3; orders count from 0, up for a positive direction."""
    equations = """
        company: c1, c2, c3
        side: left, right
        revenue[company] = 5000, 3000, 8000
        ranks[company] = VECTOR RANK(revenue[company], 1)
        falling[company] = VECTOR RANK(revenue[company], 0)
        up[company] = VECTOR SORT ORDER(revenue[company], 1)
        down[company] = VECTOR SORT ORDER(revenue[company], -1)
        sorted[company] = VECTOR REORDER(revenue[company], up[company])
        m[side, company] = 3, 1, 2; 5, 5, 4;
        rows[side, company] = VECTOR SORT ORDER(m[side, company], 1)
    """
    path = vensim(tmp_path, equations)
    assert elements(path, "ranks", backend) == [2, 1, 3]
    assert elements(path, "falling", backend) == [2, 3, 1]
    assert elements(path, "up", backend) == [1, 0, 2]
    assert elements(path, "down", backend) == [2, 0, 1]
    assert elements(path, "sorted", backend) == [3000, 5000, 8000]
    assert elements(path, "rows", backend) == [1, 2, 0, 2, 0, 1]


@pytest.mark.parametrize("backend", BOTH)
def test_selections_are_summed_up_as_their_action_says(backend: str, tmp_path: Path) -> None:
    """Weights 2, 0, 3 on the values 4, 100, 1/2, worked by hand for each of the manual's eleven actions."""
    actions = "\n".join(f"a{i} = VECTOR SELECT(w[d!], x[d!], -1, {i}, 0)" for i in range(11))
    equations = f"""
        d: p, q, r
        w[d] = 2, 0, 3
        x[d] = 4, 100, 0.5
        none[d] = 0, 0, 0
        {actions}
        missing = VECTOR SELECT(none[d!], x[d!], -1, 0, 0)
        empty = VECTOR SELECT(none[d!], x[d!], -1, 0, 1)
        many = VECTOR SELECT(w[d!], x[d!], -1, 0, 2)
    """
    path = vensim(tmp_path, equations)
    found = [elements(path, f"a{i}", backend)[0] for i in range(11)]
    expected = [9.5, 12, 1.5, 8, 4.75, 16 * 3**0.5, 4.5, 2, 0.5, 4, 2.25]
    np.testing.assert_allclose(found, expected, rtol=1e-14)
    assert elements(path, "missing", backend) == [-1]
    assert np.isnan(elements(path, "empty", backend) + elements(path, "many", backend)).all()


@pytest.mark.parametrize("backend", BOTH)
def test_a_matrix_times_its_inverse_is_one(backend: str, tmp_path: Path) -> None:
    """Also one whose first pivot is zero; a singular matrix has no inverse."""
    equations = """
        i: i1, i2, i3
        j: j1, j2, j3
        k: k1, k2, k3
        m[i, j] = 0, 2, 1; 3, -1, 4; 5, 6, 7;
        n[j, k] = INVERT MATRIX(m[j, k], 3)
        unit[i, k] = SUM(m[i, j!] * n[j!, k])
        s[i, j] = 1, 2, 3; 2, 4, 6; 1, 1, 1;
        t[i, j] = INVERT MATRIX(s[i, j], 3)
    """.replace("INVERT MATRIX(m[j, k], 3)", "INVERT MATRIX(square[j, k], 3)").replace(
        "n[j, k] =", "square[j, k] = 0, 2, 1; 3, -1, 4; 5, 6, 7;\nn[j, k] ="
    )
    path = vensim(tmp_path, equations)
    np.testing.assert_allclose(elements(path, "unit", backend), np.eye(3).reshape(-1), atol=1e-14)
    assert np.isnan(elements(path, "t", backend)).all()


@pytest.mark.parametrize("backend", BOTH)
def test_a_supply_is_shared_out_by_priority(backend: str, tmp_path: Path) -> None:
    """Worked by hand: where priorities differ by the width or more the first is served first, else they overlap.

    Requests 3, 2, 4 with priorities 1, 2, 3. Width 1: Fresno, then Dayton, then Boston. Width 2: as the price falls
    from 4, Fresno gets 2 a unit of price, Dayton from 3 on 1, Boston from 2 on 1.5; at 2.5 that is 3 + 0.5.
    """
    equations = """
        branch: Boston, Dayton, Fresno
        demand[branch] = 3, 2, 4
        priority[branch] = 1, 2, 3
        supply = 3.5
        narrow[branch] = ALLOCATE BY PRIORITY(demand[branch], priority[branch], ELMCOUNT(branch), 1, 5)
        wide[branch] = ALLOCATE BY PRIORITY(demand[branch], priority[branch], ELMCOUNT(branch), 2, supply)
        plenty[branch] = ALLOCATE BY PRIORITY(demand[branch], priority[branch], 3, 2, 100)
        nothing[branch] = ALLOCATE BY PRIORITY(demand[branch], priority[branch], 3, 2, 0)
    """
    path = vensim(tmp_path, equations)
    np.testing.assert_allclose(elements(path, "narrow", backend), [0, 1, 4], atol=1e-12)
    np.testing.assert_allclose(elements(path, "wide", backend), [0, 0.5, 3], atol=1e-12)
    assert elements(path, "plenty", backend) == [3, 2, 4]
    assert elements(path, "nothing", backend) == [0, 0, 0]


@pytest.mark.parametrize("backend", BOTH)
@pytest.mark.parametrize(
    ("curve", "expected"),
    [
        (0, [40.0, 60.0]),  # in proportion
        (1, [75.0, 25.0]),  # 100 - 50 p and 100 - 50 (p - 1) falling lines, cut at 100 and 0: they add up to 100 at 1.5
        (2, [87.5, 12.5]),  # the integral of a triangle: 1 - x^2 / 2 for the one, x^2 / 2 for the other, with x = 1/2
        (3, [69.146246, 30.853754]),  # the normal distribution at half a deviation
        (4, [69.673467, 30.326533]),  # 1 - exp(-1/2) / 2
    ],
)
def test_profiles_of_priority(curve: int, expected: list[float], backend: str, tmp_path: Path) -> None:
    """Two equal requests (or 200 and 300 in proportion) one priority apart: the price lies halfway between."""
    requests = "200, 300" if curve == 0 else "100, 100"
    width = 2 if curve in (1, 2) else 1
    equations = f"""
        who: us, them
        profile: ptype, ppriority, pwidth, pextra
        demand[who] = {requests}
        pp[who, ptype] = {curve}
        pp[who, ppriority] = 2, 1
        pp[who, pwidth] = {width}
        pp[who, pextra] = 0
        got[who] = ALLOCATE AVAILABLE(demand[who], pp[who, ptype], 100)
    """
    np.testing.assert_allclose(elements(vensim(tmp_path, equations), "got", backend), expected, rtol=1e-8)


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        ("y = VECTOR ELM MAP(Time, 1)", "VECTOR ELM MAP needs an element of a variable"),
        ("y = VECTOR SELECT(x[d], x[d], 0, 0, 0)", "VECTOR SELECT needs a subscript marked with '!'"),
        ("y[d] = VECTOR RANK(Time, 1)", "VECTOR RANK needs an array"),
        ("y[d] = INVERT MATRIX(x[d], 2)", "INVERT MATRIX needs a matrix"),
        ("y[d] = ALLOCATE BY PRIORITY(x[d], x[d], 3, 1, 1)", "among 2 requests, but its size is 3"),
    ],
)
def test_what_is_no_array_of_the_kind_is_refused(equation: str, message: str, tmp_path: Path) -> None:
    """With the function and what it needs."""
    path = vensim(tmp_path, f"d: p, q\nx[d] = 1, 2\n{equation}")
    with pytest.raises(ModelError, match=message):
        rcsd.load(path).simulator("interpreted")


@pytest.mark.parametrize("backend", BOTH)
def test_an_array_is_read_as_a_table(backend: str, tmp_path: Path) -> None:
    """Heights 1, 2, 4 at 10, 20, 30: every mode of the manual inside and, where it says so, beyond."""
    cases = {
        (15, 0): 1.5,
        (99, 0): 4,
        (20, 1): 15,
        (40, 1): 85,
        (0, 1): -10,
        (29, 2): 2,
        (35, 3): 5,
        (5, 3): 0.5,
        (21, 4): 4,
        (1.5, 5): 15,
        (9, 5): 30,
        (25, 6): 0.2,
        (20, 6): 0.15,
        (31, 6): 0,
        (35, 7): 45 + 22.5,
        (5, 7): -3.75,
        (5, 8): 35,
        (0.5, 8): 5,
        (31, 9): 0.2,
    }
    reads = "\n".join(f"y{i} = VECTOR LOOKUP(h[p], {x}, 10, 30, {mode})" for i, (x, mode) in enumerate(cases))
    path = vensim(tmp_path, f"d: p, q, r\nh[d] = 1, 2, 4\n{reads}")
    found = [elements(path, f"y{i}", backend)[0] for i, _ in enumerate(cases)]
    np.testing.assert_allclose(found, list(cases.values()), rtol=1e-14, err_msg=str(list(cases)))


@pytest.mark.parametrize("backend", BOTH)
def test_arrays_of_xmile(backend: str, tmp_path: Path) -> None:
    """Stella's example: of 6, 2, 8, 5 the second smallest is the fourth; mean 21 / 4, square deviation 75 / 16."""
    values = "".join(
        f'<element subscript="{e}"><eqn>{v}</eqn></element>' for e, v in zip("pqrs", (6, 2, 8, 5), strict=True)
    )
    path = xmile(
        tmp_path,
        f'<aux name="v"><dimensions><dim name="d"/></dimensions>{values}</aux>'
        + aux(
            middle="MEAN(v[*])",
            all="MEAN(v)",
            deviation="STDDEV(v[*])",
            number="SIZE(v[*])",
            second="RANK(v[*], 2)",
        )
        + aux(some="MEAN(v[p], v[q], 4)", total="SUM(v[*])", product="PROD(v[*])"),
    )
    names = "".join(f'<elem name="{e}"/>' for e in "pqrs")
    dimensions = f'<dimensions><dim name="d">{names}</dim></dimensions><model>'
    text = path.read_text("utf-8").replace("<model>", dimensions)
    path.write_text(text, "utf-8")
    expected = {"middle": 5.25, "all": 5.25, "deviation": (75 / 16) ** 0.5, "number": 4, "second": 4, "some": 4}
    expected |= {"total": 21, "product": 480}
    for name, value in expected.items():
        assert elements(path, name, backend) == [pytest.approx(value, rel=1e-14)], name


@pytest.mark.parametrize("backend", BOTH)
def test_an_array_may_be_long(backend: str, tmp_path: Path) -> None:
    """A hundred elements, put in order by their numbers; NumPy chooses among 64 at most."""
    equations = """
        row: (r1-r100)
        x[row] = 50 - ABS(row - 30.25)
        order[row] = VECTOR SORT ORDER(x[row], 1)
        picked[row] = VECTOR ELM MAP(x[r1], order[row])
        moved[row] = VECTOR REORDER(x[row], order[row])
    """
    path = vensim(tmp_path, equations)
    expected = sorted(50 - abs(i - 30.25) for i in range(1, 101))
    assert elements(path, "picked", backend) == expected
    assert elements(path, "moved", backend) == expected


@pytest.mark.parametrize("backend", BOTH)
def test_what_is_worked_out_from_no_number_is_none(backend: str, tmp_path: Path) -> None:
    """Whatever the mode or action: no place is taken for one of the table, no element left out, no series goes on."""
    tables = "".join(f"t{mode} = VECTOR LOOKUP(x[r1], none, 0, 3, {mode})\n" for mode in range(10))
    sums = "".join(f"s{action} = VECTOR SELECT(2 + 0 * x[row!], y[row!], -1, {action}, 0)\n" for action in range(11))
    draws = "d1 = RANDOM GAMMA(0, 9, none, 0, 1, 1)\nd2 = RANDOM BETA(0, 1, none, 2, 0, 1, 1)\n"
    draws += "d3 = RANDOM POISSON(0, 9, none, 0, 1, 1)\nd4 = RANDOM BINOMIAL(0, 9, none, 9, 0, 1, 1)\n"
    arrays = "row: (r1-r4)\nx[row] = 1, 2, 4, 8\nnone = SQRT(-1)\ny[row] = IF THEN ELSE(row = 2, none, x[row])\n"
    path = vensim(tmp_path, f"{arrays}{tables}{sums}{draws}", stop=1)
    names = [f"t{i}" for i in range(10)] + [f"s{i}" for i in range(11)] + [f"d{i}" for i in range(1, 5)]
    found = rcsd.load(path).simulator(backend).run(outputs=names)
    assert [name for name in names if not np.isnan(found.of(name)).all()] == []
