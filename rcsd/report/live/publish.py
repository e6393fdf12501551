"""A model, or a study, as one page that simulates: no network, no server, no other file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rcsd.errors import ModelError, ParameterError, StudyError
from rcsd.files import write_text_atomic
from rcsd.report.live.document import document_of
from rcsd.report.live.markup import live_markup
from rcsd.report.live.words import fitted_window, live_of, live_words, model_words
from rcsd.report.model_page.facts import facts_of
from rcsd.report.model_page.page import Tried, model_page
from rcsd.report.spoken import speaking_of
from rcsd.simulation.loading import DataFiles, LoadedModel, load
from rcsd.study.file.study import Study
from rcsd.study.findings.live.of_model import live_of_model
from rcsd.study.graph.result import StudyResult
from rcsd.study.steps.backtest import BACKTEST


def publish(
    model: LoadedModel | str | Path,
    path: str | Path,
    *,
    show: Sequence[str] = (),
    loops: bool = True,
    data: DataFiles = (),
) -> Path:
    """Write a page that runs a model in the browser, beside its diagram and its equations.

    Parameters
    ----------
    model : LoadedModel, str or Path
        A model, a model file or the name of a model that comes with the package. Its constants become sliders, within
        the ranges that it states for them. A study is published by its own verb, `rcsd.Study.publish`.
    path : str or Path
        Where; ends in .html.
    show : sequence of str
        Variables that are drawn; the first stocks when empty.
    loops : bool
        Whether to list feedback loops, for which the model is run.
    data : path, or sequence of path
        Files with the series of data variables, which become part of the page.

    Returns
    -------
    Path
        The page.

    Raises
    ------
    ModelError
        When rcsd itself cannot run the model, or it has no such variable.
    ParameterError
        For a path that is no page.
    OutputError
        When the page cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     publish("hypercycle", f"{folder}/page.html", loops=False).name
    'page.html'
    """
    target = page_path(path)
    loaded = model if isinstance(model, LoadedModel) else load(model)
    live = live_of_model(loaded, show=show, data=data)
    if live.fault:
        raise ModelError(f"no page can run it: {live.fault}", path=loaded.path)
    tried = Tried(model_words(loaded, live), live_markup(live.script, document_of(live)))
    return _write(target, loaded, tried, loops=loops)


def publish_result(result: StudyResult, study: Study, path: str | Path, *, loops: bool = True) -> Path:
    """Write a page that runs the fitted model of a study, with bands from its posterior; see `publish`.

    Parameters
    ----------
    result : StudyResult
        Of the steps LIVE or LIVE_FIT, and BACKTEST.
    study : Study
        Which.
    path, loops
        As of `publish`.

    Raises
    ------
    StudyError
        When PySD runs the model, or it has no form as a script.
    """
    target = page_path(path)
    live, why = live_of(result)
    if live is None:
        raise StudyError(f"no page can run its model: {why}", path=study.path)
    with speaking_of([result]):
        document = document_of(live, targets=result[BACKTEST].targets, windows=(fitted_window(live, result),))
        words, markup = live_words(live, result), live_markup(live.script, document)
    return _write(target, study.model, Tried(words, markup, result.info.title, result.info.documentation), loops=loops)


def page_path(path: str | Path) -> Path:
    """Insist on the name of a page.

    Raises
    ------
    ParameterError
        That says so.
    """
    target = Path(path)
    if target.suffix.lower() not in (".html", ".htm"):
        raise ParameterError(f"{target}: the page is HTML; name a file that ends in .html")
    return target


def _write(target: Path, model: LoadedModel, tried: Tried, *, loops: bool) -> Path:
    facts = facts_of(model, loops=loops)
    write_text_atomic(target, model_page(model.ir, facts.views, facts.loops, tried))
    return target
