"""One small model per construct, in Vensim's words and XMILE's: a variable `y` beside a common stock."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

STOP, STEP = 12.0, 0.125

VENSIM: dict[str, str] = {
    "addition and subtraction": "y = x + 2 - a - 3.5",
    "division from the left": "y = x / a / 2 * 3",
    "negative": "y = -x + -2 * a",
    "power": "y = (x + 20)^1.7",
    "power of a negative number": "y = (-a)^3",
    "negative power": "y = a^(-2)",
    "square": "y = x^2 + x^0.5 * 0",
    "power function": "y = POWER(a, -1)",
    "abs": "y = ABS(x)",
    "exp and ln": "y = LN(1 + EXP(x / 10))",
    "log": "y = LOG(x + 30, 10)",
    "sqrt": "y = SQRT(x + 30)",
    "trigonometry": "y = SIN(x) + COS(x) + TAN(x / 100)",
    "inverse trigonometry": "y = ARCSIN(x / 100) + ARCCOS(x / 100) + ARCTAN(x)",
    "hyperbolic": "y = SINH(x / 10) + COSH(x / 10) + TANH(x)",
    "min and max": "y = MIN(x, a) + MAX(x, 3)",
    "integer": "y = INTEGER(x) + INTEGER(-x / 2)",
    "modulo": "y = MODULO(x, 3) + MODULO(-x, 2)",
    "quantum": "y = QUANTUM(x, 0.5) + QUANTUM(x, 0)",
    "xidz and zidz": "y = XIDZ(1, Time - 3, 7) + ZIDZ(a, Time - 4)",
    "if then else": "y = IF THEN ELSE(x > 10, 1, -1)",
    "logic": "y = IF THEN ELSE(x > 9 :AND: :NOT:(Time = 3) :OR: a < 0, x, 0)",
    "comparisons": "y = IF THEN ELSE(Time <> 4, 1, 0) + IF THEN ELSE(Time >= 4, 1, 0) + IF THEN ELSE(Time <= 4, 1, 0)",
    "a number as a condition": "y = IF THEN ELSE(a - 2, 5, 6)",
    "time": "y = Time * TIME STEP + INITIAL TIME + FINAL TIME + SAVEPER",
    "step": "y = STEP(a, 3)",
    "ramp": "y = RAMP(2, 3, 8)",
    "pulse": "y = PULSE(3, 1.5)",
    "pulse train": "y = PULSE TRAIN(1, 0.5, 3, 9.5)",
    "table called": "y = t(x)\n~~|\nt( [(0,0)-(20,10)],(0,0),(5,1),(12,8),(20,9) )",
    "table inline": "y = WITH LOOKUP(Time, ((0, 0), (3, 7), (5, 1), (9, 9)))",
    "table with one segment out of range": "y = t(Time * 5 - 10)\n~~|\nt((0,1),(20,3))",
    "integ": "y = INTEG(x - y / 3, a)",
    "integ in an equation": "y = 1 + INTEG(x, a)",
    "delay1": "y = DELAY1(x, 2)",
    "delay1i": "y = DELAY1I(x, 2, 5)",
    "delay3": "y = DELAY3(x, 3)",
    "delay3i": "y = DELAY3I(x, 3, 1)",
    "delay of a moving time": "y = DELAY3I(x, 3 + SIN(Time), 1)",
    "delay n": "y = DELAY N(x, 4, 1, 5)",
    "delay n of a moving time": "y = DELAY N(x, 4 + SIN(Time), 1, 3)",
    "delay fixed": "y = DELAY FIXED(x, 2, 3)",
    "delay fixed shorter than a step": "y = DELAY FIXED(x, 0.05, 3)",
    "smooth": "y = SMOOTH(x, 2)",
    "smooth with an integer initial value": "y = SMOOTHI(x, 2, 5)",
    "smooth3": "y = SMOOTH3(x, 3)",
    "smooth3i": "y = SMOOTH3I(x, 3, 1)",
    "smooth n": "y = SMOOTH N(x, 3, 2, 4)",
    "trend": "y = TREND(x, 3, 0.1)",
    "forecast": "y = FORECAST(x, 3, 2)",
    "sample if true": "y = SAMPLE IF TRUE(MODULO(Time, 2) < 0.1, x, 4)",
    "initial": "y = INITIAL(x * 2) + 1",
    "active initial": "y = ACTIVE INITIAL(x * 2, 3)\n~~|\nz = INTEG(0, y)",
    "game": "y = GAME(x * 2)",
    "subscripts": "d: p, q, r\n~~|\nc[d] = 1, 2, 3\n~~|\ny[d] = c[d] * x\n~~|\nw[d] = INTEG(y[d] - w[d], c[d])",
    "two dimensions": "d: p, q\n~~|\ne: u, v, w\n~~|\nm[d, e] = 1, 2, 3; 4, 5, 6;\n~~|\ny[e, d] = m[d, e] + x",
    "reductions": "d: p, q, r\n~~|\nc[d] = 1, 5, 3\n~~|\n"
    "y = SUM(c[d!]) + PROD(c[d!]) * 10 + VMIN(c[d!]) * 100 + VMAX(c[d!]) * x",
    "reduction of one of two": "d: p, q\n~~|\ne: u, v\n~~|\nm[d, e] = 1, 2; 4, 5;\n~~|\ny[d] = SUM(m[d, e!] * x)",
    "subrange": "d: p, q, r\n~~|\ns: p, q\n~~|\nc[d] = 1, 5, 3\n~~|\ny[s] = c[s] * x\n~~|\ny[r] = 9",
    "mapping": "d: p, q, r -> e\n~~|\ne: u, v, w\n~~|\nc[d] = 1, 5, 3\n~~|\ny[e] = c[d] * x",
    "except": "d: p, q, r\n~~|\ny[d] :EXCEPT: [q] = x\n~~|\ny[q] = 2 * x",
    "elements": "d: p, q, r\n~~|\nc[d] = 1, 5, 3\n~~|\ny = c[q] * x + ELMCOUNT(d)",
    "subscripted table": "d: p, q\n~~|\nt[p]((0,1),(20,3))\n~~|\nt[q]((0,2),(20,9))\n~~|\ny[d] = t[d](x)",
    "subscripted delay": "d: p, q\n~~|\nc[d] = 2, 3\n~~|\ny[d] = DELAY3(x, c[d]) + SMOOTHI(x * c[d], 2, 1)",
    "sorted": "d: p, q, r\n~~|\nc[d] = 3, 1, 2\n~~|\no[d] = VECTOR SORT ORDER(c[d], 1)\n~~|\n"
    "y[d] = VECTOR REORDER(c[d], o[d])\n~~|\nz[d] = VECTOR RANK(c[d], 0)",
    "selected": "d: p, q, r\n~~|\nc[d] = 3, 0, 2\n~~|\ny = VECTOR SELECT(c[d!], c[d!] + x, -1, 3, 0)",
    "inverse": "d: p, q\n~~|\ne: u, v\n~~|\nm[d, e] = 1, 2; 4, 5;\n~~|\ny[d, e] = INVERT MATRIX(m[d, e], 2)",
    "by priority": "d: p, q, r\n~~|\nc[d] = 3, 1, 2\n~~|\n"
    "y[d] = ALLOCATE BY PRIORITY(c[d], c[d], 3, 1.5, MAX(0, x / 5))",
    "available": "d: p, q\n~~|\nk: ptype, ppriority, pwidth, pextra\n~~|\nc[d] = 3, 4\n~~|\nf[d, ptype] = 3\n~~|\n"
    "f[d, ppriority] = 1, 2\n~~|\nf[d, pwidth] = 1\n~~|\nf[d, pextra] = 0\n~~|\n"
    "y[d] = ALLOCATE AVAILABLE(c[d], f[d, ptype], 3 + SIN(Time))",
}
"""Name to the equations of a model, in which `x` is a stock that rises and falls and `a` is a constant."""

VENSIM_ALONE: dict[str, str] = {
    "tables otherwise": "t((0,0),(5,1),(12,8),(20,9))\n~~|\ny = LOOKUP EXTRAPOLATE(t, x) + LOOKUP FORWARD(t, x) + "
    "LOOKUP BACKWARD(t, x) + LOOKUP INVERT(t, x / 3) + LOOKUP AREA(t, -1, x) + LOOKUP SLOPE(t, x, 1)",
    "constant delays": "y = DELAY INFORMATION(x, 1.5, 2)\n~~|\nz = DELAY MATERIAL(x, a, 2, 0)",
    "money": "y = NPV(x, 0.1, 0, 2)\n~~|\nz = NPVE(x, 0.1, 1, 1)\n~~|\nw = DEPRECIATE STRAIGHTLINE(x, 3, 0.125, 4)",
    "fixed stock": "y = SINTEG(x, a)",
    "picked": "d: p, q, r\n~~|\nc[d] = 3, 1, 2\n~~|\ny[d] = VECTOR ELM MAP(c[p], c[d] - 1) * x",
}
"""The same with functions that PySD does not have."""

XMILE_ALONE: dict[str, str] = {
    "waves and growth": '<aux name="y"><eqn>SINWAVE(a, 5) + COSWAVE(x, 3) + CGROWTH(a)</eqn></aux>',
    "past values": '<aux name="y"><eqn>PREVIOUS(x, -1) + HISTORY(x, TIME - 2) + HISTORY(x, 3)</eqn></aux>',
    "counter and derivative": '<aux name="y"><eqn>COUNTER(1, 4) + DERIVN(x, 2)</eqn></aux>',
    "pulse in every step": '<aux name="y"><eqn>PULSE(x) + (-2)^2 + MOD(x, 3)</eqn></aux>',
    "many values": '<aux name="y"><eqn>ROUND(x) + MOD(x, a) + ROOTN(x + 30, 3) + LOG10(x + 30)</eqn></aux>',
    "statistics": '<aux name="y"><eqn>MEAN(x, a, 3) + x</eqn></aux>',
    "value of a stream": '<aux name="y"><eqn>NPV(x, 0.1) + NPV(x, 0.2, 3)</eqn></aux>',
}
"""Variables of XMILE likewise."""

XMILE: dict[str, str] = {
    "arithmetic": '<aux name="y"><eqn>(x + 2) / a - 3 * x^2</eqn></aux>',
    "functions": '<aux name="y"><eqn>EXP(x/10) + LN(x+30) + ABS(x) + SQRT(x+30) + INT(ABS(x)) + SIN(x)</eqn></aux>',
    "min and max": '<aux name="y"><eqn>MIN(x, a) + MAX(x, 3)</eqn></aux>',
    "if then else": '<aux name="y"><eqn>IF x &gt; 10 AND NOT (TIME = 3) THEN 1 ELSE -1</eqn></aux>',
    "safe division": '<aux name="y"><eqn>SAFEDIV(a, TIME - 3, 7)</eqn></aux>',
    "step": '<aux name="y"><eqn>STEP(a, 3)</eqn></aux>',
    "ramp": '<aux name="y"><eqn>RAMP(2, 3)</eqn></aux>',
    "pulse": '<aux name="y"><eqn>PULSE(4, 3)</eqn></aux>',
    "repeated pulse": '<aux name="y"><eqn>PULSE(4, 3, 2)</eqn></aux>',
    "stock": '<stock name="y"><eqn>a</eqn><inflow>f</inflow><outflow>g</outflow></stock>'
    '<flow name="f"><eqn>x</eqn></flow><flow name="g"><eqn>y/3</eqn></flow>',
    "non-negative stock": '<stock name="y"><eqn>5</eqn><outflow>g</outflow><non_negative/></stock>'
    '<flow name="g"><eqn>2</eqn></flow>',
    "graphical function": '<aux name="y"><eqn>TIME</eqn><gf><xscale min="0" max="10"/><ypts>0,7,1,9</ypts></gf></aux>',
    "extrapolating table": '<aux name="y"><eqn>x</eqn>'
    '<gf type="extrapolate"><xpts>5,8,10</xpts><ypts>0,7,1</ypts></gf></aux>',
    "discrete table": '<aux name="y"><eqn>TIME</eqn>'
    '<gf type="discrete"><xpts>0,5,8,10</xpts><ypts>1,0,7,1</ypts></gf></aux>',
    "delay1": '<aux name="y"><eqn>DELAY1(x, 2, 3)</eqn></aux>',
    "delay3": '<aux name="y"><eqn>DELAY3(x, 2)</eqn></aux>',
    "delay n": '<aux name="y"><eqn>DELAYN(x, 2, 4, 3)</eqn></aux>',
    "fixed delay": '<aux name="y"><eqn>DELAY(x, 2, 3)</eqn></aux>',
    "smth1": '<aux name="y"><eqn>SMTH1(x, 2, 3)</eqn></aux>',
    "smth3": '<aux name="y"><eqn>SMTH3(x, 2)</eqn></aux>',
    "smth n": '<aux name="y"><eqn>SMTHN(x, 2, 4, 3)</eqn></aux>',
    "trend": '<aux name="y"><eqn>TREND(x, 2, 0.1)</eqn></aux>',
    "forecast": '<aux name="y"><eqn>FORCST(x, 2, 3)</eqn></aux>',
    "init": '<aux name="y"><eqn>INIT(x * 2) + 1</eqn></aux>',
}
"""Name to the variables of a model beside `x` and `a`."""


def write_vensim(path: Path, equations: str, method: int = 0) -> Path:
    """Write an .mdl file; `method` is the code of its settings line."""
    parts = [
        "x = INTEG(inflow - x / 4, 10)",
        "inflow = 2 + 3 * SIN(Time)",
        "a = 2",
        *equations.split("\n~~|\n"),
        f"INITIAL TIME = 0\n~~|\nFINAL TIME = {STOP:g}\n~~|\nTIME STEP = {STEP:g}\n~~|\nSAVEPER = 0.5",
    ]
    text = "{UTF-8}\n" + "".join(f"{part}\n~~|\n" for part in parts)
    text += "\\\\\\---/// Sketch information - do not modify anything except names\nV300\n*View 1\n"
    text += f"$192-192-192\n///---\\\\\\\n:L<%^E!@\n15:0,0,0,{method},0,0\n"
    path.write_text(text, "utf-8")
    return path


def write_xmile(path: Path, variables: str, method: str = "Euler") -> Path:
    """Write an .xmile file."""
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0" '
        'xmlns:isee="http://iseesystems.com/XMILE">\n'
        "<header><name>m</name><vendor>v</vendor><product>p</product></header>\n"
        f'<sim_specs method="{escape(method)}" isee:save_interval="0.5">'
        f"<start>0</start><stop>{STOP:g}</stop><dt>{STEP:g}</dt></sim_specs>\n"
        "<model><variables>\n"
        '<stock name="x"><eqn>10</eqn><inflow>inflow</inflow><outflow>loss</outflow></stock>\n'
        '<flow name="inflow"><eqn>2 + 3 * SIN(TIME)</eqn></flow><flow name="loss"><eqn>x / 4</eqn></flow>\n'
        f'<aux name="a"><eqn>2</eqn></aux>\n{variables}\n'
        "</variables></model></xmile>\n",
        "utf-8",
    )
    return path
