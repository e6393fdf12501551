"""What the resource industry's share depends on."""

from rcsd.papers.structure import StructureResult
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, FROZEN, OBSERVED, SIMULATED, house_style, legend_below, new_figure


def ranges_figure(result: StructureResult) -> Drawing:
    """Draw the ratio of the resource industry's share with each number at both ends of its range."""
    base = result.changes[0].ratio
    ends: dict[str, list[tuple[float, float]]] = {}
    for v in result.variations:
        if not v.clash:
            ends.setdefault(v.name, []).append((v.value, v.ratio))
    names = sorted(ends, key=lambda name: -max(abs(ratio - base) for _, ratio in ends[name]))
    numbers = result.task.settings.numbers
    with house_style():
        figure = new_figure((CARD[0], 1.2 + 0.27 * max(len(names), 4)))
        axes = figure.add_subplot()
        for row, name in enumerate(names):
            for value, ratio in ends[name]:
                low = value == numbers[name].lower
                axes.plot([base, ratio], [row, row], color=OBSERVED, linewidth=0.9, zorder=2)
                axes.plot(
                    ratio,
                    row,
                    "<" if low else ">",
                    color=SIMULATED if low else FROZEN,
                    markersize=6,
                    zorder=4,
                    label="lower end of the range" if low else "upper end of the range",
                )
        axes.axvline(base, color=OBSERVED, linewidth=1, zorder=1)
        labels = [f"{name.replace('.', ': ')} ({numbers[name].lower:g} to {numbers[name].upper:g})" for name in names]
        axes.set_yticks(range(len(names)), labels, fontsize=7)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_xlabel("share at the compromise over actual share")
        legend_below(figure, axes, columns=2)
        svg, png = save_bytes(figure)
    where = f" of {result.changes[0].region}" if result.changes[0].region else ""
    return Drawing(
        "structure-ranges",
        svg,
        png,
        f"Ratio of the share of {result.programme.industry} with each number at both ends of its range.",
        f"What the share of {result.programme.industry}{where} depends on. How to read it: the line is the ratio "
        "as the numbers stand; a mark far from it belongs to a number that matters, one number moved at a time.",
    )
