"""Kernels on disk: found again, mended when damaged, shared by processes, done without when there is no place."""

import json
import os
import pickle
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numba
import numpy as np
import pytest

from rcsd.errors import RcsdWarning
from rcsd.simulation.engine import cache, linkage
from rcsd.simulation.engine.cache import load_module
from rcsd.work import cache_folder as trust
from rcsd.work.cache_folder import cache_folder
from tests.places import ROOT

SOURCE = """
from numba import njit

@njit("float64(float64)", cache=CACHED)
def f(x):
    return x * {factor}
"""


@pytest.fixture(autouse=True)
def own_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a memory of its own, so that the kernels of other tests stay in theirs."""
    monkeypatch.setattr(cache, "_loaded", {})
    monkeypatch.setattr(trust, "_warned", set())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty cache folder."""
    monkeypatch.setenv("RCSD_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def forget() -> None:
    """Make the next load look at the disk."""
    cache._loaded.clear()


def test_the_folder_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program's own variable, then the desktop's, then the home folder."""
    monkeypatch.setenv("RCSD_CACHE_DIR", "/a")
    assert cache_folder() == Path("/a")
    monkeypatch.delenv("RCSD_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", "/b")
    assert cache_folder() == Path("/b/rcsd")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/c")
    assert cache_folder() == Path("/c/.cache/rcsd")


def test_a_second_load_compiles_nothing(folder: Path) -> None:
    """Numba counts it as a hit, whatever its own cache variable says."""
    source = SOURCE.format(factor=2)
    assert load_module(source).f(3.0) == 6
    assert sum(load_module(source).f.stats.cache_hits.values()) == 0
    forget()
    module = load_module(source)
    assert module.f(3.0) == 6
    assert sum(module.f.stats.cache_hits.values()) == 1
    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("pattern", ["kernel.py", "*.nbi", "*.nbc", "checksums.json"])
@pytest.mark.parametrize("damage", ["truncated", "garbled", "removed"])
def test_a_damaged_entry_is_compiled_anew(folder: Path, pattern: str, damage: str) -> None:
    """Silently, and the entry is whole afterwards."""
    source = SOURCE.format(factor=3)
    load_module(source)
    (victim,) = folder.rglob(pattern)
    content = victim.read_bytes()
    if damage == "removed":
        victim.unlink()
    else:
        half = len(content) // 2
        victim.write_bytes(
            content[:half] if damage == "truncated" else content[:half] + b"\x00\xff" + content[half + 2 :]
        )
    forget()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load_module(source).f(3.0) == 9
    forget()
    module = load_module(source)
    assert module.f(3.0) == 9
    assert sum(module.f.stats.cache_hits.values()) == 1


class Touch:
    """A pickle that touches a file when it is read."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self._path,)


@pytest.mark.parametrize("knows", ["nothing", "checksums", "another key"])
def test_a_forged_entry_is_never_unpickled(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, knows: str
) -> None:
    """Numba's files are pickles: what this user's programs have not written is thrown away unread."""
    source, canary = SOURCE.format(factor=7), tmp_path / "canary"
    load_module(source)
    for pattern in ("*.nbi", "*.nbc"):
        (victim,) = folder.rglob(pattern)
        victim.write_bytes(pickle.dumps(numba.__version__) + pickle.dumps(Touch(canary)) + pickle.dumps(Touch(canary)))
    assert pickle.loads(pickle.dumps(Touch(canary))) is None and canary.exists()
    canary.unlink()
    if knows != "nothing":
        (entry,) = folder.iterdir()
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "of somebody else"))
        sums = cache._checksums(entry)
        sealed = cache._seal(entry.name, sums) if knows == "another key" else ""
        (entry / "checksums.json").write_text(json.dumps({"files": sums, "seal": sealed}), encoding="utf-8")
        monkeypatch.undo()
        monkeypatch.setenv("RCSD_CACHE_DIR", str(folder))
    forget()
    module = load_module(source)
    assert module.f(3.0) == 21
    assert sum(module.f.stats.cache_hits.values()) == 0
    assert not canary.exists()


def test_an_entry_in_the_place_of_another_is_not_used(folder: Path) -> None:
    """The seal holds for the kernel that was compiled, not for any."""
    one, other = SOURCE.format(factor=2), SOURCE.format(factor=3)
    load_module(one)
    (place,) = folder.iterdir()
    moved = folder / "elsewhere"
    place.rename(moved)
    assert not cache._is_sound(moved, one)
    moved.rename(place)
    assert cache._is_sound(place, one)
    assert not cache._is_sound(place, other)


@pytest.mark.skipif(os.name == "nt", reason="has no modes of files")
def test_a_folder_that_others_may_write_to_keeps_nothing(folder: Path) -> None:
    """It is compiled in memory, with one warning."""
    folder.mkdir()
    folder.chmod(0o777)
    with pytest.warns(RcsdWarning, match="others may write to it") as caught:
        assert load_module(SOURCE.format(factor=8)).f(2.0) == 16
        assert load_module(SOURCE.format(factor=9)).f(2.0) == 18
    assert len(caught) == 1
    assert not list(folder.iterdir())


def test_without_a_place_it_compiles_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One warning says so, however many modules there are."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("RCSD_CACHE_DIR", str(tmp_path / "file"))
    with pytest.warns(RcsdWarning, match="compiled kernels cannot be kept in .*file") as caught:
        assert load_module(SOURCE.format(factor=4)).f(2.0) == 8
        assert load_module(SOURCE.format(factor=5)).f(2.0) == 10
    assert len(caught) == 1


def test_what_interrupted_programs_left_is_removed(folder: Path) -> None:
    """After a day; what may still be under construction stays."""
    old, new = folder / "building-old", folder / "building-new"
    for path in (old, new):
        path.mkdir(parents=True)
    yesterday = time.time() - 2 * 86400
    os.utime(old, (yesterday, yesterday))
    load_module(SOURCE.format(factor=6))
    assert not old.exists()
    assert new.exists()


RUN = """
import numpy as np
from rcsd.simulation.engine import CompiledSimulator
from tests.simulation.engine.systems import closed_forms
print(repr(CompiledSimulator(closed_forms(0.25, "rk2"), {}).run({"r": [0.1, 0.2]}, outputs=["x"]).values.tolist()))
"""


@pytest.mark.slow
@pytest.mark.process
def test_two_processes_compile_at_once(folder: Path) -> None:
    """Both get the numbers, and the one entry they leave is sound."""
    environment = {**os.environ, "RCSD_CACHE_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error::rcsd.errors.RcsdWarning", "-c", RUN]
    processes = [
        subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    printed = [process.communicate(timeout=120)[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert printed[0] == printed[1]
    entries = list(folder.iterdir())
    assert entries
    for entry in entries:
        assert cache._is_sound(entry, (entry / "kernel.py").read_text(encoding="utf-8"))
    np.testing.assert_allclose(eval(printed[0]), [[[1.5], [1.5 * 1.0253125**8]], [[1.5], [1.5 * 1.05125**8]]])


SEVERAL = """
from rcsd.simulation.engine.linkage import exported
""" + "".join(
    f"""
@exported("interrupted_{{mark}}_{i}", "void(CPointer(float64), float64, int64)", cached=CACHED)
def piece_{i}(w, x, n):
    w[n] = x + {i}
"""
    for i in range(6)
)


@pytest.mark.parametrize(("number", "ends"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)])
def test_an_interrupt_ends_a_compilation_before_the_next_function(
    number: signal.Signals, ends: type[BaseException], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes while the third of six is compiled: the other three are not, nothing is kept, and it can begin again."""
    compiled: list[str] = []
    compile_it = linkage.cfunc

    def counting(*args: object, **kwargs: object) -> object:
        decorate = compile_it(*args, **kwargs)

        def counted(function: Callable[..., None]) -> object:
            compiled.append(function.__name__)
            if len(compiled) == 3:
                signal.raise_signal(number)
            return decorate(function)

        return counted

    def stop(*_: object) -> None:
        raise ends

    monkeypatch.setattr(linkage, "cfunc", counting)
    before = signal.signal(number, stop)
    try:
        with pytest.raises(ends):
            load_module(SEVERAL.replace("{mark}", number.name))
        assert compiled == ["piece_0", "piece_1", "piece_2"]
        assert signal.getsignal(number) is stop
        assert not list(folder.glob("*-*"))
        load_module(SEVERAL.replace("{mark}", number.name))
        assert len(compiled) == 3 + 6
    finally:
        signal.signal(number, before)
