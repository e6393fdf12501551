"""Draws docs/architecture.svg from the imports of the package: its rooms, from the top down, and who imports whom.

``make pages`` draws it anew, numbers and all; a test holds the committed drawing to the arrows of today.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[2]
DRAWING = ROOT / "docs" / "architecture.svg"

GROUND = "ground floor"
SAID = {
    "papers": "plug-ins: what is peculiar to coal cities and the three papers",
    "cli": "parses words, calls one function, maps errors to exit codes",
    "report": "draws results; computes nothing",
    "study": "one study in, one result out: a graph of kept steps",
    "analysis": "takes a Simulator and asks a question of it",
    "simulation": "from a model file to very many runs",
    GROUND: "what all may use: errors, files, names, units, toml/, work/",
}
"""The rooms, top to bottom, and what each is for."""

_FRONT = ("rcsd.__init__", "rcsd.model", "rcsd.workbench")
"""What Python users meet, made of all rooms: the public names, fetched on first use, and a model and a study to ask."""

WIDTH, ROW, GAP, LEFT, BOX = 1000, 62, 26, 16, 560
INK, MUTED, FILL, EDGE = "#1b1f24", "#57606a", "#f3f6f9", "#57606a"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#B8860B")
"""Of the arrows, by the room that they start from; Okabe and Ito's, told apart by colour-blind readers too."""


def room_of(module: str) -> str:
    """Return the room that a module of the package lies in."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in SAID else GROUND


def imported(source: str) -> Iterator[str]:
    """Yield the modules of the package that a source imports, wherever the statement stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name.split(".")[0] == "rcsd")
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module is not None:
            if node.module == "rcsd":
                yield from (f"rcsd.{each.name}" for each in node.names)
            elif node.module.startswith("rcsd."):
                yield node.module


def edges() -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Count import statements from room to room, and files in each room."""
    found: Counter[tuple[str, str]] = Counter()
    files: Counter[str] = Counter()
    for path in sorted((ROOT / "rcsd").rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if module.startswith(_FRONT):
            continue
        room = room_of(module)
        files[room] += 1
        found.update((room, other) for each in imported(path.read_text("utf-8")) if (other := room_of(each)) != room)
    return found, files


def drawing() -> str:
    """Return the drawing as SVG."""
    counts, files = edges()
    rooms = list(SAID)
    top = {room: 12 + index * (ROW + GAP) for index, room in enumerate(rooms)}
    parts = []
    for room in rooms:
        y, colour = top[room], COLOURS[rooms.index(room)] if room != GROUND else EDGE
        parts.append(f'<rect x="{LEFT}" y="{y}" width="{BOX}" height="{ROW}" rx="8" fill="{FILL}" stroke="{colour}"/>')
        parts.append(f'<text x="{LEFT + 16}" y="{y + 26}" font-weight="700" fill="{INK}">{escape(room)}</text>')
        parts.append(
            f'<text x="{LEFT + BOX - 16}" y="{y + 26}" text-anchor="end" fill="{MUTED}">{files[room]} files</text>'
        )
        parts.append(f'<text x="{LEFT + 16}" y="{y + 48}" font-size="14" fill="{MUTED}">{escape(SAID[room])}</text>')
    labels = []  # above all arrows
    pairs = [(a, b) for i, a in enumerate(rooms) for b in rooms[i + 1 :] if counts[a, b]]
    pairs.sort(key=lambda pair: rooms.index(pair[1]) - rooms.index(pair[0]))
    for lane, (above, below) in enumerate(pairs):
        x = LEFT + BOX + 14 + lane * 19
        colour = COLOURS[rooms.index(above)]
        start = top[above] + ROW * (0.55 + 0.4 * _share(pairs, above, 0, lane))
        end = top[below] + ROW * (0.05 + 0.4 * _share(pairs, below, 1, lane))
        parts.append(
            f'<path d="M {LEFT + BOX} {start:.1f} H {x} V {end:.1f} H {LEFT + BOX + 3}" fill="none" stroke="{colour}" '
            f'stroke-width="{1 + counts[above, below] ** 0.5 / 8:.1f}" marker-end="url(#tip-{above})">'
            f"<title>{above} imports from {below}: {counts[above, below]}</title></path>"
        )
        labels.append(
            f'<text x="{x + 3}" y="{(start + end) / 2:.1f}" font-size="12" fill="{colour}" stroke="#ffffff" '
            f'stroke-width="4" paint-order="stroke">{counts[above, below]}</text>'
        )
    height = top[rooms[-1]] + ROW + 12
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
        f'font-size="17" role="img" aria-label="{escape(words(counts))}">\n'
        f"<defs>{''.join(map(_tip, rooms[:-1], COLOURS))}</defs>\n"
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>\n' + "\n".join(parts + labels) + "\n</svg>\n"
    )


def _tip(room: str, colour: str) -> str:
    """Return the head of a room's arrows."""
    return (
        f'<marker id="tip-{room}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M 0 0 L 8 4 L 0 8 z" fill="{colour}"/></marker>'
    )


def _share(pairs: list[tuple[str, str]], room: str, side: int, lane: int) -> float:
    """Spread the ends of arrows over the edge of a room."""
    mine = [index for index, pair in enumerate(pairs) if pair[side] == room]
    return (mine.index(lane) + 0.5) / len(mine)


def words(counts: Counter[tuple[str, str]]) -> str:
    """Say the drawing in a sentence, for those who do not see it."""
    rooms = list(SAID)
    said = [
        f"{above} from {', '.join(f'{below} {counts[above, below]}' for below in rooms if counts[above, below])}"
        for above in rooms[:-1]
    ]
    return f"Rooms of the package, top to bottom, and the number of imports from one to another: {'; '.join(said)}."


def main() -> None:
    """Write the drawing."""
    DRAWING.write_text(drawing(), encoding="utf-8", newline="\n")
    print(DRAWING)


if __name__ == "__main__":
    main()
