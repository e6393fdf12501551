"""`rcsd region`: the four cities linked, as numbers and a figure."""

import json

import pytest

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.mark.drawn
def test_the_document_tells_what_links_do(rcsd, tmp_path):
    """One JSON document: signs of both links, no gap at zero, and the indices of every parameter."""
    words = ("--links", "0.05", "--mobility", "0.03", "--sobol", 8, "--json", "--out", tmp_path)
    result = rcsd("region", *words)
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["cities"] == ["Jixi", "Hegang", "Shuangyashan", "Qitaihe"]
    assert document["neutral_gap"] <= 1e-12
    knowledge, people, both = document["cases"]
    assert all(value > 0 for output in knowledge["percent"].values() for value in output.values())
    assert people["percent"]["Population"]["Qitaihe"] > 0 > people["percent"]["Population"]["Jixi"]
    assert (both["knowledge"], both["people"]) == (0.05, 0.03)
    totals = document["sobol"]["total"]
    assert set(totals["GDP of the Four"]) == set(document["sobol"]["parameters"])
    assert totals["Gain in GDP of the Four"]["Intercity Link"] > totals["GDP of the Four"]["Intercity Link"]
    assert document["figures"] == [str(tmp_path / "region" / "region-effects.svg")]
    assert sorted(path.suffix for path in (tmp_path / "region").iterdir()) == [".png", ".svg"]


@pytest.mark.slow
def test_the_tables_are_printed_for_people(rcsd, tmp_path):
    """One row per output for each link that is on; with equal links and no mobility too."""
    result = rcsd("region", "--links", "0.02,0.1", "--mobility", 0, "--decay", 0, "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    for row in ("knowledge 0.02: GDP", "knowledge 0.1: Industry Scale", "Together"):
        assert row in result.stdout
    assert "people" not in result.stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--links", "much"], "links must be numbers with commas between, such as 0.02,0.05,0.1; got 'much'"),
        (["--links", "0.1,nan"], "links must be numbers with commas between"),
        (["--links", "0.1,0.05"], "links must grow and lie above zero; got 0.1, 0.05"),
        (["--mobility", "0.5"], "Intercity Mobility must lie between 0 and 0.06; got 0.5"),
        (["--sobol", "-1"], "sobol must be a whole number, 0 or more; got -1"),
        (["--sobol", "100000"], "sobol must lie between 0 and 16384"),
        (["--seed", "-1"], "-1 is too small: the least is 0"),
    ],
)
def test_bad_input_ends_with_2_and_one_message(words, message, rcsd, tmp_path):
    """Nothing is drawn, and stderr says what is wrong."""
    result = rcsd("region", *words, "--out", tmp_path)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""
    assert not list(tmp_path.iterdir())
