"""The user's cache folder: where it is, whether it can be trusted, and the seal that its entries carry.

What is read from the cache ends in running machine code, so it must be what this user's own programs wrote. A folder
that others may write to is not used. Each entry carries a hash made with a key that lies elsewhere, in the user's
configuration: a folder that came with somebody's files has no such entries.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import time
import warnings
from functools import cache
from pathlib import Path

from rcsd.errors import RcsdWarning
from rcsd.work.posix import is_private, is_secret

_KEY_BYTES = 32
_PATIENCE = 2.0  # seconds for another program to finish writing a key that it has begun
_warned: set[str] = set()


def cache_folder() -> Path:
    """Return where kernels and parsed models are kept: ``$RCSD_CACHE_DIR``, or ``rcsd`` in ``$XDG_CACHE_HOME`` or ``~/.cache``."""  # noqa: E501
    own = os.environ.get("RCSD_CACHE_DIR")
    if own:
        return Path(own)
    general = os.environ.get("XDG_CACHE_HOME")
    return (Path(general) if general else Path("~/.cache").expanduser()) / "rcsd"


def key_file() -> Path:
    """Return where the key of the seals is: ``rcsd`` in ``$XDG_CONFIG_HOME``, ``%APPDATA%`` or ``~/.config``."""
    general = os.environ.get("XDG_CONFIG_HOME") or os.environ.get("APPDATA")
    return (Path(general) if general else Path("~/.config").expanduser()) / "rcsd" / "cache.key"


def trusted_folder() -> Path | None:
    """Return the cache folder, made when missing; None, with an `RcsdWarning` once, where it cannot be used."""
    folder: Path | None = None
    try:
        folder = cache_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        private = is_private(folder)
    except (OSError, RuntimeError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        warn_once(
            f"compiled kernels cannot be kept in {folder or 'the home folder'} ({why}): every program compiles "
            "its own; make the folder writable or set RCSD_CACHE_DIR to one that is"
        )
        return None
    if not private:
        warn_once(
            f"the cache folder {folder} is not used, since others may write to it: every program compiles its own; "
            "make it yours alone (chmod 700) or set RCSD_CACHE_DIR to a folder that is"
        )
        return None
    return folder if _key() is not None else None


def seal(*parts: bytes) -> str:
    """Hash some bytes with this user's key; empty, which is no seal, where there is no key."""
    key = _key()
    if key is None:
        return ""
    digest = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def is_sealed(found: str, *parts: bytes) -> bool:
    """Say whether a seal is that of these bytes."""
    return bool(found) and hmac.compare_digest(found.encode(), seal(*parts).encode())


def warn_once(message: str) -> None:
    """Warn, but not for each of the files that are kept."""
    if message not in _warned:
        _warned.add(message)
        warnings.warn(message, RcsdWarning, stacklevel=3)


def _key() -> bytes | None:
    try:
        return _key_in(key_file())
    except (OSError, RuntimeError) as error:
        warn_once(
            f"the key of the cache cannot be kept ({error}): every program compiles its own; give this user a home "
            "folder that can be written, or set XDG_CONFIG_HOME to one"
        )
        return None


@cache
def _key_in(path: Path) -> bytes:
    """Read the key, or make one; a key that others may know or have written is exchanged."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and not is_secret(path):
        path.unlink()
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _written_key(path)
    with os.fdopen(made, "wb") as stream:
        key = secrets.token_bytes(_KEY_BYTES)
        stream.write(key)
    return key


def _written_key(path: Path) -> bytes:
    """Read a key that another program may be writing in this moment; what stays short is exchanged."""
    until = time.monotonic() + _PATIENCE
    while len(key := path.read_bytes()) != _KEY_BYTES:
        if time.monotonic() > until:
            path.unlink()
            return _key_in.__wrapped__(path)
        time.sleep(0.01)
    return key
