"""Bars in a notebook: drawn while work is done, gone when it ends; none anywhere else."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from rcsd.work.progress import silent
from rcsd.workbench.bars import notebook_bars
from rcsd.workbench.study import Study


class Output:
    """What a notebook shows in the place of one display."""

    def __init__(self, shown: list[str]) -> None:
        self.shown = shown

    def update(self, value: object) -> None:
        """Take the place of what was shown."""
        self.shown.append(value._repr_html_())  # type: ignore[attr-defined]


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make this process look like the kernel of a notebook; returns what it is shown."""
    shown: list[str] = []

    def display(value: object, *, display_id: bool) -> Output:
        assert display_id
        output = Output(shown)
        output.update(value)
        return output

    shell, showing = ModuleType("IPython"), ModuleType("IPython.display")
    shell.get_ipython = lambda: SimpleNamespace(kernel=object())  # type: ignore[attr-defined]
    showing.display = display  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", shell)
    monkeypatch.setitem(sys.modules, "IPython.display", showing)
    return shown


def test_a_step_has_a_bar_that_fills_and_goes(notebook: list[str]) -> None:
    """The name is escaped, the counts are those told, and what is stored at the end is empty."""
    with notebook_bars() as progress:
        progress("<b>", 0, 4)
        progress("<b>", 4, 4)
    assert "&lt;b&gt;" in notebook[0]
    assert 'value="4" max="4"' in notebook[-2]
    assert notebook[-1] == ""


def test_a_verb_shows_bars(notebook: list[str], growth: Study, tmp_path: Path) -> None:
    """Without being asked, in a notebook; the steps are computed, since this folder has none."""
    growth.backtest(quick=True, out=tmp_path)
    assert any("backtest" in shown and "<progress" in shown for shown in notebook)
    assert notebook[-1] == ""


def test_anywhere_else_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without IPython, and in IPython on a terminal."""
    monkeypatch.delitem(sys.modules, "IPython", raising=False)
    with notebook_bars() as progress:
        assert progress is silent
    terminal = ModuleType("IPython")
    terminal.get_ipython = SimpleNamespace  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "IPython", terminal)
    with notebook_bars() as progress:
        assert progress is silent
