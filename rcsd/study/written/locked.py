"""The lock of versions: rcsd, and all that it needs, as pip reads them."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

from rcsd.study.graph.provenance import code_hash


@cache
def requirements() -> str:
    """Write the versions that are installed of rcsd and of every distribution that it needs, one a line.

    Examples
    --------
    >>> [line for line in requirements().splitlines() if line.startswith("rcsd==")]
    ['rcsd==0.2.0.dev0']
    """
    found = {_normal(each.name): each.version for each in _needed("rcsd", frozenset(), set())}
    listed = [f"{name}=={version}" for name, version in sorted(found.items())]
    head = [
        f"# Python {platform.python_version()} on {platform.system()} {platform.machine()}",
        f"# SHA-256 of the numerical code of rcsd: {code_hash()}",
    ]
    return "\n".join([*head, *listed, ""])


@cache
def machine() -> dict[str, str]:
    """Say on what a result is worked out: kernels are compiled for the processor that is there."""
    return {"system": platform.system(), "architecture": platform.machine(), "processor": platform.processor()}


def locked(text: str) -> dict[str, str]:
    r"""Read what `requirements` has written: versions by name of the distribution.

    Examples
    --------
    >>> locked("# Python 3.12.1 on Linux x86_64\nnumpy==2.2.0\n")
    {'numpy': '2.2.0'}
    """
    lines = (line.partition("==") for line in text.splitlines() if not line.startswith("#"))
    return {name.strip(): version.strip() for name, between, version in lines if between}


def _needed(name: str, extras: frozenset[str], seen: set[tuple[str, frozenset[str]]]) -> Iterator[Distribution]:
    """Walk what a distribution needs here, itself first; what is not installed for this system is left out."""
    if (_normal(name), extras) in seen:
        return
    seen.add((_normal(name), extras))
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return
    yield found
    for text in found.requires or ():
        needed = Requirement(text)
        if needed.marker is None or any(needed.marker.evaluate({"extra": each}) for each in (extras or {""})):
            yield from _needed(needed.name, frozenset(needed.extras), seen)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
