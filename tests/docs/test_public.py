"""What is public has an example that runs, and shows itself in few words."""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path

import numpy as np
import pytest

import rcsd
from tests.growth import write_growth_study

LONGEST = 2000
PUBLIC = sorted(set(rcsd.__all__) - {"__version__"})


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_name_has_an_example(name: str) -> None:
    """In its own docstring, or in those of its methods; the modules' own tests run them."""
    thing = getattr(rcsd, name)
    texts = [thing.__doc__ or ""]
    if inspect.isclass(thing):
        texts += [inspect.getdoc(each) or "" for each in vars(thing).values() if callable(each)]
        texts += [inspect.getdoc(each) or "" for each in vars(thing).values() if isinstance(each, property)]
    assert any(doctest.DocTestParser().get_examples(text) for text in texts)


def test_what_is_public_is_short_to_look_at(tmp_path: Path) -> None:
    """However large: a series of a century of days, hundreds of parameters, a model with loops and checks."""
    n = 36_500
    model, study = rcsd.load("resource_city"), rcsd.load_study(write_growth_study(tmp_path))
    parameters = tuple(rcsd.Parameter(f"parameter {i}", 0, 1, "Dmnl", "a source" * 20) for i in range(500))
    rates = {"Investment Rate": np.linspace(0.2, 0.4, 3)}
    done = rcsd.simulate(model, rates, out=tmp_path / "runs", times=[2000, 2001])
    shown = [
        model,
        model.ir,
        model.run(rates, times=[2000, 2001]),
        rcsd.diff(model, "hypercycle", runs=False),
        done,
        rcsd.open_ensemble(tmp_path / "runs"),
        rcsd.ObservedSeries("days", "thing", np.arange(n) * 1.0, np.ones(n), (("doubt",),) * n),
        parameters[0],
        rcsd.ParameterSpace(parameters),
        rcsd.Prior(0.5, 0.1),
        rcsd.fit_statistics(np.arange(1.0, 1000.0), np.arange(2.0, 1001.0)),
        study,
        study.space,
        study.fit(quick=True),
        rcsd.run_study(study, out=tmp_path / "out", quick=True),
        rcsd.RunStatus.OK,
        rcsd.RcsdError("a fault"),
    ]
    for each in shown:
        assert len(repr(each)) < LONGEST, type(each).__name__
        html = getattr(each, "_repr_html_", None)
        assert html is None or "<" in html()
