"""From a table and settings to a programme: the constraints of Peng and Ji, eqs 14 to 17, one by one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from rcsd.errors import ParameterError
from rcsd.names import near_matches
from rcsd.papers.input_output import (
    InputOutputTable,
    own_supply,
    regional_coefficients,
    require_balanced,
    require_productive,
    technical_coefficients,
)
from rcsd.papers.structure.optimum.programme import Constraint, Programme
from rcsd.papers.structure.optimum.settings import Bounds, Settings

Values = NDArray[np.float64]


def build_programme(table: InputOutputTable, settings: Settings) -> Programme:
    """Build the programme of a table.

    Raises
    ------
    TableError
        When the table does not balance or is not productive.
    ParameterError
        When the settings name a sector that the table does not have.
    """
    require_balanced(table)
    require_productive(technical_coefficients(table), table.title)
    _require_known(table, settings)
    use = resource_coefficients(table, settings)
    return Programme(
        sectors=table.sectors,
        actual=table.output,
        value_added=table.total_value_added / table.output,
        resource_use=use,
        constraints=(
            *_balances(table, settings),
            *_ceilings(table, settings),
            *_growth(table, settings),
            *_limits(table, settings, use),
        ),
        resource=settings.resource,
        resource_sector=settings.resource_sector,
        unit=table.unit,
        resource_unit=settings.resource_unit or table.unit,
        horizon=settings.horizon.value,
    )


def resource_coefficients(table: InputOutputTable, settings: Settings) -> Values:
    """Return w of eq 11, shape (n,): as given, or inputs from the resource industry of the own region a unit of output.

    Inputs are counted whatever their origin: coal that is bought from elsewhere is burnt here.

    Raises
    ------
    ParameterError
        When a sector has no given one, one is negative, or all are zero.
    """
    given = settings.coefficients
    if given is not None:
        missing = [s.label for s in table.sectors if s.label not in given and s.code not in given]
        if missing:
            raise ParameterError(
                f"{', '.join(missing)}: no coefficient of {settings.resource} is given; add one for every sector",
                field="resource.coefficients",
            )
        found = np.array([given.get(s.label, given.get(s.code, 0.0)) for s in table.sectors])
        if (found < 0).any() or not found.any():
            raise ParameterError(
                f"coefficients of {settings.resource} must not be negative, nor all zero", field="resource.coefficients"
            )
        return found
    coefficients = technical_coefficients(table)
    rows = {region: table.index_of(settings.resource_sector, region) for region in table.regions}
    return np.array([coefficients[rows[sector.region], j] for j, sector in enumerate(table.sectors)])


def required_demand(table: InputOutputTable, settings: Settings) -> Values:
    """Return Y of eq 14, shape (n,): the part of final demand that own output must serve."""
    demand = (
        settings.consumption.value * table.used_for("consumption")
        + settings.formation.value * table.used_for("formation")
        + settings.outflow.value * table.used_for("outflow")
        + table.used_for("error")
    )
    return own_supply(table) * demand


def _require_known(table: InputOutputTable, settings: Settings) -> None:
    codes = list(dict.fromkeys(sector.code for sector in table.sectors))
    named = {
        "resource.sector": [settings.resource_sector],
        "agriculture": [settings.agriculture] if settings.agriculture else [],
        "ceilings": list(settings.ceilings),
        "bounds": list(settings.bounds),
    }
    for where, names in named.items():
        for name in names:
            if name not in codes:
                hint = near_matches(name, codes) or f"it has {', '.join(codes)}"
                raise ParameterError(f"{where} names {name!r}, which is no sector of the table; {hint}", field=where)


def _prefix(table: InputOutputTable, region: str) -> str:
    """Name a region where there are several."""
    return f"{region}, " if region and len(table.regions) > 1 else ""


def _balances(table: InputOutputTable, settings: Settings) -> Iterator[Constraint]:
    """Eq 14, A X + Y <= X: what is needed from within the region does not exceed output."""
    coefficients, demand = regional_coefficients(table), required_demand(table, settings)
    for i, sector in enumerate(table.sectors):
        row = coefficients[i].copy()
        row[i] -= 1.0
        yield Constraint(
            f"{_prefix(table, sector.region)}demand: {sector.code}",
            "balance",
            f"{_prefix(table, sector.region)}{sector.name}: output covers what sectors and required final "
            "demand take of it (eq 14)",
            row,
            float(-demand[i]),
            sector.region,
        )


def _ceilings(table: InputOutputTable, settings: Settings) -> Iterator[Constraint]:
    """Eq 15, X_i / sum X <= L_i, as X_i - L_i sum X <= 0: linear, since L_i is a number."""
    for i, sector in enumerate(table.sectors):
        inside = np.array([other.region == sector.region for other in table.sectors])
        number = settings.ceilings.get(sector.code, settings.ceiling)
        share = float(number.value * table.output[i] / table.output[inside].sum())
        if share >= 1:
            continue
        row = -share * inside
        row[i] += 1.0
        yield Constraint(
            f"{_prefix(table, sector.region)}ceiling: {sector.code}",
            "ceiling",
            f"{_prefix(table, sector.region)}{sector.name}: at most {100 * share:.3g} % of output, {number.value:g} "
            "times the actual share (eq 15)",
            row,
            0.0,
            sector.region,
        )


def _growth(table: InputOutputTable, settings: Settings) -> Iterator[Constraint]:
    """Eq 16 for agriculture, and bounds on the growth of every other sector, which the paper does not have."""
    years = settings.horizon.value
    for i, sector in enumerate(table.sectors):
        own = settings.bounds.get(sector.code, Bounds())
        low, high = own.lower or settings.shrink, own.upper or settings.grow
        equation = "eq 16" if sector.code == settings.agriculture else "bound on growth, not in the paper"
        unit = np.zeros(len(table))
        unit[i] = 1.0
        said = f"{_prefix(table, sector.region)}{sector.name}"
        yield Constraint(
            f"{_prefix(table, sector.region)}least: {sector.code}",
            "lower",
            f"{said}: at least {low.value:g} times the actual output in {years:g} years ({equation})",
            -unit,
            float(-low.value * table.output[i]),
            sector.region,
        )
        yield Constraint(
            f"{_prefix(table, sector.region)}most: {sector.code}",
            "upper",
            f"{said}: at most {high.value:g} times the actual output in {years:g} years ({equation})",
            unit,
            float(high.value * table.output[i]),
            sector.region,
        )


def _limits(table: InputOutputTable, settings: Settings, use: Values) -> Iterator[Constraint]:
    """Eq 17: the use of the resource does not exceed a share of the actual one, by region or in all."""
    share = settings.limit.value
    regions = table.regions if settings.scope == "each" else ("",)
    for region in regions:
        inside = np.array([settings.scope == "joint" or sector.region == region for sector in table.sectors])
        yield Constraint(
            f"{_prefix(table, region)}limit: {settings.resource}",
            "resource",
            f"{_prefix(table, region)}{settings.resource}: use at most {share:g} times the actual one (eq 17)",
            use * inside,
            float(share * (use * inside) @ table.output),
            region,
        )
