"""The code that a number depends on: a module and all that it imports, hashed as it is compiled.

Comments, blank lines and line numbers are no part of the hash, so that an edit of them leaves kept results valid.
"""

from __future__ import annotations

import hashlib
import importlib.util
import pkgutil
import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.metadata import packages_distributions
from types import CodeType

ARRANGES = ("rcsd.cli", "rcsd.report", "rcsd.study.graph", "rcsd.study.steps", "rcsd.study.written", "rcsd.plugins")
"""Packages that run steps and arrange results: their code decides no number, and is not followed."""

_DOTTED = re.compile(r"\b[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\b")
_FROM = re.compile(r"^\s*from\s+([\w.]+)\s+import\s+(\([^)]*\)|[^\n#]+)", re.MULTILINE)
_IMPORT = re.compile(r"^\s*(?:from|import)\s+(\w+)", re.MULTILINE)


def code_of(modules: Iterable[str]) -> str:
    """Hash modules and everything of their own distributions that they import, directly or not.

    A name in a module's text that is the name of another module counts as an import: too much is hashed rather than
    too little.

    Parameters
    ----------
    modules
        Dotted names; they are hashed whatever package they are of, and what they import unless it only arranges.
    """
    digest = hashlib.sha256()
    for name in sorted(closure(modules)):
        digest.update(name.encode() + b"\0" + _module_hash(name) + b"\0")
    return digest.hexdigest()


def modules_in(package: str) -> tuple[str, ...]:
    """Names of all modules of a package, its own first."""
    spec = _spec(package)
    if spec is None or spec.submodule_search_locations is None:
        return (package,)
    below = sorted(pkgutil.iter_modules(spec.submodule_search_locations), key=lambda each: each.name)
    return (package, *(name for each in below for name in modules_in(f"{package}.{each.name}")))


def closure(modules: Iterable[str]) -> set[str]:
    """Names of modules, and of all of the same distributions that they import."""
    found: set[str] = set()
    left = list(dict.fromkeys(modules))
    roots = ("rcsd", *_siblings(tuple({name.partition(".")[0] for name in left} - {"rcsd"})))
    while left:
        name = left.pop()
        if name in found:
            continue
        found.add(name)
        left += [other for other in imported(name, roots) if other not in found and not _arranges(other)]
    return found


def distributions(modules: Iterable[str]) -> set[str]:
    """Top-level names that modules and what they import take from elsewhere; the standard library's among them."""
    return {name for module in closure(modules) for name in _IMPORT.findall(_source(module))} - {"rcsd"}


def _siblings(roots: tuple[str, ...]) -> tuple[str, ...]:
    """Top-level packages of the distributions that have some of them."""
    if not roots:
        return ()
    holders = packages_distributions()
    owners = {owner for root in roots for owner in holders.get(root, ())}
    return tuple({*roots, *(root for root, names in holders.items() if owners & set(names))})


def _arranges(name: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in ARRANGES)


def imported(name: str, roots: tuple[str, ...]) -> set[str]:
    """Modules below some roots that the text of a module names; a package counts where something is taken from it."""
    text = _source(name)
    dotted = {each for each in _DOTTED.findall(text) if each.partition(".")[0] in roots}
    taken = {_home(*each.rpartition(".")[::2]) for each in dotted if _spec(each) is None or not _is_package(each)}
    taken |= {each for each in re.findall(r"^\s*import\s+(\w+)", text, re.MULTILINE) if each in roots}
    for written, names in _FROM.findall(text):
        package = _absolute(written, name)
        if package.partition(".")[0] in roots:
            taken |= {package} if "*" in names else {_home(package, each) for each in re.findall(r"\w+", names)}
    return {module for each in taken if (module := _module_in(each)) is not None and module != "rcsd"}


def _absolute(package: str, module: str) -> str:
    """Resolve a package that is written with leading dots, seen from a module."""
    below = package.lstrip(".")
    n_dots = len(package) - len(below)
    if n_dots == 0:
        return package
    parts = module.split(".")
    kept = parts[: len(parts) - n_dots + (1 if _is_package(module) else 0)]
    return ".".join((*kept, below)) if below else ".".join(kept)


def _home(package: str, name: str) -> str:
    """Where a name that a package hands on is from, so that the rest of the package is not followed."""
    return _handed_on(package).get(name, f"{package}.{name}")


@cache
def _handed_on(package: str) -> dict[str, str]:
    """By name: the module that a package takes it from."""
    if not _is_package(package):
        return {}
    found = _FROM.findall(_source(package))
    return {name: _absolute(module, package) for module, names in found for name in re.findall(r"\w+", names)}


def _module_in(dotted: str) -> str | None:
    """Longest beginning of a dotted name that is a module."""
    parts = dotted.split(".")
    names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((name for name in names if _spec(name) is not None), None)


def _is_package(name: str) -> bool:
    spec = _spec(name)
    return spec is not None and spec.submodule_search_locations is not None


@cache
def _spec(name: str) -> ModuleSpec | None:
    """Find a module without importing it; its packages are not imported either."""
    parent, _, last = name.rpartition(".")
    if not parent:
        return importlib.machinery.PathFinder.find_spec(name)
    above = _spec(parent)
    if above is None or above.submodule_search_locations is None:
        return None
    finder = importlib.machinery.PathFinder.find_spec
    return finder(name, list(above.submodule_search_locations)) if last else None


@cache
def _source(name: str) -> str:
    loader = _loader(name)
    return "" if loader is None else loader.get_source(name) or ""


@cache
def _module_hash(name: str) -> bytes:
    """Hash a module's compiled code; what is no Python source counts by its name alone."""
    loader = _loader(name)
    code = None if loader is None else loader.get_code(name)
    digest = hashlib.sha256()
    if code is not None:
        _feed(digest.update, code)
    return digest.digest()


def _loader(name: str) -> SourceFileLoader | None:
    spec = _spec(name)
    return spec.loader if spec is not None and isinstance(spec.loader, SourceFileLoader) else None


def _feed(update: Callable[[bytes], None], code: CodeType) -> None:
    """Hash what a piece of code does: instructions, names and constants, no lines."""
    update(code.co_code + code.co_exceptiontable)
    update(repr((code.co_name, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)).encode())
    update(repr((code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags)).encode())
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            _feed(update, constant)
        else:
            update(_stable(constant).encode())


def _stable(constant: object) -> str:
    """Write a constant so that two processes write the same: the order of a set is a matter of chance."""
    if isinstance(constant, frozenset):
        return repr(sorted(map(_stable, constant)))
    if isinstance(constant, tuple):
        return f"({','.join(map(_stable, constant))})"
    return repr(constant)
