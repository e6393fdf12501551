"""`rcsd sobol`: which parameter moves which output, and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rcsd.cli.options import DEFAULT_OUT, Json, Out, Scheduler, StudyName
from rcsd.cli.output import print_json, print_line
from rcsd.cli.progress import progress_bars
from rcsd.errors import ParameterError

if TYPE_CHECKING:
    from rcsd.study.sobol import SobolStudy

EXAMPLE = (
    'Example: rcsd sobol jixi --n 256 --parameters "Investment Rate,Recovery Rate" --bounds "Investment Rate=0.2:0.5"'
)


def sobol(  # noqa: PLR0913 - an option each
    study: StudyName,
    *,
    out: Out = DEFAULT_OUT,
    n: Annotated[
        int, typer.Option("--n", metavar="N", help="Base samples, a power of two: N (2 D + 2) runs for D parameters.")
    ] = 1024,
    seed: Annotated[
        int | None, typer.Option(help="Seed of the sample, 0 or more; the study's own if left out.")
    ] = None,
    parameters: Annotated[
        str | None,
        typer.Option(
            metavar='"A,B"', help="Constants of the model to vary; those that the study estimates if left out."
        ),
    ] = None,
    bounds: Annotated[
        list[str] | None,
        typer.Option(
            metavar='"A=lower:upper"',
            help="Range of a constant, repeatable; else the study's, or the one that the model documents.",
        ),
    ] = None,
    outputs: Annotated[
        str | None,
        typer.Option(
            metavar='"C,D"', help="Variables to analyse; those of the study's series and life cycle if left out."
        ),
    ] = None,
    resamples: Annotated[int, typer.Option(help="Bootstrap resamples behind the intervals.")] = 200,
    on_failure: Annotated[
        Literal["refuse", "median"],
        typer.Option(help="What to do when runs fail: stop, or put the median of the others in their place."),
    ] = "refuse",
    scheduler: Scheduler = None,
    json: Json = False,
) -> None:
    """Rank a study's parameters by their share in the variance of its outputs, year by year.

    Writes tables, netCDF, figures and the ranking in words into the folder sobol of the study's results.
    """
    from rcsd.report import write_sobol
    from rcsd.study import load_study
    from rcsd.study.sobol import SobolRequest, sobol_study

    request = SobolRequest(
        n_base=n,
        seed=seed,
        parameters=parse_names(parameters, "--parameters"),
        bounds=parse_bounds(bounds or []),
        outputs=parse_names(outputs, "--outputs"),
        n_resamples=resamples,
        on_failure=on_failure,
    )
    loaded = load_study(study)
    with progress_bars() as noting:
        found = sobol_study(loaded, request, out=out, scheduler=scheduler, progress=noting(loaded.name))
    folder = write_sobol(found, out)
    _print(found, str(folder), json=json)


def parse_names(text: str | None, option: str) -> tuple[str, ...] | None:
    """Read names parted by commas; a comma in brackets belongs to its name.

    Raises
    ------
    ParameterError
        When a name is missing, or given twice.

    Examples
    --------
    >>> parse_names("GDP, Price[coal,north]", "--outputs")
    ('GDP', 'Price[coal,north]')
    """
    if text is None:
        return None
    names = tuple(name.strip() for name in re.split(r",(?![^\[]*\])", text))
    if not all(names):
        raise ParameterError(f'{option} {text!r}: write names parted by commas, as in {option} "Birth Rate,Death Rate"')
    if len(set(names)) < len(names):
        raise ParameterError(f"{option} {text!r}: a name stands twice; keep one of the two")
    return names


def parse_bounds(settings: list[str]) -> dict[str, tuple[float, float]]:
    """Read the words of `--bounds`.

    Raises
    ------
    ParameterError
        For a word that is not a name, an equals sign and two numbers with a colon between them, or a name given twice.

    Examples
    --------
    >>> parse_bounds(["Birth Rate = 0.01:0.02"])
    {'Birth Rate': (0.01, 0.02)}
    """
    bounds: dict[str, tuple[float, float]] = {}
    for setting in settings:
        name, equals, text = (part.strip() for part in setting.rpartition("="))
        lower, _, upper = text.partition(":")
        try:
            pair = (float(lower), float(upper))
        except ValueError:
            equals = ""
        if not equals or not name:
            raise ParameterError(
                f"--bounds {setting!r}: write a name, an equals sign, the lower and the upper bound, as in --bounds "
                '"Birth Rate=0.005:0.02"'
            )
        if name in bounds:
            raise ParameterError(f"--bounds {setting!r}: {name!r} is given twice; keep one of the two")
        bounds[name] = pair
    return bounds


def _print(found: SobolStudy, folder: str, *, json: bool) -> None:
    from rcsd.report.sobol_reading import reading
    from rcsd.study.sobol import sobol_study_document

    sentences = reading(found)
    if json:
        print_json({"folder": folder, "reading": sentences, **sobol_study_document(found)})
    else:
        print_line("\n".join([*sentences, folder]))
