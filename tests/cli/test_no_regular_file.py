"""What is no regular file is refused at once: reading a pipe that nobody writes to would never end."""

import os
from pathlib import Path

import pytest

from rcsd.errors import FileError, ModelError
from rcsd.files import read_input
from rcsd.simulation.loading import load

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of POSIX")

WELL = "{UTF-8}\nRain ~~|\nDepth = INTEG(Rain, 3) ~~|\n" + "".join(
    f"{name} = {value} ~~|\n"
    for name, value in {"INITIAL TIME": 0, "FINAL TIME": 2, "TIME STEP": 1, "SAVEPER": 1}.items()
)


def test_a_model_that_is_a_pipe_is_refused(tmp_path: Path) -> None:
    """With the path and the reason."""
    os.mkfifo(tmp_path / "well.mdl")
    with pytest.raises(ModelError, match=r"well\.mdl: .*it is no regular file"):
        load(tmp_path / "well.mdl")


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_data_file_that_is_none_is_refused(tmp_path: Path, kind: str) -> None:
    """A named pipe, and a link to a device that never ends."""
    series = tmp_path / "rain.csv"
    if kind == "pipe":
        os.mkfifo(series)
    else:
        series.symlink_to("/dev/zero")
    (tmp_path / "well.mdl").write_text(WELL)
    with pytest.raises(FileError, match=r"rain\.csv: .*it is no regular file"):
        load(tmp_path / "well.mdl").run(data=series)


def test_a_stream_of_the_shell_is_read() -> None:
    """As ``<(command)`` hands it over."""
    reading, writing = os.pipe()
    os.write(writing, b"Time,Rain\n")
    os.close(writing)
    assert read_input(Path(f"/dev/fd/{reading}")) == b"Time,Rain\n"
    os.close(reading)
