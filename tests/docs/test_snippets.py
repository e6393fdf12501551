"""Every block of Python in the documentation runs, here or in the test of its page."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.docs.markdown import all_pages, blocks
from tests.places import DOCS, ROOT

ELSEWHERE = {
    "README.md": "test_readme",
    "docs/state.md": "test_state",
    "docs/start/modeller.md": "test_start",
    "docs/start/analyst.md": "test_start",
    "docs/start/reviewer.md": "test_start",
    "docs/how-to/add-a-figure.md": "test_how_to",
    "docs/how-to/change-a-model.md": "test_change_a_model",
}
"""Pages whose blocks need what the page does before them, and the tests that do it."""

PARTS = {"docs/how-to/add-a-function.md"}
"""Pages whose blocks are entries of a module of the package: they are read, not run."""

CITY = """{UTF-8}
Birth Rate= 0.01 ~ 1/Year ~ Births. |
Rain:INTERPOLATE: ~ mm/Year ~ Rainfall. |
GDP= Population*0.2*Rain/500 ~ yuan/Year ~ Output. |
Population= INTEG (Birth Rate*Population, 170) ~ wan person ~ People. |
INITIAL TIME = 2000 ~ Year ~ |
FINAL TIME = 2030 ~ Year ~ |
TIME STEP = 0.125 ~ Year ~ |
SAVEPER = 1 ~ Year ~ |
"""


def named(page: Path) -> str:
    """Return the path of a page inside the repository."""
    return page.relative_to(ROOT).as_posix()


def snippets(page: Path) -> list[str]:
    """Return the blocks of Python of a page that are no files."""
    return [block.text for block in blocks(page) if block.language == "python" and not block.title]


PAGES = {named(page): page for page in all_pages() if snippets(page)}
RUN = sorted(PAGES.keys() - ELSEWHERE.keys() - PARTS - {"docs/how-to/run-a-model.md"})


def follow(page: Path) -> dict[str, object]:
    """Run the blocks of a page one after the other, as a reader does."""
    names: dict[str, object] = {}
    for text in snippets(page):
        exec(compile(text, page.name, "exec"), names)
    return names


@pytest.mark.slow
@pytest.mark.parametrize("page", RUN)
def test_the_python_of_a_page_runs(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From top to bottom, in the folder of the repository."""
    monkeypatch.chdir(ROOT)
    assert follow(PAGES[page])


@pytest.mark.slow
def test_a_run_as_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The city is run on to 2050 with other numbers, its rain from a file, and drawn."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "city.mdl").write_text(CITY, encoding="utf-8")
    (tmp_path / "rainfall.csv").write_text("Time,Rain\n2000,500\n2050,500\n", encoding="utf-8")
    page = PAGES["docs/how-to/run-a-model.md"]
    run, draw = snippets(page)
    names: dict[str, object] = {}
    exec(compile(run, page.name, "exec"), names)
    found = names["run"]
    assert found.times[-1] == 2050  # type: ignore[attr-defined]
    assert found.of("Population")[0, 0] == 180  # type: ignore[attr-defined]
    assert "city.plot(" in draw


@pytest.mark.parametrize("page", sorted(PARTS))
def test_the_parts_of_a_module_are_python(page: str) -> None:
    """They can be read."""
    assert all(ast.parse(text).body for text in snippets(PAGES[page]))


def test_what_runs_elsewhere_does() -> None:
    """Each page is named by its test, and still has something to run."""
    for page, test in ELSEWHERE.items():
        assert page in PAGES, page
        text = (Path(__file__).parent / f"{test}.py").read_text("utf-8")
        assert Path(page).name in text or Path(page).stem in text, page


def test_the_page_on_studies_names_every_verb() -> None:
    """Those of `rcsd.Study` that ask something of it."""
    import rcsd  # noqa: PLC0415 - for this test alone

    text = (DOCS / "how-to" / "study-in-python.md").read_text("utf-8")
    for verb in ("fit", "profile", "sample", "backtest", "forecast", "sobol", "run"):
        assert hasattr(rcsd.Study, verb)
        assert f"| `{verb}(" in text
