# ruff: noqa: E501 - a file a line
"""Model files that try to run something: every field of both formats, with every way out of a word that we know."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

CODE = '__import__("pathlib").Path("{canary}").touch()'

WAYS = {
    "plain": "{code}",
    "double quotes": 'x"+str({code})+"',
    "single quotes": "x'+str({code})+'",
    "three double quotes": 'x"""+str({code})+"""',
    "three single quotes": "x'''+str({code})+'''",
    "escaped": r"x\x27+str({code})+\x27",
    "escaped quotes": r"x\"+str({code})+\"",
    "escaped unicode": r"x\u0022\u0022\u0022+str({code})+\u0022\u0022\u0022",
    "closed call": "x'), {code}, ('",
    "closed list": "x']), {code}, (['",
    "new line": "x\n{code}\ny",
    "new line and quotes": 'x"""\n{code}\n"""',
    "format": "{{{code}}}%({code})s",
    "f-string": "f'{{{code}}}'",
    "comment": 'x"""#\n{code}#',
    "decorator": "x')\n@{code}\ndef f(): pass\n('",
}
"""How a text may try to leave the place it stands in, as a template of the code."""

_VENSIM_TAIL = """
INITIAL TIME = 0 ~ Year ~ |
FINAL TIME = 2 ~ Year ~ |
TIME STEP = 1 ~ Year ~ |
SAVEPER = TIME STEP ~ Year ~ |
"""
_FINE = "A = 1 ~ Dmnl ~ |\nS = INTEG(A, 0) ~ Dmnl ~ |"

VENSIM = {
    "header": "{{[payload]}}\n" + _FINE,
    "name": f'"[payload]" = 1 ~ Dmnl ~ |\n{_FINE}',
    "bare name": f"x [payload] = 1 ~ Dmnl ~ |\n{_FINE}",
    "reference": f'B = "[payload]" ~ Dmnl ~ |\n{_FINE}',
    "equation": f"B = [payload] ~ Dmnl ~ |\n{_FINE}",
    "unit": f"B = 1 ~ [payload] ~ |\n{_FINE}",
    "unit's range": f"B = 1 ~ Dmnl [[payload],[payload]] ~ |\n{_FINE}",
    "documentation": f"B = 2^A^2 ~ Dmnl ~ [payload] |\n{_FINE}",
    "supplementary": f"B = 1 ~ Dmnl ~ x ~ [payload] |\n{_FINE}",
    "group": f"****\n\t.[payload]\n****~\n\tx\n\t|\n{_FINE}",
    "range": f'"[payload]" : a, b ~ ~ |\nB["[payload]"] = 1 ~ Dmnl ~ |\n{_FINE}',
    "element": f'r : "[payload]", b ~ ~ |\nB[r] = 1, 2 ~ Dmnl ~ |\nC = B["[payload]"] ~ Dmnl ~ |\n{_FINE}',
    "numbered elements": f"r : (a1-[payload]) ~ ~ |\nB[r] = 1 ~ Dmnl ~ |\n{_FINE}",
    "equal range": f'r : a, b ~ ~ |\n"[payload]" <-> r ~ ~ |\nB["[payload]"] = 1 ~ Dmnl ~ |\n{_FINE}',
    "mapping": f'r : a, b -> "[payload]" ~ ~ |\n"[payload]" : c, d ~ ~ |\nB[r] = 1 ~ Dmnl ~ |\n{_FINE}',
    "exception": f'r : a, b ~ ~ |\nB[r] :EXCEPT: ["[payload]"] = 1 ~ Dmnl ~ |\n{_FINE}',
    "range of a file": f"r : GET DIRECT SUBSCRIPT('[payload]', ',', 'A1', 'A2', '[payload]') ~ ~ |\nB[r] = 1 ~ ~ |\n{_FINE}",
    "limits": f"T([[payload]],(0,0),(1,1)) ~ ~ |\nB = T(A) ~ ~ |\n{_FINE}",
    "limits as pairs": f"T([([payload],0),(1,1)],(0,0),(1,1)) ~ ~ |\nB = T(A) ~ ~ |\n{_FINE}",
    "points": f"T((0,0),([payload],1)) ~ ~ |\nB = T(A) ~ ~ |\n{_FINE}",
    "limits with lookup": f"B = WITH LOOKUP(A, ([([payload],0),(1,1)],(0,0),(1,1))) ~ ~ |\n{_FINE}",
    "function": f"B = [payload](A) ~ ~ |\n{_FINE}",
    "argument": f"B = MAX(A, '[payload]') ~ ~ |\n{_FINE}",
    "unknown function": f"B = GET VALUE OF('[payload]', A) ~ ~ |\n{_FINE}",
    "constants' file": f"B = GET DIRECT CONSTANTS('[payload]', ',', 'A1') ~ ~ |\n{_FINE}",
    "constants' sheet": f"B = GET DIRECT CONSTANTS('m.mdl', '[payload]', 'A1') ~ ~ |\n{_FINE}",
    "constants' cell": f"B = GET DIRECT CONSTANTS('m.mdl', ',', '[payload]') ~ ~ |\n{_FINE}",
    "lookups' row": f"T = GET XLS LOOKUPS('m.mdl', ',', '[payload]', 'B2') ~ ~ |\nB = T(A) ~ ~ |\n{_FINE}",
    "data's column": f"B := GET XLS DATA('m.mdl', ',', '[payload]', 'B2') ~ ~ |\n{_FINE}",
    "data's keyword": f"B :[payload]: := GET DIRECT DATA('m.mdl', ',', 'A', 'B2') ~ ~ |\n{_FINE}",
    "data": f'"[payload]" ~ ~ |\n{_FINE}',
    "macro": f":MACRO: [payload](x)\n[payload] = x ~ ~ |\n:END OF MACRO:\nB = [payload](A) ~ ~ |\n{_FINE}",
    "quoted macro": f':MACRO: "[payload]"(x)\n"[payload]" = x ~ ~ |\n:END OF MACRO:\nB = "[payload]"(A) ~ ~ |\n{_FINE}',
    "macro's argument": f":MACRO: F([payload])\nF = 1 ~ ~ |\n:END OF MACRO:\nB = F(A) ~ ~ |\n{_FINE}",
    "macro's body": f":MACRO: F(x)\nF = x ~ [payload] ~ [payload] |\n:END OF MACRO:\nB = F(A)^2^A ~ ~ |\n{_FINE}",
    "tabbed array": f"r : a, b ~ ~ |\nB[r] = TABBED ARRAY([payload] 2) ~ ~ |\n{_FINE}",
    "reality check": f"B :THE CONDITION: [payload] :IMPLIES: A ~ ~ |\n{_FINE}",
    "test input": f"B :TEST INPUT: [payload] ~ ~ |\n{_FINE}",
    "time step": f"B = 1 ~ ~ |\n{_FINE}\nTIME STEP = [payload] ~ Year [[payload]] ~ [payload] |",
    "sketch": f"{_FINE}\n\\\\\\---/// Sketch information - do not modify anything except names\nV300\n*[payload]\n10,1,[payload]",
}
"""By field: the equations, with ``[payload]`` where the code stands."""

_XMILE_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">'
_SPECS = '<sim_specs time_units="Year"><start>0</start><stop>2</stop><dt>1</dt></sim_specs>'
_VARIABLES = '<aux name="A"><eqn>1</eqn></aux><stock name="S"><eqn>0</eqn><inflow>f</inflow></stock><flow name="f"><eqn>A</eqn></flow>'


def _xmile(variables: str = "", *, before: str = "", specs: str = _SPECS, model: str = "", after: str = "") -> str:
    return (
        f"{_XMILE_HEAD}<header><vendor>x</vendor><product>x</product></header>{specs}{before}<model {model}><variables>"
        f"{_VARIABLES}{variables}</variables></model>{after}</xmile>"
    )


_DIMENSION = '<dimensions><dim name="r"><elem name="a"/><elem name="b"/></dim></dimensions>'

XMILE = {
    "vendor": _xmile().replace("<vendor>x", "<vendor>[payload]"),
    "name": _xmile('<aux name="[payload]"><eqn>1</eqn></aux>'),
    "quoted name": _xmile('<aux name="&quot;[payload]&quot;"><eqn>1</eqn></aux>'),
    "equation": _xmile('<aux name="B"><eqn>[payload]</eqn></aux>'),
    "reference": _xmile('<aux name="B"><eqn>&quot;[payload]&quot;</eqn></aux>'),
    "documentation": _xmile('<aux name="B"><eqn>2^A^2</eqn><doc>[payload]</doc></aux>'),
    "unit": _xmile('<aux name="B"><eqn>2^A^2</eqn><units>[payload]</units></aux>'),
    "range": _xmile('<aux name="B"><eqn>1</eqn><range min="[payload]" max="[payload]"/></aux>'),
    "group": _xmile('<group name="[payload]"><var>A</var></group>'),
    "table's x": _xmile('<aux name="B"><eqn>A</eqn><gf><xpts>0,[payload]</xpts><ypts>0,1</ypts></gf></aux>'),
    "table's y": _xmile('<aux name="B"><eqn>A</eqn><gf><xscale min="0" max="1"/><ypts>0,[payload]</ypts></gf></aux>'),
    "table's scale": _xmile('<aux name="B"><eqn>A</eqn><gf><xscale min="[payload]" max="1"/><ypts>0,1</ypts></gf></aux>'),
    "table's kind": _xmile('<aux name="B"><eqn>A</eqn><gf type="[payload]"><xscale min="0" max="1"/><ypts>0,1</ypts></gf></aux>'),
    "table alone": _xmile('<gf name="[payload]"><xscale min="0" max="1"/><ypts>0,1</ypts></gf>'),
    "dimension": _xmile(
        '<aux name="B"><dimensions><dim name="[payload]"/></dimensions><eqn>1</eqn></aux>',
        before='<dimensions><dim name="[payload]"><elem name="a"/><elem name="b"/></dim></dimensions>',
    ),
    "element": _xmile(
        '<aux name="B"><dimensions><dim name="r"/></dimensions><eqn>2^A^2</eqn></aux>',
        before='<dimensions><dim name="r"><elem name="[payload]"/><elem name="b"/></dim></dimensions>',
    ),
    "size": _xmile(before='<dimensions><dim name="r" size="[payload]"/></dimensions>'),
    "subscript": _xmile(
        '<aux name="B"><dimensions><dim name="r"/></dimensions><element subscript="[payload]"><eqn>1</eqn></element></aux>',
        before=_DIMENSION,
    ),
    "start": _xmile(specs=_SPECS.replace(">0<", ">[payload]<")),
    "step": _xmile(specs=_SPECS.replace("<dt>1<", "<dt>[payload]<")),
    "time unit": _xmile(specs=_SPECS.replace("Year", "[payload]")),
    "method": _xmile(specs=_SPECS.replace("time_units", 'method="[payload]" time_units')),
    "model": _xmile(model='name="[payload]"'),
    "macro": _xmile(
        '<aux name="B"><eqn>F(A)</eqn></aux>', after='<macro name="[payload]"><parm>x</parm><eqn>x</eqn></macro>'
    ),
    "macro's argument": _xmile(
        '<aux name="B"><eqn>F(A)</eqn></aux>', after='<macro name="F"><parm>[payload]</parm><eqn>[payload]</eqn></macro>'
    ),
    "module": _xmile(
        '<module name="[payload]"><connect to="y" from="A"/></module>',
        after='<model name="[payload]"><variables><aux name="y" access="input"><eqn>1</eqn></aux></variables></model>',
    ),
    "connection": _xmile(
        '<module name="M"><connect to="[payload]" from="[payload]"/></module>',
        after='<model name="M"><variables><aux name="y" access="input"><eqn>1</eqn></aux></variables></model>',
    ),
    "flow": _xmile('<stock name="Q"><eqn>1</eqn><inflow>[payload]</inflow></stock>'),
    "stock's start": _xmile('<stock name="Q"><eqn>[payload]</eqn></stock>'),
    "behaviour": _xmile(before="<behavior><stock><[payload]/></stock></behavior>"),
    "comment": _xmile("<!-- [payload] -->"),
    "instruction": _xmile().replace("<xmile ", '<?xml-stylesheet href="[payload]"?><xmile '),
    "data": _xmile(before='<data><import type="CSV" resource="[payload]"/></data>'),
}  # fmt: skip
"""By field: the file, with ``[payload]`` where the code stands."""


def hostile(format: str, field: str, way: str, canary: str) -> str:
    """Write a file of a format that tries to touch the canary."""
    payload = WAYS[way].format(code=CODE.format(canary=canary))
    if format == "mdl":
        head = "" if field == "header" else "{UTF-8}\n"
        tail = _VENSIM_TAIL if field != "time step" else _VENSIM_TAIL.replace("TIME STEP = 1 ~ Year ~ |\n", "")
        sketch = VENSIM[field].partition("\\\\\\---///")
        return (head + sketch[0] + tail + sketch[1] + sketch[2]).replace("[payload]", payload)
    return XMILE[field].replace("[payload]", escape(payload) if field != "comment" else payload.replace("--", ""))


def every_field() -> Iterator[tuple[str, str]]:
    """Yield format and field of every file."""
    yield from (("mdl", field) for field in VENSIM)
    yield from (("xmile", field) for field in XMILE)
