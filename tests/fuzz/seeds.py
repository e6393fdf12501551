# ruff: noqa: E501 - an equation a line
"""Small models that hold, together, most of what a model file may say."""

from __future__ import annotations

from html import escape

_CONTROL = """
INITIAL TIME = 0 ~ Year ~ |
FINAL TIME = 5 ~ Year ~ |
TIME STEP = 0.5 ~ Year [0,?] ~ |
SAVEPER = 1 ~ Year [0,?] ~ |
\\\\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*View 1
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|72,72,100,0
10,1,Stock,300,200,40,20,3,3,0,0,0,0,0,0
///---\\\\\\
:L<%^E!@
15:0,0,0,0,0,0
"""

EQUATIONS = (
    """
    Births = Birth Rate * Stock ~ person/Year ~ Each year. |
    Birth Rate = 0.03 ~ 1/Year [0,1,0.01] ~ |
    Stock = INTEG(Births - Stock/Lifetime, 100) ~ person ~ {a comment} |
    Lifetime = IF THEN ELSE(Time > 3 :AND: Stock < 1000, 60, 70) ~ Year ~ |
    "Ratio (of two)" = ZIDZ(Births, Stock) + MAX(0, MIN(1, ABS(-0.5))) ^ 2 ~ 1/Year ~ ~ :SUPPLEMENTARY |
    """,
    """
    city : A, B, C ~ ~ |
    big : A, B -> (other : X, Y) ~ ~ |
    other : X, Y ~ ~ |
    numbered : (n1-n4) ~ ~ |
    Value[city] = 1, 2, 3 ~ ~ |
    Matrix[big, other] = 1, 2; 3, 4; ~ ~ |
    Level[city] = INTEG(Value[city] * 0.1, Value[city]) ~ ~ |
    Total = SUM(Level[city!]) + VMAX(Value[city!]) ~ ~ |
    Odd[city] :EXCEPT: [C] = Level[city] ~ ~ |
    Odd[C] = 7 ~ ~ |
    Mapped[other] = Value[A] + Matrix[A, other] ~ ~ |
    Many[numbered] = numbered * 2 ~ ~ |
    """,
    """
    Table([(0,0)-(10,10)],(0,1),(2,3),(10,5)) ~ ~ |
    Read = Table(Time) + WITH LOOKUP(Time, ([(0,0)-(5,5)],(0,0),(5,5))) ~ ~ |
    Late = DELAY1(Read, 2) + DELAY3I(Read, 3, 1) + DELAY FIXED(Read, 1.5, 0) ~ ~ |
    Smoothed = SMOOTH(Read, 2) + SMOOTH3I(Read, 2, 0) ~ ~ |
    Shock = STEP(1, 2) + PULSE(1, 1) + PULSE TRAIN(0, 1, 2, 5) + RAMP(1, 1, 3) ~ ~ |
    Kept = SAMPLE IF TRUE(Time > 2, Read, 0) + INITIAL(Read) + ACTIVE INITIAL(Read, 1) ~ ~ |
    Drawn = RANDOM UNIFORM(0, 1, 5) + RANDOM NORMAL(0, 1, 0.5, 0.1, 3) ~ ~ |
    Trending = TREND(Read, 2, 0.1) + FORECAST(Read, 2, 1) ~ ~ |
    """,
    """
    :MACRO: GROW(rate, start)
    GROW = INTEG(rate * GROW, start) ~ ~ |
    :END OF MACRO:
    ********************************************************
        .Group
    ********************************************************~
        A group. |
    Grown = GROW(0.1, 10) + GROW(0.2, Grown Start) ~ thing ~ |
    Grown Start = 5 ~ thing ~ |
    Chosen = INTEGER(MODULO(17, 5) + QUANTUM(3.7, 0.5)) + SQRT(2) + LN(3) + EXP(1) + SIN(1) + XIDZ(1, 0, 5) ~ ~ |
    """,
    """
    人口 = INTEG(出生, 100) ~ 人 ~ 说明 |
    出生 = 人口 * 0.02 ~ 人/年 ~ |
    "Größe" = 人口 / 2 ~ ~ |
    rain := GET DIRECT DATA('rain.csv', ',', 'A', 'B2') ~ mm ~ |
    k = GET DIRECT CONSTANTS('k.csv', ',', 'B1') ~ ~ |
    """,
)
"""Of Vensim models."""


def vensim(equations: str) -> str:
    """Write an .mdl file."""
    lines = "\n".join(line.strip() for line in equations.splitlines())
    return "{UTF-8}\n" + lines + _CONTROL


VARIABLES = (
    """
    <stock name="Stock"><doc>What grows.</doc><eqn>100</eqn><inflow>births</inflow><outflow>deaths</outflow>
      <units>person</units><non_negative/></stock>
    <flow name="births"><eqn>Birth_Rate * Stock</eqn><units>person/year</units></flow>
    <flow name="deaths"><eqn>Stock / 70 { a comment }</eqn><non_negative/></flow>
    <aux name="Birth Rate"><eqn>0.03</eqn><range min="0" max="1"/></aux>
    <aux name="Choice"><eqn>IF Stock > 120 AND NOT (TIME = 3) THEN 1 ELSE MAX(2, Birth_Rate) ^ 2</eqn></aux>
    """,
    """
    <aux name="Table"><eqn>TIME</eqn><gf><xscale min="0" max="5"/><yscale min="0" max="10"/><ypts>0,4,6,10</ypts></gf></aux>
    <gf name="Alone"><xpts>0,1,5</xpts><ypts>1,2,3</ypts></gf>
    <aux name="Read"><eqn>LOOKUP(Alone, Table) + SMTH1(Table, 2) + DELAY3(Table, 2)</eqn></aux>
    <aux name="Shock"><eqn>STEP(1, 2) + PULSE(1, 1, 2) + RAMP(1, 2) + RANDOM(0, 1)</eqn></aux>
    """,
    """
    <aux name="a"><dimensions><dim name="city"/></dimensions><eqn>2</eqn></aux>
    <aux name="b"><dimensions><dim name="city"/></dimensions><element subscript="A"><eqn>1</eqn></element>
      <element subscript="B"><eqn>a[B] * 3</eqn></element></aux>
    <stock name="s"><dimensions><dim name="city"/></dimensions><eqn>b</eqn><inflow>f</inflow></stock>
    <flow name="f"><dimensions><dim name="city"/></dimensions><eqn>s * 0.1</eqn></flow>
    <aux name="total"><eqn>SUM(s) + SUM(b[*])</eqn></aux>
    """,
)
"""Of XMILE models."""


def xmile(variables: str) -> str:
    """Write an .xmile file."""
    safe = variables.replace("Stock > 120", escape("Stock > 120"))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">\n'
        "<header><name>m</name><vendor>x</vendor><product version='1'>x</product></header>\n"
        '<sim_specs method="Euler" time_units="Year"><start>0</start><stop>5</stop><dt>0.5</dt></sim_specs>\n'
        '<dimensions><dim name="city"><elem name="A"/><elem name="B"/></dim></dimensions>\n'
        f"<model><variables>{safe}</variables></model></xmile>\n"
    )
