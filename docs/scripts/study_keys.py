"""Writes docs/reference/study-toml.md, the keys of a study file, from the schema that checks them.

``make pages`` after a change of the schema; a test holds the page to it.
"""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt, MinLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rcsd.study.file.section import study_schema

PAGE = Path(__file__).parents[1] / "reference" / "study-toml.md"

HEAD = """# Keys of `study.toml`

A study is a folder with `study.toml` and a table of observed series. This page lists every key. The script
`docs/scripts/study_keys.py` writes it from the schema that checks a file. A key that is not listed is refused, with
its line and the keys that come near. **Required** keys have no default.

Two keys stand above all tables. `extends = "../coal_city.toml"` takes another file as a base: the tables of both are
merged, and this file wins; `extends = "rcsd:coal_city"` takes a base that comes with rcsd. `[without]` names tables of
the base to leave out.
"""

SYMBOLS = {Ge: "≥", Gt: ">", Le: "≤", Lt: "<"}
KINDS = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def meanings(section: type[BaseModel]) -> dict[str, str]:
    """Return the docstring under each field of a section, by field."""
    (node,) = (
        each
        for each in ast.walk(ast.parse(Path(inspect.getfile(section)).read_text("utf-8")))
        if isinstance(each, ast.ClassDef) and each.name == section.__name__
    )
    return {
        field.target.id: " ".join(inspect.cleandoc(str(said.value.value)).split())
        for field, said in zip(node.body, node.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(said, ast.Expr)
        and isinstance(said.value, ast.Constant)
    }


def kind(annotation: Any) -> str:
    """Say which values an annotation takes, in the words of TOML."""
    arguments = get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        return kind(arguments[0])
    origin = get_origin(annotation)
    if origin is None:
        said = "table" if issubclass(annotation, BaseModel) else KINDS[annotation]
    elif origin is Literal:
        said = " or ".join(f'"{value}"' for value in arguments)
    elif origin in {Union, types.UnionType}:
        said = " or ".join(kind(each) for each in arguments if each is not type(None))
    elif origin is tuple:
        said = f"list of {len(arguments)} {kind(arguments[0])}s"
    elif origin is list:
        said = f"list of {kind(arguments[0])}s"
    else:
        said = f"table: name = {kind(arguments[1])}"
    return said


def limits(field: FieldInfo) -> str:
    """Say the bounds of a number."""
    found = []
    for each in field.metadata:
        if isinstance(each, MinLen):
            found.append(f"at least {each.min_length}")
        elif type(each) in SYMBOLS:
            (bound,) = vars(each).values() if hasattr(each, "__dict__") else (getattr(each, each.__slots__[0]),)
            found.append(f"{SYMBOLS[type(each)]} {bound:g}")
    return f" ({', '.join(found)})" if found else ""


def default(field: FieldInfo) -> str:
    """Say what stands for a key that is left out."""
    value = field.default
    if field.is_required():
        return "**required**"
    if value is None or value in ([], {}):
        return "none" if value is None else "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value:g}`"


def section_of(annotation: Any) -> tuple[type[BaseModel], bool] | None:
    """Return the section that an annotation holds, and whether it is one of many by name."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    if get_origin(annotation) is dict:
        inner = section_of(get_args(annotation)[1])
        return None if inner is None else (inner[0], True)
    return next((found for each in get_args(annotation) if (found := section_of(each))), None)


def sections(parent: type[BaseModel], path: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield every table below a section, with the heading that a file gives it."""
    for name, field in parent.model_fields.items():
        if (found := section_of(field.annotation)) is not None:
            section, named = found
            heading = f"{path}{name}" + (".NAME" if named else "")
            yield heading, section
            yield from sections(section, f"{heading}.")


def rows(section: type[BaseModel]) -> Iterator[str]:
    """Yield a line of the table for each key of a section that is not a table of its own."""
    said = meanings(section)
    for name, field in section.model_fields.items():
        if section_of(field.annotation) is not None:
            continue
        meaning, _, unit = said[name].removesuffix(".").partition(" Unit: ")
        cells = (f"`{field.alias or name}`", kind(field.annotation) + limits(field), unit or "–", default(field))
        yield f"| {' | '.join(cells)} | {meaning.removesuffix('.')}. |"


def page() -> str:
    """Return the page."""
    parts = [HEAD]
    for heading, section in sections(study_schema()):
        about = " ".join(inspect.cleandoc(section.__doc__ or "").partition("\n\n")[0].split())
        first, _, rest = about.partition(": ")
        parts.append(f"## `[{heading}]`\n\n{rest[:1].upper()}{rest[1:] if first else about}\n")
        if lines := list(rows(section)):
            parts.append(
                "| key | value | unit | default | meaning |\n|---|---|---|---|---|\n" + "\n".join(lines) + "\n"
            )
    return "\n".join(parts)


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
    print(PAGE)


if __name__ == "__main__":
    main()
