"""What the README shows works as it stands there, and its figures are those of the pages that explain them."""

import re

import pytest

from tests.docs.markdown import blocks
from tests.places import DOCS, ROOT

README = (ROOT / "README.md").read_text("utf-8")
LONGEST = 700


def row(page: str, head: str) -> list[str]:
    """Return the cells of the row of a page's table that begins with a head."""
    (found,) = (line for line in page.splitlines() if line.startswith(f"| {head} |"))
    return [cell.strip(" *") for cell in found.strip("|").split("|")][1:]


def test_the_python_block_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The first lines print GDP and population of 2013."""
    (block,) = (block for block in blocks(ROOT / "README.md") if block.language == "python")
    exec(compile(block.text, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "GDP" in printed
    assert "Population" in printed


def test_the_readme_is_short() -> None:
    """One reading of three minutes; the rest belongs in the site."""
    assert len(README.split()) < LONGEST


def test_the_two_commands_are_those_of_the_makefile() -> None:
    """`make study` and `make test` exist, and CI runs the test command of the README."""
    targets = re.findall(r"^    make (\w+)", README, re.MULTILINE)
    assert targets == ["study", "test"]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")


FORECASTERS = (
    "**system dynamics**, four structures averaged",
    "two-line rule",
    "AutoARIMA, logs",
    "AutoETS, logs",
    "Theta, logs",
)


@pytest.mark.parametrize("forecaster", FORECASTERS)
def test_scores_of_the_panel_are_those_of_the_results(forecaster: str) -> None:
    """One row, in two places: MASE and CRPS up to three and up to six years ahead; later origins in one sentence."""
    cells, all_of_them = row(README, forecaster), row((DOCS / "results.md").read_text("utf-8"), forecaster)
    assert len(cells) == 4
    assert cells == all_of_them[:4]
    assert len(all_of_them) == 6


def test_later_origins_are_those_of_the_results() -> None:
    """The model's scaled error and the rule's, from 2014 to 2018."""
    page = (DOCS / "results.md").read_text("utf-8")
    model, rule = (row(page, forecaster)[4] for forecaster in FORECASTERS[:2])
    assert f"MASE is {model} against {rule}." in " ".join(README.split())


def test_speeds_are_those_of_the_table() -> None:
    """The two ratios of the README are the last column and a quotient of the page of speeds."""
    speed = (DOCS / "speed.md").read_text("utf-8")
    ensemble, kernel = (
        row(speed, head) for head in ("rcsd, compiled, ensemble", "C++ kernel of the same equations, 2 threads")
    )
    assert f"{ensemble[3]} times as fast as PySD" in README
    ratio = float(ensemble[1].replace(",", "")) / float(kernel[1].replace(",", ""))
    assert f"{ratio:.1f} times as fast as a C++ kernel" in README
