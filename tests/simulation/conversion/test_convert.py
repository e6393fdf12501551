"""What `convert` writes, keeps and refuses, on models small enough to be checked by eye."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import rcsd
from rcsd.errors import ModelError, OutputError
from rcsd.simulation.conversion import convert
from rcsd.simulation.reader.script.extras import extras_of
from tests.simulation.conversion.trips import trips

CONTROLS = """
INITIAL TIME = 0 ~ Year ~|
FINAL TIME = 8 ~ Year ~|
TIME STEP = 0.25 ~ Year ~|
SAVEPER = 0.5 ~ Year ~|
"""
XMILE = """<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>none</vendor><product>none</product></header>
<sim_specs method="{method}" time_units="Year"><start>0</start><stop>8</stop><dt>0.25</dt></sim_specs>{more}
<model><variables>{variables}</variables></model></xmile>"""


def vensim(folder: Path, equations: str, settings: str = "") -> Path:
    """Write a Vensim file."""
    path = folder / "m.mdl"
    path.write_text("{UTF-8}\n" + equations + CONTROLS + settings, encoding="utf-8")
    return path


def xmile(folder: Path, variables: str, *, more: str = "", method: str = "Euler") -> Path:
    """Write an XMILE file."""
    path = folder / "m.xmile"
    path.write_text(XMILE.format(variables=variables, more=more, method=method), encoding="utf-8")
    return path


def converted(path: Path, suffix: str = "") -> str:
    """Convert a file and return what was written."""
    target = path.parent / "out" / f"m{suffix or ('.xmile' if path.suffix == '.mdl' else '.mdl')}"
    convert(path, target)
    return target.read_text(encoding="utf-8")


def flat(text: str) -> str:
    """Return a text without line breaks and indents."""
    return "".join(line.strip() for line in text.splitlines())


def test_a_rate_becomes_named_flows(tmp_path: Path) -> None:
    """Names in a rate are flows; what else stands there is one flow more; each flow enters one stock."""
    path = vensim(
        tmp_path,
        "Stock = INTEG(inflow - outflow - 0.1*Stock, 5) ~ t ~ A stock. ~|\nOther = INTEG(outflow + inflow, 0) ~ t ~|\n"
        "inflow = 3 ~ t/Year ~|\noutflow = 0.5*Stock ~ t/Year ~|\n",
    )
    text = flat(converted(path))
    assert (
        '<stock name="Stock"><doc>A stock.</doc><eqn>5</eqn><inflow>inflow</inflow><inflow>Stock_net_flow</inflow>'
        "<outflow>outflow</outflow><units>t</units></stock>"
    ) in text
    assert '<flow name="Stock net flow"><eqn>-0.1*Stock</eqn><units>t/Year</units></flow>' in text
    # `inflow` enters Stock already, and a flow enters one stock
    assert "<inflow>outflow</inflow><inflow>Other_net_flow</inflow>" in text
    assert '<flow name="Other net flow"><eqn>inflow</eqn>' in text


def test_tests_inputs_come_back_as_they_were(tmp_path: Path) -> None:
    """What XMILE has no function for is written out, and recognised on the way back."""
    equations = (
        "once = PULSE(2, 1) ~~|\nagain = PULSE TRAIN(1, 0.5, 2, 7) ~~|\nwhole = INTEGER(3 - Time) ~~|\n"
        "rest = MODULO(Time - 4, 3) ~~|\nclock = MODULO(Time, 3) ~~|\nsafe = ZIDZ(1, Time - 4) ~~|\n"
        "other = XIDZ(1, Time - 4, 7) ~~|\nkept = SAMPLE IF TRUE(Time < 3, Time, 9) ~~|\nlog two = LOG(8, 2) ~~|\n"
    )
    first, second = trips(vensim(tmp_path, equations), tmp_path, 2)
    text = first.read_text(encoding="utf-8")
    assert "<eqn>IF TIME + DT/2 &gt; 2 AND TIME + DT/2 &lt; 2 + 1 THEN 1 ELSE 0</eqn>" in text
    assert "<eqn>TIME mod 3</eqn>" in text
    assert "PREVIOUS(SELF, 9)" in text
    back = flat(second.read_text(encoding="utf-8"))
    for line in equations.splitlines():
        head = line.partition(" ~")[0].replace(" = ", "=")
        assert head.replace("LOG(8, 2)", "LN(8)/LN(2)") in back, head


def test_a_sample_may_hold_its_own_last_value(tmp_path: Path) -> None:
    """Vensim lets SAMPLE IF TRUE name its own variable: the least so far of 4 - t below t = 4."""
    first, second = trips(
        vensim(tmp_path, "least = SAMPLE IF TRUE(4 - Time < least, MAX(4 - Time, 1), 10) ~~|\n"), tmp_path, 2
    )
    for path in (first, second):
        run = rcsd.load(path).run(outputs=["least"])
        expected = np.minimum.accumulate(np.maximum(4 - run.times, 1))
        # once below, 4 - t goes on falling and the sample is 1 from then on
        assert run.values[0, :, 0] == pytest.approx(expected)
    assert "SAMPLE IF TRUE(4 - Time < least, MAX(4 - Time, 1), 10)" in second.read_text(encoding="utf-8")


def test_arrays_keep_their_elements(tmp_path: Path) -> None:
    """Mappings, subranges and exceptions are written out for each element; sums over whole ranges have stars."""
    equations = (
        "a: a1, a2, a3 -> (b: b3, b2, b1) ~~|\nb: b1, b2, b3 ~~|\npart: a2, a3 ~~|\nx[a] = 1, 2, 3 ~~|\n"
        "y[b] = x[a]*10 ~~|\nz[a] :EXCEPT: [a1] = x[a] ~~|\nz[a1] = 7 ~~|\nall = SUM(x[a!]*z[a!]) ~~|\n"
        "some = SUM(x[part!]) ~~|\nboth[a] = x[a] + VMAX(x[a!]) ~~|\n"
    )
    files = trips(vensim(tmp_path, equations), tmp_path)
    text = flat(files[0].read_text(encoding="utf-8"))
    assert '<element subscript="b1"><eqn>x[a3]*10</eqn></element>' in text
    assert '<element subscript="a1"><eqn>7</eqn></element><element subscript="a2"><eqn>x[a2]</eqn></element>' in text
    assert "<eqn>SUM(x[*]*z[*])</eqn>" in text
    assert "<eqn>x[a2] + x[a3]</eqn>" in text
    assert "<eqn>x[a] + MAX(x[*])</eqn>" in text
    assert files[1].read_text(encoding="utf-8") == files[3].read_text(encoding="utf-8")
    run = rcsd.load(files[1]).run()
    values = {name: run.of(name)[0, 0] for name in run.variables}
    assert (values["y[b1]"], values["y[b3]"], values["all"], values["some"]) == (30, 10, 7 + 4 + 9, 5)


def test_units_ranges_words_and_settings_are_kept(tmp_path: Path) -> None:
    """Documentation, ranges, groups, words for one unit and the method come back from the other format."""
    equations = (
        "{UTF-8}\n****\n\t.Farm\n****~\n\t\tSector\n\t|\nyield = 3 ~ kg/(ha*Year) [0,10] ~ "
        "What a field gives: 5 < 6 & more. ~|\n"
        "****\n\t.Shop\n****~\n\t\tSector\n\t|\nprice = yield*2 ~ $ [?,9] ~ ~|\n"
    )
    settings = "\\\\\\---/// Sketch information\n///---\\\\\\\n:L<%^E!@\n22:$,Dollar,Dollars\n15:0,0,0,5,0,0\n"
    path = vensim(tmp_path, equations, settings)
    for written in trips(path, tmp_path, 2):
        model = rcsd.load(written).ir
        assert model["yield"].limits == (0.0, 10.0)
        assert model["price"].limits == (None, 9.0)
        assert model["yield"].documentation == "What a field gives: 5 < 6 & more."
        assert (model["yield"].unit, model["price"].unit, model.time.unit) == ("kg/(ha*Year)", "$", "Year")
        assert (model.time.method, model.time.save_step) == ("rk4", 0.5)
        extras = extras_of(model)
        assert [(group.name, group.members) for group in extras.groups] == [("Farm", ("yield",)), ("Shop", ("price",))]
        assert extras.equivalences == (("$", "Dollar", "Dollars"),)


@pytest.mark.parametrize(
    "name", ["Größe (m²)", "a-b/c", "人口 密度", "50% more", "it's", "if", "Step", "x.y", "per_cent"]
)
def test_odd_names_go_both_ways(tmp_path: Path, name: str) -> None:
    """A name that one language must quote is the same name in the other."""
    plain = name.replace(" ", "").isidentifier() and name not in ("Step",)
    spelt = name if plain or name == "it's" else f'"{name}"'
    path = vensim(tmp_path, f"{spelt} = 2 ~ ~|\ntwice = {spelt}*2 ~ ~|\nLevel = INTEG({spelt}, 0) ~ ~|\n")
    files = trips(path, tmp_path)
    assert files[0].read_text(encoding="utf-8") == files[2].read_text(encoding="utf-8")
    for written in files:
        run = rcsd.load(written).run({name: 5.0}, outputs=["twice", "Level"])
        assert run.values[0, -1] == pytest.approx([10.0, 40.0])


def test_a_stock_that_stays_above_zero_keeps_its_limit(tmp_path: Path) -> None:
    """Vensim has no such stock: its outflow is limited in its own equation, and what it gives is conserved."""
    variables = (
        '<stock name="S"><eqn>3</eqn><outflow>drain</outflow><non_negative/></stock>'
        '<flow name="drain"><eqn>1</eqn></flow><stock name="T"><eqn>0</eqn><inflow>drain</inflow></stock>'
    )
    text = converted(xmile(tmp_path, variables))
    assert "drain=\n\tMIN(1, MAX(S/TIME STEP, 0))" in text
    run = rcsd.load(tmp_path / "out" / "m.mdl").run(outputs=["S", "T"])
    assert run.values[0, -1] == pytest.approx([0.0, 3.0])


def test_modules_become_variables_with_their_names(tmp_path: Path) -> None:
    """Vensim has no modules: a variable of one has the name of the module before its own."""
    variables = '<aux name="given"><eqn>4</eqn></aux><module name="Box"><connect to="Box.x" from="given"/></module>'
    path = xmile(tmp_path, variables)
    inside = '<aux name="x"><eqn>0</eqn></aux><aux name="y"><eqn>x*2</eqn></aux>'
    inner = f'<model name="Box"><variables>{inside}</variables></model>'
    path.write_text(path.read_text(encoding="utf-8").replace("</xmile>", f"{inner}</xmile>"), encoding="utf-8")
    text = converted(path)
    assert '"Box.y"=\n\t"Box.x"*2' in text


def test_what_vensim_takes_alone_gets_a_variable_of_its_own(tmp_path: Path) -> None:
    """A delay within an equation, and a table that steps, stand in variables beside it."""
    table = '<gf type="discrete"><xscale min="0" max="2"/><ypts>1,2,5</ypts></gf>'
    variables = f'<aux name="x"><eqn>1 + DELAY(TIME, 1, 0)</eqn></aux><aux name="y"><eqn>TIME</eqn>{table}</aux>'
    text = converted(xmile(tmp_path, variables))
    assert "x delayed=\n\tDELAY FIXED(Time, 1, 0)" in text
    assert "x=\n\t1 + x delayed" in text
    assert "y table(\n\t[(0,1)-(2,5)],(0,1),(1,2),(2,5))" in text
    assert "y=\n\tLOOKUP BACKWARD(y table, Time)" in text


def test_long_equations_go_on_in_the_next_line(tmp_path: Path) -> None:
    """A line of an equation has at most some ninety letters, and a name is never broken."""
    terms = [f"a rather long name number {i}" for i in range(12)]
    equations = "".join(f"{term} = {i} ~~|\n" for i, term in enumerate(terms))
    path = vensim(tmp_path, f"{equations}total = {' + '.join(terms)} ~~|\n")
    _, second = trips(path, tmp_path, 2)
    lines = second.read_text(encoding="utf-8").splitlines()
    assert max(map(len, lines)) < 100
    assert rcsd.load(second).run(outputs=["total"]).values[0, 0, 0] == sum(range(12))


@pytest.mark.parametrize(
    ("equations", "words"),
    [
        (
            "x[a] = VECTOR SORT ORDER(y[a], 1) ~~|\ny[a] = 1, 2 ~~|\na: a1, a2 ~~|\n",
            "line 2|:2: variable 'x': calls VECTOR SORT ORDER",
        ),
        (
            "t((0,0),(1,1)) ~~|\nx = t(1) + LOOKUP EXTRAPOLATE(t, 3) ~~|\n",
            ":2: variable 't': is a table read in several ways",
        ),
        ("history ~~|\nx = history + 1 ~~|\n", ":2: variable 'history': is a data variable"),
        ("DT = 3 ~~|\nx = DT ~~|\n", ":2: variable 'DT': has the name of XMILE's own DT"),
    ],
)
def test_what_xmile_cannot_say_is_refused_with_its_line(tmp_path: Path, equations: str, words: str) -> None:
    """The message names variable and line, and no file is there afterwards."""
    with pytest.raises(ModelError, match=words):
        converted(vensim(tmp_path, equations))
    assert not (tmp_path / "out").exists()


def test_pulses_within_a_step_are_refused(tmp_path: Path) -> None:
    """Under Runge and Kutta's method XMILE's TIME moves within a step, where PULSE stays."""
    settings = "///---\\\\\\\n:L<%^E!@\n15:0,0,0,5,0,0\n"
    with pytest.raises(ModelError, match="variable 'x': calls PULSE, which XMILE can say for Euler's method only"):
        converted(vensim(tmp_path, "x = PULSE(2, 1) ~~|\n", settings))


def test_an_element_with_the_name_of_a_variable_is_refused(tmp_path: Path) -> None:
    """Vensim has one list of names for variables and elements."""
    more = '<dimensions><dim name="City"><elem name="north"/><elem name="south"/></dim></dimensions>'
    variables = (
        '<aux name="north"><eqn>1</eqn></aux>'
        '<aux name="x"><eqn>2</eqn><dimensions><dim name="City"/></dimensions></aux>'
    )
    with pytest.raises(ModelError, match="variable 'north': has the name of a element of 'City'"):
        converted(xmile(tmp_path, variables, more=more))


def test_a_written_file_that_differs_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were a word of the other language wrong, the comparison would find the variable, and no file would be left."""
    from rcsd.simulation.writer.rewording import to_xmile  # noqa: PLC0415

    monkeypatch.setitem(to_xmile.TO_XMILE, "power", lambda base, exponent: base)
    with pytest.raises(ModelError, match=r"nothing is written, since the new file would not be the same.*'x'"):
        converted(vensim(tmp_path, "x = POWER(Time, 2) ~~|\n"))
    assert not (tmp_path / "out").exists()


def test_draws_are_compared_by_what_they_are_drawn_from(tmp_path: Path) -> None:
    """The seeds and limits of draws go both ways; a wrong deviation would be found."""
    path = vensim(tmp_path, "x = RANDOM NORMAL(-2, 9, 1, 0.5, 7) ~~|\ny = RANDOM UNIFORM(0, 3, 5) ~~|\n")
    first, second = trips(path, tmp_path, 2)
    text = first.read_text(encoding="utf-8")
    assert "NORMAL(1, 0.5, 7, -2, 9)" in text
    assert "UNIFORM(0, 3, 5)" in text
    assert "RANDOM NORMAL(-2, 9, 1, 0.5, 7)" in second.read_text(encoding="utf-8")


def test_targets_that_are_none_are_refused(tmp_path: Path) -> None:
    """A target is another file, with the end of a model file."""
    path = vensim(tmp_path, "x = 1 ~~|\n")
    with pytest.raises(OutputError, match="ends in"):
        convert(path, tmp_path / "m.txt")
    with pytest.raises(OutputError, match="is read"):
        convert(path, path)
    with pytest.raises(ModelError, match="is a Vensim file already"):
        convert(path, tmp_path / "n.mdl")


def test_stellas_ending_is_xmile(tmp_path: Path) -> None:
    """A .stmx holds the same text as an .xmile, and one is copied as the other."""
    path = vensim(tmp_path, "x = 1 ~~|\n")
    for suffix in (".xmile", ".stmx"):
        convert(path, tmp_path / f"m{suffix}")
    assert (tmp_path / "m.xmile").read_bytes() == (tmp_path / "m.stmx").read_bytes()
    convert(tmp_path / "m.stmx", tmp_path / "n.xmile")
    assert (tmp_path / "n.xmile").read_bytes() == (tmp_path / "m.stmx").read_bytes()


def test_no_name_ends_a_line_or_a_field_of_a_vensim_file(tmp_path: Path) -> None:
    """Names with Vensim's signs and line breaks stay names; what they become, and what a unit loses, is told."""
    text = XMILE.format(
        method="Euler",
        more='<model_units><unit name="N"><eqn>kg*m/s^2</eqn><alias>n&#10;15:0,0,0,5,0,0</alias></unit></model_units>',
        variables='<aux name="a"><eqn>Time</eqn><units>N</units></aux>'
        '<group name="left|right~"><entity name="a"/></group>',
    )
    views = (
        '<views><view name="One&#10;10,1,b,1,1,1,1,3,3,0,0">'
        '<aux name="a" x="90" y="80" font_family="Arial, Times|&#10;12,9,0"/></view></views>'
    )
    path = tmp_path / "m.xmile"
    path.write_text(text.replace("</variables>", f"</variables>{views}").replace('"Year"', '"Year|"'), encoding="utf-8")
    done = convert(path, tmp_path / "out.mdl")
    again = rcsd.load(done.path)
    assert again.time.method == "euler"
    (view,) = again.views()
    assert view.name == "One 10,1,b,1,1,1,1,3,3,0,0"
    assert [(each.name, each.style.font) for each in view.elements] == [("a", "Arial")]
    assert [(group.name, group.members) for group in extras_of(again.ir).groups] == [("left/right-", ("a",))]
    assert sum("left|right~" in note for note in done.notes) == 2
    assert any("kg*m/s^2" in note for note in done.notes)
