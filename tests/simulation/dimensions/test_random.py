"""Random models in both formats: without dimensions everything fits, whatever the equations are."""

from dataclasses import replace
from pathlib import Path

import pytest

from rcsd.simulation.dimensions import check_units
from rcsd.simulation.reader import read
from tests.simulation.random_models.files import vensim_text, xmile_text
from tests.simulation.random_models.test_random_models import SORTS, Sort, models_of


@pytest.mark.slow
@pytest.mark.parametrize("sort", SORTS)
def test_a_model_without_dimensions_fits(sort: Sort, tmp_path: Path) -> None:
    """Numbers without a unit can be added, raised, compared and delayed as one likes: any finding would be false."""
    models = models_of(sort, 1)
    texts = {"m.mdl": vensim_text(models)} if sort != "modules" else {}
    if sort != "mapped":
        texts["m.xmile"] = xmile_text(models, modules=sort == "modules")
    for name, text in texts.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        model = read(path)
        assert len(model.variables) > 100
        bare = replace(
            model,
            variables=tuple(replace(each, unit="Dmnl") for each in model),
            time=replace(model.time, unit="Dmnl"),
        )
        assert [each for each in check_units(bare) if each.grade != "note"] == []
