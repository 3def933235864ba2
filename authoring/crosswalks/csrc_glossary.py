"""Build the crosswalks from NIST's CSRC glossary to the terms of the publications that it names as sources."""

from __future__ import annotations

from authoring.publications.csrc_glossary import CITED, KEY, SOURCES, Entry, entries
from authoring.shared.files import elements, write_crosswalk
from authoring.shared.records import Json, mapping
from iotbaseline._model.fingerprints import fingerprint

__all__ = ["SOURCES"]

WITHOUT_TERMS = ("ir8228",)
"""Publications that are registered without elements."""


def term(entry: Entry, key: str) -> Json | None:
    """The term of a publication with the name of an entry, or else with its wording: other words for the same."""
    held = [each for each in elements(key) if each["kind"] == "term"]
    named = [each for each in held if each["title"].lower() == entry.title.lower()]
    alike = [each for each in held if each.get("sha256") == fingerprint(entry.wording).sha256]
    return next(iter(named or alike), None)


def row(entry: Entry, found: Json) -> dict[str, str]:
    same = fingerprint(entry.wording).sha256 == found.get("sha256")
    return mapping(
        f"{KEY}:{entry.local}",
        "equal" if same else "related",
        found["id"],
        basis="derived" if same else "official",
        justification="semapv:LexicalMatching",
        rationale="Same normalised wording" if same else "Named as the source; the wording differs",
        locator=f"page of the term {entry.title}",
    )


def build() -> None:
    for key in CITED.values():
        found = [(entry, term(entry, key)) for entry in entries() if key in entry.sources and key not in WITHOUT_TERMS]
        if rows := [row(entry, held) for entry, held in found if held]:
            write_crosswalk(
                KEY,
                key,
                rows,
                title=f"CSRC glossary to {key}",
                description="Entries of NIST's glossary and the terms of the publication that they name as their "
                "source. Where both have the same normalised wording, they are equal.",
                provider="https://csrc.nist.gov/glossary",
            )
