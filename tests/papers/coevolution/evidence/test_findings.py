"""What is found in a small table, its files and its page."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from rcsd.files import plain
from rcsd.papers.coevolution.evidence.clocks import clock
from rcsd.papers.coevolution.evidence.comparison import REFERENCE
from rcsd.papers.coevolution.evidence.fit import fit
from rcsd.papers.coevolution.evidence.front import evidence_front
from rcsd.papers.coevolution.evidence.identification import CUT, profile
from rcsd.papers.coevolution.evidence.likelihood import evidence
from rcsd.papers.coevolution.evidence.page import write_evidence_page
from rcsd.papers.coevolution.evidence.proxies import RULES
from rcsd.papers.coevolution.evidence.result import find
from rcsd.papers.coevolution.evidence.rolling import rolling_scores
from rcsd.papers.coevolution.evidence.words import answer
from rcsd.papers.coevolution.evidence.writer import evidence_document, write_findings
from tests.papers.coevolution.evidence.drawn import YEARS, drawn
from tests.report.facts import wrong_facts

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Write a table of four cities whose ratios are noise."""
    rng = np.random.default_rng(6)
    rows = ["city,series,year,value,unit,flag"]
    for series in sorted({name for rule in RULES for name in (rule.above, rule.below)}):
        values = np.exp(drawn(0.0, n_cities=4, rng=rng).values)
        rows += [f"c{i},{series},{YEARS[j]:.0f},{values[i, j]:.8g},x," for i in range(4) for j in range(12)]
    path = tmp_path_factory.mktemp("table") / "observed.csv"
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


@pytest.fixture(scope="module")
def found(table):
    """Find what is in it."""
    clocks = [clock(name) for name in ("constant", "walk", "trend", "own_pair")]
    return find(table, clocks=clocks, origins=(2008, 2009), profiled=("omega",), n_starts=1)


def test_files_hold_what_was_found(found, tmp_path):
    """One row per clock, score and forecast, and the same numbers in the document."""
    folder = write_findings(found, tmp_path)
    document = json.loads((folder / "evidence.json").read_text("utf-8"))
    clocks = pd.read_csv(folder / "clocks.csv").set_index("clock")
    assert list(clocks.index) == ["constant", "walk", "trend", "own_pair"]
    assert clocks.loc["trend", "aic"] == pytest.approx(found.estimate("trend").aic)
    assert [row["bic"] for row in document["clocks"]] == pytest.approx(clocks["bic"].tolist())
    assert len(pd.read_csv(folder / "forecasts.csv")) == len(found.cells)
    # origins 2008 and 2009, data to 2011, without 2012: three and two years ahead of three proxies in four cities
    assert len(found.cells) == 4 * 3 * 4 * (3 + 2)
    assert found.score(REFERENCE, "fiscal").crps_gain == 0


def test_noise_gives_the_pair_no_clock(found, tmp_path):
    """The sentence of the page says so, and the page says it first."""
    assert "is no likelier than its rivals" in answer(found)
    page = write_evidence_page(found, tmp_path).read_text("utf-8")
    assert page.index("is no likelier") < page.index("<svg" if "<svg" in page else "data:image")
    assert wrong_facts(page, plain(evidence_document(found))) == []
    front = evidence_front(found)
    assert front.headline == answer(found)
    for verdict, proxy in zip(front.verdicts[1:4], found.proxies, strict=True):
        assert (verdict.mark == "better") == (proxy.rule.name in front.headline.partition(" forecasts ")[2])


def test_the_command_prints_the_answer_and_writes_all_files(found, rcsd, monkeypatch, tmp_path):
    """One JSON document with the sentence, the tables and the page."""
    monkeypatch.setattr("rcsd.papers.coevolution.evidence.result.find", lambda *_, **__: found)
    result = rcsd("coevolution", "--evidence", "--json", "--out", tmp_path)
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    folder = tmp_path / "coevolution" / "evidence"
    assert document["answer"] == answer(found)
    assert document["report"] == str(folder / "index.html")
    assert [row["clock"] for row in document["result"]["clocks"]] == ["constant", "walk", "trend", "own_pair"]
    assert {path.name for path in folder.iterdir()} == {
        "index.html",
        "cities.csv",
        "evidence.json",
        "clocks.csv",
        "scores.csv",
        "profiles.csv",
        "forecasts.csv",
        "figures",
    }
    plain = rcsd("coevolution", "--evidence", "--out", tmp_path)
    assert "random walk" in plain.stdout


def test_profiles_end_where_the_likelihood_has_fallen(found):
    """A fall is never negative, and an open end is one within the cut."""
    for each in found.profiles:
        assert each.falls.min() >= 0
        assert (each.falls[0] <= CUT) == np.isnan(each.low)
        assert (each.falls[-1] <= CUT) == np.isnan(each.high)


def test_nothing_after_an_origin_reaches_its_forecast():
    """Other values after an origin move what forecasts are held against, not the forecasts."""
    proxy = drawn(0.05 * (YEARS - 2000), rng=np.random.default_rng(3))
    other = replace(proxy, values=np.where(YEARS > 2010, proxy.values + 3.0, proxy.values))
    first, second = (rolling_scores(clock("logistic"), (each,), (2009, 2010)) for each in (proxy, other))
    early = [(a, b) for a, b in zip(first, second, strict=True) if a.origin == 2010]
    assert len(early) == 12 * 3
    for a, b in early:
        assert b.error == pytest.approx(a.error + 3.0, abs=1e-9)


def test_a_profile_is_the_normal_interval_where_the_data_are_clear():
    """The midpoint of a plain logistic course: near its estimate the fall grows as the square of the distance."""
    course = 1.5 / (1 + np.exp(-(YEARS - 2008) / 1.5))
    proxy = drawn(course, rng=np.random.default_rng(12), mean=(0.2, 0.02))
    estimate = fit(evidence(clock("logistic"), (proxy,)), n_starts=1)
    best = estimate.value("midpoint")
    near = [fit(estimate.evidence, start=estimate.point, n_starts=0, held={"midpoint": best + d}) for d in (0.02, 0.05)]
    falls = [2 * (estimate.log_likelihood - each.log_likelihood) for each in near]
    assert falls[1] / falls[0] == pytest.approx(2.5**2, rel=0.05)
    found = profile(estimate, "midpoint")
    assert found.open == ""
    assert found.low < best < found.high
    assert best == pytest.approx(8, abs=0.5)


def test_combinations_range_over_what_is_not_rejected(found):
    """A parameter ranges at least over its own accepted values, and no product less than it must."""
    (omega,) = found.profiles
    ranges = {each.name: each for each in found.combinations}
    accepted = omega.values[omega.falls <= CUT]
    assert ranges["omega"].low <= accepted.min()
    assert ranges["omega"].high >= accepted.max()
    for each in found.combinations:
        assert each.low <= each.high
        assert each.ratio >= 1
    assert ranges["alpha0 lambda"].high <= ranges["alpha0"].high * ranges["lambda"].high * (1 + 1e-12)
