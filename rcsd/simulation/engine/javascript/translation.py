"""Plain functions of numbers, which the kernels compile, turned into JavaScript: one owner for every algorithm.

The words that are understood are those that the functions of `rcsd.simulation.functions` use; any other is refused
here, not guessed.
"""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator
from functools import lru_cache
from types import FunctionType
from typing import Any

from rcsd.simulation.engine.javascript.numbers import number

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Eq: "===",
    ast.NotEq: "!==",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_CALLS = {
    "abs": "Math.abs",
    "float": "Number",
    "int": "Math.trunc",
    "bool": "Boolean",
    "min": "R.lesser",
    "max": "R.greater",
    "math.exp": "Math.exp",
    "math.log": "Math.log",
    "math.log1p": "Math.log1p",
    "math.expm1": "Math.expm1",
    "math.sqrt": "Math.sqrt",
    "math.floor": "Math.floor",
    "np.floor": "Math.floor",
    "np.ceil": "Math.ceil",
    "math.isnan": "Number.isNaN",
    "math.isinf": "R.isInfinite",
    "math.isfinite": "Number.isFinite",
    "math.erfc": "R.erfc",
    "math.lgamma": "R.logGamma",
    "np.zeros": "R.zeros",
}
_ARGUMENTS = {"abs": 1, "float": 1, "int": 1, "bool": 1, "min": 2, "max": 2, "math.log": 1, "np.zeros": 1}
"""How many a call must have that takes more in Python than here."""
_VALUES = {"math.inf": "Infinity", "math.nan": "NaN", "math.pi": "Math.PI", "np.inf": "Infinity", "np.nan": "NaN"}


def script_name(function: Callable[..., Any]) -> str:
    """Name a function in JavaScript: those of two modules differ."""
    return f"{function.__module__.rpartition('.')[2]}{function.__name__}"


@lru_cache(maxsize=256)
def translated(function: Callable[..., float]) -> tuple[tuple[str, str], ...]:
    """Return a function and all plain ones that it calls, by name, as JavaScript; each after those that it calls.

    Raises
    ------
    NotImplementedError
        Naming the line that has no translation.
    """
    found: dict[str, str] = {}
    _gather(function, found, ())
    return tuple(found.items())


def _gather(function: Callable[..., float], found: dict[str, str], within: tuple[str, ...]) -> None:
    name = script_name(function)
    if name in found or name in within:
        return
    tree = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise NotImplementedError(f"{name}: no plain function")
    translator = _Translator(function)
    text = translator.function(tree)
    for other in translator.called:
        _gather(other, found, (*within, name))
    found[name] = text


class _Translator:
    """Writes one function."""

    def __init__(self, function: Callable[..., float]) -> None:
        self._module = sys.modules[function.__module__]
        self._name = script_name(function)
        self.called: list[Callable[..., float]] = []

    def function(self, tree: ast.FunctionDef) -> str:
        arguments = [argument.arg for argument in tree.args.args]
        body = [line for statement in tree.body for line in self._statement(statement)]
        own = sorted(_assigned(tree) - set(arguments))
        declared = [f"let {', '.join(own)};"] if own else []
        return f"function {self._name}({', '.join(arguments)}) {{ {' '.join([*declared, *body])} }}"

    def _statement(self, node: ast.stmt) -> Iterator[str]:  # noqa: C901, PLR0912 - one case a word
        match node:
            case ast.Expr(ast.Constant(str())):
                return
            case ast.Return(value):
                yield f"return {self._value(value)};" if value is not None else "return;"
            case ast.Assign(targets, value):
                for target in targets[::-1]:
                    yield f"{self._target(target)} = {self._value(value)};"
            case ast.AnnAssign(target, _, value) if value is not None:
                yield f"{self._target(target)} = {self._value(value)};"
            case ast.AugAssign(target, operator, value):
                place = self._target(target)
                yield f"{place} = {self._joined(operator, place, self._value(value), node)};"
            case ast.If(test, body, orelse):
                yield f"if ({self._value(test)}) {{"
                yield from self._body(body)
                yield "}"
                if orelse:
                    yield "else {"
                    yield from self._body(orelse)
                    yield "}"
            case ast.While(test, body, []):
                yield f"while ({self._value(test)}) {{"
                yield from self._body(body)
                yield "}"
            case ast.For(ast.Name(name), over, body, []):
                yield f"for ({name} of {self._over(over)}) {{"
                yield from self._body(body)
                yield "}"
            case ast.Break():
                yield "break;"
            case ast.Continue():
                yield "continue;"
            case _:
                raise self._refused(node)

    def _body(self, statements: list[ast.stmt]) -> Iterator[str]:
        for statement in statements:
            yield from self._statement(statement)

    def _target(self, node: ast.expr) -> str:
        match node:
            case ast.Tuple(elements):
                return "[" + ", ".join(map(self._target, elements)) + "]"
            case ast.Name(name):
                return name
            case ast.Subscript():
                return self._value(node)
        raise self._refused(node)

    def _over(self, node: ast.expr) -> str:
        match node:
            case ast.Call(ast.Name("range"), arguments):
                return f"R.range({', '.join(map(self._value, arguments))})"
            case ast.Name(name):
                return name
        raise self._refused(node)

    def _value(self, node: ast.expr) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a word
        match node:
            case ast.Constant(bool() as value):
                return "true" if value else "false"
            case ast.Constant(int() | float() as value):
                return number(value)
            case ast.Name(name):
                return self._named(name, node)
            case ast.Attribute(ast.Name() as owner, "size"):
                return f"{self._value(owner)}.length"
            case ast.Attribute():
                if (words := ast.unparse(node)) in _VALUES:
                    return _VALUES[words]
            case ast.Tuple(elements):
                return "[" + ", ".join(map(self._value, elements)) + "]"
            case ast.Subscript(of, ast.Slice(ast.Constant(int() as first), None, None)):
                return f"{self._value(of)}.slice({first})"
            case ast.Subscript(of, index) if not isinstance(index, ast.Slice):
                return f"{self._value(of)}[{self._value(index)}]"
            case ast.UnaryOp(ast.USub(), operand):
                return f"(-{self._value(operand)})"
            case ast.UnaryOp(ast.Not(), operand):
                return f"(!{self._value(operand)})"
            case ast.BinOp(left, operator, right):
                return self._joined(operator, self._value(left), self._value(right), node)
            case ast.BoolOp(operator, values):
                sign = " && " if isinstance(operator, ast.And) else " || "
                return "(" + sign.join(map(self._value, values)) + ")"
            case ast.IfExp(test, body, orelse):
                return f"({self._value(test)} ? {self._value(body)} : {self._value(orelse)})"
            case ast.Compare():
                return self._compared(node)
            case ast.Call():
                return self._called(node)
        raise self._refused(node)

    def _named(self, name: str, node: ast.expr) -> str:
        value = getattr(self._module, name, None)
        return number(value) if isinstance(value, int | float) and not isinstance(value, bool) else name

    def _joined(self, operator: ast.operator, left: str, right: str, node: ast.AST) -> str:
        if isinstance(operator, ast.Pow):
            return f"R.power({left}, {right})"
        if isinstance(operator, ast.FloorDiv):
            return f"Math.floor({left} / {right})"
        if type(operator) not in _BINARY:
            raise self._refused(node)
        return f"({left} {_BINARY[type(operator)]} {right})"

    def _compared(self, node: ast.Compare) -> str:
        found, left = [], node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(operator, ast.In) and isinstance(right, ast.Tuple):
                found.append(f"{self._value(right)}.includes({self._value(left)})")
            elif type(operator) in _COMPARED:
                found.append(f"{self._value(left)} {_COMPARED[type(operator)]} {self._value(right)}")
            else:
                raise self._refused(node)
            left = right
        return "(" + " && ".join(found) + ")"

    def _called(self, node: ast.Call) -> str:
        words = ast.unparse(node.func)
        arguments = ", ".join(map(self._value, node.args))
        match node.func:
            case ast.Attribute(ast.Subscript() as part, "copy"):
                return self._value(part)  # a slice is a copy here
        if words in _CALLS and not node.keywords and len(node.args) == _ARGUMENTS.get(words, len(node.args)):
            return f"{_CALLS[words]}({arguments})"
        if words == "np.argsort":  # of an array with a sign: the only arithmetic of arrays that functions use
            match node.args[0]:
                case ast.BinOp(sign, ast.Mult(), array):
                    return f"R.order({self._value(sign)}, {self._value(array)})"
        function = getattr(self._module, words, None)
        if isinstance(function, FunctionType):
            self.called.append(function)
            return f"{script_name(function)}({arguments})"
        raise self._refused(node)

    def _refused(self, node: ast.AST) -> NotImplementedError:
        return NotImplementedError(f"{self._name}: JavaScript has no translation of {ast.unparse(node)!r}")


def _assigned(tree: ast.FunctionDef) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
