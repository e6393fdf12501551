"""The registry as a whole: nothing is missing, nothing contradicts itself, every example holds in every engine."""

from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pytest
from pysd.builders.python.python_functions import functionspace
from pysd.translators.structures import abstract_expressions
from pysd.translators.vensim.vensim_structures import structures as vensim_structures
from pysd.translators.xmile.xmile_structures import structures as xmile_structures

import rcsd
from rcsd.simulation.functions import FUNCTIONS, Formula, Function, Primitive, Refused, Stateful
from rcsd.simulation.functions.__main__ import page
from rcsd.simulation.functions.entry import signature
from rcsd.simulation.ir.expression import Call, Name, Number, walk
from rcsd.simulation.passes.lower import lower
from rcsd.simulation.reader.calls import calls_in
from tests.places import DOCS
from tests.simulation.engine.constructs import VENSIM, VENSIM_ALONE, XMILE, XMILE_ALONE, write_vensim, write_xmile
from tests.simulation.functions import test_lookups, test_vectors

PAGE = DOCS / "functions.md"
GRAMMAR = {"Reference", "SubscriptsReference", "Arithmetic", "Logic", "InlineLookups", "Lookups", "Call", "Data"}
GRAMMAR |= {f"Get{what}" for what in ("Lookups", "Data", "Constants")}
"""PySD's structures that are no functions: names, operators, tables, files."""


def test_the_page_of_functions_is_what_the_registry_says() -> None:
    """A stale page fails here; the command to write it anew stands in it."""
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m rcsd.simulation.functions > docs/functions.md"


@pytest.mark.parametrize("format", ["vensim", "xmile"])
def test_every_function_that_pysd_reads_is_known(format: str) -> None:
    """PySD's two lists are the outside fact: what its builder computes, and the classes its parsers make."""
    for name in functionspace:
        assert FUNCTIONS.read(format, name) is not None, name
    made = {name for name in vars(abstract_expressions) if name.endswith("Structure")}
    for name in made - {f"{word}Structure" for word in GRAMMAR}:
        assert FUNCTIONS.read(format, name) is not None, name


@pytest.mark.parametrize("format", ["vensim", "xmile"])
def test_every_name_that_pysd_rewrites_has_its_signatures(format: str) -> None:
    """PySD's parsers take some functions apart by name and number of arguments; ours are the same."""
    own = {"negative", "stock", "reference", "subscripts_ref", "arithmetic", "logic", "call", "lookup", "data"}
    own |= {"inline_lookup", "with_lookup", "if_then_else"}
    for name, made in (vensim_structures if format == "vensim" else xmile_structures).items():
        if name in own or name.startswith("get_"):
            continue
        signatures = FUNCTIONS.written(format, name)
        assert signatures, name
        for n in range(7):
            if isinstance(made, dict):
                assert n not in made or any(each.takes(n) for each in signatures), (name, n)


def test_formulas_come_down_to_primitives() -> None:
    """Whatever the arguments are, nothing is left that an engine does not compute."""
    formulas = [function for function in FUNCTIONS if isinstance(function.how, Formula)]
    assert len(formulas) > 10
    for function in formulas:
        call = Call(function.key, tuple(Name(f"argument {i}") for i, _ in enumerate(function.arguments)))
        lowered = lower(call, 0.25)
        for node in walk(lowered):
            if isinstance(node, Call):
                assert isinstance(FUNCTIONS.named(node.function).how, Primitive), (function.key, node)
        assert {node.name for node in walk(lowered) if isinstance(node, Name)} == {
            f"argument {i}" for i, _ in enumerate(function.arguments)
        }, function.key


def _has_example(function: Function) -> bool:
    timeless = not (isinstance(function.how, Formula) and "time" in function.how.text.casefold())
    return bool(function.every_signature) and isinstance(function.how, Formula | Primitive) and timeless


def test_every_example_holds_in_every_engine(tmp_path: Path) -> None:
    """Values from outside: tables, manuals, angles with known sines. What is due an example has one."""
    assert [function.key for function in FUNCTIONS if _has_example(function) and not function.example] == []
    examples = [function for function in FUNCTIONS if function.example is not None]
    assert len(examples) > 20
    for format, write in (("vensim", write_vensim), ("xmile", write_xmile)):
        own = [function for function in examples if function.signatures(format)]
        calls = [call for function in own if function.example for call in [function.example[0]]]
        values = [value for function in own if function.example for value in [function.example[1]]]
        if format == "vensim":
            text = "\n~~|\n".join(f"y{i} = {call}" for i, call in enumerate(calls))
        else:
            calls = [call.replace("GAMMA LN", "GAMMALN") for call in calls]
            text = "".join(f'<aux name="y{i}"><eqn>{escape(call)}</eqn></aux>' for i, call in enumerate(calls))
        model = rcsd.load(write(tmp_path / f"model.{format.replace('vensim', 'mdl')}", text))
        names = [f"y{i}" for i, _ in enumerate(calls)]
        for backend in ("interpreted", "compiled"):
            found = model.simulator(backend).run(outputs=names, times=[0.0]).values[0, 0]
            np.testing.assert_allclose(found, values, rtol=1e-14, err_msg=f"{backend}: {calls}")


def test_every_function_is_compared_between_engines() -> None:
    """Each stands in a model that the interpreter, the kernels and, where it can, PySD run, or in an example."""
    compared = {
        written.casefold()
        for format, constructs in (("vensim", VENSIM | VENSIM_ALONE), ("xmile", XMILE | XMILE_ALONE))
        for text in constructs.values()
        for written, _ in calls_in(text, format)
    }
    compared |= {"integ", "if then else"}
    # data variables need a series, and arrays of XMILE dimensions, which a construct does not have
    others = "".join(Path(module.__file__).read_text("utf-8").casefold() for module in (test_lookups, test_vectors))
    for function in FUNCTIONS:
        if function.how is None or isinstance(function.how, Refused) or function.random or function.example:
            continue
        names = {each.name.casefold() for each in function.every_signature}
        assert not names or names & compared or any(f"{name}(" in others for name in names), function.key


def test_what_remembers_has_the_arguments_of_pysds_classes() -> None:
    """Their order is taken on trust from the fields, so each class has a function that expands it."""
    for function in FUNCTIONS:
        if isinstance(function.how, Stateful) and isinstance(function.pysd, str) and function.pysd:
            assert hasattr(abstract_expressions, function.pysd), function.key


def test_two_functions_of_one_name_are_refused(add: Callable[..., None]) -> None:
    """Nobody overrides a function by accident."""
    with pytest.raises(ValueError, match="there is a function 'exp' already"):
        add(Function("Another.", Formula("x"), vensim="EXP(x)"))


def test_a_kernel_of_too_many_arguments_is_refused(add: Callable[..., None]) -> None:
    """When the registry is loaded, not when a model is compiled."""
    with pytest.raises(ValueError, match="one to 5 arguments"):
        add(Function("Six.", Primitive(np.hypot, lambda a, b, c, d, e, f: a), vensim="SIX(a, b, c, d, e, f)"))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("PI()", {0}),
        ("LN(x)", {1}),
        ("RAMP(slope, start[, end])", {2, 3}),
        ("SUM(first, ...)", {1, 2, 3, 4, 5}),
        ("ANY(x[, y, z])", {1, 2, 3}),
    ],
)
def test_signatures_say_how_many_arguments(text: str, counts: set[int]) -> None:
    """Brackets are optional, dots are any number."""
    assert {n for n in range(6) if signature(text).takes(n)} == counts


@pytest.mark.parametrize("text", ["LN", "LN(x", "(x)", "LN(x))", "3 LN(x)"])
def test_a_signature_that_is_none_is_refused(text: str) -> None:
    """The registry is data: its faults show when it is loaded."""
    with pytest.raises(ValueError, match="is no signature"):
        signature(text)


def test_lowering_puts_the_time_step_into_formulas() -> None:
    """A pulse without width lasts one step: half of one after its start catches one point of the clock."""
    numbers = {
        node.value for node in walk(lower(Call("pulse", (Name("b"), Number(0.0))), 0.25)) if isinstance(node, Number)
    }
    assert {0.25, 2.0} <= numbers
