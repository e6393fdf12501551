"""`rcsd sobol`: which parameter moves which output, and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from rcsd.cli.options import DEFAULT_OUT, MOST_SEED, Json, Out, Scheduler, StudyName
from rcsd.cli.output import print_json, print_line
from rcsd.cli.program.command import Command
from rcsd.cli.progress import progress_bars
from rcsd.errors import ParameterError

if TYPE_CHECKING:
    from rcsd.study.sobol.result import SobolStudy

EXAMPLE = (
    'Example: rcsd sobol jixi --group coevolution --n 256 --bounds "Coordination Factor=0.8:1.6" --distribution priors'
)


def sobol(  # noqa: PLR0913 - an option each
    study: StudyName,
    *,
    out: Out = DEFAULT_OUT,
    n: Annotated[
        int, typer.Option("--n", metavar="N", help="Base samples, a power of two: N (2 D + 2) runs for D parameters.")
    ] = 1024,
    seed: Annotated[
        int | None,
        typer.Option(min=0, max=MOST_SEED, help="Seed of the sample; the study's own if left out."),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            help="Group of parameters, repeatable: calibrated, which are those that the study estimates, or one that "
            "the study names; all of its groups, one analysis each, if left out."
        ),
    ] = None,
    parameters: Annotated[
        str | None,
        typer.Option(metavar='"A,B"', help="Constants of the model to vary instead of a group."),
    ] = None,
    bounds: Annotated[
        list[str] | None,
        typer.Option(
            metavar='"A=lower:upper"',
            help="Range of a constant, repeatable; else the study's, or the one that the model documents.",
        ),
    ] = None,
    distribution: Annotated[
        Literal["bounds", "priors", "posterior"],
        typer.Option(
            help="How parameters vary: evenly over their ranges, by the study's priors, or by the draws in "
            "posterior.csv of the study's results, each parameter by itself."
        ),
    ] = "bounds",
    outputs: Annotated[
        str | None,
        typer.Option(
            metavar='"C,D"', help="Variables to analyse; those of the study's series and life cycle if left out."
        ),
    ] = None,
    resamples: Annotated[int, typer.Option(min=2, max=100_000, help="Bootstrap resamples behind the intervals.")] = 200,
    on_failure: Annotated[
        Literal["refuse", "median"],
        typer.Option(help="What to do when runs fail: stop, or put the median of the others in their place."),
    ] = "refuse",
    scheduler: Scheduler = None,
    json: Json = False,
) -> None:
    """Rank a study's parameters by their share in the variance of its outputs, year by year.

    Writes tables, netCDF, figures and the ranking in words into a folder for each group, in the folder sobol of the
    study's results.
    """
    from rcsd.report import write_sobol
    from rcsd.study.sobol.request import SobolRequest, requests_for
    from rcsd.study.sobol.runner import sobol_studies
    from rcsd.workbench.study import Study

    request = SobolRequest(
        n_base=n,
        seed=seed,
        parameters=parse_names(parameters, "--parameters"),
        bounds=parse_bounds(bounds or []),
        distribution=distribution,
        outputs=parse_names(outputs, "--outputs"),
        n_resamples=resamples,
        on_failure=on_failure,
    )
    loaded = Study.read(study)
    requests = requests_for(loaded, request, group)
    with progress_bars() as noting:
        found = sobol_studies(
            loaded,
            requests,
            out=out,
            scheduler=scheduler,
            progress=lambda name: noting(f"{loaded.name} {name}"),
        )
    _print([(each, str(write_sobol(each, out))) for each in found], json=json)


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


def _print(found: list[tuple[SobolStudy, str]], *, json: bool) -> None:
    from rcsd.report.sections.sobol.words import reading
    from rcsd.study.sobol.request import sobol_study_document

    if json:
        documents = {
            each.group: {"folder": folder, "reading": reading(each), **sobol_study_document(each)}
            for each, folder in found
        }
        print_json({"study": found[0][0].name, "groups": documents})
    else:
        print_line("\n".join(line for each, folder in found for line in (*reading(each), folder)))


COMMAND = Command(
    sobol,
    group="Study",
    summary="Rank parameters by the variance they explain.",
    example=EXAMPLE,
)
