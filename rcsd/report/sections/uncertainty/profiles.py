"""How far the data alone would let each parameter go: profile likelihoods beside the priors."""

import numpy as np
from matplotlib.axes import Axes

from rcsd.analysis.calibration.profiles import RISE, Profile
from rcsd.report.drawing.grid import panel_grid
from rcsd.report.drawing.save import Drawing, save_bytes
from rcsd.report.drawing.style import ALERT, MUTED, OBSERVED, PRIOR_LINE, SIMULATED, house_style, legend_below
from rcsd.report.wording import count, fixed, number, open_words
from rcsd.study.graph.result import ParameterResult, StudyResult
from rcsd.study.findings.profiles import Uncertainty

_COLUMNS = 3
_TOP = 1.75 * RISE
_PRIOR_SHOWN = 6.0
"""Rise of the prior's deviance up to which the axis shows it."""


def profile_figure(result: StudyResult, known: Uncertainty) -> Drawing:
    """Draw the rise of the deviance along each parameter, all priors left out, and its prior beside it."""
    parameters = {parameter.name: parameter for parameter in result.parameters}
    with house_style():
        figure, frames = panel_grid(len(known.profiles), _COLUMNS, 1.85)
        for index, (axes, profile) in enumerate(zip(frames, known.profiles, strict=True)):
            _draw(axes, profile, parameters[profile.name], known)
            axes.set_yticks([0, 2, RISE, 6], ["0", "2", fixed(RISE, 2), "6"] if index % _COLUMNS == 0 else [""] * 4)
        figure.supylabel("rise of the deviance", fontsize=8.5, color="#333333")
        legend_below(figure, *frames, columns=5)
        svg, png = save_bytes(figure)
    n_closed = sum(profile.open == "" for profile in known.profiles)
    return Drawing(
        "profiles",
        svg,
        png,
        f"Profile likelihoods of {count(len(known.profiles), 'parameter')}; {n_closed} close on both sides.",
        "How much worse the data are met (rise of the deviance) when a parameter is held off its best value and all "
        f"others do what they can. Where the blue line stays below {fixed(RISE, 2)} the data cannot tell (95 %); one "
        "that has not crossed it at a bound (grey wall) is open to that side, and there the green prior decides; the "
        "blue line leaves all priors out.",
        wide=True,
    )


def _draw(axes: Axes, profile: Profile, parameter: ParameterResult, known: Uncertainty) -> None:
    shape = parameter.shape
    axes.axhline(RISE, color=MUTED, linewidth=0.9, linestyle=(0, (3, 2)), zorder=2, label="95 %")
    if parameter.prior is not None:
        axes.plot(shape.values, shape.rises, color=PRIOR_LINE, linewidth=1.3, zorder=3, label="prior")
    axes.plot(profile.values, profile.rises, color=SIMULATED, marker=".", markersize=4, zorder=4, label="data")
    axes.hlines(0, profile.lower, profile.upper, color=SIMULATED, linewidth=4.5, alpha=0.35, zorder=3)
    conflict = profile.name in known.conflicts
    axes.plot(
        known.estimate[profile.name],
        0,
        "D" if conflict else "o",
        color=ALERT if conflict else OBSERVED,
        markersize=5.5,
        zorder=5,
        clip_on=False,
        label="most probable value" + (", outside the data's interval" if conflict else ""),
    )
    near = shape.values[shape.rises <= _PRIOR_SHOWN] if parameter.prior is not None else shape.values
    shown = np.concatenate([near, profile.values, [profile.lower, profile.upper]])
    margin = 0.05 * float(np.ptp(shown))
    low, high = float(shown.min()) - margin, float(shown.max()) + margin
    axes.set_xlim(low, high)
    for bound, beyond in ((parameter.lower, low), (parameter.upper, high)):
        if low <= bound <= high:
            axes.axvspan(min(bound, beyond), max(bound, beyond), color="#D0D0D0", linewidth=0, zorder=1)
    axes.set_ylim(-0.35, _TOP)
    axes.set_title(profile.name, fontsize=8.5)
    axes.set_xlabel(
        f"{number(profile.lower, 3)} to {number(profile.upper, 3)}, {open_words(profile.open)}", fontsize=7.5
    )
    axes.locator_params(axis="x", nbins=5)
    axes.tick_params(axis="x", labelsize=7)
