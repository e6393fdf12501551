"""The resource cities' models, studies and tables, as they come with this distribution."""

from __future__ import annotations

from pathlib import Path

from rcsd.assets import Assets

_PACKAGE = Path(__file__).resolve().parents[1]


def _folder(name: str) -> Path | None:
    """Find a folder inside an installed package, or at the root of a source tree."""
    candidates = (_PACKAGE / "_data" / name, _PACKAGE.parent / name)
    return next((folder for folder in candidates if folder.is_dir()), None)


ASSETS = Assets(models=_folder("models"), calibration=_folder("calibration"))
