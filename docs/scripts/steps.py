"""Writes docs/reference/steps.md, the steps of a study, and draws them, from the steps that are installed.

``make pages`` after a change of a step; a test holds the page to them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from rcsd.study.graph.registry import all_steps, own_steps
from rcsd.study.graph.step import BROUGHT, Step

DOCS = Path(__file__).parents[1]
PAGE, DRAWING = DOCS / "reference" / "steps.md", DOCS / "steps.svg"

HEAD = """# Steps of a study

`docs/scripts/steps.py` writes this page from the steps that are installed.
[A study is a graph of steps](../study-graph.md) says what a step is. A step *needs* others: where one of them is left
out, so is the step. It *takes* the results of others where they have run. Steps marked *on demand* run only where
another step or an option of the command asks for them. Steps of the papers are plug-ins.

![Steps, and which takes the result of which](../steps.svg)

"""

COLUMN, ROW, WIDTH, HEIGHT = 190, 58, 150, 38
INK, LINE, PLUGIN = "#1b1f24", "#0072B2", "#D55E00"


def names(steps: Iterable[Step[Any]]) -> str:
    """List steps."""
    return ", ".join(f"`{step.name}`" for step in steps) or "–"


def about(step: Step[Any]) -> str:
    """Return the first sentence of the module that computes a step."""
    return (sys.modules[step.compute.__module__].__doc__ or "").partition("\n")[0]


def rows() -> Iterable[str]:
    """Yield a line of the table for each step, each after those that it takes results from."""
    for step in all_steps():
        marks = ["on demand"] if step.on_demand else []
        marks += [] if step in own_steps() else ["plug-in"]
        tables = ", ".join("those that steps bring" if name == BROUGHT else f"`[{name}]`" for name in step.reads)
        files = ", ".join(f"`{name}`" for name in step.files)
        cells = (
            f"`{step.name}`" + "".join(f", {mark}" for mark in marks),
            about(step),
            names(step.needs),
            names(step.uses),
            tables or "–",
            files or "–",
            ", ".join(sorted(step.packages)) or "–",
        )
        yield f"| {' | '.join(cells)} |"


def page() -> str:
    """Return the page."""
    head = ("step", "what it does", "needs", "takes", "tables of `study.toml`", "files", "packages")
    lines = (f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *rows())
    return HEAD + "\n".join(lines) + "\n"


def behind(step: Step[Any]) -> set[str]:
    """Return the steps that a step takes results from, through others as well."""
    return {each.name for each in step.takes}.union(*(behind(each) for each in step.takes))


def shown(step: Step[Any]) -> tuple[Step[Any], ...]:
    """Return the steps whose arrows to this one are drawn: those that no other arrow implies."""
    return tuple(
        each for each in step.takes if not any(each.name in behind(other) for other in step.takes if other is not each)
    )


def drawing() -> str:
    """Return the graph as SVG: a column for each length of the longest way from the beginning."""
    steps = all_steps()
    depth: dict[str, int] = {}
    for step in steps:
        depth[step.name] = 1 + max((depth[each.name] for each in step.takes), default=-1)
    columns = [[step for step in steps if depth[step.name] == at] for at in range(max(depth.values()) + 1)]
    place = {
        step.name: (12 + at * COLUMN, 12 + row * ROW)
        for at, each in enumerate(columns)
        for row, step in enumerate(each)
    }
    parts = []
    for step in steps:
        x, y = place[step.name]
        for other in shown(step):
            left, top = place[other.name]
            dash = "" if other in step.needs else ' stroke-dasharray="4 3"'
            start, end = left + WIDTH, x - 2
            middle = end - 22
            parts.append(
                f'<path d="M {start} {top + HEIGHT / 2} C {middle} {top + HEIGHT / 2} {start + 22} {y + HEIGHT / 2} '
                f'{end} {y + HEIGHT / 2}" fill="none" stroke="{LINE}" marker-end="url(#tip)"{dash}>'
                f"<title>{step.name} takes {other.name}</title></path>"
            )
    for step in steps:
        x, y = place[step.name]
        colour = LINE if step in own_steps() else PLUGIN
        parts.append(
            f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="7" fill="#ffffff" stroke="{colour}"/>'
            f'<text x="{x + WIDTH / 2}" y="{y + 24}" text-anchor="middle" fill="{INK}">{escape(step.name)}</text>'
        )
    width, height = 24 - COLUMN + WIDTH + COLUMN * len(columns), 12 + ROW * max(map(len, columns))
    said = "; ".join(f"{step.name} takes {', '.join(each.name for each in step.takes)}" for step in steps if step.takes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="15" role="img" aria-label="Steps of a study: {escape(said)}.">\n'
        f'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M 0 0 L 8 4 L 0 8 z" fill="{LINE}"/></marker></defs>\n'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def main() -> None:
    """Write the page and the drawing."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    DRAWING.write_text(drawing(), encoding="utf-8", newline="\n")
    print(PAGE, DRAWING, sep="\n")


if __name__ == "__main__":
    main()
