"""Reading PDFs, hostile ones among them."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import Any, Never

import pytest

from iotbaseline._wording import pdf
from iotbaseline._wording.copies import read_copy
from iotbaseline.errors import DataError, MissingExtraError

Write = Callable[..., bytes]


def test_lines_come_in_the_order_of_the_content_with_their_places(small_pdf: Path) -> None:
    first = next(iter(pdf.pages_of(small_pdf)))
    texts = [line.text.strip() for line in first.lines]
    assert texts.index("issued keys or export them.") < texts.index("3. A require-")
    line = first.lines[texts.index("3. A require-")]
    assert line.box is not None
    left, bottom, right, top = line.box
    assert left == pytest.approx(330 / 600, abs=0.01)
    assert bottom < 720 / 800 < top
    assert left < right < 0.7


def test_only_smaller_digits_are_raised(small_pdf: Path) -> None:
    first = next(iter(pdf.pages_of(small_pdf)))
    raised = {line.text[slice(*span)]: line.text for line in first.lines for span in line.raised}
    assert raised.keys() == {"1"}
    marked = [line.text for line in first.lines if line.raised]
    assert [text.strip()[:12] for text in marked] == ["change to it", "1 Time means"]


def test_the_process_gives_what_is_read_in_this_one(small_pdf: Path) -> None:
    assert pdf.read_pdf(small_pdf) == tuple(pdf.pages_of(small_pdf))


def test_the_process_writes_a_page_a_line(
    small_pdf: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["", str(small_pdf)])
    monkeypatch.setattr(pdf, "_limit_memory", lambda: None)
    pdf.main()
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_the_process_refuses_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "none.pdf").write_bytes(b"no PDF")
    monkeypatch.setattr(sys, "argv", ["", str(tmp_path / "none.pdf")])
    monkeypatch.setattr(pdf, "_limit_memory", lambda: None)
    with pytest.raises(SystemExit) as stop:
        pdf.main()
    assert stop.value.code == 3
    assert "damaged" in capsys.readouterr().err


def test_memory_is_limited_where_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    resource = pytest.importorskip("resource")
    limits: list[object] = []
    monkeypatch.setattr(resource, "setrlimit", lambda which, limit: limits.append((which, limit)))
    pdf._limit_memory()
    assert limits == [(resource.RLIMIT_AS, (pdf.MOST_MEMORY, pdf.MOST_MEMORY))]
    monkeypatch.setitem(sys.modules, "resource", None)
    pdf._limit_memory()
    assert len(limits) == 1


def test_without_pypdfium2(small_pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(MissingExtraError, match=r"iotbaseline\[pdf\]"):
        read_copy(small_pdf)


def refusal(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(DataError) as refused:
        read_copy(path)
    assert str(refused.value).startswith(path.name)
    return str(refused.value)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    return tmp_path / "hostile.pdf"


def test_truncated(hostile: Path, small_pdf: Path) -> None:
    content = small_pdf.read_bytes()
    for share in (0, 10, len(content) // 2):
        assert "damaged" in refusal(hostile, content[:share])


def test_a_page_that_is_not_there(hostile: Path, small_pdf: Path) -> None:
    assert "damaged" in refusal(hostile, small_pdf.read_bytes().replace(b"/Kids [4 0 R", b"/Kids [99 0 R"))


def test_encrypted(hostile: Path, write_objects: Write) -> None:
    key = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"00" * 32, b"11" * 32)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", key]
    assert "encrypted" in refusal(hostile, write_objects(objects, "/Encrypt 3 0 R /ID [<00> <00>]"))


def test_no_text_layer(hostile: Path, write_pdf: Write) -> None:
    assert "OCR" in refusal(hostile, write_pdf([[], []]))


def test_ten_thousand_pages(hostile: Path, write_pdf: Write) -> None:
    assert "10000 pages" in refusal(hostile, write_pdf([[]] * 10_000))


def test_too_many_pages(small_pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    with pytest.raises(ValueError, match="it has 3 pages, more than 2"):
        list(pdf.pages_of(small_pdf))


def test_too_many_characters(small_pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 100)
    with pytest.raises(ValueError, match="more than 100 characters"):
        list(pdf.pages_of(small_pdf))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of memory for a process")
def test_bomb(hostile: Path, write_objects: Write) -> None:
    """Two layers of compression over eight gigabytes of blanks."""
    layer = zlib.compressobj(9)
    first, again = (layer.compress(b" " * 2**20) + layer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    outer = zlib.compress(first + again * 8_000, 9)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>"
    stream = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(outer), outer)
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    content = write_objects([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, stream])
    assert len(content) < 20_000
    started = monotonic()
    assert "memory" in refusal(hostile, content)
    assert monotonic() - started < pdf.MOST_SECONDS


def test_endless(small_pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_SECONDS", 0.001)
    with pytest.raises(DataError, match="seconds"):
        pdf.read_pdf(small_pdf)


def test_reading_shows_its_progress(small_pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str]] = []

    def watch(pages: Iterable[bytes], doing: str, unit: str) -> Iterable[bytes]:
        for page in pages:
            told.append((doing, unit))
            yield page

    monkeypatch.setattr(pdf, "watched", watch)
    assert told == [("reading small.pdf", "pages")] * len(pdf.read_pdf(small_pdf))


def test_who_stops_waiting_leaves_no_process(small_pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    def start(*args: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*args, **options))
        return started[-1]

    def interrupt(*_: object) -> Never:
        raise KeyboardInterrupt

    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(pdf, "watched", interrupt)
    with pytest.raises(KeyboardInterrupt):
        pdf.read_pdf(small_pdf)
    assert [process.returncode is not None for process in started] == [True]


def test_code_points_that_are_no_characters() -> None:
    assert [pdf._character(code) for code in (0x41, 0x1F600, 0xD800, 0x110000)] == ["A", "😀", "\ufffd", "\ufffd"]


def test_the_text_of_a_pdf_is_kept_under_its_hash_if_wanted(
    small_pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "new" / "cache"
    copy = read_copy(small_pdf, cache)
    assert [file.name for file in cache.iterdir()] == [f"{copy.sha256}.jsonl"]
    monkeypatch.setattr(pdf, "_extracted", lambda _: pytest.fail("read anew"))
    assert read_copy(small_pdf, cache) == copy


@pytest.mark.parametrize(
    "kept",
    [
        b"\xff",
        b"{",
        b"3",
        b"[" * 100_000,
        b"[1]",
        b'[null, [["a", [0, 0, 1, 1], 9, []]]]',
        b'[1, [["a", null, 9, []]]]',
        b'[1, [["a", [0, 0, 1], 9, []]]]',
        b'[1, [["a", [0, 0, 1, 1], NaN, []]]]',
        b'[1, [["a", [0, 0, 1, 1], 1%s, []]]]' % (b"0" * 400),
        b'[1, [["a", [0, 0, 1, 1], 9, [["b", 1]]]]]',
    ],
)
def test_a_kept_text_that_is_damaged_is_an_error_that_says_what_to_do(
    small_pdf: Path, tmp_path: Path, kept: bytes
) -> None:
    read_copy(small_pdf, tmp_path / "cache")
    [file] = (tmp_path / "cache").iterdir()
    file.write_bytes(kept)
    with pytest.raises(DataError, match=f"^{file.name}: it is not the text of a PDF as it was kept; delete it"):
        read_copy(small_pdf, tmp_path / "cache")
