"""Small Vensim models of a few equations, run by the interpreter."""

from pathlib import Path

from rcsd.simulation.loading import load

TIMES = """
INITIAL TIME = 0 ~ Year ~ |
FINAL TIME = 2 ~ Year ~ |
TIME STEP = 1 ~ Year ~ |
SAVEPER = TIME STEP ~ Year ~ |
"""


def written(folder: Path, equations: str, times: str = TIMES) -> Path:
    """Write a model; the first equation stands in line 2."""
    path = folder / "small.mdl"
    path.write_text("{UTF-8}\n" + equations.strip() + times, encoding="utf-8")
    return path


def values(folder: Path, equations: str, times: str = TIMES, backend: str = "interpreted") -> dict[str, list[float]]:
    """Return the series of every scalar."""
    model = load(written(folder, equations, times))
    assert model.ir.untaken == ()
    run = model.run(backend=backend)
    return {name: run.values[0, :, i].tolist() for i, name in enumerate(run.variables)}


def row(series: dict[str, list[float]], name: str) -> list[float]:
    """Return the first values of the elements of an array, in their order."""
    return [numbers[0] for each, numbers in series.items() if each.startswith(f"{name}[")]
