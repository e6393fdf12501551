"""Writes docs/reference/study-toml.md and checks-toml.md, the keys of both files, from the schemas that check them.

``make pages`` after a change of a schema; a test holds the pages to them.
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

from rcsd.analysis.checks.file.schema import ChecksFile
from rcsd.analysis.checks.registry import CHECKS
from rcsd.study.file.section import study_schema

FOLDER = Path(__file__).parents[1] / "reference"
PAGE, CHECKS_PAGE = FOLDER / "study-toml.md", FOLDER / "checks-toml.md"

HEAD = """# Keys of `study.toml`

A study is a folder with `study.toml` and a table of observed series. This page lists every key. The script
`docs/scripts/study_keys.py` writes it from the schema that checks a file. A key that is not listed is refused, with
its line and the keys that come near. **Required** keys have no default.

Two keys stand above all tables. `extends = "../coal_city.toml"` takes another file as a base: the tables of both are
merged, and this file wins; `extends = "rcsd:coal_city"` takes a base that comes with rcsd. `[without]` names tables of
the base to leave out.
"""

CHECKS_HEAD = """# Checks, and keys of `checks.toml`

`rcsd check MODEL` looks for faults in a model file and in its runs. A file `checks.toml` beside the model says more:
what must come of runs of its own, and which findings are accepted. `rcsd check MODEL --init` writes a first one from
what the model does now, to be read and corrected. The script `docs/scripts/study_keys.py` writes this page from the
registry of checks and from the schema that checks a file. A key that is not listed is refused, with its line and the
keys that come near.

## Checks

| check | what it looks for |
|---|---|
"""

CHECKS_JSON = """
A finding is an error (wrong), a warning (probably wrong) or a note (good to know). It names its check, the variable,
file and line, and a remedy. The exit code is 0 without errors, 1 with one (with `--strict` also with a warning), 2
where there is nothing to check: no such file, a faulty `checks.toml`.

`--json` prints one document:

| field | what |
|---|---|
| `model`, `checks_file`, `twin` | paths; null where there is none |
| `counts` | number of findings by grade, `error`, `warning` and `note`, and `silenced` |
| `findings` | gravest first: `check`, `grade`, `variable`, `file`, `line` (two may be null), `message`, `remedy` |
| `silenced` | the same with `reason`, for what the file of checks accepts |
| `made` | names of the checks that were made |
| `unmade` | names of those that were not, each with the reason |
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


def tables(schema: type[BaseModel]) -> Iterator[str]:
    """Yield the part of a page for each table of a file."""
    told: dict[type[BaseModel], str] = {}
    for heading, section in sections(schema):
        about = " ".join(inspect.cleandoc(section.__doc__ or "").partition("\n\n")[0].split())
        first, _, rest = about.partition(": ")
        brackets = f"[[{heading}]]" if section_is_repeated(schema, heading) else f"[{heading}]"
        if section_is_repeated(schema, heading) and section in told:
            yield f"## `{brackets}`\n\nThe keys of `{told[section]}`.\n"
            continue
        told[section] = brackets
        yield f"## `{brackets}`\n\n{rest[:1].upper()}{rest[1:] if first else about}\n"
        yield from table(section)


def table(section: type[BaseModel]) -> Iterator[str]:
    """Yield the table of the keys of a section, if it has any of its own."""
    if lines := list(rows(section)):
        yield "| key | value | unit | default | meaning |\n|---|---|---|---|---|\n" + "\n".join(lines) + "\n"


def section_is_repeated(schema: type[BaseModel], heading: str) -> bool:
    """Whether a file has a list of tables under a heading of its first level."""
    field = schema.model_fields.get(heading)
    return field is not None and get_origin(field.annotation) is list


def page() -> str:
    """Return the page on studies."""
    return "\n".join([HEAD, *tables(study_schema())])


def checks_page() -> str:
    """Return the page on checks."""
    listed = "".join(f"| `{check.name}` | {check.about} |\n" for check in CHECKS)
    top = "## Above all tables\n"
    return "\n".join([CHECKS_HEAD + listed + CHECKS_JSON, top, *table(ChecksFile), *tables(ChecksFile)])


def main() -> None:
    """Write the pages."""
    for path, text in ((PAGE, page()), (CHECKS_PAGE, checks_page())):
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path)


if __name__ == "__main__":
    main()
