"""Files are read in the encoding that they were saved in, and another than UTF-8 is said."""

import warnings
from pathlib import Path

import pytest

from rcsd.errors import FileError, RcsdWarning, RowsError
from rcsd.files import decoded
from rcsd.files.text import encoding_of
from rcsd.tables import file_bytes, streamed_lines, table_lines

CHINESE = "城市,常住人口[万人],煤炭产量\n鹤壁,142.6,8.1\n焦作,340.8,5.2\n"
WESTERN = "Größe,Zuwachs für Städte\nKöln,1.5\nDüsseldorf,2.5\nAçúcar à noite,3\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (CHINESE, "utf-8", "UTF-8"),
        (CHINESE, "utf-8-sig", "UTF-8-SIG"),
        (CHINESE, "utf-16", "UTF-16"),
        (CHINESE, "utf-16-le", "UTF-16-LE"),
        (CHINESE, "utf-16-be", "UTF-16-BE"),
        (CHINESE, "gbk", "GB18030"),
        (CHINESE + "𠮷,1,2\n", "gb18030", "GB18030"),
        (WESTERN, "latin-1", "Latin-1"),
        (WESTERN + "“quoted”,4\n", "cp1252", "Windows-1252"),
    ],
)
def test_text_comes_back_whatever_it_was_saved_in(text: str, codec: str, name: str) -> None:
    """Python's own codecs wrote it: a mark, then UTF-8, UTF-16, GB 18030, Latin-1; one warning names any but UTF-8."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert decoded(Path("table.csv"), text.encode(codec)) == text
    told = [str(warning.message) for warning in caught]
    assert told == [] if codec.startswith("utf-8") else f"table.csv: read as {name}," in told[0]
    assert len(told) == (not codec.startswith("utf-8"))


@pytest.mark.parametrize(
    ("header", "codec"),
    [
        ("{GB2312}\n", "gbk"),
        ("{BIG5}\n", "big5"),
        ("{SHIFT_JIS}\n", "shift_jis"),
        ("{KOI8-R}\n", "koi8-r"),
        ('<?xml version="1.0" encoding="GBK" ?>\n', "gbk"),
        ("<?xml version='1.0' encoding='iso-8859-15'?>\n", "iso-8859-15"),
    ],
)
def test_a_header_is_believed(header: str, codec: str) -> None:
    """Two bytes of Big5 or Shift JIS may be letters of GB 18030 as well: only the header tells."""
    letters = {"koi8-r": "население", "iso-8859-15": "œuvre à 5 €"}.get(codec, "人口")
    content = (header + letters).encode(codec)
    with pytest.warns(RcsdWarning, match="header|XML declaration"):
        assert decoded(Path("model.mdl"), content) == header + letters


@pytest.mark.parametrize("header", ["{GB2312}", '<?xml version="1.0" encoding="ISO-8859-1"?>', "{UTF-16}"])
def test_a_header_that_a_conversion_left_behind_is_not_believed(header: str) -> None:
    """Editors turn a file into UTF-8 and leave the header: what is Chinese in UTF-8 is nothing else."""
    text = f"{header}\n煤炭产量 = 3"
    found = encoding_of(text.encode())
    assert found is not None
    assert found.is_utf8


@pytest.mark.parametrize("header", ["{unicode_escape}", "{rot13}", "{zlib}", "{utf-7}", "{no such}", "{Population}"])
def test_a_header_names_an_encoding_of_text_or_nothing(header: str) -> None:
    """Python has codecs that are none of text, and ones that read an ASCII letter as another."""
    content = f"{header}\nx = 1+AGE-\\u0041"
    assert decoded(Path("model.mdl"), content.encode()) == content


@pytest.mark.parametrize("content", [bytes(range(256)), b"PK\x03\x04\x14\0\0\0\x08\0" * 9, b"\xff\xfe\x00", b"\0" * 64])
def test_what_is_no_text_is_refused(content: bytes, tmp_path: Path) -> None:
    """A spreadsheet under the name of a CSV is not read as letters."""
    path = tmp_path / "book.csv"
    path.write_bytes(content)
    with pytest.raises(FileError, match=r"book\.csv.*(no text|null character)"):
        table_lines(path, file_bytes(path, FileError), FileError)
    with (
        pytest.raises(RowsError, match=r"book\.csv.*(no text|null character)"),
        streamed_lines(path, RowsError) as lines,
    ):
        list(lines)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gbk"])
def test_a_long_table_is_streamed_in_its_encoding(codec: str, tmp_path: Path) -> None:
    """A letter beyond the first megabytes is the first that is not ASCII: the whole file is looked at."""
    rows = 700_000 if codec == "utf-8-sig" else 100
    path = tmp_path / "rows.csv"
    path.write_bytes(("x,y\n" + "1,2345\n" * rows + CHINESE).encode(codec))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RcsdWarning)
        with streamed_lines(path, RowsError) as lines:
            last = [row for _, row in lines][-1]
    assert last == ["焦作", "340.8", "5.2"]


@pytest.mark.parametrize(("mark", "said"), [(";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")])
def test_another_separator_is_named(mark: str, said: str, tmp_path: Path) -> None:
    """Excel in half of Europe writes semicolons."""
    path = tmp_path / "table.csv"
    path.write_text(f"year{mark}gdp\n2000{mark}1,5\n")
    with pytest.raises(FileError, match=f"parted by {said}: save it as CSV with commas"):
        table_lines(path, file_bytes(path, FileError), FileError)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{UTF-9}\nname", "names an encoding that is unknown, 'UTF-9'; read as UTF-8"),
        ('<?xml version="1.0" encoding="martian"?><a/>', "names an encoding that is unknown, 'martian'; read as UTF-8"),
        ("{Note}\nname", ""),
        ("{2024-05-01}\nname", ""),
        ("{UTF-8}\nname", ""),
    ],
)
def test_an_encoding_that_there_is_not_is_said(text: str, said: str, tmp_path: Path) -> None:
    """With what was taken in its place; a comment is none."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert decoded(tmp_path / "m.mdl", text.encode()) == text
    assert [said in str(each.message) for each in caught] == [True] * bool(said)
