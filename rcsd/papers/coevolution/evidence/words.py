"""What was found, in sentences and tables."""

from __future__ import annotations

from rcsd.papers.coevolution.evidence.comparison import REFERENCE, Score
from rcsd.papers.coevolution.evidence.fit import Estimate
from rcsd.papers.coevolution.evidence.result import PROFILED_CLOCK, Findings
from rcsd.report.fact import fact
from rcsd.report.front import Mark
from rcsd.report.table import Cell, Table, cells, numbers, words
from rcsd.report.wording import fixed, listing, number, open_words, span

PAIRS = ("assumed", "pair", "own_pair")
RIVALS = ("constant", "walk", "drift", "trend", "logistic", "own_drift", "own_trend", "own_logistic")

_CLEAR = 2.0
"""Standard errors, or points of AIC, from which a difference is called one."""


def _best(found: Findings, names: tuple[str, ...], criterion: str) -> Estimate:
    there = [each for each in found.estimates if each.evidence.clock.name in names]
    return min(there, key=lambda each: float(getattr(each, criterion)))


def answer(found: Findings) -> str:
    """Say in one sentence whether the paper's pair is better than what is simpler."""
    pair, rival = _best(found, PAIRS, "aic"), _best(found, RIVALS, "aic")
    likelier = rival.aic - pair.aic
    gains = [found.score(pair.evidence.clock.name, proxy.rule.name) for proxy in found.proxies]
    better = [each for each in gains if each.crps_gain > _CLEAR * each.crps_error]
    worse = [each for each in gains if each.crps_gain < -_CLEAR * each.crps_error]
    by = signed(f"AIC {pair.aic:.0f} against {rival.aic:.0f}") + f" of {rival.evidence.clock.label}"
    if likelier > _CLEAR and better and not worse:
        return (
            f"The paper's pair describes the observed preference better than its rivals ({by}) and forecasts "
            f"{listing([each.proxy for each in better])} better than a random walk."
        )
    said = "is likelier, in sample, than its rivals" if likelier > _CLEAR else "is no likelier than its rivals"
    ahead = (
        f"forecasts {listing([each.proxy for each in better])} better than a random walk"
        if better
        else "forecasts none of the proxies better than a random walk"
    )
    return f"The paper's pair (x, α) {said} ({by}) and {ahead}: these data give it no clock."


def data(found: Findings) -> str:
    """Say which statistics observe the preference."""
    said = [
        f"{each.rule.label} in {len(each.cities)} cities, {span(each.years[0], each.years[-1])}"
        for each in found.proxies
    ]
    return (
        f"What may observe them: {listing(said)}. Each proxy is a level of the city's own plus a loading times "
        "the hidden course plus an autoregression; what all cities share counts once."
    )


def criteria(found: Findings) -> str:
    """Say by how much the best of the pairs is likelier than its rivals, all years known."""
    pair = _best(found, PAIRS, "aic")
    logistic = ("logistic", "own_logistic")
    rivals = [("none or a constant split", ("constant",)), ("a logistic path", logistic), ("a random walk", ("walk",))]
    said = [
        f"{label} by {signed(f'{rival.aic - pair.aic:+.1f}')} (AIC) and {signed(f'{other.bic - pair.bic:+.1f}')} (BIC)"
        for label, names in rivals
        if any(each.evidence.clock.name in names for each in found.estimates)
        for rival, other in [(_best(found, names, "aic"), _best(found, names, "bic"))]
    ]
    name = pair.evidence.clock.label
    return f"The best of the pairs ({name}) is ahead of {listing(said)}; plus is for the pair."


def forecasts(found: Findings, proxy: str) -> str:
    """Hold the forecasts of a proxy by the best pair against the random walk, and name the best of all."""
    pair = _best(found, PAIRS, "aic").evidence.clock
    score, walk = found.score(pair.name, proxy), found.score(REFERENCE, proxy)
    best = min((each for each in found.scores if each.proxy == proxy), key=lambda each: each.crps)
    gain = fact(signed(fixed(score.crps_gain, 4)), "scores", found.scores.index(score), "crps_gain")
    error = fact(fixed(score.crps_error, 4), "scores", found.scores.index(score), "crps_error")
    return (
        f"One to three years ahead ({score.n} forecasts from {score.n_origins} origins) the CRPS is "
        f"{_crps(found, score)} by {pair.label}, {_crps(found, walk)} by a random walk (gain {gain} ± {error}); best "
        f"is {_label(found, best.clock)}, {_crps(found, best)}."
    )


def _crps(found: Findings, score: Score) -> str:
    return fact(fixed(score.crps, 4), "scores", found.scores.index(score), "crps")


def mark_of(found: Findings, proxy: str) -> Mark:
    """Hold the best pair's forecasts of a proxy against the random walk; within two standard errors they are equal."""
    score = found.score(_best(found, PAIRS, "aic").evidence.clock.name, proxy)
    if abs(score.crps_gain) <= _CLEAR * score.crps_error:
        return "equal"
    return "better" if score.crps_gain > 0 else "worse"


def ranking(found: Findings) -> str:
    """Name the courses with the lowest AIC and BIC, and what forecasts each proxy best."""
    aic, bic = (min(found.estimates, key=lambda each: float(getattr(each, name))) for name in ("aic", "bic"))
    best = []
    for proxy in found.proxies:
        score = min((each for each in found.scores if each.proxy == proxy.rule.name), key=lambda each: each.crps)
        best.append(f"{proxy.rule.label} by {_label(found, score.clock)}")
    return (
        f"The lowest AIC of {len(found.estimates)} courses has {aic.evidence.clock.label}, the lowest BIC "
        f"{bic.evidence.clock.label}; forecast best are {listing(best)}."
    )


def _label(found: Findings, clock: str) -> str:
    return found.estimate(clock).evidence.clock.label


def left_out_cities(found: Findings) -> str:
    """Say how well cities are foretold that the estimate did not know."""
    said = [
        f"{_label(found, name)} {_gain(found, name)}"
        for name in ("own_trend", "own_logistic", "own_pair")
        if name in found.held_out
    ]
    return (
        "Log score of cities that were left out of the estimate, against the random walk (sum, with a standard error "
        f"over cities): {listing(said)}."
    )


def _gain(found: Findings, clock: str) -> str:
    gain, error = found.city_gain(clock)
    return "–" if gain != gain else signed(f"{gain:+.1f} ± {error:.1f}")  # noqa: PLR0124 - NaN


def signed(text: str) -> str:
    """Write minus signs as such."""
    return text.replace("-", "\N{MINUS SIGN}")


def what_is_fixed(found: Findings) -> str:
    """Say which parameters the data fix, and which combination of them best."""
    ends = [f"{each.name} {open_words(each.open)}" for each in found.profiles]
    least = min((each for each in found.combinations if each.low > 0), key=lambda each: each.ratio)
    return (
        f"95 % intervals of {_label(found, PROFILED_CLOCK)} by profile: {listing(ends)}. The best known of the "
        f"combinations looked at is {least.name}, {number(least.low, 2)} to {number(least.high, 2)}."
    )


def signs(found: Findings) -> str:
    """Say whether the proxies move with x as they should."""
    pair = _best(found, PAIRS, "aic")
    said = []
    for proxy in found.proxies:
        loading = pair.value(f"{proxy.rule.name}.loading")
        agrees = "as it should" if loading * proxy.rule.sign > 0 else "against what it is taken for"
        said.append(f"{proxy.rule.label} {signed(fixed(loading, 2))} ({agrees})")
    return f"Loadings on x of {pair.evidence.clock.label}: {listing(said)}."


def clocks_table(found: Findings) -> Table:
    """One row per clock."""
    least = min(each.aic for each in found.estimates), min(each.bic for each in found.estimates)
    rows = []
    for each in found.estimates:
        rows.append(
            (
                Cell(each.evidence.clock.label),
                Cell(str(each.evidence.n_free)),
                Cell(f"{each.log_likelihood:.1f}"),
                Cell(f"{each.aic - least[0]:.1f}", "best" if each.aic == least[0] else ""),
                Cell(f"{each.bic - least[1]:.1f}", "best" if each.bic == least[1] else ""),
                Cell(_gain(found, each.evidence.clock.name)),
            )
        )
    return Table(
        caption="Likelihood",
        columns=(*words("Course"), *numbers("Parameters", "ln L", "AIC", "BIC", "Left-out cities")),
        rows=tuple(rows),
        note=f"{found.estimates[0].evidence.n_data} contrasts. AIC and BIC above the least. Left-out cities: sum of "
        "their log scores under estimates without them, against the random walk; a course that all cities share says "
        "nothing about a city's deviation from their mean.",
    )


def scores_table(found: Findings) -> Table:
    """One row per clock, a pair of columns per proxy."""
    names = [proxy.rule.name for proxy in found.proxies]
    return Table(
        caption="Forecasts one to three years ahead: CRPS and log score",
        columns=(
            *words("Course"),
            *numbers(*(f"{name} {what}" for name in names for what in ("CRPS", "gain", "log score"))),
        ),
        rows=tuple(
            cells(
                each.evidence.clock.label,
                *(text for name in names for text in _score(found.score(each.evidence.clock.name, name))),
            )
            for each in found.estimates
        ),
        note="Origins "
        f"{span(found.origins[0], found.origins[-1])}, every fit to nothing later. CRPS of logarithms times 100. Gain: "
        "how much lower the CRPS is than the random walk's, with a standard error clustered by origin.",
    )


def _score(score: Score) -> tuple[str, str, str]:
    gain = f"{100 * score.crps_gain:+.2f} ± {100 * score.crps_error:.2f}"
    return f"{100 * score.crps:.2f}", signed(gain), signed(f"{score.log_score:.2f}")


def profiles_table(found: Findings) -> Table:
    """One row per parameter of the dynamics."""
    pair = found.estimate(PROFILED_CLOCK)
    rows = []
    for each in found.profiles:
        shape = next(shape for shape in pair.evidence.clock.shapes if shape.name == each.name)
        low, high = (fixed(end, 2) if end == end else "open" for end in (each.low, each.high))  # noqa: PLR0124 - NaN
        rows.append(
            cells(each.name, shape.unit, f"{shape.low:g} to {shape.high:g}", fixed(pair.value(each.name), 3), low, high)
        )
    return Table(
        caption=f"Dynamics of {pair.evidence.clock.label}",
        columns=(*words("Parameter", "Unit", "Range"), *numbers("Estimate", "Low", "High")),
        rows=tuple(rows),
        note="95 % intervals by profile likelihood. Open: the end of the range is not rejected, so that only the "
        "range, which is assumed, ends the interval.",
    )


def combinations_table(found: Findings) -> Table:
    """One row per combination of the parameters."""
    return Table(
        caption="What the points that are not rejected have in common",
        columns=(*words("Combination"), *numbers("Least", "Largest", "Ratio")),
        rows=tuple(
            cells(each.name, number(each.low, 3), number(each.high, 3), number(each.ratio, 3))
            for each in found.combinations
        ),
        note="Over all points of the profiles within the cut. A ratio near 1: the likelihood fixes it. Age is counted "
        "in years from x = −1 on.",
    )
