"""The front of two objectives, and the price of the resource along it."""

from rcsd.papers.structure import StructureResult, ratio_unit
from rcsd.papers.structure.words import index
from rcsd.report.chart import Chart, Layer, Line, Panel, Points, Rule, linear
from rcsd.report.drawing.style import FROZEN, MUTED, OBSERVED, SIMULATED
from rcsd.report.wording import capital


def front_figure(result: StructureResult) -> Chart:
    """Draw value added against use of the resource, and under it what a unit of the resource is worth."""
    programme, picked = result.programme, result.compromise
    at = (
        100 * picked.solution.resource_use / programme.actual_use,
        100 * picked.solution.value_added / programme.actual_value,
    )
    use = f"use of {programme.resource}, actual = 100"
    price = f"{ratio_unit(programme.unit, programme.resource_unit)} of {programme.resource}"
    return Chart(
        "structure-front",
        (
            Panel(_front(result, at), linear(use), linear("value added, actual = 100"), height=4.2),
            Panel(_prices(result, at[0]), linear(use), linear(price, 0), "What one more unit is worth", 2.6),
        ),
        f"Front of value added against use of {programme.resource} with {len(result.front.vertices)} vertices; the "
        f"compromise has value added {index(at[1], 100)} and use {index(at[0], 100)} against the actual structure.",
        f"{capital(programme.resource)} against value added. How to read it: no structure lies above the line; "
        "along it more of one objective costs some of the other, and the lower panel says how much value added the "
        f"next unit of {programme.resource} buys. What lies above and to the left of the cross is better than today in "
        "both.",
        wide=True,
        linked=True,
    )


def _front(result: StructureResult, at: tuple[float, float]) -> tuple[Layer, ...]:
    programme, front, picked = result.programme, result.front, result.compromise
    use = [100 * v.resource_use / programme.actual_use for v in front.vertices]
    value = [100 * v.value_added / programme.actual_value for v in front.vertices]
    return (
        Rule(100),
        Rule(100, along="x"),
        Line(use, value, "front, exact", SIMULATED),
        Points(use, value, "vertices", SIMULATED, size=6),
        Points(
            [100 * p.resource_use / programme.actual_use for p in front.points],
            [100 * p.value_added / programme.actual_value for p in front.points],
            "even ceilings on the use (epsilon)",
            SIMULATED,
            hollow=True,
            size=4,
        ),
        Points([at[0]], [at[1]], f"compromise, {picked.weight:g} : {1 - picked.weight:g}", FROZEN, "diamond", size=11),
        Points([100.0], [100.0], "actual structure", OBSERVED, "cross", size=9),
    )


def _prices(result: StructureResult, at: float) -> tuple[Layer, ...]:
    programme, front = result.programme, result.front
    use = [100 * v.resource_use / programme.actual_use for v in front.vertices]
    # the price is level between two vertices, and steps down at each
    across = [end for k in range(front.slopes.size) for end in (use[k], use[k + 1])]
    up = [float(slope) for slope in front.slopes for _ in range(2)]
    return (
        Rule(100, along="x"),
        Rule(at, colour=FROZEN, dash="dashed", along="x"),
        *([Line(across, up, "worth of one more unit", SIMULATED)] if across else []),
        Points(
            [100 * p.resource_use / programme.actual_use for p in front.points],
            front.prices,
            colour=MUTED,
            hollow=True,
            size=4,
        ),
    )
