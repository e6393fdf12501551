"""How productivity, the distance to the frontier and the frontier itself have moved."""

from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.courses import change_courses
from rcsd.papers.dea.figures.lines import draw_courses, median_words
from rcsd.papers.dea.method.malmquist import MalmquistResult
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import MUTED, WIDE, house_style, legend_below, new_figure
from rcsd.report.wording import fixed, listing

PANELS = {
    "productivity": "Productivity",
    "efficiency_change": "Efficiency change",
    "technical_change": "Technical change",
}


def movement_figure(found: Assessment, change: MalmquistResult) -> Drawing:
    """Draw the Malmquist index and its two factors, multiplied up from the first period."""
    courses = {factor: change_courses(found, change, factor) for factor in PANELS}
    first = courses["productivity"][0].periods[0]
    with house_style():
        figure = new_figure((WIDE[0], 3.6))
        panels = figure.subplots(1, 3, sharey=True)
        for axes, (factor, title) in zip(panels, PANELS.items(), strict=True):
            draw_courses(axes, courses[factor])
            axes.axhline(1, color=MUTED, linewidth=0.8)
            axes.set_yscale("log")
            axes.yaxis.set_major_formatter("{x:g}")
            axes.yaxis.set_minor_formatter("{x:g}")
            axes.set_title(title)
        panels[0].set_ylabel(f"{first} = 1, logarithmic")
        legend_below(figure, panels[0], columns=4)
        svg, png = save_bytes(figure)
    last = [f"{course.name} {fixed(course.middle[-1], 2)}" for course in courses["productivity"]]
    return Drawing(
        "dea-malmquist",
        svg,
        png,
        f"Malmquist productivity, efficiency and technical change since {first}; productivity at the end: "
        f"{listing(last)}.",
        "How to read it: productivity (outputs per input, each unit's inputs and outputs weighed in its own favour) is "
        "the product of the other two: efficiency change is the way towards the frontier (above 1) or from it, "
        f"technical change the frontier's own move where the unit stands.{median_words(courses['productivity'])}",
        wide=True,
    )
