"""Small models around one equation, and what the two engines make of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

import rcsd

BOTH = ("interpreted", pytest.param("compiled", marks=pytest.mark.slow))
"""Engines as parameters of a test; kernels take seconds to compile."""


def vensim(
    folder: Path, equations: str, *, stop: float = 10.0, step: float = 1.0, start: float = 0.0, method: int = 0
) -> Path:
    """Write an .mdl file; equations stand one a line."""
    control = f"INITIAL TIME = {start}\nFINAL TIME = {stop}\nTIME STEP = {step}\nSAVEPER = {step}"
    lines = [line.strip() for line in f"{equations}\n{control}".splitlines() if line.strip()]
    path = folder / "model.mdl"
    settings = f"\\\\\\---/// Sketch information\nV300\n*View 1\n$0\n///---\\\\\\\n:L<%^E!@\n15:0,0,0,{method},0,0\n"
    path.write_text("{UTF-8}\n" + "".join(f"{line}\n~~|\n" for line in lines) + settings, "utf-8")
    return path


def xmile(folder: Path, variables: str, *, stop: float = 10.0, step: float = 1.0) -> Path:
    """Write an .xmile file."""
    path = folder / "model.xmile"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">\n'
        f"<header><name>m</name></header><sim_specs><start>0</start><stop>{stop}</stop><dt>{step}</dt></sim_specs>\n"
        f"<model><variables>\n{variables}\n</variables></model></xmile>\n",
        "utf-8",
    )
    return path


def aux(**equations: str) -> str:
    """Write auxiliaries of an XMILE file."""
    escaped = {name: text.replace("&", "&amp;").replace("<", "&lt;") for name, text in equations.items()}
    return "".join(f'<aux name="{name}"><eqn>{text}</eqn></aux>' for name, text in escaped.items())


def series(path: Path, name: str, backend: str, **inputs: ArrayLike) -> NDArray[np.float64]:
    """Run a model and return one variable, shape (run, time)."""
    model = rcsd.load(path)
    assert model.ir.untaken == ()
    return model.simulator(backend).run(inputs, outputs=[name]).of(name)
