"""Where units stand: scores over the periods against one frontier and against each period's own; a ranking without."""

import numpy as np

from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.courses import score_courses
from rcsd.papers.dea.figures.lines import course_layers, median_words, period_axis
from rcsd.report.chart import Chart, Panel, Rule, linear
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import CARD, MUTED, SIMULATED, house_style, new_figure
from rcsd.report.wording import fixed, listing

_MOST_BARS = 40


def standing_figure(found: Assessment) -> Chart:
    """Draw the scores of a table with periods."""
    own = found.result if found.own_period is None else found.own_period
    window, single = score_courses(found, found.result.scores), score_courses(found, own.scores)
    last = [f"{course.name} {fixed(course.middle[-1], 2)}" for course in window]
    return Chart(
        "dea-standing",
        tuple(
            Panel((Rule(1.0), *course_layers(courses)), period_axis(courses[0].periods), linear("score", 0), title, 3.4)
            for courses, title in ((window, "One frontier of all periods"), (single, "Frontier of the own period"))
        ),
        f"Scores over the periods; in the last one, against the frontier of all: {listing(last)}.",
        "How to read it: 1 is the frontier. On the left every unit of every period is held against the best of all "
        "periods, so that a fall is a fall; on the right against the best of its own period, so that a line can rise "
        f"because others fell.{median_words(window)}",
        wide=True,
        columns=2,
        linked=True,
    )


def ranking_figure(found: Assessment) -> Drawing:
    """Draw the scores of a table without periods, the best on top."""
    order = np.argsort(-np.nan_to_num(found.result.scores, nan=np.inf), kind="stable")[:_MOST_BARS]
    labels = [found.data.labels[k] for k in order]
    with house_style():
        figure = new_figure((CARD[0], max(2.0, 0.6 + 0.2 * len(order))))
        axes = figure.add_subplot()
        places = np.arange(len(order))
        axes.barh(places, np.nan_to_num(found.result.scores[order]), color=SIMULATED, height=0.7)
        axes.set_yticks(places, labels)
        axes.invert_yaxis()
        axes.axvline(1, color=MUTED, linewidth=0.8)
        axes.set_xlabel("score")
        axes.grid(visible=False, axis="y")
        svg, png = save_bytes(figure)
    cut = "" if len(order) == len(found.data) else f" Only the first {len(order)} of {len(found.data)} are drawn."
    return Drawing(
        "dea-standing",
        svg,
        png,
        f"Scores of {len(order)} units, from {fixed(found.result.scores[order[0]], 2)} down.",
        "How to read it: 1 is the frontier; the rest of the way to 1 is what the best of the others show to be "
        f"possible.{cut}",
    )
