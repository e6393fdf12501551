"""`rcsd sobol` on a stock that grows at an uncertain rate."""

import json

import pytest

pytestmark = pytest.mark.usefixtures("undrawn")

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.mark.drawn
def test_the_ranking_is_read_out_and_drawn(rcsd, growth_study, tmp_path):
    """Words on stdout end with the folder, which holds them, the tables and four figures in two formats."""
    out = tmp_path / "out"
    words = ("--parameters", "Growth Rate,Initial Stock", "--bounds", "Initial Stock=90:110", "--n", 16)
    result = rcsd("sobol", growth_study, *words, "--out", out)
    assert result.exit_code == 0, result.stderr
    folder = out / "growth" / "sobol" / "chosen"
    assert result.stdout.splitlines()[-1] == str(folder)
    assert "Stock: in 2013 Growth Rate (" in result.stdout
    assert "96 runs (N = 16, seed 1)" in result.stdout
    assert "Stock: in 2013 Growth Rate (" in (folder / "reading.txt").read_text("utf-8")
    for name in ("total-by-year", "outputs-and-parameters", "pairs", "convergence"):
        assert (folder / f"{name}.png").read_bytes().startswith(PNG_SIGNATURE)
        assert (folder / f"{name}.svg").is_file()
    assert (folder / "indices.nc").is_file()


def test_json_is_one_document(rcsd, growth_study, tmp_path):
    """The indices stand under sobol, by output, as in result.json; one parameter explains all there is."""
    result = rcsd("sobol", growth_study, "--n", 64, "--seed", 0, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    (found,) = document["groups"].values()
    stock = found["sobol"]["Stock"]
    assert stock["times"] == list(range(2000, 2014))
    assert stock["S1"]["Growth Rate"][0] is None
    assert stock["ST"]["Growth Rate"][-1] == pytest.approx(1.0, abs=stock["ST_conf"]["Growth Rate"][-1])
    assert found["seed"] == 0
    assert found["reading"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--n", 100), "take 64 or 128"),
        (("--parameters", "Growth"), "'Growth' is not a constant"),
        (("--parameters", "Growth Rate,,"), "names parted by commas"),
        (("--parameters", "Growth Rate,Growth Rate"), "stands twice"),
        (("--parameters", "Initial Stock"), "give its bounds"),
        (("--outputs", "Stork"), "did you mean 'Stock'"),
        (("--bounds", "Growth Rate"), "--bounds 'Growth Rate': write a name"),
        (("--bounds", "Growth Rate=0.2"), "the lower and the upper bound"),
        (("--bounds", "Growth Rate=0.2:0.1"), "lower must be below upper"),
        (("--bounds", "Growth Rate=0.1:0.2", "--bounds", "Growth Rate=0.1:0.3"), "given twice"),
    ],
)
def test_bad_input_is_one_line(rcsd, growth_study, tmp_path, words, message):
    """Exit code 2, one line with value and remedy, and no folder."""
    out = tmp_path / "out"
    result = rcsd("sobol", growth_study, *words, "--out", out)
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--seed", -1), "'--seed': -1 is too small: the least is 0"),
        (("--resamples", 1), "1 is too small: the least is 2"),
    ],
)
def test_a_number_out_of_its_range_is_said_with_the_option(rcsd, growth_study, tmp_path, words, message):
    """Before the study is read, and no folder is made."""
    out = tmp_path / "out"
    result = rcsd("sobol", growth_study, *words, "--out", out)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert not out.exists()


def test_runs_that_fail_are_refused_listed_or_replaced(rcsd, growth_study, tmp_path):
    """Growth by 10^30 a year overflows in thirteen years; some of a range around it does."""
    out = tmp_path / "out"
    words = ("sobol", growth_study, "--bounds", "Growth Rate=0:1e24", "--n", 16, "--out", out)
    result = rcsd(*words)
    assert result.exit_code == 1
    listed = (out / "growth" / "sobol" / "calibrated" / "failed_runs.csv").read_text("utf-8").splitlines()
    assert f"{len(listed) - 1} of 64 runs failed: row" in result.stderr
    assert str(out / "growth" / "sobol" / "calibrated" / "failed_runs.csv") in result.stderr
    again = rcsd(*words, "--on-failure", "median")
    assert again.exit_code == 0, again.stderr
    assert f"{len(listed) - 1} of 64 runs failed" in again.stdout
    assert "replaced as a whole by the median" in again.stdout
