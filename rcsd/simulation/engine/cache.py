"""Compiled kernels on disk: one folder for each source text, compiler and processor.

A kernel is built in a folder of its own, which is then renamed, so that of two processes that compile the same model
at once one wins and neither sees half of the other's files. What is read back is compared with the checksums taken
when it was written: damaged machine code would end the process, not raise an error. The checksums carry this user's
seal: Numba unpickles its files, and a pickle from elsewhere is a program.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import Any

import llvmlite.binding
import numba
import numba.core.config
import numpy as np

from rcsd.simulation.engine.linkage import between_functions
from rcsd.work.cache_folder import is_sealed, seal, trusted_folder, warn_once
from rcsd.work.signals import undisturbed

_SOURCE, _CHECKSUMS = "kernel.py", "checksums.json"
_BUILDING = "building-"
_ABANDONED = 24 * 3600.0  # seconds after which a folder under construction belongs to nobody
_LOCK = RLock()  # a setting of Numba is changed while a kernel is loaded
_loaded: dict[str, ModuleType] = {}


def load_module(source: str) -> ModuleType:
    """Run the source of a compiled module, with Numba's files from the cache if they are there.

    Where the cache cannot be written, or others may write to it, it compiles in memory, with an `RcsdWarning` once; a
    damaged or forged entry is compiled anew. The module finds ``CACHED`` defined: whether Numba may keep files.
    """
    key = _key(source)
    with _LOCK:
        if key not in _loaded:
            # Numba swallows an interrupt, or fails on it
            with undisturbed() as answer, between_functions(answer):
                _loaded[key] = _from_disk(key, source)
        return _loaded[key]


def is_cached(source: str) -> bool:
    """Say whether a kernel is there without compiling; whether it is whole shows when it is loaded."""
    key, root = _key(source), trusted_folder()
    return key in _loaded or (root is not None and (root / key / _CHECKSUMS).is_file())


def _key(source: str) -> str:
    """Hash all that the machine code depends on."""
    parts = [source, _engine_hash(), numba.__version__, llvmlite.__version__, np.__version__, platform.python_version()]
    parts += [sys.implementation.cache_tag, llvmlite.binding.get_process_triple(), *_processor()]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


def _engine_hash() -> str:
    """Hash this package, parts of which are compiled into every kernel."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _processor() -> tuple[str, str]:
    name = numba.core.config.CPU_NAME or llvmlite.binding.get_host_cpu_name()
    features = numba.core.config.CPU_FEATURES
    return name, llvmlite.binding.get_host_cpu_features().flatten() if features is None else features


def _from_disk(key: str, source: str) -> ModuleType:
    root = trusted_folder()
    if root is None:
        return _execute(key, source, None)
    folder = root / key
    if _is_sound(folder, source):
        try:
            return _execute(key, source, folder / _SOURCE)
        except OSError:  # removed by another process in this very moment
            pass
    try:
        return _build(key, source, folder)
    except OSError as error:
        warn_once(
            f"compiled kernels cannot be kept in {folder.parent} ({error.strerror}): every program compiles "
            "its own; make the folder writable or set RCSD_CACHE_DIR to one that is",
        )
    return _execute(key, source, None)


def _build(key: str, source: str, folder: Path) -> ModuleType:
    """Compile in a folder of its own, and put it in place.

    Raises
    ------
    OSError
        When the cache cannot be written; nothing has been compiled then.
    """
    _sweep(folder.parent)
    building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=folder.parent))
    try:
        (building / _SOURCE).write_text(source, encoding="utf-8")
        module = _execute(key, source, building / _SOURCE)
        _keep(building, folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return module


def _keep(building: Path, folder: Path) -> None:
    """Note the checksums and rename; a failure costs the next program a compilation, and nothing else."""
    try:
        sums = _checksums(building)
        noted = {"files": sums, "seal": _seal(folder.name, sums)}
        (building / _CHECKSUMS).write_text(json.dumps(noted, indent=1), encoding="utf-8")
        if folder.exists() and not _is_sound(folder, (building / _SOURCE).read_text(encoding="utf-8")):
            shutil.rmtree(folder, ignore_errors=True)
        building.rename(folder)
    except OSError:
        pass


def _is_sound(folder: Path, source: str) -> bool:
    """Whether a folder holds a kernel as this user's own program wrote it, with this source."""
    try:
        noted = json.loads((folder / _CHECKSUMS).read_text(encoding="utf-8"))
        sums = _checksums(folder)
        return (
            len(sums) > 1
            and noted["files"] == sums
            and is_sealed(noted["seal"], *_sealed(folder.name, sums))
            and (folder / _SOURCE).read_text(encoding="utf-8") == source
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False


def _seal(key: str, sums: Mapping[str, str]) -> str:
    return seal(*_sealed(key, sums))


def _sealed(key: str, sums: Mapping[str, str]) -> tuple[bytes, bytes]:
    """Return what the seal is made of: the place of the kernel, and the hash of every file."""
    return key.encode(), json.dumps(sums, sort_keys=True).encode()


def _checksums(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _CHECKSUMS)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _sweep(root: Path) -> None:
    """Remove what interrupted programs left behind."""
    for path in root.glob(f"{_BUILDING}*"):
        try:
            if time.time() - path.stat().st_mtime > _ABANDONED:
                shutil.rmtree(path, ignore_errors=True)
        except OSError:
            continue


def _execute(key: str, source: str, path: Path | None) -> ModuleType:
    """Run the module; with a path, Numba reads its files beside it, or compiles and writes them."""
    module = ModuleType(f"rcsd_kernel_{key}")
    module.__dict__["CACHED"] = path is not None
    sys.modules[module.__name__] = module  # Numba looks there for what it unpickles
    code = compile(source, "<rcsd kernel>" if path is None else str(path), "exec")
    try:
        with _beside_the_source():
            exec(code, module.__dict__)  # written by rcsd.simulation.engine.source
    except BaseException:
        del sys.modules[module.__name__]
        raise
    return module


@contextmanager
def _beside_the_source() -> Iterator[None]:
    """Keep Numba's files beside the kernel, where their checksums are, even if ``NUMBA_CACHE_DIR`` says otherwise."""
    config: Any = numba.core.config
    before = config.CACHE_DIR, config.CACHE_LOCATOR_CLASSES
    config.CACHE_DIR, config.CACHE_LOCATOR_CLASSES = "", "InTreeCacheLocator"
    try:
        yield
    finally:
        config.CACHE_DIR, config.CACHE_LOCATOR_CLASSES = before
