"""The page of a data envelopment analysis."""

from pathlib import Path

from rcsd.files import together, write_text_atomic
from rcsd.papers.dea.assessment import Assessment
from rcsd.papers.dea.courses import members
from rcsd.papers.dea.figures import improvement_figure, movement_figure, ranking_figure, scale_figure, standing_figure
from rcsd.papers.dea.method.malmquist import MalmquistResult
from rcsd.papers.dea.method.model import DeaModel
from rcsd.papers.dea.reading import Reading, enough, last_rows, read
from rcsd.papers.dea.tables import change_table, means_table, peers_table, standing_table, targets_table
from rcsd.papers.dea.writer import FOLDER
from rcsd.report.drawing.folder import write_drawings
from rcsd.report.page import Section, render_page
from rcsd.report.sections.provenance.tables import hashes_table
from rcsd.report.wording import count, fixed, listing, span

_KINDS = {
    "ccr": "radial, constant returns to scale (CCR; Charnes, Cooper and Rhodes 1978)",
    "bcc": "radial, variable returns to scale (BCC; Banker, Charnes and Cooper 1984)",
    "sbm": "slacks-based measure (SBM; Tone 2001)",
}
_FACING = {
    "input": "the same outputs with less input",
    "output": "more output from the same inputs",
    "none": "less input and more output at once",
}

_MOST_NAMED = 6


@together()
def write_dea_report(found: Assessment, out: Path) -> Path:
    """Write ``<out>/dea/index.html`` and its figures; nothing is computed from the figures of the table.

    Raises
    ------
    OutputError
        When the folder cannot be written.
    """
    folder = Path(out) / FOLDER
    sections = _sections(found)
    drawings = [drawing for section in sections for drawing in section.drawings]
    write_drawings(folder / "figures", drawings)
    for old in (folder / "figures").glob("dea-*"):
        # a figure of another table, which this one has not
        if old.stem not in {drawing.name for drawing in drawings}:
            old.unlink()
    n_units = len(set(found.data.units))
    periods = found.data.distinct_periods
    when = f" in {_span(periods[0], periods[-1])}" if periods else ""
    page = render_page(
        f"{found.window.title}: data envelopment analysis",
        f"{count(n_units, 'unit')}{when} against the best practice among them.",
        sections,
    )
    write_text_atomic(folder / "index.html", page)
    return folder / "index.html"


def _span(first: int | str, last: int | str) -> str:
    if isinstance(first, int) and isinstance(last, int):
        return span(first, last)
    return f"{first}" if first == last else f"{first} to {last}"


def model_words(model: DeaModel) -> str:
    """Say which model it is."""
    returns = f" with {model.returns} returns to scale" if model.kind == "sbm" else ""
    beyond = ", efficient rows against the others alone (Andersen and Petersen 1993)" if model.super_efficiency else ""
    return f"{_KINDS[model.kind]}{returns}{beyond}; asks for {_FACING[model.orientation]}"


def summary(found: Assessment, reading: Reading) -> tuple[str, ...]:
    """Say what was compared, what came out, and how far it can be trusted."""
    return tuple(
        filter(
            None,
            (
                _asked(found),
                _standing(found, reading),
                _movement(found),
                _trust(found, reading),
                "Every score is proved by its dual prices, which were held against all rows: envelopment and "
                f"multiplier form agree to {max(found.result.gap, 1e-15):.0e}.",
            ),
        )
    )


def _asked(found: Assessment) -> str:
    data, window = found.data, found.window
    bad = data.undesirable_names
    also = f", with {listing([window.label(n) for n in bad])} as undesirable output" if bad else ""
    return (
        f"Model: {model_words(found.result.model)}. Inputs: {listing([window.label(n) for n in data.input_names])}; "
        f"outputs: {listing([window.label(n) for n in data.output_names])}{also}."
    )


def _standing(found: Assessment, reading: Reading) -> str:
    """Say who is on the frontier, and who is furthest from it."""
    rows, data = last_rows(found), found.data
    best, worst = rows[0], rows[-1]
    when = f" of {reading.last}" if reading.last is not None else ""
    on = f"{reading.n_efficient} of {reading.n_rows} rows are efficient"
    ages = (
        "" if reading.last is None else f" ({reading.n_first} of {reading.first}, {reading.n_last} of {reading.last})"
    )
    scores = found.result.scores
    return (
        f"{on}{ages}. Scores{when} go from {fixed(scores[best], 2)} ({data.units[best]}) down to "
        f"{fixed(scores[worst], 2)} ({data.units[worst]}). Returns to scale of all rows: "
        f"{listing([f'{n} {kind}' for kind, n in reading.returns.items()])}."
    )


def _movement(found: Assessment) -> str:
    """Say how productivity has moved."""
    change = found.malmquist
    if change is None:
        return ""
    ups, whole = (
        change.mean(),
        listing(
            [
                f"{name} by {_per_cent(change.mean(factor))}"
                for factor, name in (("efficiency_change", "efficiency"), ("technical_change", "the frontier"))
            ]
        ),
    )
    return f"From one period to the next productivity moved by {_per_cent(ups)} (geometric mean of all units): {whole}."


def _per_cent(factor: float) -> str:
    return f"{100 * (factor - 1):+.1f}\N{NO-BREAK SPACE}%".replace("-", "\N{MINUS SIGN}")


def _trust(found: Assessment, reading: Reading) -> str:
    """Warn of a frontier of few units, and name the rows that it depends on."""
    parts = []
    if reading.few:
        n = enough(len(found.data.input_names), len(found.data.output_names) + len(found.data.undesirable_names))
        where = "The smallest period has" if reading.last is not None else "There are"
        parts.append(
            f"{where} {count(reading.smallest_frontier, 'unit')}, fewer than the {n} that so many columns take to tell "
            "units apart: a score of 1 against it says little, and so does a move of it."
        )
    if reading.beyond:
        named = [f"{each.label} ({fixed(each.super_score, 2)})" for each in reading.beyond[:_MOST_NAMED]]
        more = len(reading.beyond) - _MOST_NAMED
        others = f" and {more} more" if more > 0 else ""
        parts.append(
            "Beyond all others by more than a fifth, so that the frontier depends on their figures: "
            f"{', '.join(named)}{others}."
        )
    return " ".join(parts)


def _sections(found: Assessment) -> list[Section]:
    reading, change = read(found), found.malmquist
    several = len(found.data.distinct_periods) > 1
    sections = [
        Section(
            "summary",
            "In short",
            paragraphs=tuple(filter(None, (found.window.documentation,))),
            points=summary(found, reading),
        ),
        Section(
            "standing",
            "Where each unit stands",
            drawings=(standing_figure(found) if several else ranking_figure(found),),
            tables=(standing_table(found),),
        ),
        Section(
            "targets",
            "What would have to change",
            drawings=(improvement_figure(found), scale_figure(found)),
            tables=(targets_table(found),),
        ),
        *([_moved(found, change)] if change is not None else []),
        Section("peers", "What the frontier depends on", tables=(peers_table(reading),)),
        Section(
            "repeat",
            "To repeat it",
            paragraphs=(
                "All figures stand in scores.csv, lambdas.csv, malmquist.csv and result.json beside this page. The "
                "same table gives the same numbers.",
            ),
            tables=(hashes_table({found.window.table.name: found.sha256}),),
        ),
    ]
    return sections


def _moved(found: Assessment, change: MalmquistResult) -> Section:
    groups = len(members(found)) < len(set(change.units))
    return Section(
        "movement",
        "How the frontier moved",
        paragraphs=(
            "Malmquist index (Färe, Grosskopf, Norris and Zhang 1994): the figures of two periods are held against the "
            "frontiers of both. Inputs and outputs are weighed in each unit's favour, so that its index can rest on "
            "one ratio, such as output per worker, while others fall.",
        ),
        drawings=(movement_figure(found, change),),
        tables=(change_table(found, change), *([means_table(change)] if groups else [])),
    )
