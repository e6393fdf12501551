"""The parts of a study's report on what is known of its parameters."""

from dataclasses import replace

from rcsd.analysis.calibration import GAPS
from rcsd.report.chart import Chart
from rcsd.report.page import Section
from rcsd.report.question import KNOWN
from rcsd.report.section import ReportSection
from rcsd.report.sections.parameters.near_best import near_best_figure
from rcsd.report.sections.parameters.starts import starts_figure
from rcsd.report.sections.parameters.starts_table import starts_table
from rcsd.report.sections.uncertainty.answer import known_answer
from rcsd.report.sections.uncertainty.bands import band_figure
from rcsd.report.sections.uncertainty.noise import noise_figure
from rcsd.report.sections.uncertainty.posterior import marginals_figure, pair_figure
from rcsd.report.sections.uncertainty.profiles import profile_figure
from rcsd.report.sections.uncertainty.tables import (
    collinear_table,
    diagnostics_table,
    gap_table,
    identifiability_table,
    noise_table,
    variables,
)
from rcsd.report.sections.uncertainty.words import (
    collinear,
    determined,
    evidence,
    little_power,
    noise_assumed,
    opened,
    posterior_verdict,
    reservation,
    search_verdict,
)
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.profiles import Uncertainty
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.calibrate import CALIBRATE
from rcsd.study.steps.posterior import POSTERIOR
from rcsd.study.steps.profiles import PROFILES


def uncertainty_sections(result: StudyResult) -> list[Section]:
    """Return the parts on identifiability, posterior and noise where the study has them, and on the search."""
    known, sampled = result.get(PROFILES), result.get(POSTERIOR)
    identifiable = [] if known is None else [_identifiability(result, known)]
    drawn = [] if sampled is None else [_posterior(result, sampled)]
    noise = [] if known is None else [_noise(result, known)]
    return [*identifiable, *drawn, *noise, _search(result)]


def _search(result: StudyResult) -> Section:
    """Say whether the optimum was found repeatedly; figures show where the starts ended, unless in one place."""
    found = result[CALIBRATE]
    one_place = found.agreement.found == "repeatedly"
    return Section(
        "starts",
        "Starts of the search",
        paragraphs=(search_verdict(result),),
        drawings=() if one_place else (starts_figure(found.fit), near_best_figure(result)),
        tables=(starts_table(found.fit, one_place=one_place),),
    )


def _noise(result: StudyResult, known: Uncertainty) -> Section:
    """Show how residuals scatter, and what of them the noise explains."""
    gaps = (gap_table(result),) if any(noise.kind in GAPS for noise in known.noise) else ()
    return Section(
        "noise",
        "Error model",
        paragraphs=(*noise_assumed(known, variables(result)), *little_power(known)),
        drawings=(noise_figure(result, known),),
        tables=(*gaps, noise_table(result, known)),
    )


def _identifiability(result: StudyResult, known: Uncertainty) -> Section:
    """Show which parameters the data determine."""
    return Section(
        "identifiability",
        "Which parameters the data determine",
        points=(*determined(result, known), opened(known), collinear(known)),
        drawings=(profile_figure(result, known),),
        tables=(identifiability_table(result, known, result.get(POSTERIOR)), collinear_table(known)),
    )


def _posterior(result: StudyResult, sampled: Sampled) -> Section:
    """Show the draws, with the criteria that they do not meet."""
    drawings: tuple[Chart, ...] = ()
    if sampled.posterior is not None:
        drawn = (
            marginals_figure(result, sampled.posterior),
            pair_figure(result, sampled.posterior),
            *((band_figure(result, sampled),) if sampled.within else ()),
        )
        drawings = tuple(replace(each, caption=f"{reservation(sampled)}{each.caption}") for each in drawn)
    return Section(
        "posterior",
        "Posterior",
        points=(posterior_verdict(result, sampled), *evidence(sampled)),
        drawings=drawings,
        tables=(diagnostics_table(sampled, variables(result)),),
    )


SECTION = ReportSection("uncertainty", 40, KNOWN, study=uncertainty_sections, answer=known_answer)
