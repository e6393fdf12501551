"""Files of one block appear together or not at all, never over an input, and leave nothing behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rcsd.errors import OutputError
from rcsd.files import (
    bom_in_csv,
    inputs_kept,
    read_input,
    scratch_folder,
    together,
    write_bytes_atomic,
    write_or_remove,
    write_text_atomic,
    written_whole,
)
from rcsd.files.leftovers import sweep
from rcsd.tables import write_csv


def test_files_appear_at_the_end_of_the_block(tmp_path: Path) -> None:
    """Until then the old ones stand, also that which is to go."""
    (tmp_path / "a").write_text("old")
    (tmp_path / "gone").write_text("old")
    with together():
        write_text_atomic(tmp_path / "a", "first")
        write_text_atomic(tmp_path / "a", "new")
        with together():
            write_text_atomic(tmp_path / "inner" / "b", "new")
        write_or_remove(tmp_path / "gone", None)
        with written_whole(tmp_path / "c") as path:
            path.write_text("new")
        assert (tmp_path / "a").read_text() == "old"
        assert (tmp_path / "gone").exists()
        assert not (tmp_path / "c").exists()
        assert list((tmp_path / "inner").glob("[!.]*")) == []
    assert {p.name: p.read_text() for p in tmp_path.rglob("*") if p.is_file()} == {"a": "new", "b": "new", "c": "new"}


class Terminated(BaseException):
    """What a signal is made into; no error, and no interrupt of Python's own."""


def test_a_signal_between_two_files_comes_after_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All files are there when it goes on."""
    replace, moved = Path.replace, []

    def interrupted(temporary: Path, place: Path) -> Path:
        moved.append(place)
        if len(moved) == 1:
            raise Terminated
        return replace(temporary, place)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(Terminated), together():
        write_text_atomic(tmp_path / "a", "new")
        write_text_atomic(tmp_path / "b", "new")
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"a": "new", "b": "new"}


def test_nothing_is_written_when_the_block_fails(tmp_path: Path) -> None:
    """The fourth of five files finds a folder in its place: no file is new, no folder and no part file is left."""
    (tmp_path / "kept").write_text("old")
    (tmp_path / "folder").mkdir()

    def write() -> None:
        with together():
            write_text_atomic(tmp_path / "kept", "new")
            write_text_atomic(tmp_path / "deep" / "er" / "other", "new")
            write_or_remove(tmp_path / "kept", None)
            write_text_atomic(tmp_path / "folder", "new")

    with pytest.raises(OutputError, match="folder"):
        write()
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["folder", "kept"]
    assert (tmp_path / "kept").read_text() == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_device_among_the_files_leaves_none_of_them(tmp_path: Path) -> None:
    """What cannot be replaced is written before the first file is moved."""

    def write() -> None:
        with together():
            write_text_atomic(tmp_path / "table.csv", "x")
            write_bytes_atomic("/dev/full", b"x")

    with pytest.raises(OutputError, match="No space left"):
        write()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["same", "link", "hard", "dotted"])
def test_an_input_is_not_written_over(kind: str, tmp_path: Path) -> None:
    """By whatever name; outside the block, and after it, the file is the user's to replace."""
    model = tmp_path / "m.mdl"
    model.write_text("x = 1")
    names = {
        "same": model,
        "link": tmp_path / "l",
        "hard": tmp_path / "h",
        "dotted": tmp_path / "." / "d" / ".." / "m.mdl",
    }
    (tmp_path / "d").mkdir()
    names["link"].symlink_to(model)
    os.link(model, names["hard"])
    with inputs_kept():
        read_input(model)
        with pytest.raises(OutputError, match="this command reads"):
            write_text_atomic(names[kind], "table")
        with pytest.raises(OutputError, match="this command reads"), written_whole(names[kind]):
            pass
        write_text_atomic(tmp_path / "other", "table")
    assert model.read_text() == "x = 1"
    write_text_atomic(names[kind], "table")
    assert names[kind].read_text() == "table"


def test_the_next_process_sweeps_what_a_killed_one_left(tmp_path: Path) -> None:
    """What a living process works on, and files of other names, stay."""
    killed = "import os; from pathlib import Path; from rcsd.files.leftovers import part_file as f; import sys; "
    killed += "f(Path(sys.argv[1])); print(os.getpid())"
    subprocess.run([sys.executable, "-c", killed, str(tmp_path)], check=True, capture_output=True)
    (left,) = tmp_path.iterdir()
    (tmp_path / ".result.part").touch()
    (tmp_path / left.name.replace(left.name.split("-")[2], str(os.getpid()))).touch()
    write_text_atomic(tmp_path / "new", "x")
    assert not left.exists()
    assert len(list(tmp_path.iterdir())) == 3


def test_a_scratch_folder_is_gone_after_its_block() -> None:
    """And one sweep of a folder that is not there is no error."""
    with scratch_folder() as folder:
        (folder / "file").touch()
    assert not folder.exists()
    sweep(folder)


def test_a_mark_stands_before_csv_alone(tmp_path: Path) -> None:
    """Excel takes a CSV for UTF-8 by its mark; JSON must have none (RFC 8259, section 8.1)."""
    with bom_in_csv():
        write_csv(tmp_path / "a.csv", ["年", "人口"], [(2000, 1.5)])
        write_text_atomic(tmp_path / "a.json", "{}")
    write_csv(tmp_path / "b.csv", ["年"], [(2000,)])
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbf" + "年,人口\n2000,1.5\n".encode()
    assert (tmp_path / "a.json").read_bytes() == b"{}"
    assert (tmp_path / "b.csv").read_bytes() == "年\n2000\n".encode()
