"""How far the data alone would let each parameter go: profile likelihoods beside the priors."""

import numpy as np

from rcsd.analysis.calibration.profiles import RISE, Profile
from rcsd.report.chart import Chart, Layer, Line, Panel, Points, Rule, Segments, Span, linear
from rcsd.report.chart.colours import STRIP
from rcsd.report.drawing.style import ALERT, MUTED, OBSERVED, PRIOR_LINE, SIMULATED
from rcsd.report.wording import count, fixed, number, open_words
from rcsd.study.findings.parameters import ParameterResult
from rcsd.study.findings.profiles import Uncertainty
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.parameters import PARAMETERS

_COLUMNS = 3
_TOP = 1.75 * RISE
_PRIOR_SHOWN = 6.0
"""Rise of the prior's deviance up to which the axis shows it."""


def profile_figure(result: StudyResult, known: Uncertainty) -> Chart:
    """Draw the rise of the deviance along each parameter, all priors left out, and its prior beside it."""
    parameters = {parameter.name: parameter for parameter in result[PARAMETERS].parameters}
    panels = tuple(_panel(profile, parameters[profile.name], known) for profile in known.profiles)
    n_closed = sum(profile.open == "" for profile in known.profiles)
    return Chart(
        "profiles",
        panels,
        f"Profile likelihoods of {count(len(known.profiles), 'parameter')}; {n_closed} close on both sides.",
        "How much worse the data are met (rise of the deviance) when a parameter is held off its best value and all "
        f"others do what they can. Where the blue line stays below {fixed(RISE, 2)} the data cannot tell (95 %); one "
        "that has not crossed it at a bound (grey wall) is open to that side, and there the green prior decides; the "
        "blue line leaves all priors out.",
        wide=True,
        columns=min(_COLUMNS, len(panels)),
        vertical="rise of the deviance",
    )


def _panel(profile: Profile, parameter: ParameterResult, known: Uncertainty) -> Panel:
    shape, prior = parameter.shape, parameter.prior is not None
    low, high = _shown(profile, parameter)
    conflict = profile.name in known.conflicts
    best = "most probable value" + (", outside the data's interval" if conflict else "")
    walls = [
        Span(min(bound, beyond), max(bound, beyond), STRIP)
        for bound, beyond in ((parameter.lower, low), (parameter.upper, high))
        if low <= bound <= high
    ]
    layers: tuple[Layer, ...] = (
        *walls,
        Rule(RISE, "95 %", MUTED, "dashed", 0.9),
        Segments([profile.lower], [0.0], [profile.upper], [0.0], "", SIMULATED, 4.5, opacity=0.35),
        *((Line(shape.values, shape.rises, "prior", PRIOR_LINE, width=1.3),) if prior else ()),
        Line(profile.values, profile.rises, "data", SIMULATED, mark="dot"),
        Points(
            [known.estimate[profile.name]], [0.0], best, ALERT if conflict else OBSERVED,
            "diamond" if conflict else "circle", size=5.5,
        ),
    )  # fmt: skip
    interval = f"{number(profile.lower, 3)} to {number(profile.upper, 3)}, {open_words(profile.open)}"
    rises = linear(low=-0.35, high=_TOP, ticks=[(0.0, "0"), (2.0, "2"), (RISE, fixed(RISE, 2)), (6.0, "6")])
    return Panel(layers, linear(interval, low, high), rises, profile.name, height=2.0)


def _shown(profile: Profile, parameter: ParameterResult) -> tuple[float, float]:
    """Return the ends of an axis that shows the profile, and the prior where it is not far below its peak."""
    shape = parameter.shape
    near = shape.values[shape.rises <= _PRIOR_SHOWN] if parameter.prior is not None else shape.values
    shown = np.concatenate([near, profile.values, [profile.lower, profile.upper]])
    margin = 0.05 * float(np.ptp(shown))
    return float(shown.min()) - margin, float(shown.max()) + margin
