"""Files are written whole or not at all."""

from pathlib import Path

import pytest

from rcsd.errors import OutputError
from rcsd.files import write_bytes_atomic, write_text_atomic


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    """The folder is made, the old content goes, and no part file stays."""
    path = tmp_path / "out" / "result.json"
    write_text_atomic(path, "old")
    write_text_atomic(path, "人口\n")
    assert path.read_bytes() == "人口\n".encode()
    assert [p.name for p in path.parent.iterdir()] == ["result.json"]


def test_a_written_file_has_the_mode_of_any_new_file(tmp_path: Path) -> None:
    """A report must be readable by whoever may read the folder."""
    usual = tmp_path / "usual"
    usual.touch()
    write_bytes_atomic(tmp_path / "ours", b"")
    assert (tmp_path / "ours").stat().st_mode == usual.stat().st_mode


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file where a folder is needed, or a folder where a file is needed, is the user's to move."""
    (tmp_path / "file").write_text("kept")
    with pytest.raises(OutputError, match="cannot be written") as caught:
        write_text_atomic(tmp_path / "file" / "result.json", "x")
    assert caught.value.path == tmp_path / "file" / "result.json"
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError):
        write_text_atomic(tmp_path / "folder", "x")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]
