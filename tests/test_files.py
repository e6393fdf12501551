"""Files are written whole or not at all."""

import os
import threading
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


def test_a_link_is_kept_and_its_target_written(tmp_path: Path) -> None:
    """A results file may live elsewhere: the link stays a link, also one whose target is yet to be made."""
    (tmp_path / "store").mkdir()
    for name in ("there", "missing"):
        link, target = tmp_path / name, tmp_path / "store" / name
        link.symlink_to(target)
        if name == "there":
            target.write_text("old")
        write_text_atomic(link, "new")
        assert link.is_symlink()
        assert target.read_text() == "new"
    assert sorted(p.name for p in (tmp_path / "store").iterdir()) == ["missing", "there"]


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    """Numbers that only their owner may read stay so when they are written again."""
    path = tmp_path / "private.csv"
    path.touch(mode=0o600)
    write_text_atomic(path, "x")
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX")
def test_a_pipe_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    """Whoever reads a named pipe gets the content, and the pipe is one afterwards."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    reader.start()
    write_text_atomic(pipe, "content")
    reader.join(5)
    assert read == ["content"]
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_device_is_named(tmp_path: Path) -> None:
    """The device stays what it is, and the message says that there is no space."""
    link = tmp_path / "full"
    link.symlink_to("/dev/full")
    with pytest.raises(OutputError, match="No space left on device"):
        write_text_atomic(link, "x")
    assert Path("/dev/full").is_char_device()


def test_a_ring_of_links_is_named(tmp_path: Path) -> None:
    """Two links that lead to each other have no file at their end."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OutputError, match="cannot be written"):
        write_text_atomic(tmp_path / "a", "x")
