"""Flows as a Vensim sketch draws them, against the equations: dropped, turned, and in part."""

from pathlib import Path

import pytest

import rcsd
from rcsd.simulation.checks.pipes import pipe_findings
from tests.small_models import EPIDEMIC, write_model

VIEW = """\\\\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*View 1
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0
10,1,Susceptible,100,100,40,20,3,3,0,0,0,0,0,0
10,2,Infected,300,100,40,20,3,3,0,0,0,0,0,0
10,3,Recovered,500,100,40,20,3,3,0,0,0,0,0,0
1,4,6,2,4,0,0,22,0,0,0,-1--1--1,,1|(250,100)|
1,5,6,1,100,0,0,22,0,0,0,-1--1--1,,1|(150,100)|
11,6,0,200,100,6,8,34,3,0,0,1,0,0,0
10,7,Infection,200,119,30,11,40,3,0,0,-1,0,0,0
1,8,10,3,4,0,0,22,0,0,0,-1--1--1,,1|(450,100)|
1,9,10,2,100,0,0,22,0,0,0,-1--1--1,,1|(350,100)|
11,10,0,400,100,6,8,34,3,0,0,1,0,0,0
10,11,Recovery,400,119,30,11,40,3,0,0,-1,0,0,0
///---\\\\\\
:L\t<%^E!@
"""
"""Susceptible =Infection=> Infected =Recovery=> Recovered, as Vensim writes it."""


def test_a_diagram_that_says_what_the_equations_say_is_silent(tmp_path: Path) -> None:
    """Both pipes, with four ends at stocks, agree with the three equations."""
    assert list(pipe_findings(rcsd.load(write_model(tmp_path, EPIDEMIC, views=VIEW)).ir)) == []


@pytest.mark.parametrize(
    ("stock", "rate", "words"),
    [
        ("Infected", "Infection", "draws the flow 'Recovery' out of this stock, whose equation does not have it"),
        ("Recovered", "-Recovery", "draws the flow 'Recovery' into this stock, whose equation has it with the other"),
        ("Susceptible", "-0.9*Infection", "draws the flow 'Infection' out of this stock, whose equation has 0.9 times"),
    ],
)
def test_a_flow_that_is_drawn_and_not_meant_so_is_found(stock: str, rate: str, words: str, tmp_path: Path) -> None:
    """A dropped flow, a turned sign and a leak: one warning each, at the line of the stock."""
    path = write_model(tmp_path, EPIDEMIC | {stock: f"INTEG ({rate}, 100) ~ person"}, views=VIEW)
    (finding,) = pipe_findings(rcsd.load(path).ir)
    assert words in finding.message
    assert (finding.grade, finding.variable) == ("warning", stock)
    assert path.read_text("utf-8").splitlines()[(finding.line or 0) - 1] == f"{stock}="


def test_a_model_without_views_is_not_spoken_of(tmp_path: Path) -> None:
    """Nothing is drawn, so nothing is drawn wrongly."""
    broken = {"Recovered": "INTEG (0, 0) ~ person"}
    assert list(pipe_findings(rcsd.load(write_model(tmp_path, EPIDEMIC | broken)).ir)) == []


XMILE = """<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
<header><vendor>v</vendor><product version="1">p</product></header>
<sim_specs><start>0</start><stop>10</stop><dt>0.25</dt></sim_specs>
<model><variables>
<stock name="Full"><eqn>100</eqn>{ends}</stock>
<stock name="Empty"><eqn>0</eqn><inflow>Pouring</inflow></stock>
<flow name="Pouring"><eqn>Full/5</eqn></flow>
</variables>
<views><view>
<stock x="100" y="100" width="40" height="40" name="Full"/><stock x="300" y="100" width="40" height="40" name="Empty"/>
<flow x="200" y="100" name="Pouring"><pts><pt x="120" y="100"/><pt x="280" y="100"/></pts></flow>
</view></views></model></xmile>
"""


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ("<outflow>Pouring</outflow>", ()),
        ("", ("out of this stock, whose equation does not have it",)),
        ("<inflow>Pouring</inflow>", ("out of this stock, whose equation has it with the other sign",)),
    ],
)
def test_the_ends_of_an_xmile_flow_lie_at_its_stocks(ends: str, words: tuple[str, ...], tmp_path: Path) -> None:
    """The first point is where a flow comes from: an outflow that is not there, or turned round, is found."""
    path = tmp_path / "pour.xmile"
    path.write_text(XMILE.format(ends=ends), "utf-8")
    found = list(pipe_findings(rcsd.load(path).ir))
    assert [each.variable for each in found] == ["Full"] * len(words)
    assert all(word in each.message for word, each in zip(words, found, strict=True))
