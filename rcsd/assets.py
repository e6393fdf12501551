"""Where the models and studies that travel with the package lie."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

AssetKind = Literal["models", "calibration"]
_HOLDS = {"models": "{name}.mdl", "calibration": "study.toml"}
"""The file that makes a folder a model or a study."""


def asset_folder(kind: AssetKind) -> Path | None:
    """Return the folder of the package's own models or studies.

    Parameters
    ----------
    kind : {"models", "calibration"}
        Which of the two.

    Returns
    -------
    Path or None
        ``_data/<kind>`` inside an installed package, ``<kind>`` at the root of a source tree;
        None when there is neither.
    """
    package = Path(__file__).resolve().parent
    candidates = (package / "_data" / kind, package.parent / kind)
    return next((folder for folder in candidates if folder.is_dir()), None)


def asset_names(kind: AssetKind) -> tuple[str, ...]:
    """Return the names of the package's own models or studies, sorted.

    Parameters
    ----------
    kind : {"models", "calibration"}
        Which of the two.

    Returns
    -------
    tuple of str
        Names of the folders that hold one, for example ``("resource_city",)``.
    """
    folder = asset_folder(kind)
    if folder is None:
        return ()
    return tuple(sorted(p.name for p in folder.iterdir() if (p / _HOLDS[kind].format(name=p.name)).is_file()))
