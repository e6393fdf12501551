"""`rcsd study --with`: bad input, and the whole story of one city."""

import json
from pathlib import Path

import pytest

from tests.report.facts import wrong_facts

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.mark.parametrize("words", ["magic", "structure;resilience", "structure,,resilience", ""])
def test_an_unknown_word_is_refused_before_anything_runs(rcsd, growth_study, tmp_path, words):
    """One message that says which words there are; nothing is written."""
    result = rcsd("study", growth_study, "--with", words, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "--with takes words separated by commas, such as structure,resilience" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("word", ["structure", "resilience"])
def test_a_study_of_no_known_city_is_refused_before_anything_runs(rcsd, growth_study, tmp_path, word):
    """The message names the cities and the file to add one to."""
    result = rcsd("study", growth_study, "--with", word, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "'growth' is none of the cities" in result.stderr
    assert "jixi, hegang, shuangyashan, qitaihe" in result.stderr
    assert f"calibration/{word}/" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("option", "word"), [("--levers", "structure"), ("--programme", "structure"), ("--indicators", "resilience")]
)
def test_a_file_that_nothing_reads_is_refused(rcsd, growth_study, tmp_path, option, word):
    """The message names the word that would read it."""
    other = {"structure": "resilience", "resilience": "structure"}[word]
    for words in ((), ("--with", other)):
        result = rcsd("study", growth_study, *words, option, tmp_path / "own.toml", "--out", tmp_path / "out")
        assert result.exit_code == 2
        assert f"{option} is read by --with {word}" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("option", "word"), [("--levers", "structure"), ("--programme", "structure"), ("--indicators", "resilience")]
)
def test_a_file_of_ones_own_takes_the_place_of_rcsd_s(rcsd, tmp_path, option, word):
    """One with a fault is named, with the line, before anything runs."""
    own = tmp_path / "own.toml"
    own.write_text('titel = "mine"\n', encoding="utf-8")
    result = rcsd("study", "jixi", "--with", word, option, own, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "own.toml:1" in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_help_tells_what_there_is(rcsd):
    """Both words stand in the help."""
    text = rcsd("study", "--help").stdout
    assert "--with" in text
    assert "structure,resilience" in text


def test_without_assessments_nothing_is_added(rcsd, growth_study, tmp_path):
    """Neither an entry of result.json, nor a folder, nor a part of the page; what an earlier run left goes."""
    left = tmp_path / "out" / "growth" / "assessment"
    left.mkdir(parents=True)
    (left / "paths.csv").write_text("old", encoding="utf-8")
    assert rcsd("study", growth_study, "--quick", "--out", tmp_path / "out").exit_code == 0
    assert "assessment" not in json.loads((tmp_path / "out" / "growth" / "result.json").read_text("utf-8"))
    assert not left.exists()
    assert "story-" not in (tmp_path / "out" / "growth" / "index.html").read_text("utf-8")


@pytest.mark.drawn
@pytest.mark.slow
def test_the_whole_story_of_a_city(rcsd, tmp_path):
    """A quick study tells it in its page, in result.json and in tables; the second time its step is reused."""
    words = ("study", "jixi", "--quick", "--with", "structure,resilience", "--out", tmp_path)
    assert rcsd(*words).exit_code == 0
    folder = tmp_path / "jixi"
    first = (folder / "result.json").read_bytes()
    document = json.loads(first)["assessment"]
    assert document["structure"]["reached"]
    assert document["draws"] == 500
    outcomes = {name: each["difference"]["draws"] for name, each in document["resilience"]["outcomes"].items()}
    # where industry is drawn above GDP there is no diversity of sectors: neither its system nor the index has a value
    assert outcomes["index"] == outcomes["A5"]
    assert 495 <= outcomes["A5"] <= 500
    assert {count for name, count in outcomes.items() if name not in {"index", "A5"}} == {500}
    assert sorted(path.name for path in Path(folder / "assessment").iterdir()) == [
        "index.csv",
        "levers.csv",
        "optimal_structure.toml",
        "paths.csv",
    ]
    page = (folder / "index.html").read_text("utf-8")
    places = [page.index(f'id="story-{part}"') for part in ("assessment", "optimisation", "simulation", "validation")]
    assert places == sorted(places)
    answer = page[page.index('id="development"') : places[0]]
    assert "How might it develop?" in answer
    assert wrong_facts(answer, json.loads(first)) == []
    assert answer.count('data-at="/assessment/') >= 4
    assert rcsd(*words).exit_code == 0
    steps = json.loads((folder / "manifest.json").read_text("utf-8"))["steps"]
    assert steps["assessment"]["reused"]
    again = json.loads((folder / "result.json").read_bytes())
    assert again["assessment"] == document
