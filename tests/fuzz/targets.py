"""Every reader of the program: what it is given that is valid, and how it is asked."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rcsd.errors import RcsdWarning
from rcsd.simulation.dimensions import check_units
from rcsd.simulation.loading import LoadedModel
from tests.fuzz.seeds import EQUATIONS, VARIABLES, vensim, xmile
from tests.growth import write_growth_study
from tests.places import ROOT

_MOST_VALUES = 200_000
"""Steps times variables of a run that is worth its time; what is read only is read all the same."""


@dataclass(frozen=True, slots=True)
class Target:
    """One reader.

    Attributes
    ----------
    seeds : callable
        Given an empty folder, makes what the reader needs and returns the files that may be changed.
    ask : callable
        Given the folder, reads it, and does what is quick.
    weight : int
        How often it is tried.
    """

    seeds: Callable[[Path], list[Path]]
    ask: Callable[[Path], object]
    weight: int = 1


@contextmanager
def unwarned() -> Iterator[None]:
    """Let warnings pass: the work goes on with them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RcsdWarning)
        warnings.simplefilter("ignore", UserWarning)
        yield


def _models(suffix: str) -> Callable[[Path], list[Path]]:
    def seeds(folder: Path) -> list[Path]:
        texts = [vensim(each) for each in EQUATIONS] if suffix == ".mdl" else [xmile(each) for each in VARIABLES]
        paths = [folder / f"{i}{suffix}" for i in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        for path in (ROOT / "tests" / "models" / "files").glob(f"*{suffix}"):
            paths.append(Path(shutil.copy(path, folder)))
        (folder / "rain.csv").write_text("Year,mm\n0,10\n2,12.5\n5,\n6,9\n", encoding="utf-8")
        (folder / "k.csv").write_text("k,0.5\n", encoding="utf-8")
        return [*paths, folder / "rain.csv", folder / "k.csv"] if suffix == ".mdl" else paths

    return seeds


def _model(changed: Path) -> LoadedModel:
    """Load the model, or that which reads the changed data."""
    from rcsd.simulation.loading import load  # noqa: PLC0415

    return load(changed if changed.suffix != ".csv" else changed.parent / "4.mdl")


def _run(path: Path) -> None:
    model = _model(path)
    check_units(model.ir)
    steps = (model.time.stop - model.time.start) / min(model.time.step, model.time.save_step)
    if not model.ir.untaken and steps * len(model.variables) < _MOST_VALUES:
        model.run(backend="interpreted")


def _run_on_pysd(path: Path) -> None:
    model = _model(path)
    if (model.time.stop - model.time.start) / min(model.time.step, model.time.save_step) < 200:
        model.run(backend="pysd")


def _study(folder: Path) -> list[Path]:
    study = write_growth_study(folder)
    return [path for path in study.parent.rglob("*") if path.suffix in (".toml", ".csv")]


def _load_study(changed: Path) -> None:
    from rcsd.study.file.reading import load_study  # noqa: PLC0415

    load_study(next(changed.parent.glob("study.toml")))


def _jixi(folder: Path) -> list[Path]:
    for name in ("coal_city.toml", "scenarios.toml"):
        shutil.copy(ROOT / "calibration" / name, folder)
    inside = folder / "jixi"
    shutil.copytree(ROOT / "calibration" / "jixi", inside)
    return [inside / "study.toml", inside / "observed.csv", folder / "coal_city.toml", folder / "scenarios.toml"]


def _load_jixi(changed: Path) -> None:
    from rcsd.study.file.reading import load_study  # noqa: PLC0415
    from rcsd.study.file.scenario_reading import read_scenarios  # noqa: PLC0415

    folder = changed.parent if changed.parent.name != "jixi" else changed.parent.parent
    study = load_study(folder / "jixi" / "study.toml")
    read_scenarios(folder / "scenarios.toml", study.model.ir, study.file)


def _copied(*names: str, changed: tuple[str, ...] = ()) -> Callable[[Path], list[Path]]:
    def seeds(folder: Path) -> list[Path]:
        copies = [Path(shutil.copy(ROOT / "calibration" / name, folder)) for name in names]
        return [path for path in copies if not changed or path.name in changed]

    return seeds


def _dea(path: Path) -> None:
    from rcsd.papers.dea.table import read_table  # noqa: PLC0415

    read_table(path)


def _panel(changed: Path) -> None:
    from rcsd.study.panel.cities import read_cities  # noqa: PLC0415
    from rcsd.study.panel.table import read_panel_table  # noqa: PLC0415

    (read_cities if changed.name == "cities.csv" else read_panel_table)(changed)


def _resilience(changed: Path) -> None:
    from rcsd.papers.resilience.inputs.reading import load_indicators  # noqa: PLC0415

    load_indicators(changed.parent / "indicators.toml")


def _structure_files(folder: Path) -> list[Path]:
    shutil.copytree(ROOT / "calibration" / "structure", folder, dirs_exist_ok=True)
    return [path for path in folder.iterdir() if path.suffix in (".toml", ".csv")]


def _structure(changed: Path) -> None:
    from rcsd.papers.structure.file.reading import load_structure  # noqa: PLC0415

    load_structure(changed.parent / "programme.toml")


def _table(changed: Path) -> None:
    from rcsd.papers.input_output.mapping import read_mapping  # noqa: PLC0415
    from rcsd.papers.input_output.reading import read_table  # noqa: PLC0415

    (read_mapping if changed.name.startswith("sectors") else read_table)(changed)


def _rows_file(folder: Path) -> list[Path]:
    path = folder / "rows.csv"
    path.write_text("Birth Rate,Death Rate\n0.1,0.2\n0.3,0.4\n1e-3,7\n", encoding="utf-8")
    return [path]


def _rows(path: Path) -> None:
    from rcsd.simulation.archive.rows import read_rows  # noqa: PLC0415

    read_rows(path)


TARGETS = {
    "vensim": Target(_models(".mdl"), _run, 8),
    "xmile": Target(_models(".xmile"), _run, 6),
    "pysd": Target(_models(".mdl"), _run_on_pysd, 2),
    "study": Target(_study, _load_study, 3),
    "jixi": Target(_jixi, _load_jixi, 2),
    "panel": Target(_copied("panel/cities.csv", "panel/observed.csv"), _panel, 2),
    "dea": Target(_copied("dea/four_cities.csv"), _dea, 2),
    "resilience": Target(_copied("resilience/indicators.toml", "resilience/observed.csv"), _resilience, 2),
    "structure": Target(_structure_files, _structure, 2),
    "input-output": Target(_copied("structure/liaoning_2017.csv", "structure/sectors_2017.csv"), _table, 1),
    "rows": Target(_rows_file, _rows, 1),
}
"""By name."""
