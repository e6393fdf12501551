"""Every place in PySD where text can become code: a release with a new one must be looked at before it is used.

What closes each is in ``docs/security.md``.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.places import ROOT

_CALLS = {"eval", "exec", "compile", "__import__", "execfile", "open_code", "breakpoint"}
_METHODS = {"system", "popen", "exec_module", "load_module", "import_module", "spec_from_file_location", "run_path",
            "run_module", "read_pickle", "to_pickle", "urlopen", "urlretrieve"}  # fmt: skip
_MODULES = {"pickle", "marshal", "shelve", "dill", "joblib", "subprocess", "pty", "ctypes", "cffi", "runpy", "code",
            "codeop", "importlib", "imp", "zipimport", "socket", "urllib", "http", "requests", "ftplib", "yaml",
            "builtins", "multiprocessing", "distutils", "setuptools"}  # fmt: skip
_IN_TEXT = re.compile(r"\b(?:eval|exec|compile|__import__)\s*\(")

KNOWN = {
    # numbers, strings, points and limits: `eval` means `rcsd.simulation.reader.process.literals.literal` there
    "translators/vensim/vensim_element.py": {"eval": 8},
    "translators/xmile/xmile_element.py": {"eval": 3},
    # runs the generated Python, whose source has no word of the model in it and is looked over before
    "py_backend/components.py": {"exec_module": 1, "spec_from_file_location": 1, "import importlib": 1},
    # reads and writes the state of a run; no path is ever handed to it
    "py_backend/model.py": {"import pickle": 1},
    # a fixed name
    "py_backend/output.py": {"__import__": 1},
    # a model in several modules, which is never asked for; the text of the generated call
    "builders/python/python_model_builder.py": {"text of exec": 1},
    # lists names
    "builders/python/namespace.py": {"import builtins": 1},
}
"""By module: what it holds, and how often."""


def dangers(source: str) -> Iterator[str]:
    """Yield what in a source can run text, start a program, unpickle or fetch."""
    tree = ast.parse(source)
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in _CALLS:
                yield name
            case ast.Attribute(attr=name) if name in _METHODS:
                yield name
            case ast.Import(names=names):
                yield from (f"import {a.name.split('.')[0]}" for a in names if a.name.split(".")[0] in _MODULES)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in _MODULES:
                yield f"import {module.split('.')[0]}"
            case ast.Constant(value=str(text)) if id(node) not in documentation and _IN_TEXT.search(text):
                yield "text of exec"
            case ast.Name(id=name, ctx=ast.Load()) if name in _CALLS and not _is_called(tree, node):
                yield f"{name} as a value"


def _is_called(tree: ast.Module, name: ast.Name) -> bool:
    return any(isinstance(node, ast.Call) and node.func is name for node in ast.walk(tree))


def pysd_folder() -> Path:
    """Return where PySD is installed."""
    spec = find_spec("pysd")
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).parent


def in_use(path: str) -> bool:
    """Whether rcsd may reach a module: not PySD's own command line, nor its tools."""
    return not path.startswith(("cli/", "tools/")) and path != "__main__.py"


def test_no_new_place_where_text_becomes_code() -> None:
    """Each is known, and described on the page of security."""
    folder = pysd_folder()
    found = {
        path.relative_to(folder).as_posix(): dict(sorted(Counter(dangers(path.read_text("utf-8"))).items()))
        for path in sorted(folder.rglob("*.py"))
    }
    assert len(found) > 30
    dangerous = {path: what for path, what in found.items() if what and in_use(path)}
    assert dangerous == {path: dict(sorted(what.items())) for path, what in sorted(KNOWN.items())}
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    for path in KNOWN:
        assert f"`{path.removesuffix('.py').rpartition('/')[2]}" in page, f"docs/security.md does not speak of {path}"


def test_eval_in_pysds_parsers_reads_literals() -> None:
    """The name means our function in both modules that call it."""
    from pysd.translators.vensim import vensim_element  # noqa: PLC0415
    from pysd.translators.xmile import xmile_element  # noqa: PLC0415

    import rcsd.simulation.reader.pysd_calls  # noqa: F401, PLC0415
    from rcsd.simulation.reader.process.literals import literal  # noqa: PLC0415

    for module in (vensim_element, xmile_element):
        assert vars(module)["eval"] is literal


@pytest.mark.parametrize(
    "source",
    ["eval(x)", "f = eval", "import pickle as p", "from subprocess import run", "os.system(x)", "a = 'exec(b)'",
     "importlib.util.spec_from_file_location(a, b)", "pd.read_pickle(x)", "map(exec, x)"],
)  # fmt: skip
def test_dangers_are_seen(source: str) -> None:
    """However they are written."""
    assert list(dangers(source))


@pytest.mark.parametrize(
    "source", ["re.compile(x)", '"""eval(x)"""', "model.eval_something()", "x.load()", "evaluate(x)"]
)
def test_what_is_harmless_passes(source: str) -> None:
    """Regular expressions and documentation."""
    assert not [danger for danger in dangers(source) if danger != "compile"]
