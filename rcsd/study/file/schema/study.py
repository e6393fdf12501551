"""`[study]`: what is studied."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rcsd.study.file.schema.base import FilePath, Section, Seed


class StudySection(Section):
    """`[study]`: what is studied, with which model and data."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=100)
    """Short name: small letters, digits, `_` and `-`. It names the folder of the results."""
    title: str = ""
    """Heading of the report; the name when empty."""
    documentation: str = ""
    """What the study is about, in a sentence or two; it stands in the report."""
    model: FilePath
    """A model that comes with rcsd, or the path of a .mdl or .xmile file, relative to this file."""
    data: FilePath = "observed.csv"
    """Table of the observed series, relative to this file."""
    seed: Seed
    """Seed of every random number of the study."""
    outputs: list[str] = []
    """Variables to report and analyse beside those of the series."""
    backend: Literal["auto", "compiled", "pysd"] = "auto"
    """What simulates the model; "auto" compiles it where it can."""
