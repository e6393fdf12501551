"""What changed between two versions, or two formats, of a model: its structure, then its behaviour."""

from typing import TYPE_CHECKING

from rcsd.facade import on_first_use

if TYPE_CHECKING:
    from rcsd.analysis.difference.behaviour.comparing import compare_runs
    from rcsd.analysis.difference.behaviour.difference import BehaviourDifference, Moved
    from rcsd.analysis.difference.comparing import ModelDifference, compare_models
    from rcsd.analysis.difference.document import difference_document
    from rcsd.analysis.difference.structure.comparing import compare_structure
    from rcsd.analysis.difference.structure.difference import Change, StructureDifference, VariableChange

__all__ = [
    "BehaviourDifference",
    "Change",
    "ModelDifference",
    "Moved",
    "StructureDifference",
    "VariableChange",
    "compare_models",
    "compare_runs",
    "compare_structure",
    "difference_document",
]

__getattr__, __dir__ = on_first_use(__name__)
