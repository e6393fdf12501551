"""What a table leaves open is doubted and not decided in silence."""

from pathlib import Path

import pytest

from rcsd.study.setup.tables import read_table

ROWS = "1,170,60\n2,182,81\n3,165,58\n4,177,72\n5,190,95\n6,160,50\n"


@pytest.mark.parametrize(
    ("heading", "doubted"), [("id", True), ("", True), ("Time", False), ("Day", False), ("t", False)]
)
def test_numbers_that_no_heading_calls_times(tmp_path: Path, heading: str, doubted: bool) -> None:
    """Six people in a row are no six moments."""
    path = tmp_path / "people.csv"
    path.write_text(f"{heading},height,weight\n{ROWS}", "utf-8")
    doubts = [each for each in read_table(path).doubts if "are taken for times" in each]
    assert bool(doubts) == doubted
    assert all("column A" in each for each in doubts)
