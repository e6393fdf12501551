"""The figures of some results against those drawn anew."""

from __future__ import annotations

from pathlib import Path

from rcsd.study.written.crate import FIGURES
from rcsd.workbench.audit.outcome import Part
from rcsd.workbench.audit.printed import is_close


def figures_part(folder: Path, again: Path, tolerance: float) -> Part:
    """Hold each figure to the one drawn anew.

    A picture of dots whose drawing differs by roundings only cannot be told from one that is another: its drawing, the
    SVG beside it, speaks for it.
    """
    new = {path.name: path for path in sorted((again / FIGURES).glob("*")) if path.is_file()}
    old = {path.name: path for path in sorted((folder / FIGURES).glob("*")) if path.is_file()}
    equal, close = 0, 0
    faults = [f"{FIGURES}/{name} is missing" for name in new if name not in old]
    faults += [f"{FIGURES}/{name} is not drawn anew" for name in old if name not in new]
    for name in (name for name in new if name in old):
        if old[name].read_bytes() == new[name].read_bytes():
            equal += 1
        elif _drawing_is_close(old[name], new[name], tolerance):
            close += 1
        else:
            faults.append(f"{FIGURES}/{name} is not the one drawn anew")
    return Part(f"{FIGURES}, drawn anew", "figure", equal, close, tuple(faults))


def _drawing_is_close(old: Path, new: Path, tolerance: float) -> bool:
    drawn, drawn_anew = old.with_suffix(".svg"), new.with_suffix(".svg")
    try:
        text, other = (path.read_text(encoding="utf-8") for path in (drawn, drawn_anew))
    except (OSError, ValueError):
        return False
    return is_close(text, other, tolerance)
