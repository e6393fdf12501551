"""Generated Python looked over before it runs: it may compute, and nothing else.

`rcsd.simulation.pysd_backend.naming` keeps the words of a model file out of it. This is the second lock: whatever
comes through all the same can import nothing, call nothing and reach nothing that PySD's own templates do not.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from pysd.builders.python.python_functions import functionspace

from rcsd.errors import ModelError
from rcsd.simulation.pysd_backend.naming import OURS

_MODULES = {"pathlib", "scipy", "pysd", "rcsd.simulation.pysd_backend.tables"}
_PYSD = re.compile(r"pysd\.py_backend\.(functions|statefuls|external|data|lookups|utils|allocation|model)")
_TAKEN = {"pathlib": {"Path"}, "scipy": {"stats"}, "pysd": {"Component"}}
_NOT_TAKEN = {"load_modules", "load_model_data", "load", "Model"}
_BUILT_IN = {"float", "int", "bool", "len", "__file__", "__data", "True", "False", "None"}
_OF_TEMPLATES = """
    add loc values rename transpose expand_dims reset_coords DataArray zeros_like ones_like nan inf arange array interp
    logical_not logical_and logical_or parent joinpath stage initial_time final_time time_step saveper
"""
_ATTRIBUTES = {
    *_OF_TEMPLATES.split(),
    *(name for expression, _ in functionspace.values() for name in re.findall(r"\.([A-Za-z_]\w*)", expression)),
}
_NODES = (
    ast.Module, ast.For, ast.Expr, ast.Constant, ast.Assign, ast.FunctionDef, ast.arguments, ast.arg, ast.Return,
    ast.Lambda, ast.Call, ast.keyword, ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Load, ast.Store,
    ast.Tuple, ast.List, ast.Dict, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.operator, ast.unaryop,
    ast.boolop, ast.cmpop, ast.Import, ast.ImportFrom, ast.alias,
)  # fmt: skip


def require_harmless(text: str) -> None:
    """Refuse generated Python that could do more than compute.

    Raises
    ------
    ModelError
        Naming what it holds.
    SyntaxError, MemoryError, RecursionError
        When it is no Python, or nested too deep for Python's own parser.
    """
    tree = ast.parse(text)
    known = _BUILT_IN | set(_defined(tree))
    for node in ast.walk(tree):
        if found := _fault(node, known):
            raise ModelError(f"the translation by PySD is not run, since it holds {found[:80]!r}")


def _defined(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module gives a meaning itself."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from (alias.asname or alias.name for alias in names)


def _fault(node: ast.AST, known: set[str]) -> str:
    """Return what is wrong with a node; empty when it is harmless."""
    match node:
        case ast.Import(names=names):
            return next((alias.name for alias in names if alias.name not in ("numpy", "xarray")), "")
        case ast.ImportFrom(module=module, names=names):
            return _import_fault(module or "", {alias.name for alias in names})
        case ast.Name(id=name):
            # the arguments of a macro are names of ours that PySD gives a meaning when it loads the module
            return "" if name in known or OURS.fullmatch(name) else name
        case ast.Attribute(attr=name):
            return "" if name in _ATTRIBUTES else name
        case ast.FunctionDef(decorator_list=decorators):
            plain = all(ast.unparse(each).startswith("component.add(") for each in decorators)
            return "" if plain else "a decorator"
    return "" if isinstance(node, _NODES) else type(node).__name__


def _import_fault(module: str, names: set[str]) -> str:
    allowed = module in _MODULES or _PYSD.fullmatch(module) is not None
    if not allowed or not names <= _TAKEN.get(module, names) or names & _NOT_TAKEN:
        return f"from {module} import {', '.join(sorted(names))}"
    return ""
