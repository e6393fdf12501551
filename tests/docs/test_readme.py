"""What the README shows works as it stands there, and its figures are those of the pages that explain them."""

import re

import pytest

from tests.docs.markdown import blocks
from tests.places import DOCS, ROOT

README = (ROOT / "README.md").read_text("utf-8")
LONGEST = 700
CITIES = ("Jixi", "Hegang", "Shuangyashan", "Qitaihe")


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


@pytest.mark.parametrize("city", CITIES)
def test_errors_of_a_city_are_those_of_the_results(city: str) -> None:
    """One table, in two places; bold is the smallest error of the row, ties included."""
    cells = row(README, city)
    assert cells == row((DOCS / "results.md").read_text("utf-8"), city)
    (line,) = (line for line in README.splitlines() if line.startswith(f"| {city} |"))
    assert set(map(float, re.findall(r"\*\*([\d.]+)\*\*", line))) == {min(map(float, cells))}


def test_errors_of_the_panel_are_those_of_its_page() -> None:
    """Medians of 82 cities, and the share in which the model beats constant growth."""
    panel = (ROOT / "calibration" / "panel" / "README.md").read_text("utf-8")
    known, frozen = row(panel, "all"), row(panel, "all, coal price frozen")
    errors = [cell.partition(" ")[0] for cell in known[1:]]
    expected = [errors[0], frozen[1], *errors[1:5]]
    assert row(README, "median of 82 resource-based cities") == expected
    (share,) = re.findall(r"\((\d+)\)", known[4])
    assert re.search(rf"constant growth \(log drift\) in\s+{share} %", README)


def test_speeds_are_those_of_the_table() -> None:
    """The two ratios of the README are the last column and a quotient of the page of speeds."""
    speed = (DOCS / "speed.md").read_text("utf-8")
    ensemble, kernel = (
        row(speed, head) for head in ("rcsd, compiled, ensemble", "C++ kernel of the same equations, 2 threads")
    )
    assert f"{ensemble[3]} times as fast as PySD" in README
    ratio = float(ensemble[1].replace(",", "")) / float(kernel[1].replace(",", ""))
    assert f"{ratio:.1f} times as fast as a C++ kernel" in README
