"""What a small workbook makes large is refused before it takes time or memory."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from iotbaseline._apps.cli import lists
from iotbaseline._files.workbooks import rows_of, workbook
from iotbaseline.errors import DataError

HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
ONE = b'<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"


def with_part(folder: Path, name: str, content: bytes) -> str:
    """A workbook that was good but for one of its parts."""
    good, bad = folder / "good.xlsx", folder / "bad.xlsx"
    lists.write(good, [{"id": "ac-2"}])
    with ZipFile(good) as packed, ZipFile(bad, "w", ZIP_DEFLATED) as made:
        for each in packed.namelist():
            made.writestr(each, content if each == name else packed.read(each))
    return str(bad)


def sheet(rows: bytes, after: bytes = b"") -> bytes:
    return HEAD + ONE + rows + b"</sheetData>" + after + b"</worksheet>"


FAR = b'<c r="XFD%d"><v>1</v></c>'


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        (SHEET, sheet(b'<row r="1000000000000"/>'), "migrated: it has more than 200000 rows"),
        (SHEET, sheet(b'<row r="1e12"/>'), "migrated: it has more than 200000 rows"),
        (SHEET, sheet(b"<row/>" * 200_001), "migrated: it has more than 200000 rows"),
        (SHEET, sheet(b"".join(b'<row r="%d">%s</row>' % (n, FAR % n) for n in range(2, 200))), "2000000 cells"),
        (SHEET, sheet(b"<row/>" * 4_000_000), "sheet1.xml in it has too many parts"),
        (SHEET, sheet(b"", b'<mergeCell ref="A1:B2"/>' * 1_001), "more than 1000 merged cells"),
        (STYLES, b"<xf/>" * 100_001, "styles.xml in it has too many parts"),
        (SHEET, b"x" * 30_000_001, "sheet1.xml in it is larger than 30000000 bytes"),
        (SHEET, b"<a>", "it is no workbook"),
    ],
)
def test_what_is_too_much(name: str, content: bytes, problem: str, tmp_path: Path) -> None:
    file = with_part(tmp_path, name, content)
    with pytest.raises(DataError, match=problem), workbook(file, formulas=False) as (book, _):
        for _ in rows_of(file, book.worksheets[0]):
            pass


def test_cells_are_there_with_their_formulas_or_what_these_came_to(tmp_path: Path) -> None:
    cell = b'<row r="2"><c r="A2" t="str"><f>"a"&amp;"c"</f><v>ac</v></c></row>'
    file = with_part(tmp_path, SHEET, sheet(cell))
    for formulas, expected in ((True, '="a"&"c"'), (False, "ac")):
        with workbook(file, formulas=formulas) as (book, _):
            assert [row[0].value for row in rows_of(file, book.worksheets[0])] == ["id", expected]
