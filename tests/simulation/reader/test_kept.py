"""Models kept on disk: found again by the next program, forgotten with their file, never believed when forged."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rcsd.errors import RcsdWarning
from rcsd.simulation.ir.codec import encoded
from rcsd.simulation.reader import read
from rcsd.work import cache_folder
from tests.places import ROOT, TEST_MODELS

READER = sys.modules["rcsd.simulation.reader.read"]


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with an empty cache, a key of its own, and a model."""
    monkeypatch.setenv("RCSD_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(READER, "_KEPT", {})
    monkeypatch.setattr(cache_folder, "_warned", set())
    (tmp_path / "m.mdl").write_bytes((TEST_MODELS / "teacup.mdl").read_bytes())
    return tmp_path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Return a count of the files that were parsed."""
    count: list[object] = []
    original = READER.CHILD.asked

    def counted(*given: object, **named: object) -> object:
        count.append(given)
        return original(*given, **named)

    monkeypatch.setattr(READER.CHILD, "asked", counted)
    return lambda: len(count)


def forget() -> None:
    """Be another program, which knows nothing but what is on disk."""
    READER._KEPT.clear()


def entry(places: Path) -> Path:
    """Return the one model that is kept."""
    (kept,) = (places / "cache" / "models").iterdir()
    return kept


def test_a_file_is_parsed_once(places: Path, parsed: Callable[[], int]) -> None:
    """By all programs together, until it changes."""
    first = read(places / "m.mdl")
    forget()
    again = read(places / "m.mdl")
    assert parsed() == 1
    assert again is not first
    assert encoded(again) == encoded(first)
    text = (places / "m.mdl").read_text("utf-8")
    (places / "m.mdl").write_text(text.replace("= 70", "= 71"), encoding="utf-8")
    assert read(places / "m.mdl")["Room Temperature"].value == 71
    assert parsed() == 2


def test_a_copy_elsewhere_is_another_model(places: Path, parsed: Callable[[], int]) -> None:
    """Its messages name its own path, and its data lie in its own folder."""
    (places / "n.mdl").write_bytes((places / "m.mdl").read_bytes())
    assert (read(places / "m.mdl").name, read(places / "n.mdl").name, parsed()) == ("m", "n", 2)


def test_data_that_change_are_read_again(places: Path, parsed: Callable[[], int]) -> None:
    """The file of the model stays as it is; its table does not."""
    text = (places / "m.mdl").read_text("utf-8").replace("= 70", "= GET DIRECT CONSTANTS('t.csv', ',', 'B1')")
    (places / "m.mdl").write_text(text, encoding="utf-8")
    (places / "t.csv").write_text("a,70\n", encoding="utf-8")

    def room() -> object:
        forget()
        model = read(places / "m.mdl")
        (found,) = (each for each in model.definitions if each.name == "Room Temperature")
        return found.content.value  # type: ignore[union-attr]

    assert (room(), room(), parsed()) == (70, 70, 1)
    (places / "t.csv").write_text("a,75\n", encoding="utf-8")
    assert (room(), parsed()) == (75, 2)


def test_data_that_change_while_they_are_read_are_not_kept(
    places: Path, parsed: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model that was read may hold the old number, and the file has the new one."""
    text = (places / "m.mdl").read_text("utf-8").replace("= 70", "= GET DIRECT CONSTANTS('t.csv', ',', 'B1')")
    (places / "m.mdl").write_text(text, encoding="utf-8")
    (places / "t.csv").write_text("a,70\n", encoding="utf-8")
    original = READER.decoded

    def late(content: bytes) -> object:
        (places / "t.csv").write_text("a,75\n", encoding="utf-8")
        return original(content)

    monkeypatch.setattr(READER, "decoded", late)
    read(places / "m.mdl")
    monkeypatch.setattr(READER, "decoded", original)
    forget()
    (found,) = (each for each in read(places / "m.mdl").definitions if each.name == "Room Temperature")
    assert (found.content.value, parsed()) == (75, 2)  # type: ignore[union-attr]


@pytest.mark.parametrize("forged", ["seal", "content", "empty", "other", "text"])
def test_what_was_not_written_by_this_user_is_not_believed(
    places: Path, parsed: Callable[[], int], forged: str
) -> None:
    """A changed byte, the entry of another model, no seal: the file is parsed again, and the entry mended."""
    read(places / "m.mdl")
    kept = entry(places)
    sealed, _, content = kept.read_bytes().partition(b"\n")
    assert b"70" in content
    false = {
        "seal": b"0" * 64 + b"\n" + content,
        "content": sealed + b"\n" + content.replace(b"70.0", b"71.0"),
        "empty": b"",
        "other": b"\n" + content,
        "text": "\u4e2d".encode() + b"\n" + content,
    }[forged]
    assert false != kept.read_bytes()
    kept.write_bytes(false)
    forget()
    assert read(places / "m.mdl")["Room Temperature"].value == 70
    assert parsed() == 2
    assert kept.read_bytes() == sealed + b"\n" + content


def test_a_cache_that_came_with_somebodys_files_is_not_believed(
    places: Path, parsed: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its entries are whole, and sealed with another key."""
    read(places / "m.mdl")
    forget()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(places / "another"))
    read(places / "m.mdl")
    assert parsed() == 2


@pytest.mark.skipif(os.name == "nt", reason="has no modes of files")
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722])
def test_a_folder_that_others_may_write_to_is_not_used(places: Path, parsed: Callable[[], int], mode: int) -> None:
    """With one warning, and nothing written."""
    (places / "cache").mkdir()
    (places / "cache").chmod(mode)
    with pytest.warns(RcsdWarning, match="others may write to it") as caught:
        for _ in range(2):
            read(places / "m.mdl")
            forget()
    assert len(caught) == 1
    assert parsed() == 2
    assert not list((places / "cache").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="has no modes of files")
def test_the_key_is_the_users_alone(places: Path, parsed: Callable[[], int]) -> None:
    """One that others could read is exchanged, and what it has sealed is not believed."""
    read(places / "m.mdl")
    key = cache_folder.key_file()
    assert key.is_relative_to(places / "config")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_bytes()
    key.chmod(0o644)
    cache_folder._key_in.cache_clear()
    forget()
    read(places / "m.mdl")
    assert key.read_bytes() != before and stat.S_IMODE(key.stat().st_mode) == 0o600
    assert parsed() == 2


def test_what_was_said_is_said_again(places: Path) -> None:
    """A warning belongs to the file, not to the program that parsed it first."""
    read(places / "m.mdl")
    kept = entry(places)
    _, about, model = kept.read_bytes().split(b"\n", 2)
    noted = json.loads(about) | {"warnings": [["RcsdWarning", "the file is odd"]]}
    content = json.dumps(noted).encode() + b"\n" + model
    kept.write_bytes(cache_folder.seal(kept.name.encode(), content).encode() + b"\n" + content)
    forget()
    with pytest.warns(RcsdWarning, match="the file is odd"):
        read(places / "m.mdl")


@pytest.mark.process
def test_a_program_that_only_reads_does_not_import_pysd(places: Path) -> None:
    """Neither when it parses nor when it finds the model: the other process does."""
    program = (
        "import sys; from rcsd.simulation.reader import read; read(sys.argv[1]); read(sys.argv[1]);"
        "print(sorted({'pysd', 'xarray', 'pandas', 'parsimonious', 'lxml'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program, str(places / "m.mdl")]
    for _ in range(2):
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=places, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        assert done.stdout.strip() == "[]", done.stdout
