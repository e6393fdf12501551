"""How productivity, the distance to the frontier and the frontier itself have moved."""

from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.courses import change_courses
from rcsd.papers.dea.figures.lines import course_layers, median_words, period_axis
from rcsd.papers.dea.method.malmquist import MalmquistResult
from rcsd.report.chart import Chart, Panel, Rule, logarithmic
from rcsd.report.wording import fixed, listing

PANELS = {
    "productivity": "Productivity",
    "efficiency_change": "Efficiency change",
    "technical_change": "Technical change",
}


def movement_figure(found: Assessment, change: MalmquistResult) -> Chart:
    """Draw the Malmquist index and its two factors, multiplied up from the first period."""
    courses = {factor: change_courses(found, change, factor) for factor in PANELS}
    productivity = courses["productivity"]
    periods = productivity[0].periods
    last = [f"{course.name} {fixed(course.middle[-1], 2)}" for course in productivity]
    return Chart(
        "dea-malmquist",
        tuple(
            Panel((Rule(1.0), *course_layers(courses[factor])), period_axis(periods), logarithmic(), title)
            for factor, title in PANELS.items()
        ),
        f"Malmquist productivity, efficiency and technical change since {periods[0]}; productivity at the end: "
        f"{listing(last)}.",
        "How to read it: productivity (outputs per input, each unit's inputs and outputs weighed in its own favour) is "
        "the product of the other two: efficiency change is the way towards the frontier (above 1) or from it, "
        f"technical change the frontier's own move where the unit stands.{median_words(productivity)}",
        wide=True,
        columns=3,
        linked=True,
        vertical=f"{periods[0]} = 1, logarithmic",
    )
