"""Models and studies that come with an installed distribution: found by name, wherever they lie.

A distribution brings its own by an entry point that names an `Assets`::

    [project.entry-points."rcsd.models"]
    forest = "forestcity:ASSETS"

and in its package, beside the folders ``models/`` and ``studies/``::

    FOLDER = Path(__file__).parent
    ASSETS = Assets(models=FOLDER / "models", calibration=FOLDER / "studies")

A model NAME is ``NAME/NAME.mdl`` (or .xmile) in the one, a study NAME is ``NAME/study.toml`` in the other; a file
``NAME.toml`` there is a base file, which studies anywhere extend by ``extends = "rcsd:NAME"``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rcsd.errors import PluginError
from rcsd.files import is_file
from rcsd.plugins import loaded

AssetKind = Literal["models", "calibration"]
_HOLDS = {
    "models": ("{name}.mdl", "{name}.xmile", "{name}.stmx", "{name}.itmx", "{name}.xml"),
    "calibration": ("study.toml",),
}
"""The files of which one makes a folder a model or a study."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Where a distribution keeps what it brings.

    Attributes
    ----------
    models : Path or None
        Folder with a folder for each model.
    calibration : Path or None
        Folder with a folder for each study.
    """

    models: Path | None = None
    calibration: Path | None = None

    def folder(self, kind: AssetKind) -> Path | None:
        """Return the folder of a kind."""
        return self.models if kind == "models" else self.calibration


def asset_names(kind: AssetKind) -> tuple[str, ...]:
    """Return the names of the models or studies that come with installed distributions, sorted.

    Parameters
    ----------
    kind : {"models", "calibration"}
        Which of the two.

    Returns
    -------
    tuple of str
        Names of the folders that hold one, for example ``("resource_city",)``.
    """
    inside = (each for folder in _folders(kind) for each in folder.iterdir())
    return tuple(sorted({each.name for each in inside if _holds_one(kind, each)}))


def find_asset(kind: AssetKind, path: str | Path) -> Path | None:
    """Find a file that comes with an installed distribution.

    Parameters
    ----------
    kind : {"models", "calibration"}
        Whether it belongs to the models or to the studies.
    path : str or Path
        Relative to the folder of that kind, for example ``"jixi/study.toml"``.

    Returns
    -------
    Path or None
        None when no distribution has it.

    Raises
    ------
    PluginError
        When two have it.
    """
    found = {each.resolve(): each for folder in _folders(kind) if is_file(each := folder / path)}
    if len(found) > 1:
        listed = " and ".join(map(str, found.values()))
        raise PluginError(f"{path} comes with two distributions, as {listed}: name one of them by its path")
    return next(iter(found.values()), None)


def base_names() -> tuple[str, ...]:
    """Return the names of the base files that studies may extend from anywhere, sorted."""
    return tuple(sorted({path.stem for folder in _folders("calibration") for path in folder.glob("*.toml")}))


def _holds_one(kind: AssetKind, folder: Path) -> bool:
    return any(is_file(folder / name.format(name=folder.name)) for name in _HOLDS[kind])


def _folders(kind: AssetKind) -> tuple[Path, ...]:
    """Return the folders of all distributions; one that cannot be loaded is left out with a warning."""
    folders = (assets.folder(kind) for assets in loaded("rcsd.models", Assets).values())
    return tuple(folder for folder in folders if folder is not None and folder.is_dir())
