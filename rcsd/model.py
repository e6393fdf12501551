"""A model as Python users have it: what can be run, and everything else that can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from numpy.typing import ArrayLike

from rcsd.analysis.difference.comparing import ModelDifference, compare_models
from rcsd.simulation.loading import DataFiles, LoadedModel
from rcsd.simulation.loading import load as _load
from rcsd.simulation.passes.uses import uses_of

if TYPE_CHECKING:
    from rcsd.analysis.checks.result import CheckResult
    from rcsd.analysis.loops.result import LoopAnalysis
    from rcsd.report.drawing.save import Drawing


@dataclass(frozen=True, slots=True, repr=False)
class Model(LoadedModel):
    """A model file, read: to run, to check, to compare, to look at.

    Examples
    --------
    >>> model = load("digital_cluster")
    >>> model
    <Model 'digital_cluster': 62 variables, 7 stocks, 25 constants, 0 to 60 by 0.0625 Year>
    """

    def causes(self, name: str) -> tuple[str, ...]:
        """Name the variables that a variable's equation names, in the order of the file.

        Raises
        ------
        ModelError
            When there is no such variable.

        Examples
        --------
        >>> load("hypercycle").causes("growth")
        ('Replication Rate', 'Catalysis', 'Support')
        """
        return uses_of(self.ir).causes[self.ir[name].name]

    def uses(self, name: str) -> tuple[str, ...]:
        """Name the variables whose equations name a variable, in the order of the file.

        Raises
        ------
        ModelError
            When there is no such variable.

        Examples
        --------
        >>> load("hypercycle").uses("Mean Growth")
        ('Dilution', 'Industrial Advantage')
        """
        return uses_of(self.ir).uses[self.ir[name].name]

    def check(
        self, *, against: str | Path | None = None, checks: str | Path | None = None, deep: bool = False
    ) -> CheckResult:
        """Look for faults in the file and in its runs; see `rcsd.analysis.checks.check_model`.

        Parameters
        ----------
        against : str or Path, optional
            The same model in another format.
        checks : str or Path, optional
            The file of checks; the ``checks.toml`` beside the model when None.
        deep : bool
            Whether it may take minutes.
        """
        from rcsd.analysis.checks import check_model  # noqa: PLC0415 - much to import, for this alone

        return check_model(self, against=against, checks=checks, deep=deep)

    def loops(self, inputs: Mapping[str, ArrayLike] | None = None, *, of: str | None = None) -> LoopAnalysis:
        """Find the feedback loops, their polarity and their dominance over a run; see `rcsd.analysis.loops`.

        Parameters
        ----------
        inputs : mapping of str to number, optional
            Constants of the run.
        of : str, optional
            A variable whose loops alone are looked for.
        """
        from rcsd.analysis.loops.models import model_loops  # noqa: PLC0415 - much to import, for this alone

        return model_loops(self, inputs, of=of)

    def diff(self, new: LoadedModel, *, runs: bool = True, n_draws: int = 64, seed: int = 0) -> Difference:
        """Compare with another model, as the newer one; parameters are those of `rcsd.diff`."""
        return diff(self, new, runs=runs, n_draws=n_draws, seed=seed)

    def plot(
        self,
        *names: str,
        inputs: Mapping[str, ArrayLike] | None = None,
        times: ArrayLike | None = None,
        path: str | Path | None = None,
    ) -> Drawing:
        """Run the model and draw variables over time.

        Parameters
        ----------
        *names : str
            What to draw; the stocks when left out.
        inputs : mapping of str to number or array of shape (run,), optional
            Constants of the run, or of several.
        times : array_like, optional
            Times to draw.
        path : str or Path, optional
            A file to write, .png, .svg or .html.

        Returns
        -------
        Drawing
            Which a notebook shows.

        Raises
        ------
        ModelError
            For an unknown variable.
        SimulationError
            When every run fails.
        """
        from rcsd.report.runs.drawing import draw_runs  # noqa: PLC0415 - much to import, for this alone
        from rcsd.report.runs.writing import write_runs  # noqa: PLC0415

        run = self.run(inputs, outputs=names or None, times=times)
        if not names:
            stocks = [each.name for each in self.ir if each.kind == "stock"]
            run = run.only([name for name in run.variables if name.partition("[")[0] in stocks] or run.variables)
        return draw_runs(run, name=self.name) if path is None else write_runs(Path(path), run, title=self.name)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Difference(ModelDifference):
    """How two models differ; printed, it is what `rcsd diff` prints.

    Examples
    --------
    >>> found = diff("hypercycle", "hypercycle", runs=False)
    >>> print(found)
    The models say the same (33 variables).
    """

    def __str__(self) -> str:
        from rcsd.report.difference.words import difference_text  # noqa: PLC0415 - for this alone

        return difference_text(self)

    def page(self, path: str | Path, *, old: str = "old", new: str = "new") -> None:
        """Write it as a page with plots, as `rcsd diff -o` does."""
        from rcsd.files import write_text_atomic  # noqa: PLC0415
        from rcsd.report.difference.page import difference_page  # noqa: PLC0415 - much to import, for this alone

        write_text_atomic(Path(path), difference_page(self, old, new))


def load(path_or_name: str | Path, *, allow_outside: bool = False) -> Model:
    """Load a model.

    Parameters
    ----------
    path_or_name : str or Path
        A Vensim or XMILE file, or the name of a model that comes with the package.
    allow_outside : bool
        Whether the model may read data files that lie outside its own folder.

    Raises
    ------
    ModelError
        When there is no such file or model, or the file is faulty.

    Examples
    --------
    >>> load("no_such_model")
    Traceback (most recent call last):
        ...
    rcsd.errors.ModelError: there is no model 'no_such_model'; ...
    """
    return Model(_load(path_or_name, allow_outside=allow_outside).ir)


def diff(
    old: LoadedModel | str | Path,
    new: LoadedModel | str | Path,
    *,
    runs: bool = True,
    n_draws: int = 64,
    seed: int = 0,
    data: DataFiles = (),
) -> Difference:
    """Compare two models: variables, equations, units, tables, words, views, then their runs.

    Parameters
    ----------
    old, new : LoadedModel, str or Path
        Models, model files or names of models that come with the package; of one format or of two.
    runs : bool
        Whether to run both: once as they are, and over the same draws from the ranges that they state.
    n_draws : int
        Runs of each in the ensemble; 0 for none.
    seed : int
        Of the draws.
    data : path, or sequence of path
        Files with the series of data variables, for both.

    Returns
    -------
    Difference

    Raises
    ------
    ModelError
        When a model cannot be read.

    Examples
    --------
    >>> print(diff("hypercycle", "hypercycle", runs=False))
    The models say the same (33 variables).
    """
    before, after = (each if isinstance(each, LoadedModel) else load(each) for each in (old, new))
    found = compare_models(before, after, runs=runs, n_draws=n_draws, seed=seed, data=data)
    return Difference(found.structure, found.behaviour, found.not_run)
