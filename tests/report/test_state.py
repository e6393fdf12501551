"""The section on the state of a model: what it says of corrections whose size and sign are known."""

from dataclasses import replace

import numpy as np
import pytest

from rcsd.analysis.state import Consistency, Estimate, Innovations, Summary, pulls
from rcsd.report.sections.state.figures import state_figures
from rcsd.report.sections.state.tables import held_out_table, innovations_table, pulls_table
from rcsd.report.sections.state.words import state_reading, what
from rcsd.study.findings.state.estimating import HeldOut, StateBand, States
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.state.written import document_of, states_table

TIMES = np.arange(2000.0, 2014.0)


def summary(centre: float) -> Summary:
    """Return a level summary."""
    flat = np.full(TIMES.size, centre)
    return Summary(flat, flat / 10, 0.8 * flat, flat, 1.2 * flat)


def estimate(name: str, what: str, increments: np.ndarray, *, relative: bool) -> Estimate:
    """Return an estimate with these corrections."""
    return Estimate(name, what, "thing", summary(4.0), summary(5.0), summary(6.0), increments, relative)  # type: ignore[arg-type]


def band(drivers: str, years: np.ndarray) -> StateBand:
    """Return a band from 8 to 12."""
    ten = np.full(years.size, 10.0)
    return StateBand("stock", years, 0.9 * ten, 1.1 * ten, 0.8 * ten, ten, 1.2 * ten, "thing", "Stock", drivers)  # type: ignore[arg-type]


@pytest.fixture
def found() -> States:
    """Return a filter whose data pull a stock down by 2 % every year, most in 2008, and a parameter neither way."""
    down = np.where(TIMES == 2008, -5.0, -2.0 + 0.1 * (-1.0) ** TIMES)
    down[0] = 0.0
    either = 0.3 * (-1.0) ** TIMES
    estimates = (
        estimate("Capital", "stock", down, relative=True),
        estimate("Rate", "parameter", either, relative=False),
        estimate("Still", "stock", np.zeros(TIMES.size), relative=True),
    )
    years = np.array([2011.0, 2012.0, 2013.0])
    standardised = -1 + 0.5 * (-1.0) ** TIMES[1:]
    held = HeldOut(band("known", years), years, np.array([10.0, 11.0, 15.0]), np.array([True, True, False]), 13.3)
    return States(
        start="priors",
        times=TIMES,
        disturbed=("Capital", "Rate"),
        estimates=estimates,
        pulls=pulls(estimates, TIMES, TIMES[1:]),
        innovations=(Innovations("stock", "Stock", TIMES[1:], TIMES[1:], TIMES[1:], standardised, 0.6, 0.01),),
        consistency=Consistency(40.0, 13, 0.0003),
        log_likelihood=-3.0,
        held_out=(held, replace(held, band=band("frozen", years), inside=np.array([True, False, False]))),
        ahead=(),
        n_members=500,
        n_lost=3,
        n_runs=1500,
        n_failed=3,
    )


def test_corrections_of_one_sign_are_called_evidence(found: States) -> None:
    """The mean, its year of most, and nothing of the parameter or the stock that was never corrected."""
    mean = found.estimates[0].increments[1:].mean()
    first, consistency, remembered, held = state_reading(found)
    assert first.startswith(f"The data kept pulling Capital by −{abs(mean):.2f}")
    assert "largest in 2008: −5.00" in first
    assert "Rate" not in first
    assert "larger than expected" in consistency
    assert "40.0 over 13 cells (p 0.000)" in consistency
    assert remembered.startswith("Stock: innovations remember")
    assert "2 of 3 cells with drivers as they were and 1 of 3 cells with drivers frozen" in held
    quiet = replace(found, pulls=tuple(pull for pull in found.pulls if pull.name == "Rate"))
    assert state_reading(quiet)[0] == "No stock or series was corrected persistently in one direction."
    small = replace(found, consistency=Consistency(3.0, 13, 0.001))
    assert "smaller than expected" in state_reading(small)[1]


def test_the_tables_hold_the_numbers(found: States) -> None:
    """Mean over its standard error by hand; a quantity that is never corrected has no row."""
    table = pulls_table(found)
    assert [row[0].text for row in table.rows] == ["Capital", "Rate"]
    down = found.estimates[0].increments[1:]
    by_hand = down.mean() / (down.std(ddof=1) / np.sqrt(13))
    assert table.rows[0][4].text == f"{by_hand:.1f}"
    assert table.rows[0][4].mark == "alert"
    assert table.rows[1][4].mark == ""
    assert table.rows[0][6].text == "2008"
    (row,) = innovations_table(found).rows
    assert [cell.text for cell in row[:4]] == ["Stock", "13", f"{found.innovations[0].standardised.mean():.2f}", "0.50"]
    assert [[cell.text for cell in row[1:4]] for row in held_out_table(found).rows] == [
        ["known", "3", "2"],
        ["frozen", "3", "1"],
    ]


def test_documents_and_tables_of_a_state_agree(found: States) -> None:
    """Coverage of the hold-out, corrections and quantiles."""
    document = document_of(found)
    assert [each["coverage"] for each in document["held_out"]] == pytest.approx([2 / 3, 1 / 3])
    assert document["estimates"]["Capital"]["increments"].tolist() == found.estimates[0].increments.tolist()
    assert document["pulls"]["Capital"].at == 2008
    text = states_table(found)
    assert text is not None
    assert "Capital,stock,thing,2008,filtered,5.0,0.5,4.0,5.0,6.0,-5.0,%" in text
    assert states_table(None) is None


def test_a_figure_is_drawn_of_all_that_is_disturbed(result: StudyResult, found: States) -> None:
    """Its words say the band of the last year and the largest correction."""
    drawings = state_figures(result, found)
    assert [each.name for each in drawings] == ["state-1", "state-2"]
    assert "90 % band of 2013 4.8 to 7.2 thing; largest correction -5" in drawings[0].alt
    assert drawings[0].png.startswith(b"\x89PNG")
    said = " ".join(what(result, found))
    assert "500 runs" in said
    assert "3 members came to no number" in said
    assert "disturbances of Capital and Rate" in said
