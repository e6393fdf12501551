"""A proposed study as a commented `study.toml`."""

from __future__ import annotations

from collections.abc import Iterator

from rcsd.study.setup.estimated.arrays import ALL, BY_FACTOR
from rcsd.study.setup.estimated.bounds import Bounded
from rcsd.study.setup.proposal import Proposal, ProposedSeries
from rcsd.study.setup.written.toml import comment, table_of
from rcsd.toml.writing import key_of

_MANY = 12
"""Constants left out that are named one by one."""


def study_toml(proposal: Proposal, model: str) -> str:
    """Write the study file.

    Parameters
    ----------
    proposal
        What goes into it.
    model
        Path of the model, relative to the file, with slashes.
    """
    blocks = [
        _head(proposal),
        table_of("study", {"name": proposal.name, "title": proposal.title, "model": model, "seed": 1}),
        *_time(proposal),
        _windows(proposal),
        *(_settings(proposal)),
        *(_series(each) for each in proposal.series),
        *(_driver(each) for each in proposal.drivers),
        _estimated(proposal),
        *(_parameter(each, proposal.effects.get(each.name)) for each in proposal.parameters),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(proposal: Proposal) -> list[str]:
    lines = comment(
        f"Proposed by `rcsd init` from {proposal.model.name} and {proposal.data.name}. Every line may be changed; "
        "docs/reference/study-toml.md has all keys. `rcsd study --check .` says what is wrong, `rcsd study .` runs it."
    )
    for doubt in proposal.doubts:
        lines += comment(f"LOOK AT THIS: {doubt}")
    return lines


def _time(proposal: Proposal) -> Iterator[list[str]]:
    section = proposal.time.section
    if section:
        yield [*comment(f"Time: {proposal.time.why}."), *table_of("time", section)]


def _windows(proposal: Proposal) -> list[str]:
    windows, time = proposal.windows, proposal.time
    content: dict[str, object] = {"fit": [time.written(each) for each in windows.fit]}
    said = {"fit": "parameters are fitted to these"}
    if windows.holdout is not None:
        content["holdout"] = [time.written(each) for each in windows.holdout]
        said["holdout"] = "the last fifth: the fit does not see it, and is scored on it"
    if windows.horizon is not None:
        content["horizon"] = time.written(windows.horizon)
        said["horizon"] = f"{proposal.beyond} to here"
    lines = [] if proposal.time.section else comment(f"Time: {proposal.time.why}.")
    return [*lines, *table_of("windows", content, said)]


def _settings(proposal: Proposal) -> Iterator[list[str]]:
    for heading, content in proposal.settings.items():
        yield table_of(heading, content)


def _series(series: ProposedSeries) -> list[str]:
    match, scatter = series.match, series.scatter
    lines = comment(f"Column {match.column.name!r}: {match.why} ({match.likeness:.2f}).")
    for remark in series.remarks:
        lines += comment(remark)
    content: dict[str, object] = {"variable": match.candidate.name}
    said = {}
    if scatter is not None:
        content["kind"] = scatter.kind
        said["kind"] = scatter.why
        if scatter.error is not None:
            content["error"] = scatter.error
            said["error"] = f"how far a right model may be off: {scatter.source}"
    if series.measure != "end":
        content["measure"] = series.measure
    if not series.complete:
        content["required"] = False
        said["required"] = "some periods have no value"
    return [*lines, *table_of(f"series.{key_of(series.key)}", content, said)]


def _driver(series: ProposedSeries) -> list[str]:
    lines = comment(f"Column {series.match.column.name!r} fills this table of the model.")
    for remark in series.remarks:
        lines += comment(remark)
    return [*lines, *table_of(f"drivers.{key_of(series.key)}", {"table": series.match.candidate.name})]


def _estimated(proposal: Proposal) -> list[str]:
    lines = comment("Estimated: what trial fits need to meet the series, and no more than the data pay for.")
    out = [f"{name} ({why})" for name, why in proposal.left_out.items()]
    if out:
        more = f", and {len(out) - _MANY} more" if len(out) > _MANY else ""
        lines += comment(f"Not estimated: {', '.join(out[:_MANY])}{more}.")
    return lines


def _parameter(bounded: Bounded, effect: float | None) -> list[str]:
    content: dict[str, object] = {"lower": bounded.lower, "upper": bounded.upper}
    if bounded.start is not None:
        content["start"] = bounded.start
    content |= {"unit": bounded.unit, "source": bounded.source}
    key = bounded.name
    for before, shared in ((ALL, True), (BY_FACTOR, "factor")):
        if key.startswith(before):
            key = key.removeprefix(before)
            content["shared"] = shared
    if bounded.scale != "linear":
        content["scale"] = bounded.scale
    said = {}
    if effect is not None:
        said["lower"] = f"between its bounds the series move by {effect:.2g} standard errors"
    if bounded.start is not None:
        said["start"] = "where a trial fit ended"
    return table_of(f"parameters.{key_of(key)}", content, said)
