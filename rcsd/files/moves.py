"""Files that are ready beside their places, and are moved there together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


class Moves:
    """What is done at the end of a block: everything that may fail has been done before the first file is moved."""

    def __init__(self) -> None:
        self._poured: list[Callable[[], None]] = []
        self._waiting: dict[Path, Path | None] = {}
        self._folders: list[Path] = []
        self._emptied: set[Path] = set()

    def make_folder(self, folder: Path) -> None:
        """Make a folder and those above it; `discard` takes away those that stayed empty."""
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        self._folders += missing

    def move(self, temporary: Path, path: Path) -> None:
        """Move a written file to its place; a second one for the same place takes the first one's."""
        self._drop(path)
        self._waiting[path] = temporary

    def remove(self, path: Path, *, with_folder: bool) -> None:
        """Remove a file, if there is one, and when asked its folder with the last file in it."""
        self._drop(path)
        if path.is_symlink() or path.exists():
            self._waiting[path] = None
            if with_folder:
                self._emptied.add(path)

    def pour(self, write: Callable[[], None]) -> None:
        """Write what cannot be replaced: a device, a pipe or the standard output."""
        self._poured.append(write)

    def finish(self) -> None:
        """Do all of it, even when an interrupt comes between two of the files.

        Raises
        ------
        OSError
            When one cannot be done; those after it are not done.
        """
        for write in self._poured:
            write()
        self._folders.clear()
        came: BaseException | None = None
        while self._waiting:
            path = next(iter(self._waiting))
            try:
                self._finish(path)
            except BaseException as interrupt:
                if isinstance(interrupt, Exception):
                    raise
                came = interrupt  # from the keyboard, or what a SIGTERM has been made into
        if came is not None:
            raise came

    def _finish(self, path: Path) -> None:
        temporary = self._waiting[path]
        if temporary is None:
            path.unlink(missing_ok=True)
            if path in self._emptied:
                _remove_empty(path.parent)
        else:
            with suppress(FileNotFoundError):  # moved already, when an interrupt came right after
                temporary.replace(path)
        del self._waiting[path]

    def discard(self) -> None:
        """Take away what has not been moved, and folders that were made for it."""
        for path in list(self._waiting):
            self._drop(path)
        for folder in self._folders:
            _remove_empty(folder)
        self._folders.clear()

    def _drop(self, path: Path) -> None:
        temporary = self._waiting.pop(path, None)
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # something is in it
        folder.rmdir()
