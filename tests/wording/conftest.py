"""A small publication, and copies of it that the tests write: PDFs, and the library that knows its fingerprints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from pathlib import Path

import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline._library.library import Library
from iotbaseline._library.memory import MemoryStore
from iotbaseline.kinds import Requirement

Text = tuple[float, float, float, str]
"""Left, bottom, size of the type, and a text of one line."""

WIDTH, HEIGHT = 600, 800
MARGIN_LEFT, COLUMN_LEFT, COLUMN_RIGHT = 25, 80, 330


def pdf_of(pages: Iterable[Sequence[Text]]) -> bytes:
    """A PDF whose content has the texts in the order given."""
    contents = [b"".join(map(_shown, page)) for page in pages]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        box = f"/MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << /F 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} /Contents {5 + 2 * number} 0 R >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return file_of(objects)


def file_of(objects: Sequence[bytes], trailer: str = "") -> bytes:
    written = [b"%PDF-1.4\n", *(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(objects, 1))]
    *offsets, length = accumulate(map(len, written))
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    end = f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\n"
    return b"".join([*written, f"{end}startxref\n{length}\n%%EOF\n".encode()])


def _shown(text: Text) -> bytes:
    left, bottom, size, words = text
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F {size} Tf {left} {bottom} Td ({escaped}) Tj ET\n".encode("cp1252")


WORDINGS = {
    "1": ("1", "The device keeps a log of each change to its settings, with the time."),
    "2": ("1", "Only authorized people may read the re-issued keys or export them."),
    "3": ("1", "A requirement for storage holds until the device is retired by its owner."),
    "4": ("1", "The maker (or a partner) answers reports about flaws in good time."),
    "4.a": ("2", "By post."),
    "4.b": ("2", "By any other means that the maker has named on its pages."),
    "5": ("2", "The device shows its state at the press of a button, even without a network."),
    "fn.1": ("1", "Time means the time that the network gives, not that of the device alone."),
}
"""Page and wording by local identifier, as the PDF of the tests prints them."""


@pytest.fixture(scope="session")
def small() -> Library:
    """A library that knows the fingerprints of the small publication."""
    elements = []
    for local, (page, wording) in WORDINGS.items():
        known = ib.fingerprint(wording)
        elements.append(
            Requirement(id=f"sp800-213:{local}", page=page, label=local, words=known.words, sha256=known.sha256)
        )
    base = evolve(ib.load("sp800-213"), elements=tuple(elements))
    return Library(MemoryStore([base]))


@pytest.fixture(scope="session")
def wordings() -> dict[str, str]:
    return {local: wording for local, (_, wording) in WORDINGS.items()}


def running(page: int) -> list[Text]:
    return [(80, 770, 8, "SMALL BASELINE"), (300, 30, 8, f"CHAPTER ONE {page}")]


@pytest.fixture(scope="session")
def small_pages() -> list[list[Text]]:
    """Two columns, a running head, a footnote between two parts of a statement, line numbers, hyphens at line ends."""
    numbers = [(MARGIN_LEFT, 720 - 14 * row, 9, str(row + 1)) for row in range(14)]
    first = [
        *running(1),
        (COLUMN_LEFT, 720, 10, "1. The device keeps a log of each"),
        (COLUMN_LEFT, 706, 10, "change to its settings, with the time."),
        (262, 711, 5, "1"),
        (COLUMN_LEFT, 692, 10, "2. Only authorized people may read the re-"),
        (COLUMN_LEFT, 678, 10, "issued keys or export them."),
        (COLUMN_RIGHT, 720, 10, "3. A require-"),
        (COLUMN_RIGHT, 706, 10, "ment for storage holds until the device"),
        (COLUMN_RIGHT, 692, 10, "is retired by its owner."),
        (COLUMN_RIGHT, 678, 10, "4. The maker (or a partner) answers"),
        (COLUMN_LEFT, 100, 5, "1"),
        (90, 97, 7, "Time means the time that the network gives, not that"),
        (COLUMN_LEFT, 88, 7, "of the device alone."),
        *numbers,
    ]
    second = [
        *running(2),
        (COLUMN_LEFT, 720, 10, "reports about flaws in good time."),
        (COLUMN_LEFT, 706, 10, "a. By post."),
        (COLUMN_LEFT, 692, 10, "b. By any other means that the maker has"),
        (COLUMN_LEFT, 678, 10, "named on its pages."),
        (COLUMN_RIGHT, 720, 10, "5. The device shows its state at the press of"),
        (COLUMN_RIGHT, 706, 10, "a button, even without a network."),
        *[(left, bottom, size, str(int(words) + 14)) for left, bottom, size, words in numbers],
    ]
    third = [*running(3), (COLUMN_LEFT, 720, 10, "By post. This page is blank but for this.")]
    return [first, second, third]


@pytest.fixture(scope="session")
def small_pdf(tmp_path_factory: pytest.TempPathFactory, small_pages: list[list[Text]]) -> Path:
    path = tmp_path_factory.mktemp("copies") / "small.pdf"
    path.write_bytes(pdf_of(small_pages))
    return path


@pytest.fixture(scope="session")
def write_pdf() -> Callable[[Iterable[Sequence[Text]]], bytes]:
    return pdf_of


@pytest.fixture(scope="session")
def write_objects() -> Callable[..., bytes]:
    return file_of
