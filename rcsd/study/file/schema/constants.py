"""`[constants]`: constants that a study sets."""

from __future__ import annotations

from pydantic import Field, model_validator

from rcsd.study.file.schema.base import Amount, Section
from rcsd.study.file.schema.time import Year


class ConstantSection(Section):
    """`[constants."<name>"]`: a constant set from a cell of the data, or by a number with its unit and source."""

    from_: str | None = Field(None, alias="from")
    """Series of the data that holds the cell."""
    at: Year | None = None
    """Year of the cell. Unit: Year."""
    scale: Amount | None = None
    """What the cell is multiplied by."""
    value: Amount | None = None
    """A number in place of a cell."""
    unit: str | None = None
    """Unit of the value, or of the scaled cell; checked against the model's."""
    source: str = ""
    """Where the number comes from."""

    @model_validator(mode="after")
    def _one_origin(self) -> ConstantSection:
        """Refuse two origins, or none."""
        if self.value is None and (self.from_ is None or self.at is None):
            raise ValueError("give either `from` and `at` (a cell of the data) or `value` and `unit`")
        if self.value is not None and not (self.from_ is None and self.at is None and self.scale is None):
            raise ValueError("`value` excludes `from`, `at` and `scale`: keep one of the two")
        if self.value is not None and self.unit is None:
            raise ValueError("a `value` needs its `unit`")
        if self.scale is not None and self.unit is None:
            raise ValueError("a `scale` changes the unit: give the resulting `unit`")
        return self
