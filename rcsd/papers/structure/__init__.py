"""Structure optimisation over an input-output table (Peng and Ji, eqs 10-17).

Value added is maximised and the use of a resource minimised under demand, structure ceilings, bounds and a limit of the
resource; the front of the two is traced exactly, and the paper's weighted compromise marked on it.
"""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.papers.structure.change import ResourceChange, output_shares, resource_change, value_shares
    from rcsd.papers.structure.city import PARTS, CityAccount, CityStructure, carry_over
    from rcsd.papers.structure.optimum.building import build_programme, required_demand, resource_coefficients
    from rcsd.papers.structure.optimum.compromise import Compromise, compromise
    from rcsd.papers.structure.optimum.front import Front, efficiency_gap, ends, trace_front, use_ceiling, weighted
    from rcsd.papers.structure.optimum.infeasible import Clash, find_clash
    from rcsd.papers.structure.optimum.prices import ShadowPrice, price_range, ratio_unit, shadow_prices
    from rcsd.papers.structure.optimum.programme import Constraint, Programme
    from rcsd.papers.structure.optimum.settings import Bounds, Number, Settings
    from rcsd.papers.structure.optimum.solving import Solution, maximise
    from rcsd.papers.structure.optimum.variation import Variation, vary
    from rcsd.papers.structure.result import ResourceYear, StructureResult, Task, solve_structure

__all__ = [
    "PARTS",
    "Bounds",
    "CityAccount",
    "CityStructure",
    "Clash",
    "Compromise",
    "Constraint",
    "Front",
    "Number",
    "Programme",
    "ResourceChange",
    "ResourceYear",
    "Settings",
    "ShadowPrice",
    "Solution",
    "StructureResult",
    "Task",
    "Variation",
    "build_programme",
    "carry_over",
    "compromise",
    "efficiency_gap",
    "ends",
    "find_clash",
    "maximise",
    "output_shares",
    "price_range",
    "ratio_unit",
    "required_demand",
    "resource_change",
    "resource_coefficients",
    "shadow_prices",
    "solve_structure",
    "trace_front",
    "use_ceiling",
    "value_shares",
    "vary",
    "weighted",
]

__getattr__, __dir__ = on_first_use(__name__)
