"""Random models written into files: many in one, as Vensim or XMILE text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from tests.simulation.random_models.expressions import Both
from tests.simulation.random_models.models import Piece, RandomModel, Variable, under

STOP, STEP = 4.0, 0.5


def vensim_text(models: Iterable[RandomModel]) -> str:
    """Write models into one Vensim file."""
    models = list(models)
    macros = [_vensim_macro(*model.macro) for model in models if model.macro]
    lines = [line for model in models for line in _vensim_lines(model)]
    controls = [
        f"{name} = {value} ~~|"
        for name, value in (("INITIAL TIME", 0), ("FINAL TIME", STOP), ("TIME STEP", STEP), ("SAVEPER", "TIME STEP"))
    ]
    return "\n".join(["{UTF-8}", *macros, *lines, *controls, "\\\\\\---/// Sketch information", ""])


def _vensim_macro(name: str, body: Both) -> str:
    text = body.vensim
    return f":MACRO: {name}(first, second)\n{name} = {text} + inner ~~|\ninner = first - second ~~|\n:END OF MACRO:"


def _vensim_lines(model: RandomModel) -> Iterator[str]:
    for dimension in model.dimensions:
        yield f"{dimension.name}: {', '.join(dimension.elements)} ~~|"
        yield f"{dimension.part}: {', '.join(dimension.elements[:-1])} ~~|"
        mapped = f"({dimension.name}: {', '.join(reversed(dimension.elements))})"
        yield f"{dimension.twin}: {', '.join(dimension.twins)} -> {mapped} ~~|"
    for variable in model.variables:
        for piece in variable.pieces:
            yield f"{_left(variable.name, piece.subscripts)}{_vensim_right(variable, piece)} ~ Dmnl ~ |"


def _left(name: str, subscripts: tuple[str, ...]) -> str:
    return f"{name}[{', '.join(subscripts)}]" if subscripts else name


def _vensim_right(variable: Variable, piece: Piece) -> str:
    if variable.kind == "table":
        return f"({piece.right.vensim})"
    if piece.initial is not None:
        return f" = INTEG({piece.right.vensim}, {piece.initial.vensim})"
    return f" = {piece.right.vensim}"


def xmile_text(models: Iterable[RandomModel], *, modules: bool = False) -> str:
    """Write models into one XMILE file; each in a module of its own, which gets a constant from outside, if asked."""
    models = list(models)
    dimensions = "".join(
        f'<dim name="{under(d.name)}">' + "".join(f'<elem name="{e}"/>' for e in d.elements) + "</dim>"
        for model in models
        for d in model.dimensions
    )
    macros = "".join(_xmile_macro(*model.macro) for model in models if model.macro)
    if modules:
        root = "".join(_module(model) for model in models)
        inner = "".join(_model(model) for model in models)
    else:
        root = "".join(line for model in models for line in _xmile_variables(model, outside=False))
        inner = ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">\n'
        "<header><vendor>none</vendor><product>random</product></header>\n"
        f"<sim_specs><start>0</start><stop>{STOP}</stop><dt>{STEP}</dt></sim_specs>\n"
        f"<dimensions>{dimensions}</dimensions>\n{macros}"
        f"<model><variables>{root}</variables></model>{inner}</xmile>\n"
    )


def _module(model: RandomModel) -> str:
    own = [variable for variable in model.variables if _from_outside(variable)]
    auxiliaries = "".join(f'<aux name="{v.name} outside"><eqn>{v.pieces[0].right.xmile}</eqn></aux>\n' for v in own)
    box = f"{model.prefix} box"
    connects = "".join(f'<connect to="{under(box)}.{under(v.name)}" from="{under(v.name)}_outside"/>' for v in own)
    return f'{auxiliaries}<module name="{box}">{connects}</module>\n'


def _from_outside(variable: Variable) -> bool:
    return variable.kind == "constant" and not variable.axes


def _model(model: RandomModel) -> str:
    """Write the model of a module, which goes by the module's name."""
    variables = "".join(_xmile_variables(model, outside=True))
    return f'<model name="{model.prefix} box"><variables>{variables}</variables></model>\n'


def _xmile_macro(name: str, body: Both) -> str:
    text = body.xmile
    return (
        f'<macro name="{under(name)}"><parm>first</parm><parm>second</parm><eqn>{escape(text)} + inner</eqn>'
        '<variables><aux name="inner"><eqn>first - second</eqn></aux></variables></macro>\n'
    )


def _xmile_variables(model: RandomModel, *, outside: bool) -> Iterator[str]:
    for variable in model.variables:
        dims = "".join(f'<dim name="{under(axis.name)}"/>' for axis in variable.axes)
        dims = f"<dimensions>{dims}</dimensions>" if dims else ""
        yield _xmile_variable(variable, dims, outside=outside)


def _xmile_variable(variable: Variable, dims: str, *, outside: bool) -> str:
    piece = variable.pieces[0]
    name = f'name="{variable.name}"'
    if variable.kind == "table":
        points = [point.strip("()").split(",") for point in piece.right.xmile.split("),(")]
        xs, ys = (",".join(column) for column in zip(*points, strict=True))
        return f"<gf {name}><xpts>{xs}</xpts><ypts>{ys}</ypts></gf>\n"
    if piece.initial is not None:
        flow = f"{variable.name} change"
        return (
            f"<stock {name}><eqn>{piece.initial.xmile}</eqn>{dims}<inflow>{under(flow)}</inflow></stock>\n"
            f'<flow name="{flow}"><eqn>{escape(piece.right.xmile)}</eqn>{dims}</flow>\n'
        )
    if variable.kind == "constant" and variable.axes:
        return f"<aux {name}>{dims}{_elements(variable, piece)}</aux>\n"
    if outside and _from_outside(variable):
        return f'<aux {name} access="input"><eqn>0</eqn></aux>\n'
    return f"<aux {name}><eqn>{escape(piece.right.xmile)}</eqn>{dims}</aux>\n"


def _elements(variable: Variable, piece: Piece) -> str:
    rows = [[number.strip() for number in row.split(",")] for row in piece.right.xmile.split(";") if row.strip()]
    first = variable.axes[0].elements
    if len(variable.axes) == 1:
        pairs = zip(first, rows[0], strict=True)
    else:
        pairs = (
            (f"{e}, {f}", number)
            for e, row in zip(first, rows, strict=True)
            for f, number in zip(variable.axes[1].elements, row, strict=True)
        )
    return "".join(f'<element subscript="{at}"><eqn>{number}</eqn></element>' for at, number in pairs)
