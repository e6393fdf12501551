"""The line of a key is the line on which it stands, whatever TOML is around it."""

import json
import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcsd.toml.lines import Keys, key_lines


@pytest.mark.parametrize(
    ("text", "keys", "line"),
    [
        ('a = """\nb = 1\n[c]\n"""\nd = 2', ("d",), 5),
        ("a = '''\nb = 1\n\\'''\nd = 2", ("d",), 4),
        ('a = """x\\"""\nb = 1\n"""\nd = 2', ("d",), 4),
        ('a = """ends in two quotes"""""\nd = 2', ("d",), 2),
        ("a = '''\n''''\nd = 2", ("d",), 3),
        ('a = ""\nd = 2', ("d",), 2),
        ('a = [\n  1, # ] d = 1\n  "]",\n]\nd = 2', ("d",), 5),
        ("a = [[1, 2],\n [3]]\nd = 2", ("a", "1"), 2),
        ("a = [\n {b = 1},\n {b = 2},\n]", ("a", "1", "b"), 3),
        ('a = { b = "}", c = { d = 1 } }', ("a", "c", "d"), 1),
        ("x.y.z = 1\nx.w = 2", ("x", "w"), 2),
        ("\"a.b\" . 'c d' = 1\nd = 2", ("a.b", "c d"), 1),
        ('"caf\\u00e9 = #" = 1', ("café = #",), 1),
        ("[ a . 'b' ] # [c]\nd = 1", ("a", "b"), 1),
        ("[a.b]\nc = 1\n[a]\nd = 1", ("a",), 3),
        ("[[a]]\nb = 1\n\n[[a]]\nb = 2", ("a", "1", "b"), 5),
        ("[[a]]\n[[a.b]]\nc = 1\n[a.b.d]\ne = 1\n[[a]]\n[[a.b]]\nc = 2", ("a", "0", "b", "0", "d", "e"), 5),
        ("[[a]]\n[[a.b]]\nc = 1\n[[a]]\n[[a.b]]\nc = 2", ("a", "1", "b", "0", "c"), 6),
        ("a = 1979-05-27 07:32:00 # b = 1\nd = -inf", ("d",), 2),
        ("# a = 1\r\nb = '''\r\nc = 1\r\n'''\r\nd = 2\r\n", ("d",), 5),
        ('a = "\u2028\u0085"\nd = 2', ("d",), 2),
        ("\t a\t=\t1\n\n\n  d=2", ("d",), 4),
    ],
)
def test_a_key_is_found_where_it_stands(text: str, keys: Keys, line: int) -> None:
    """Strings, comments and values hold what only looks like a key."""
    tomllib.loads(text)
    assert key_lines(text)[keys] == line


def test_what_is_inside_a_string_is_no_key() -> None:
    """Neither of the two has an entry."""
    found = key_lines('a = """\nb = 1\n[c]\n"""\n')
    assert found == {("a",): 1}


KEY = st.text(st.sampled_from("ab.= #[]\"'\\é"), min_size=1, max_size=4)
TEXT = st.text(st.sampled_from("k=1\n\"'\\#[]{}, é"), max_size=12)
SCALAR = st.one_of(st.integers(-99, 99), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), TEXT)
VALUE = st.recursive(
    SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEY, inner, max_size=3), max_leaves=6
)
TABLE = st.dictionaries(KEY, VALUE, max_size=4)


class Writer:
    """Writes a document in one of TOML's many ways, and notes the line of every key by counting its own line feeds."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self._text = ""
        self.lines: dict[Keys, int] = {}

    def written(self, tables: dict[str, object]) -> str:
        """Write values first, then tables and arrays of tables under headers of their own."""
        headed = {key for key, value in tables.items() if self._has_header(value)}
        for key in tables.keys() - headed:
            self._pair((), key, tables[key])
        for key in headed:
            self._headed(key, tables[key])
        return self._text

    def _has_header(self, value: object) -> bool:
        rows = value if isinstance(value, list) else [value]
        return bool(rows) and all(isinstance(row, dict) for row in rows) and self._draw(st.booleans())

    def _headed(self, key: str, value: object) -> None:
        rows, brackets = (value, 2) if isinstance(value, list) else ([value], 1)
        for n, row in enumerate(rows):
            at = (key,) if brackets == 1 else (key, str(n))
            self._between_lines()
            self._note((key,))
            self._note(at)
            self._text += "[" * brackets + self._key(key) + "]" * brackets + "\n"
            for inner, content in row.items():
                self._pair(at, inner, content)

    def _pair(self, table: Keys, key: str, value: object, *, end: str = "\n") -> None:
        if end == "\n":
            self._between_lines()
        at = (*table, key)
        if isinstance(value, dict) and len(value) == 1 and self._draw(st.booleans()):  # as a dotted key
            (inner, value), dotted = next(iter(value.items())), self._key(key)
            at = (*at, inner)
            self._note(at)
            self._text += f"{dotted} . {self._key(inner)} = "
        else:
            self._note(at)
            self._text += f"{self._key(key)} = "
        self._value(at, value)
        self._text += end

    def _value(self, at: Keys, value: object) -> None:
        if isinstance(value, list):
            self._text += "["
            for n, item in enumerate(value):
                self._text += self._draw(st.sampled_from(["", "\n", " # ]\n", "\n\n  "]))
                self._note((*at, str(n)))
                self._value((*at, str(n)), item)
                self._text += ","
            self._text += self._draw(st.sampled_from(["]", "\n]"]))
        elif isinstance(value, dict):
            self._text += "{ "
            for n, (key, item) in enumerate(value.items()):
                self._text += ", " if n else ""
                self._pair(at, key, item, end="")
            self._text += " }"
        else:
            self._text += self._scalar(value)

    def _scalar(self, value: object) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        forms = [json.dumps(value, ensure_ascii=False)]
        forms.append('"""\n' + value.replace("\\", "\\\\").replace('"', '\\"') + '"""')
        if not value.startswith("\n"):  # TOML drops a line feed right after the quotes
            forms.append('"""' + json.dumps(value)[1:-1].replace("\\n", "\n") + '"""')
        if "'" not in value:
            forms.append(f"'''\n{value}'''")
            forms += [] if "\n" in value else [f"'{value}'"]
        return self._draw(st.sampled_from(forms))

    def _key(self, key: str) -> str:
        forms = [json.dumps(key), json.dumps(key, ensure_ascii=False)]
        forms += [f"'{key}'"] if "'" not in key else []
        forms += [key] if key.isascii() and key.isalnum() else []
        return self._draw(st.sampled_from(forms))

    def _between_lines(self) -> None:
        self._text += self._draw(st.sampled_from(["", "\n", "# a = 1\n", "  \t", "\n#[b]\n\n"]))

    def _note(self, at: Keys) -> None:
        self.lines.setdefault(at, 1 + self._text.count("\n"))


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[str, object], dict[Keys, int]]:
    """Return a text, what it holds and the lines of its keys."""
    tables = draw(st.dictionaries(KEY, VALUE | TABLE | st.lists(TABLE, min_size=1, max_size=2), max_size=4))
    writer = Writer(draw)
    return writer.written(tables), tables, writer.lines


def written_down(value: object, at: Keys = ()) -> Iterator[Keys]:
    """Every key that Python's reader finds, arrays by number."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*at, str(key))
        yield from written_down(item, (*at, str(key)))


@given(documents(), st.sampled_from(["\n", "\r\n"]))
def test_every_key_of_any_document_is_found(
    document: tuple[str, dict[str, object], dict[Keys, int]], line_end: str
) -> None:
    """The lines are those counted while the document was written, and no key that the reader finds goes missing."""
    text, tables, lines = document
    read = tomllib.loads(text)
    assert read == tables
    found = key_lines(text.replace("\n", line_end))
    assert found == lines
    implied = {keys[:n] for keys in found for n in range(1, len(keys))}
    assert set(written_down(read)) == set(found) | (implied & set(written_down(read)))
