"""What a study knows of its parameters, in sentences: the search, the noise, what determines what, the chains."""

from collections.abc import Mapping, Sequence

from rcsd.analysis.calibration import GAPS, INFINITE, Collinear, Posterior
from rcsd.analysis.calibration.noise import FREEDOM, FREEDOM_FLAGGED, SCALE_FACTOR
from rcsd.report.spoken import a_period, period
from rcsd.report.wording import capital, count, fixed, listing, number, open_words, percent
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.profiles import Uncertainty
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.parameters import PARAMETERS

_FEW = 30
"""Cells of a series below which a test of its residuals has little power."""


def search_verdict(result: StudyResult) -> str:
    """Say whether the optimum was found repeatedly."""
    found = result[CALIBRATE].agreement
    of = f"{found.n_near} of {count(found.n_starts, 'start')} ended within 1 % of the lowest cost"
    if found.found == "once":
        if found.n_starts == 1:
            return "There was one start only, so nothing tells whether its optimum is the global one."
        return f"The optimum was found once: only {of}, so it may not be the global one."
    name = max(found.spreads, key=lambda each: found.spreads[each])
    widest = f"{_share(found.spreads[name])} of its search interval ({name})"
    if found.found == "repeatedly":
        return f"The optimum was found repeatedly: {of}, and no parameter differs among them by more than {widest}."
    return (
        f"The lowest cost was found repeatedly, but in different places: {of}, and they differ in "
        f"{listing(found.apart)}, by up to {widest}: along these the cost is level."
    )


def _share(spread: float) -> str:
    """Write a share in per cent, one that would round to nothing as its limit."""
    return percent(max(100 * spread, 0.1), 1)


def noise_assumed(known: Uncertainty, variables: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Say what is assumed of the noise, by the kinds of errors; `variables` are what readers know the series by."""
    found: tuple[str, ...] = ()
    shown = {noise.series: (variables or {}).get(noise.series, noise.series) for noise in known.noise}
    gaps = [noise for noise in known.noise if noise.kind in GAPS]
    others = [noise for noise in known.noise if noise.kind not in GAPS]
    if gaps:
        found += _of_gaps(_headline([shown[noise.series] for noise in gaps] if others else []))
    if others:
        kinds = listing([_KINDS[kind] for kind in dict.fromkeys(noise.kind for noise in others)])
        found += (
            f"Errors of {listing([shown[noise.series] for noise in others])}: {kinds}. What the table shows as "
            "estimated is estimated for each series, together with the parameters, in the fit as well; errors are "
            "independent where no autocorrelation is shown or stated.",
        )
    return found


_KINDS = {
    "normal": "normal",
    "log-normal": "normal on the scale of logarithms",
    "student-t": "Student's t",
    "log-student-t": "Student's t on the scale of logarithms",
    "poisson": "counts by Poisson's distribution about the model",
    "negative-binomial": "counts by a negative binomial distribution about the model",
}


def _headline(gaps: Sequence[str]) -> str:
    """Say which parts of a report rest on which error model; `gaps` are the series with gaps where others have none."""
    fitted = (
        f"In the estimates at the top of this report and the errors in the fit window, {listing(gaps)} "
        f"{'has its error' if len(gaps) == 1 else 'have their errors'} as the study states."
        if gaps
        else "The estimates at the top of this report and the errors in the fit window are least squares with the "
        "errors that the study states."
    )
    return f"{fitted} Profiles, posterior and all forecasts use the noise that is estimated here instead."


def little_power(known: Uncertainty) -> tuple[str, ...]:
    """Say that a test of independence proves little, where a series has few cells."""
    if min((noise.innovations.size for noise in known.noise), default=_FEW) >= _FEW:
        return ()
    return ("So few cells give the test of Ljung and Box little power: a large p is no proof of independence.",)


def _of_gaps(headline: str) -> tuple[str, ...]:
    return (
        f"The residual of {a_period()}, in units of the stated error, is the gap between model and data plus an error "
        f"of observation, which leaves no trace. The gap is what its memory leaves of the {period()} before, plus a "
        "change, plus a shift that lasts; the change is the momentum times the last change plus an innovation. So a "
        "series that grows faster than its model does so for a while and keeps what it has gained. The memory and the "
        "scale of the innovations are estimated for each series, together with the parameters; the rest is assumed, in "
        "the table below. Where the model begins with the observed value of a series, the anchor, the gap begins at "
        "zero.",
        "Assumed besides: the stated error is right for an innovation within a factor of "
        f"{fixed(SCALE_FACTOR, 1)} (one standard deviation); innovations follow Student's t with {FREEDOM:g} degrees "
        f"of freedom, of flagged cells with {FREEDOM_FLAGGED:g}; a cell of weight w has an error of observation of the "
        f"variance 1/w - 1 in units of an innovation's. {headline}",
    )


def determined(result: StudyResult, known: Uncertainty) -> tuple[str, ...]:
    """List which parameters the data determine, alone or in combinations, and which are carried by their priors."""
    alone = {name: verdict for name, verdict in known.verdicts.items() if not partners(known, name)}
    names = {kind: [name for name, each in alone.items() if each == kind] for kind in _DETERMINED}
    parts = [f"{text} {listing(names[kind])}" for kind, text in _DETERMINED.items() if names[kind]]
    found = [f"{capital('; '.join(parts))}."] if parts else []
    priors = {parameter.name for parameter in result[PARAMETERS].parameters if parameter.prior is not None}
    found += [_undivided(each, priors) for each in known.identifiability.collinear if each.undivided]
    apart = [listing(each.names) for each in known.identifiability.collinear if not each.undivided]
    if apart:
        found.append(f"The data hardly tell apart {'; '.join(apart)}.")
    against = [name for name in known.conflicts if name not in known.drawn]
    if against:
        found.append(
            f"Prior and data disagree about {listing(against)}: the most probable value lies outside what the data "
            "alone would allow, on the side of its prior."
        )
    if known.drawn:
        by = "the priors of others" if priors else "what is assumed of the errors, for no parameter has a prior"
        found.append(
            f"The most probable value of {listing(known.drawn)} lies outside what the data allow, drawn there by {by}."
        )
    return tuple(found)


def conflict_words(known: Uncertainty, name: str) -> str:
    """Say why a parameter's most probable value lies outside the data's interval; nothing where it does not."""
    if name not in known.conflicts:
        return ""
    return "drawn by others' priors" if name in known.drawn else "against its prior"


def partners(known: Uncertainty, name: str) -> tuple[str, ...]:
    """Return the parameters together with which alone the data know one; none where they know it by itself."""
    sets = [each.names for each in known.identifiability.collinear if each.undivided and name in each.names]
    return tuple(dict.fromkeys(other for names in sets for other in names if other != name))


def _undivided(found: Collinear, priors: set[str]) -> str:
    """Say what the data know of a set whose effects on them cancel, and what says the rest."""
    names, says = listing(found.names), "priors alone say" if priors.intersection(found.names) else "nothing says"
    if len(found.names) == 2:  # noqa: PLR2004 - a pair
        return f"Only a combination of {names} is known to the data: {says} how it splits."
    return f"Only combinations of {names} are known to the data: {says} how they split."


def index_words(index: float) -> str:
    """Write a collinearity index; beyond `INFINITE` its digits are noise."""
    return number(index, 3) if index <= INFINITE else f"above {INFINITE:,.0f}"


_DETERMINED = {
    "data": "the data determine",
    "data and prior": "data and prior share in",
    "prior": "carried by their priors are",
    "nothing": "nothing determines",
}


def opened(known: Uncertainty) -> str:
    """Say which profiles are open, and where."""
    parts = []
    for side in ("left", "right", "both"):
        names = [profile.name for profile in known.profiles if profile.open == side]
        if names:
            parts.append(f"{open_words(side)}: {listing(names)}")
    if not parts:
        return "Every profile closes within the bounds."
    return f"Profiles that do not close within the bounds are {'; '.join(parts)}."


def collinear(known: Uncertainty) -> str:
    """Say whether some parameters undo each other's effects on the data."""
    found = known.identifiability
    text = f"The collinearity index of all parameters together is {index_words(found.index)}"
    if found.collinear:
        return f"{text}; the sets in the table nearly undo each other's effects on the data."
    return f"{text}, and no pair or triple of them is above 10, where effects on the data would nearly cancel."


def posterior_verdict(result: StudyResult, sampled: Sampled) -> str:
    """Say what was sampled, which criteria it does not meet, and what hinders."""
    if sampled.posterior is None:
        return f"There is no posterior: {'; '.join(sampled.faults)}. Nothing is summarised."
    how = _how(result, sampled.posterior)
    if not sampled.faults:
        return f"The draws meet every criterion of the table: {how}."
    return (
        f"Not converged: {'; '.join(sampled.faults)}. What hinders: "
        f"{'; '.join(sampled.posterior.diagnostics.hindrances)}. All that is drawn from them is shown with this "
        f"reservation: quantiles, densities and bands may be off. They are of {how}."
    )


def reservation(sampled: Sampled | None) -> str:
    """Say before what is drawn or listed that the draws do not meet all criteria; empty where they do."""
    return "The draws have not converged. " if sampled is not None and sampled.faults else ""


def _how(result: StudyResult, posterior: Posterior) -> str:
    found = posterior.diagnostics
    spent = f"{posterior.n_runs:,} model runs, seed {result.info.seeds.get('posterior', 0)}"
    if found.sampler == "nested":
        return f"nested sampling, {spent}"
    return (
        f"{found.walkers} chains in {found.groups} groups with a warm-up each, {found.steps:,} steps after it, "
        f"{percent(100 * found.acceptance, 0)} of the proposals accepted, {spent}"
    )


def evidence(sampled: Sampled) -> tuple[str, ...]:
    """Say how probable the data are under the model, where the sampler finds it."""
    posterior = sampled.posterior
    if posterior is None or posterior.log_evidence is None or posterior.log_evidence_error is None:
        return ()
    return (
        f"Log evidence: {fixed(posterior.log_evidence, 2)} ± {fixed(posterior.log_evidence_error, 2)}, up to a "
        "constant that the same data with the same stated errors share: only differences between models mean anything.",
    )
