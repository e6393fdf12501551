"""The first screen of what observes the preference."""

from __future__ import annotations

from rcsd.papers.coevolution.evidence.result import Findings
from rcsd.papers.coevolution.evidence.words import (
    answer,
    criteria,
    data,
    forecasts,
    left_out_cities,
    mark_of,
    signs,
)
from rcsd.papers.coevolution.figures.evidence import verdict_figure
from rcsd.report.front import Front, Verdict
from rcsd.report.wording import count, listing


def evidence_front(found: Findings) -> Front:
    """Return what a reader sees first: whether anything observes the pair, and what to hold against that."""
    return Front(
        asked="Liu and Zhang let a city's innovation follow a pair of hidden courses: x, which leans towards "
        "technology or towards institutions, and α, which turns one into the other. Does anything observe them? "
        f"{data(found)}",
        headline=answer(found),
        verdicts=(
            Verdict("In sample", criteria(found)),
            *(
                Verdict(
                    f"Forecasts of {proxy.rule.label}",
                    forecasts(found, proxy.rule.name),
                    mark_of(found, proxy.rule.name),
                )
                for proxy in found.proxies
            ),
            Verdict("Cities left out", left_out_cities(found)),
        ),
        notes=(
            "AIC and BIC weigh the likelihood against the number of parameters; lower is better. CRPS: error of a "
            "whole forecast distribution, of logarithms; lower is better. Better and worse: than a random walk, by "
            "more than two standard errors.",
        ),
        drawings=(verdict_figure(found),),
        failed=_failed(found),
        reservations=(
            "Each proxy stands for the preference by assumption: a city's budget and its self-employed, not what it "
            "prefers.",
            signs(found),
            "Few origins, which share years: a standard error clustered by origin is a rough guide.",
        ),
        repeat="rcsd coevolution --evidence",
    )


def _failed(found: Findings) -> tuple[str, ...]:
    """Name the parameters of the dynamics that only the range of the search ends."""
    loose = [each.name for each in found.profiles if each.open]
    if not loose:
        return ("Nothing that was checked: the interval of every parameter ends within the range of its search.",)
    of = count(len(found.profiles), "parameter")
    return (
        f"The data do not end the interval of {listing(loose)} ({len(loose)} of {of}): only the range of the search "
        "does, which is assumed.",
    )
