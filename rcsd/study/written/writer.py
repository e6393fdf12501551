"""Writes the files of a finished study: each whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from rcsd.ensemble import Ensemble, RunStatus
from rcsd.files import write_bytes_atomic, write_text_atomic
from rcsd.study.graph.codec import encode
from rcsd.study.graph.result import StudyResult
from rcsd.study.written.ahead import Ahead
from rcsd.study.findings.posterior import Sampled
from rcsd.study.findings.profiles import Uncertainty
from rcsd.study.findings.rolling import Rolling
from rcsd.study.written.ahead_csv import FORECAST_HEADER, SCENARIO_HEADER, forecast_rows, scenario_rows
from rcsd.study.written.result_json import result_document


def write_study(result: StudyResult, folder: Path, more: Mapping[str, object] | None = None) -> None:
    """Write result.json, manifest.json, simulated.csv, parameters.csv and ensemble.nc.

    Profiles go to profiles.csv, a posterior that has converged to posterior.csv, forecasts from many origins to
    rolling.csv, those beyond the data to forecast.csv and scenarios.csv; where a study has none, what an earlier run
    left is removed.

    Parameters
    ----------
    result
        A finished study.
    folder
        The study's own output folder.
    more
        Further entries of result.json.

    Raises
    ------
    OutputError
        When a file cannot be written.
    """
    write_text_atomic(folder / "result.json", _json({**result_document(result), **(more or {})}))
    write_text_atomic(folder / "manifest.json", _json(_manifest(result)))
    write_text_atomic(folder / "simulated.csv", _simulated(result))
    write_text_atomic(folder / "parameters.csv", _parameters(result))
    _write_or_remove(folder / "profiles.csv", _profiles(result.uncertainty))
    _write_or_remove(folder / "posterior.csv", _posterior(result.sampled))
    _write_or_remove(folder / "rolling.csv", _rolling(result.rolling))
    write_ahead(result.ahead, folder)
    write_bytes_atomic(folder / "ensemble.nc", netcdf(ensemble_of(result)))


def write_ahead(ahead: Ahead, folder: Path) -> None:
    """Write forecast.csv and scenarios.csv, or remove what an earlier run left of them."""
    forecast = None if ahead.forecast is None else list(forecast_rows(ahead.forecast))
    scenarios = None if ahead.scenarios is None else list(scenario_rows(ahead.scenarios))
    _write_or_remove(folder / "forecast.csv", _csv(FORECAST_HEADER, forecast) if forecast else None)
    _write_or_remove(folder / "scenarios.csv", _csv(SCENARIO_HEADER, scenarios) if scenarios else None)


def read_quick(folder: Path) -> bool | None:
    """Say whether the results in a study's output folder are those of a quick search; None where there are none."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return bool(manifest["study"]["quick"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def ensemble_of(result: StudyResult) -> Ensemble:
    """Arrange the fitted runs as an ensemble: run 0 with the drivers as they were, run 1 (if any) the frozen one."""
    runs = [result.simulated] if result.simulated_frozen is None else [result.simulated, result.simulated_frozen]
    names = tuple(result.simulated)
    return Ensemble(
        values=np.array([np.column_stack([run[name] for name in names]) for run in runs]),
        times=result.times,
        variables=names,
        units=result.units,
        status=np.full(len(runs), RunStatus.OK, dtype=np.int_),
        messages=("",) * len(runs),
        inputs={parameter.name: np.full(len(runs), parameter.estimate) for parameter in result.parameters},
    )


def netcdf(ensemble: Ensemble) -> bytes:
    """Write an ensemble as the bytes of a netCDF 4 file."""
    dataset = ensemble.to_xarray()
    # Names of inputs have spaces, and netCDF separates the names of coordinates by spaces: store them as data.
    dataset = dataset.reset_coords([str(name) for name in dataset.coords if str(name).startswith("input: ")])
    with tempfile.TemporaryDirectory(prefix="rcsd-") as scratch:
        path = Path(scratch) / "ensemble.nc"
        dataset.to_netcdf(path, engine="h5netcdf")
        return path.read_bytes()


def _manifest(result: StudyResult) -> dict[str, object]:
    """Say what it takes to repeat the study, and what it cost."""
    return {
        "study": result.info,
        "model": result.model,
        "versions": result.versions,
        "seeds": result.info.seeds,
        "hashes": result.hashes,
        "steps": {step.name: {"seconds": step.seconds, "reused": step.reused} for step in result.steps},
        "runs": result.runs,
        "starts": result.fit.starts,
    }


def _simulated(result: StudyResult) -> str:
    """Write saved times, then a column per variable, of the run with the drivers as they were."""
    names = list(result.simulated)
    rows = zip(result.times, *(result.simulated[name] for name in names), strict=True)
    return _csv(["time", *names], ([float(value) for value in row] for row in rows))


def _parameters(result: StudyResult) -> str:
    """One row per estimated parameter."""
    header = ["name", "estimate", "standard_error", "lower", "upper", "at_lower", "at_upper", "scale", "unit", "source"]
    return _csv(header, ([getattr(parameter, column) for column in header] for parameter in result.parameters))


def _profiles(known: Uncertainty | None) -> str | None:
    """One row per point of a profile."""
    if known is None:
        return None
    header = ["parameter", "value", "rise"]
    rows = (
        [profile.name, float(value), float(rise)]
        for profile in known.profiles
        for value, rise in zip(profile.values, profile.rises, strict=True)
    )
    return _csv(header, rows)


def _posterior(sampled: Sampled | None) -> str | None:
    """One row per draw: the parameters, then scale and memory of each series' residuals."""
    if sampled is None or sampled.posterior is None or sampled.faults:
        return None
    draws = sampled.posterior.draws
    series = [band.series for band in sampled.within]
    header = [*draws.names, *(f"scale of {name}" for name in series), *(f"memory of {name}" for name in series)]
    return _csv(header, np.hstack([draws.values, draws.scales, draws.memories]).tolist())


def _rolling(rolling: Rolling | None) -> str | None:
    """One row per forecast."""
    if rolling is None or not rolling.forecasts:
        return None
    names = ["series", "origin", "horizon", "drivers", "observed", "simulated", "median", "lower", "upper", "crps"]
    rules = list(rolling.forecasts[0].baselines)
    rows = (
        [*(getattr(each, name) for name in names), *(each.baselines[rule] for rule in rules)]
        for each in rolling.forecasts
    )
    return _csv([*names, *rules], rows)


def _write_or_remove(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    else:
        write_text_atomic(path, text)


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV text; the csv module writes floats by repr, so no digit is lost."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def _json(document: object) -> str:
    return json.dumps(encode(document, lossless=False), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
