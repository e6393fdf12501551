"""What each part of the model is worth, in a table and a figure."""

import numpy as np

from rcsd.bands import quantiles
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, OBSERVED, house_style, new_figure
from rcsd.report.sections.panel.origins_tables import ahead, share
from rcsd.report.table import Cell, Column, Table, cells, numbers, words
from rcsd.report.wording import MISSING, NO_BREAK, capital, fixed
from rcsd.study.panel.ablation.result import WHOLE, AblationResult, PartScore
from rcsd.study.panel.origins.plan import Plan

_MOST_WRITTEN = 8
"""Origins up to which every number is written into its field."""

_DARK = 0.6
_LETTERS = 44


def ablation_table(result: AblationResult, plan: Plan) -> Table:
    """One row per part: what the forecast loses without it."""
    by_group = {(s.part, s.group, s.horizon): s for s in result.scores if s.origin is None}
    spans = [(group, horizon) for group in plan.groups for horizon in group.horizons]
    rows = []
    for name, title in (_WHOLE, *((part.name, part.title) for part in result.parts)):
        row = [Cell(capital(title))]
        for group, horizon in spans:
            score = by_group[name, group.name, horizon]
            row += _lost(score) if name != WHOLE else [Cell(fixed(score.mase, 3)), Cell(fixed(score.crps, 2))]
            row.append(Cell(share(score.coverage)))
        rows.append(tuple(row))
    return Table(
        caption=f"{result.variable}: what each part of the model is worth",
        columns=(
            *words("Without"),
            *(
                Column(f"{what}, {group.title}, {ahead(horizon)}")
                for group, horizon in spans
                for what in ("MASE", "CRPS %", "in 90 %")
            ),
        ),
        rows=tuple(rows),
        note=f"First row: the whole model, one structure ({result.whole}). Below: how much larger the scores are "
        "without the part, over the same cells, with the standard error clustered by origin; below 0 the forecast is "
        "better without it (red).",
    )


_WHOLE = (WHOLE, "nothing: the whole model")


def _lost(score: PartScore) -> list[Cell]:
    mark = "alert" if score.mase_lost < 0 else ""
    return [
        Cell(f"{score.mase_lost:+.3f}{NO_BREAK}({fixed(score.mase_error, 3)})", mark),
        Cell(f"{score.crps_lost:+.2f}{NO_BREAK}({fixed(score.crps_error, 2)})", mark),
    ]


def ablation_by_origin_table(result: AblationResult, plan: Plan) -> Table:
    """One row per part, one column per origin."""
    scores = {(s.part, s.origin): s for s in result.scores if s.origin is not None}
    origins = _origins(result, plan)
    return Table(
        caption=f"{result.variable}: what each part is worth, at which origin",
        columns=(*words("Without"), *numbers(*map(str, origins))),
        rows=tuple(
            (
                Cell(capital(title)),
                *cells(*(_number(scores.get((name, origin)), whole=name == WHOLE) for origin in origins)),
            )
            for name, title in (_WHOLE, *((part.name, part.title) for part in result.parts))
        ),
        note="MASE of the whole model, and below how much larger it is without the part.",
    )


def _number(score: PartScore | None, *, whole: bool) -> str:
    if score is None or not score.n:
        return MISSING
    return fixed(score.mase, 3) if whole else f"{score.mase_lost:+.3f}"


def _origins(result: AblationResult, plan: Plan) -> list[int]:
    there = {score.origin for score in result.scores if score.origin is not None and score.n}
    return [origin for origin in plan.origins if origin in there]


def ablation_figure(result: AblationResult, plan: Plan) -> Drawing:
    """Draw what is lost at each origin as a field of colours."""
    origins = _origins(result, plan)
    scores = {(s.part, s.origin): s.mase_lost for s in result.scores if s.origin is not None}
    values = np.array([[scores[part.name, origin] for origin in origins] for part in result.parts])
    reach = max(1e-3, float(quantiles(np.abs(values[np.isfinite(values)]), (0.9,))[0]))
    with house_style():
        figure = new_figure((CARD[0], 1.3 + 0.34 * len(result.parts)))
        axes = figure.add_subplot()
        drawn = axes.imshow(values, cmap="RdBu_r", vmin=-reach, vmax=reach, aspect="auto")
        axes.set_xticks(range(len(origins)), [str(origin) for origin in origins])
        axes.tick_params(axis="x", labelrotation=90 if len(origins) > _MOST_WRITTEN else 0)
        axes.set_yticks(range(len(result.parts)), [_short(part.title) for part in result.parts])
        axes.grid(visible=False)
        if len(origins) <= _MOST_WRITTEN:
            for row, column in np.ndindex(values.shape):
                value = values[row, column]
                colour = "white" if abs(value) > _DARK * reach else OBSERVED
                axes.text(column, row, f"{value:+.2f}", ha="center", va="center", fontsize=7.5, color=colour)
        figure.colorbar(
            drawn, ax=axes, orientation="horizontal", aspect=40, label="MASE without the part less MASE with it"
        )
        svg, png = save_bytes(figure)
    return Drawing(
        "panel-parts",
        svg,
        png,
        f"What the forecast of {result.variable} loses without each part of the model, by origin.",
        "How to read it: red, the forecast is worse without the part, which earns its place at that origin; blue, it "
        "is better without. Strongest colours stand for all beyond.",
    )


def _short(title: str) -> str:
    """Break a long title over two lines."""
    text = capital(title)
    if len(text) <= _LETTERS // 2:
        return text
    cut = text.rfind(" ", 0, len(text) // 2 + 8)
    return f"{text[:cut]}\n{text[cut + 1 :]}"
