"""Which question is asked of the data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

from rcsd.errors import ParameterError

Word = TypeVar("Word", bound=str)
Kind: TypeAlias = Literal["ccr", "bcc", "sbm"]
Orientation: TypeAlias = Literal["input", "output", "none"]
Returns: TypeAlias = Literal["constant", "variable"]

KINDS: tuple[Kind, ...] = ("ccr", "bcc", "sbm")
ORIENTATIONS: tuple[Orientation, ...] = ("input", "output", "none")
RETURNS: tuple[Returns, ...] = ("constant", "variable")


@dataclass(frozen=True, slots=True)
class DeaModel:
    """A model of data envelopment analysis.

    Attributes
    ----------
    kind : {"ccr", "bcc", "sbm"}
        Radial with constant returns to scale (Charnes, Cooper and Rhodes 1978), radial with variable returns (Banker,
        Charnes and Cooper 1984), or slacks-based (Tone 2001).
    orientation : {"input", "output", "none"}
        Whether inputs are to shrink, outputs to grow, or both: the last for "sbm" alone.
    returns : {"constant", "variable"}
        Returns to scale; a choice for "sbm" alone.
    super_efficiency : bool
        Whether an efficient unit is measured against the others alone (Andersen and Petersen 1993); radial models.
    """

    kind: Kind = "ccr"
    orientation: Orientation = "output"
    returns: Returns = "constant"
    super_efficiency: bool = False

    @property
    def radial(self) -> bool:
        """Whether all inputs, or all outputs, move by one factor."""
        return self.kind != "sbm"


def model_of(
    kind: str = "ccr",
    *,
    orientation: str | None = None,
    returns: str | None = None,
    super_efficiency: bool = False,
    n_undesirable: int = 0,
) -> DeaModel:
    """Put a model together from words, with what goes without saying.

    Parameters
    ----------
    kind, orientation, returns, super_efficiency
        As in `DeaModel`; if left out, the orientation is "output" for a radial model and "none" for "sbm", and the
        returns of "sbm" are constant.
    n_undesirable
        Number of undesirable outputs, which some models cannot take.

    Raises
    ------
    ParameterError
        For a word that is unknown, or a combination that has no meaning.

    Examples
    --------
    >>> model_of("bcc").returns, model_of("sbm").orientation
    ('variable', 'none')
    """
    name = _one_of("model", kind, KINDS)
    default: Orientation = "none" if name == "sbm" else "output"
    facing = default if orientation is None else _one_of("orientation", orientation, ORIENTATIONS)
    own: Returns = "variable" if name == "bcc" else "constant"
    scale = own if returns is None else _one_of("returns", returns, RETURNS)
    if name != "sbm" and scale != own:
        other = "bcc" if name == "ccr" else "ccr"
        raise ParameterError(
            f"model {name} has {own} returns to scale: for {scale} ones ask for {other}", field="returns"
        )
    if name != "sbm" and facing == "none":
        raise ParameterError(f"model {name} looks at inputs or at outputs: only sbm looks at both", field="orientation")
    if super_efficiency and name == "sbm":
        raise ParameterError("super-efficiency is that of the radial models: ask for ccr or bcc", field="super")
    if n_undesirable and name == "ccr":
        raise ParameterError(
            "model ccr cannot take undesirable outputs, since their translation is not neutral with constant returns: "
            "ask for sbm, or for bcc",
            field="undesirable",
        )
    if n_undesirable and name == "sbm" and facing == "input":
        raise ParameterError(
            "the slacks of undesirable outputs do not count in an input-oriented sbm: ask for none or output",
            field="orientation",
        )
    return DeaModel(name, facing, scale, super_efficiency)


def _one_of(what: str, word: str, allowed: tuple[Word, ...]) -> Word:
    for each in allowed:
        if each == word:
            return each
    raise ParameterError(f"{what} {word!r} is unknown: choose {', '.join(allowed[:-1])} or {allowed[-1]}", field=what)
