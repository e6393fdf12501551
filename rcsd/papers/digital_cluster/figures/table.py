"""The paper's table with the state of a cluster marked in it."""

import textwrap

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from rcsd.papers.digital_cluster import STAGES, TABLE, RowReading, Survey, TableRow
from rcsd.papers.digital_cluster.figures.wording import STAGE_COLOURS, STAGE_INKS, settings
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, OBSERVED, house_style, new_figure

_WIDTHS = (1.75, 2.25, 2.25, 2.25, 2.6)
_LETTERS = (24, 33, 33, 33, 40)
_LINE = 0.145
_PAD = 0.16
_FONT = 7.2


def table_figure(found: Survey) -> Drawing:
    """Draw the table, with the cells that describe the state filled and what was read on the right."""
    reading = found.reading
    with house_style():
        texts = [_texts(row, read) for row, read in zip(TABLE, reading.rows, strict=True)]
        heights = [_PAD + _LINE * max(text.count("\n") + 1 for text in row) for row in texts]
        total, top = sum(heights), 0.42
        figure = new_figure((sum(_WIDTHS) + 0.1, total + top + 0.1))
        figure.set_layout_engine("none")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(-0.05, sum(_WIDTHS) + 0.05)
        axes.set_ylim(total + 0.05, -top - 0.05)
        axes.set_axis_off()
        _heading(axes, found, top)
        below = 0.0
        for row, read, cells, height in zip(TABLE, reading.rows, texts, heights, strict=True):
            _row(axes, row, read, cells, (below, height))
            below += height
        svg, png = save_bytes(figure)
    tie = f" (a tie with the {reading.tied[1]})" if reading.tied else ""
    (left, n_left), (arrived, n_arrived) = reading.passed
    votes = f"{left} of {n_left} have left the conventional cluster, {arrived} of {n_arrived} reached the ecosystem"
    said = "; ".join(f"{read.rule.key}: {read.text}" for read in reading.rows)
    return Drawing(
        "digital-table",
        svg,
        png,
        f"State of year {found.year:g} against the table: {reading.stage}{tie}, rows {votes}. {said}.",
        f"How to read it: filled cells describe the state of year {found.year:g}; where the paper gives two stages one "
        "text both are filled, and the row cannot tell them apart. Bold rows decided. Of the rows that can tell, "
        f"{votes}: {reading.stage}{tie}. Thresholds are assumed. {settings(found.path.parameters)}.",
        wide=True,
    )


def _texts(row: TableRow, read: RowReading) -> tuple[str, ...]:
    """Return the row's cells and what was read, broken into lines."""
    seen = []
    for boundary in read.rule.boundaries:
        passed = bool(boundary.passed({boundary.variable: read.values[boundary.variable]}))
        mark = "yes" if passed else "no"
        seen.append(f"{boundary.condition}?\n{mark}: {read.values[boundary.variable]:.3g}")
    cells = [row.characteristic, *row.cells]
    wrapped = [textwrap.fill(cell, width) for cell, width in zip(cells, _LETTERS, strict=False)]
    lines = [textwrap.fill(line, _LETTERS[4]) for text in seen for line in text.split("\n")]
    return (*wrapped, "\n".join(lines))


def _heading(axes: Axes, found: Survey, top: float) -> None:
    left = 0.0
    words = ("Characteristic", *STAGES, f"Read in year {found.year:g}")
    for index, (word, width) in enumerate(zip(words, _WIDTHS, strict=True)):
        named = word == found.reading.stage
        if named:
            axes.add_patch(Rectangle((left, -top), width, top, facecolor=STAGE_INKS[word], edgecolor="none"))
        elif word in found.reading.tied:
            axes.add_patch(Rectangle((left, -top), width, top, fill=False, edgecolor=STAGE_INKS[word], linewidth=1.5))
        votes = f", {found.reading.votes[index - 1]} of {len(TABLE)}" if word in STAGES else ""
        axes.text(
            left + 0.07,
            -top / 2,
            f"{word[0].upper()}{word[1:]}{votes}",
            va="center",
            fontsize=8.5,
            fontweight="bold",
            color="white" if named else OBSERVED,
        )
        left += width


def _row(axes: Axes, row: TableRow, read: RowReading, cells: tuple[str, ...], place: tuple[float, float]) -> None:
    below, height = place
    left = 0.0
    for index, (text, width) in enumerate(zip(cells, _WIDTHS, strict=True)):
        stage = index - 1
        marked = 0 <= stage < len(STAGES) and stage in read.stages
        axes.add_patch(
            Rectangle(
                (left, below),
                width,
                height,
                facecolor=STAGE_COLOURS[STAGES[stage]] if marked else "white",
                edgecolor="#C9C9C9",
                linewidth=0.6,
            )
        )
        if marked:
            axes.add_patch(
                Rectangle((left, below), 0.045, height, facecolor=STAGE_INKS[STAGES[stage]], edgecolor="none")
            )
        axes.text(
            left + 0.09,
            below + height / 2,
            text,
            va="center",
            fontsize=_FONT,
            linespacing=1.25,
            fontweight="bold" if index == 0 and read.decided else "normal",
            color=OBSERVED if marked or index in {0, len(cells) - 1} else MUTED,
        )
        left += width
    if row.shared:
        axes.text(
            _WIDTHS[0] - 0.06, below + height - 0.05, "two agree", ha="right", va="bottom", fontsize=5.8, color=MUTED
        )
