"""What did not work in several studies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rcsd.report.fact import below, fact
from rcsd.report.spoken import period, periods, spoken
from rcsd.report.wording import count, listing, percent, short_names
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.cities_scores import CitiesScore, cities_scores
from rcsd.study.written.result_json import checks_of


def failed(results: Sequence[StudyResult]) -> tuple[str, ...]:
    """List what did not work; that nothing did not is said too."""
    found = (*_checks(results), *_runs(results), *_too_narrow(cities_scores(results)))
    total = sum(result.runs.total for result in results)
    checks = sum(len(checks_of(result)) for result in results)
    return found or (
        f"Nothing that was checked: none of {total:,} model runs failed, and {count(checks, 'check')} of the "
        "computations passed.",
    )


def _checks(results: Sequence[StudyResult]) -> Iterator[str]:
    """Name each failed check once, with the studies that failed it; why, their own reports say."""
    names = short_names([result.info.title for result in results])
    found: dict[str, list[str]] = {}
    for result, name in zip(results, names, strict=True):
        for check in checks_of(result):
            if not check.passed:
                found.setdefault(check.name, []).append(name)
    yield from (f"The check “{name}” of {listing(places)}: each report says how." for name, places in found.items())


def _runs(results: Sequence[StudyResult]) -> Iterator[str]:
    names = short_names([result.info.title for result in results])
    said = [
        below(f"{fact(f'{result.runs.failed:,}', 'runs', 'failed')} of "
              f"{fact(f'{result.runs.total:,}', 'runs', 'total')} in {name}", result.info.name)
        for result, name in zip(results, names, strict=True)
        if result.runs.failed
    ]  # fmt: skip
    if said:
        yield f"Model runs that diverged or failed: {listing(said)}."


def _too_narrow(scores: Sequence[CitiesScore]) -> Iterator[str]:
    """Name the series whose bands held fewer values than chance explains, over all studies and many origins."""
    first = scores[0].drivers if scores else ""
    short = [each for each in scores if each.drivers == first and each.pooled.coverage < each.pooled.band[0]]
    for variable in dict.fromkeys(each.variable for each in short):
        those = [each for each in short if each.variable == variable]
        ahead = listing([str(each.horizon) for each in those])
        shares = listing([percent(100 * each.pooled.coverage, 0) for each in those])
        yield (
            f"Bands too narrow from many starting {periods()}: {variable}, {ahead} "
            f"{period() if ahead == '1' else periods()} ahead, {shares} of the values of all {spoken().words.units} "
            "inside 90 % bands."
        )
