"""Files are written whole or not at all."""

import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from rcsd.errors import OutputError
from rcsd.files import (
    json_text,
    netcdf_bytes,
    plain,
    write_bytes_atomic,
    write_json,
    write_or_remove,
    write_text_atomic,
)


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


@dataclass(frozen=True, slots=True)
class Found:
    """A result as they are."""

    shares: np.ndarray
    years: tuple[int, ...]
    by_city: Mapping[str, float]
    inner: "Found | None" = None


def test_a_result_is_written_as_other_programs_read_it(tmp_path: Path) -> None:
    """Fields, axes and names come back; what is no number is null, and letters are not escaped."""
    inner = Found(np.array(3), (), {})
    found = Found(
        np.array([[0.1, np.nan], [np.inf, -0.0]]), (2000, 2030), MappingProxyType({"晋城": np.float64(1e-300)}), inner
    )
    path = tmp_path / "out" / "result.json"
    write_json(path, {"found": found, 7: np.True_})
    text = path.read_text(encoding="utf-8")
    assert json.loads(text) == {
        "found": {
            "shares": [[0.1, None], [None, -0.0]],
            "years": [2000, 2030],
            "by_city": {"晋城": 1e-300},
            "inner": {"shares": 3, "years": [], "by_city": {}, "inner": None},
        },
        "7": True,
    }
    assert "晋城" in text
    assert text.endswith("}\n")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_no_digit_and_no_letter_is_lost(document: object) -> None:
    """What JSON can say comes back as it was."""
    assert json.loads(json_text(document)) == document
    assert plain(document) == document


def test_what_json_cannot_say_is_refused() -> None:
    """A set has no order: the writer must choose one."""
    with pytest.raises(TypeError, match="set"):
        json_text({"names": {"a"}})


def test_a_dataset_comes_back_from_its_bytes(tmp_path: Path) -> None:
    """The bytes are those of a netCDF 4 file, which is HDF 5."""
    data = xr.Dataset(
        {"人口": ("time", [1.5, np.nan])}, coords={"time": [2000.0, 2001.0]}, attrs={"unit": "wan person"}
    )
    content = netcdf_bytes(data)
    assert content[:8] == b"\x89HDF\r\n\x1a\n"
    write_bytes_atomic(tmp_path / "data.nc", content)
    with xr.open_dataset(tmp_path / "data.nc", engine="h5netcdf") as found:
        xr.testing.assert_identical(found.load(), data)


def test_what_an_earlier_run_left_is_removed(tmp_path: Path) -> None:
    """A table that this run does not make would pass for its own; a folder in its place is named."""
    path = tmp_path / "forecast.csv"
    write_or_remove(path, None)
    write_or_remove(path, "year\n")
    assert path.read_text() == "year\n"
    write_or_remove(path, None)
    assert list(tmp_path.iterdir()) == []
    path.mkdir()
    with pytest.raises(OutputError, match=r"forecast\.csv: cannot be written"):
        write_or_remove(path, None)
