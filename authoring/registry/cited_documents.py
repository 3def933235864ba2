"""The documents that the column "IoT Reference Examples" of IR 8259A and IR 8259B points to.

They stand in content/registry/cited-documents.json. Titles, designations, publishers and dates are those of the
reference lists in "nist/ir8259a.md" and "nist/ir8259b.md", as exact as they tell; hyphens and blanks that the
conversions broke are mended.

Three traps: "ETSI" is TS 103 645 V1.1.1 in IR 8259A (provisions 4.x-y) and EN 303 645 in IR 8259B (provisions
5.x-y, renumbered within clauses). IR 8259B says "v2.1.0" of the EN, but links to the file of 02.01.01. And
IR 8259A prints "Level I" of the PSA questionnaire in section 2, "Level 1" in its reference list; the latter is kept.
"""

from __future__ import annotations

from functools import cache

from attrs import frozen

from authoring.shared.content import structured


@frozen(kw_only=True)
class Citation:
    """A publication that cites a document, and the number in its reference list."""

    publication: str
    reference: str


@frozen(kw_only=True)
class Later:
    """The version in the registry that follows a document by its number, and where that one is named."""

    key: str
    seen_in: str


@frozen(kw_only=True)
class Document:
    """One cited document.

    ``name`` is the short one printed in the column, such as "AGELIGHT"; ``designation`` the publisher's own, where it
    is printed apart from the title; ``published`` an ISO 8601 date, as exact as known.
    """

    key: str
    work: str
    name: str
    title: str
    designation: str | None = None
    publisher: str
    published: str
    cited_by: tuple[Citation, ...]
    series: str | None = None
    stage: str
    status: str
    role: str
    aliases: tuple[str, ...] = ()
    fidelity: str
    missing: str
    later: Later | None = None


@frozen(kw_only=True)
class Documents:
    """All cited documents, in printed order."""

    document: tuple[Document, ...]


@cache
def documents() -> tuple[Document, ...]:
    return structured("registry/cited-documents.json", Documents).document


def keys_by_name(publication: str) -> dict[str, str]:
    """The documents that one publication cites: short printed name to key, in printed order."""
    return {
        document.name: document.key
        for document in documents()
        if publication in (cited.publication for cited in document.cited_by)
    }
