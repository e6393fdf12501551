"""Writes the files of a resilience assessment for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from rcsd.bands import SHARES
from rcsd.files import together, write_json, write_text_atomic
from rcsd.papers.resilience import INDEX, Assessment, Judged
from rcsd.papers.resilience.index.weights import entropies
from rcsd.papers.resilience.studies import FOLDER, CityOutlook, Outlook, ResilienceResult
from rcsd.tables import Row, csv_text

_N_SHOWN = 6
"""Decimals of an index and its parts."""


@together()
def write_resilience(result: ResilienceResult, out: str | Path) -> Path:
    """Write ``result.json`` and CSV files into ``<out>/resilience``, and return that folder.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    write_json(folder / "result.json", resilience_document(result))
    base = result.assessment
    write_text_atomic(folder / "indicators.csv", _indicators(base))
    write_text_atomic(folder / "scores.csv", _scores(base))
    write_text_atomic(folder / "weights.csv", _weights(result))
    write_text_atomic(folder / "robustness.csv", _robustness(result))
    if result.outlook is not None:
        write_text_atomic(folder / "forecast.csv", _forecast(base, result.outlook))
        write_text_atomic(folder / "table2_redone.csv", _errors(base, result.outlook))
        write_text_atomic(folder / "table3_redone.csv", _summary(base, result.outlook))
    return folder


def resilience_document(result: ResilienceResult) -> dict[str, object]:
    """Return what ``result.json`` holds."""
    base, indicators = result.assessment, result.assessment.indicators
    codes = [system.code for system in indicators.systems]
    weights = base.mean_weights
    overall = weights.overall(base.places)[0, 0]
    return {
        "title": indicators.title,
        "scheme": base.scheme,
        "years": base.years,
        "cities": dict(indicators.cities),
        "systems": {each.code: each.name for each in indicators.systems},
        "index": dict(zip(base.cities, base.index, strict=True)),
        "ranks": dict(zip(base.cities, base.ranks, strict=True)),
        "mean_index": dict(zip(base.cities, base.mean_index, strict=True)),
        "order": base.order,
        "scores": {city: dict(zip(codes, base.scores[i].T, strict=True)) for i, city in enumerate(base.cities)},
        "weights": {
            "systems": dict(zip(codes, weights.systems[0, 0], strict=True)),
            "systems_by_city": {
                city: dict(zip(codes, result.by_city.weights.systems[i, 0], strict=True))
                for i, city in enumerate(base.cities)
            },
            "indicators": {each.code: float(w) for each, w in zip(indicators.present, overall, strict=True)},
            "missing": {each.code: each.missing for each in indicators.missing},
            "constant": [each.code for each in base.constant],
        },
        "robustness": result.variants,
        "acceptability": {
            "weights_drawn": result.acceptability.n,
            "seed": result.seed,
            "shares": dict(zip(base.cities, result.acceptability.shares, strict=True)),
        },
        "claims": {
            "weights": [_judged(each) for each in result.weight_claims],
            "orders": [_judged(each) for each in result.order_claims],
        },
        "forecast": None if result.outlook is None else _outlook(base, result.outlook),
        "sha256": {path.name: digest for path, digest in indicators.sha256.items()},
    }


def _judged(each: Judged) -> dict[str, object]:
    return {
        "where": each.claim.where,
        "says": each.claim.says,
        "said": each.said,
        "found": each.found,
        "agrees": each.agrees,
    }


def _outlook(base: Assessment, ahead: Outlook) -> dict[str, object]:
    names = _names(base)

    def by_name(values: np.ndarray | None) -> dict[str, object] | None:
        return None if values is None else dict(zip(names, np.moveaxis(values, -1, 0), strict=True))

    return {
        "approximate": ahead.approximate,
        "clipped": ahead.clipped,
        "quantiles": SHARES,
        "summary_years": ahead.summary_years,
        "held_out": ahead.held_out,
        "cities": {
            each.city: {
                "years": each.band.years,
                "p05": by_name(each.band.low),
                "median": by_name(each.band.median),
                "p95": by_name(each.band.high),
                "summary": by_name(each.summary),
                "error": by_name(each.error),
                "deviation": by_name(each.deviation),
                "last_value_error": by_name(each.last_error),
                "covered": each.covered,
                "outside": {i.code: float(s) for i, s in zip(base.indicators.present, each.outside, strict=True)},
                "draws": each.band.n_draws,
                "failed": each.band.n_failed,
            }
            for each in ahead.cities
        },
        "average": by_name(ahead.average),
        "ranks": dict(zip(base.cities, ahead.ranks, strict=True)),
        "orders": [_judged(each) for each in ahead.orders],
    }


def _names(base: Assessment) -> list[str]:
    return [INDEX, *(system.code for system in base.indicators.systems)]


def _csv(header: Sequence[str], rows: Iterable[Row]) -> str:
    """Write rows; an empty cell stands for what is missing."""
    return csv_text(header, ([_cell(each) for each in row] for row in rows))


def _cell(value: object) -> object:
    if isinstance(value, float | np.floating):
        return "" if np.isnan(value) else round(float(value), _N_SHOWN)
    return value


def _indicators(base: Assessment) -> str:
    overall = base.weights.overall(base.places)
    rows = (
        (
            *(city, int(year), each.code, each.name, each.system, base.values[c, t, i], each.unit),
            *(base.normalised[c, t, i], overall[c, t, i]),
        )
        for c, city in enumerate(base.cities)
        for t, year in enumerate(base.years)
        for i, each in enumerate(base.indicators.present)
    )
    return _csv(("city", "year", "code", "name", "system", "value", "unit", "normalised", "weight"), rows)


def _scores(base: Assessment) -> str:
    rows = (
        (city, int(year), base.index[c, t], base.ranks[c, t], *base.scores[c, t])
        for c, city in enumerate(base.cities)
        for t, year in enumerate(base.years)
    )
    return _csv(("city", "year", INDEX, "rank", *_names(base)[1:]), rows)


def _weights(result: ResilienceResult) -> str:
    """One row per indicator, those that cannot be had among them."""
    base, indicators = result.assessment, result.assessment.indicators
    weights, n = base.mean_weights, len(indicators.present)
    found = entropies(np.where(np.isnan(base.values), np.nan, _min_max(base)).reshape(-1, n))
    places = {each.code: i for i, each in enumerate(indicators.present)}
    codes = [system.code for system in indicators.systems]
    rows = []
    for each in indicators.indicators:
        system = float(weights.systems[0, 0, codes.index(each.system)])
        if each.code in places:
            i = places[each.code]
            within = float(weights.within[0, 0, i])
            rows.append((each.code, each.name, each.system, found[i], within, system, within * system, ""))
        else:
            rows.append((each.code, each.name, each.system, np.nan, 0.0, system, 0.0, each.missing))
    header = ("code", "name", "system", "entropy", "weight_in_system", "weight_of_system", "weight", "missing")
    return _csv(header, rows)


def _min_max(base: Assessment) -> np.ndarray:
    return np.stack([b.apply(base.values[..., i]) for i, b in enumerate(base.bounds)], axis=-1)


def _robustness(result: ResilienceResult) -> str:
    rows = (
        (each.kind, each.label, each.tau, each.kept, each.years_kept, " > ".join(each.order))
        for each in result.variants
    )
    return _csv(("changed", "to", "kendall_tau", "ranks_kept", "years_kept", "order"), rows)


def _forecast(base: Assessment, ahead: Outlook) -> str:
    rows = (
        (each.city, int(year), name, each.band.low[t, k], each.band.median[t, k], each.band.high[t, k])
        for each in ahead.cities
        for t, year in enumerate(each.band.years)
        for k, name in enumerate(_names(base))
    )
    return _csv(("city", "year", "of", "p05", "median", "p95"), rows)


def _errors(base: Assessment, ahead: Outlook) -> str:
    """Errors of the held-out years, in per cent of the scale."""

    def row(each: CityOutlook, k: int, name: str) -> tuple[object, ...]:
        if each.error is None or each.deviation is None or each.last_error is None:
            return (each.city, name, *([np.nan] * 7))
        return (each.city, name, *each.error[:, k], *each.deviation[:, k], each.last_error[k])

    deviation = ("deviation_p05", "deviation_median", "deviation_p95")
    header = ("city", "of", "mae_p05", "mae_median", "mae_p95", *deviation, "last_value_mae")
    return _csv(header, (row(each, k, name) for each in ahead.cities for k, name in enumerate(_names(base))))


def _summary(base: Assessment, ahead: Outlook) -> str:
    """Write means over the years of the tables."""
    found = [*((each.city, each.summary) for each in ahead.cities), ("average", ahead.average)]
    rows = ((city, name, *values[:, k]) for city, values in found for k, name in enumerate(_names(base)))
    return _csv(("city", "of", "p05", "median", "p95"), rows)
