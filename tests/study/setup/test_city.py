"""A study of a city from its yearbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from rcsd.study import load_study
from rcsd.study.file.checking import check_study

HEADINGS = (
    "年份,年末总人口\uff08万人\uff09,地区生产总值\uff08亿元\uff09,"
    "第二产业增加值\uff08亿元\uff09,财政收入\uff08万元\uff09"
)


def test_a_yearbook_becomes_a_study(tmp_path: Path, rcsd: Callable[..., Result]) -> None:
    """Chinese columns are found and converted, what is missing is assumed and marked, and the study has no fault."""
    rows = [f"{2000 + i},{150 - i},{80 * 1.1**i:.3f},{40 * 1.1**i:.3f},{50000 * 1.1**i:.0f}" for i in range(14)]
    (tmp_path / "yearbook.csv").write_text("\n".join([HEADINGS, *rows]) + "\n", "utf-8")
    done = rcsd("init", "--city", "矿城", tmp_path / "yearbook.csv", "-o", tmp_path / "city", "--yes")
    assert done.exit_code == 0, done.output
    assert check_study(tmp_path / "city") == ()
    study = load_study(tmp_path / "city")
    constants = {each.name: each for each in study.constants}
    assert constants["Initial Fiscal Revenue"].value == 5.0  # 50,000 wan yuan are 5 yi yuan
    assert constants["Initial GDP"].value == 80.0
    for name in ("Initial Resource Output", "Initial Resource Employment", "Initial Fiscal Expenditure"):
        assert "ASSUMED" in constants[name].source
    assert study.file.windows.holdout == (2011, 2013)


def test_what_a_city_cannot_go_without(tmp_path: Path, rcsd: Callable[..., Result]) -> None:
    """A table without GDP is refused with the names that it may have."""
    (tmp_path / "t.csv").write_text("year,population\n2000,1\n2001,2\n", "utf-8")
    done = rcsd("init", "--city", "x", tmp_path / "t.csv", "-o", tmp_path / "city", "--yes")
    assert done.exit_code == 2
    assert not (tmp_path / "city").exists()
