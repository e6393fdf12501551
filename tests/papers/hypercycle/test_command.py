"""`rcsd hypercycle`: numbers, figures and exit codes."""

import json

import numpy as np
import pytest

from rcsd.papers.hypercycle import (
    ModeParameters,
    mode_network,
    periodic_orbit,
    pure_cycle,
    share_path,
    shared_advantage,
)

pytestmark = pytest.mark.usefixtures("undrawn")

FLAGS = {
    "--network": "hypercycle-network",
    "--trajectories": "hypercycle-trajectories",
    "--simplex": "hypercycle-simplex",
    "--phase": "hypercycle-phase",
    "--ladder": "hypercycle-ladder",
    "--table": "hypercycle-table",
}


def test_the_document_tells_the_mode_the_ladder_and_table_1(rcsd, tmp_path):
    """One JSON document with the theory's numbers, and the figure that was asked for."""
    words = ("--mode", "regional", "--shares", "0.5,0.1,0.1,0.1,0.1,0.1", "--years", 40, "--preference", 0.5)
    result = rcsd("hypercycle", *words, "--network", "--json", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    shares = [0.5, 0.1, 0.1, 0.1, 0.1, 0.1]
    path = share_path(mode_network("regional"), [0, 40], shares=shares, replicase=0.75)
    assert document["replicase"] == 0.75
    assert document["final"] == pytest.approx(path.final.tolist(), abs=1e-9)
    assert document["advantage"]["last"] == pytest.approx(path.advantage[-1], abs=1e-9)
    assert document["permanence"]["verdict"] == "permanent"
    assert document["interior"]["shares"] == pytest.approx([1 / 6] * 6)
    assert [rung["step"] for rung in document["ladder"]] == ["point", "line", "surface", "domain"]
    expected = [0.75 * shared_advantage(mode) for mode in ("form", "structure", "organisation", "regional")]
    assert [rung["advantage"] for rung in document["ladder"]] == pytest.approx(expected, rel=1e-6)
    assert [row["holds"] for row in document["table"]] == [True] * 5
    assert document["figures"] == [str(tmp_path / "hypercycle" / "hypercycle-network.svg")]
    assert sorted(path.suffix for path in (tmp_path / "hypercycle").iterdir()) == [".png", ".svg"]


def test_the_strengths_reach_the_network(rcsd, tmp_path):
    """Weak inter-city links: the matrix has them, the domain is not permanent and its need not met."""
    words = ("--mode", "regional", "--intercity", 0.02, "--own", 0.015, "--chain", 0.05, "--spillover", 0.03)
    more = ("--replication", 0.04, "--innovation", 0.02, "--institutions", 0.03, "--cities", 3)
    result = rcsd("hypercycle", *words, *more, "--network", "--json", "--out", tmp_path)
    document = json.loads(result.stdout)
    strengths = ModeParameters(0.04, 0.02, 0.015, 0.05, 0.03, 0.03, 0.02)
    network = mode_network("regional", strengths, n_cities=3)
    np.testing.assert_allclose(document["catalysis"], network.catalysis)
    assert document["parameters"] == strengths.to_dict()
    assert document["permanence"]["verdict"] == "not permanent"
    assert not document["ladder"][-1]["met"]


def test_near_the_threshold_the_ladder_tells_who_is_left_in_the_end(rcsd, tmp_path):
    """An inter-city link of 0.056, just below the mean local link: three units, decided, long after 3000 years."""
    words = ("--mode", "regional", "--intercity", 0.056, "--ladder")
    rung = json.loads(rcsd("hypercycle", *words, "--json", "--out", tmp_path).stdout)["ladder"][-1]
    assert (len(rung["left"]), rung["decided"]) == (3, True)
    assert rung["years"] > 3000
    assert rung["advantage"] == pytest.approx(shared_advantage("organisation"), rel=1e-4)


def test_the_table_tells_at_which_links_each_row_holds(rcsd, tmp_path):
    """No row holds at 0.005 a year, where three enterprises do not last, and all do at 0.1."""
    document = json.loads(rcsd("hypercycle", "--table", "--json", "--out", tmp_path).stdout)
    for row in document["table"]:
        assert 0.1 in row["holds_at_links"]
        assert 0.005 not in row["holds_at_links"]


def test_a_pure_cycle_of_five_swings(rcsd, tmp_path):
    """Its orbit, eigenvalues and permanence are those of the theory."""
    result = rcsd(
        "hypercycle", "--cycle", 5, "--strength", 0.2, "--years", 2000, "--trajectories", "--json", "--out", tmp_path
    )
    document = json.loads(result.stdout)
    orbit = periodic_orbit(pure_cycle(0.2, n=5, replication=0.03))
    assert document["orbit"]["period"] == pytest.approx(orbit.period, rel=1e-6)
    assert document["orbit"]["stable"]
    assert document["left"] == [f"unit {i}" for i in range(1, 6)]  # however small some are at the end
    assert document["interior"]["stability"] == "unstable"
    assert np.hypot(*np.array(document["interior"]["eigenvalues"]).T) == pytest.approx([0.04] * 4)
    assert document["permanence"]["verdict"] == "permanent"


@pytest.mark.parametrize("flag", FLAGS)
def test_each_flag_draws_its_figure(flag, rcsd, tmp_path):
    """The figure of the flag and no other, as SVG and PNG, and a table with what was found."""
    result = rcsd("hypercycle", flag, "--years", 50, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    assert {path.stem for path in (tmp_path / "hypercycle").iterdir()} == {FLAGS[flag]}
    assert "permanent" in result.stdout


@pytest.mark.drawn
@pytest.mark.slow
def test_without_a_flag_all_figures_are_drawn(rcsd, tmp_path):
    """Six of a network of three units; the triangle is left out for others."""
    assert rcsd("hypercycle", "--out", tmp_path / "three").exit_code == 0
    assert {path.stem for path in (tmp_path / "three" / "hypercycle").iterdir()} == set(FLAGS.values())
    assert rcsd("hypercycle", "--mode", "form", "--out", tmp_path / "two").exit_code == 0
    drawn = {path.stem for path in (tmp_path / "two" / "hypercycle").iterdir()}
    assert drawn == set(FLAGS.values()) - {"hypercycle-simplex"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--mode", "cluster"], "'cluster' is no innovation mode; choose one of form, structure"),
        (["--chain", "-0.1"], "chain must lie between 0 and 1; got -0.1"),
        (["--intercity", "nan"], "is not a finite number"),
        (["--cities", "9"], "n_cities must lie between 2 and 4"),
        (["--cycle", "1"], "cycle must be a whole number, 2 or more"),
        (["--cycle", "40"], "cycle must lie between 2 and 12"),
        (["--cycle", "3", "--strength", "0"], "strength must lie between"),
        (["--preference", "2"], "preference must lie between -1 and 1"),
        (["--shares", "0.5,0.2,0.2"], "shares must sum to one; got 0.9"),
        (["--shares", "0.5,0.5"], "one number for each of the 3 units (Coal mining, Coal chemicals, Mining equipment)"),
        (["--shares", "1.2,-0.1,-0.1"], "shares must be zero or more; got -0.1"),
        (["--shares", "half,half"], "shares must be numbers with commas between"),
        (["--years", "0"], "years must be above zero"),
        (["--years", "1e7"], "years must lie between"),
        (["--cycle", "5", "--mode", "form"], "a pure cycle has no use for --mode: leave out"),
        (["--cycle", "5", "--chain", "0.1", "--cities", "3"], "a pure cycle has no use for --chain, --cities"),
        (["--strength", "0.2"], "an innovation mode has no use for --strength: add --cycle 3"),
        (["--mode", "structure", "--simplex"], "the triangle shows three shares"),
    ],
)
def test_bad_input_ends_with_2_and_one_message(words, message, rcsd, tmp_path):
    """Nothing is drawn, and stderr says what is wrong."""
    result = rcsd("hypercycle", *words, "--out", tmp_path)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_bad_input(rcsd, tmp_path):
    """A file where the folder should be ends the command with 2."""
    (tmp_path / "hypercycle").write_text("in the way", "utf-8")
    result = rcsd("hypercycle", "--network", "--out", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("rcsd: error:")
