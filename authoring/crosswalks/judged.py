"""Build the crosswalks whose mappings are judged row by row.

Each is a table content/crosswalks/SUBJECT--OBJECT.tsv and an entry of content/crosswalks/crosswalks.toml. No source
text is read, so that a mapping can be changed, added or taken out without any. A row without a basis is curated.

Where everything below some elements of the object was judged against all of the subject, the elements that nothing was
found for are written as rows without an object, in a table of the other direction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from authoring.shared.content import CONTENT, one_of, structured, table
from authoring.shared.files import elements, write_crosswalk
from authoring.shared.records import mapping
from iotbaseline._files.tables import Row
from iotbaseline._library.sssom import NOTHING
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline.relations import Relation

REQUIRED = ("subject", "relation", "object", "rationale")
OPTIONAL = ("strength", "basis", "locator")
RELATIONS = tuple(Relation)
BASES = (Basis.OFFICIAL, Basis.CURATED)


@frozen(kw_only=True)
class Crosswalk:
    """What is said of a crosswalk as a whole.

    ``complete`` names elements of the object, or the object itself: each element below them was judged against every
    element of the subject.
    """

    subject: str
    object: str
    title: str
    description: str
    provider: str
    fidelity: Fidelity = Fidelity.FULL
    complete: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.subject}--{self.object}"

    def row(self, row: Row) -> dict[str, str]:
        """A row of the table as a mapping."""
        for end, publication in (("subject", self.subject), ("object", self.object)):
            if row[end].partition(":")[0] != publication:
                raise row.error(f"{row[end]} is not of {publication}", f"begin the {end} with {publication}:")
        basis = one_of(row, "basis", BASES) if row["basis"] else Basis.CURATED
        if basis == Basis.CURATED and not row["rationale"]:
            raise row.error("there is no rationale", "say why one may believe the mapping")
        return mapping(
            row["subject"],
            one_of(row, "relation", RELATIONS),
            row["object"],
            basis=basis,
            rationale=row["rationale"] or None,
            fidelity=self.fidelity,
            locator=row["locator"] or None,
            strength=row.strength("strength"),
        )


@frozen(kw_only=True)
class Crosswalks:
    """All judged crosswalks."""

    crosswalk: tuple[Crosswalk, ...]


def build() -> None:
    crosswalks = structured("crosswalks/crosswalks.toml", Crosswalks).crosswalk
    tables = {path.stem for path in (CONTENT / "crosswalks").glob("*.tsv")}
    if different := tables ^ {crosswalk.name for crosswalk in crosswalks}:
        raise SystemExit(f"not both a table and an entry of crosswalks.toml: {', '.join(sorted(different))}")
    for crosswalk in crosswalks:
        rows = table(f"crosswalks/{crosswalk.name}", crosswalk.row, REQUIRED, OPTIONAL)
        write_crosswalk(
            crosswalk.subject,
            crosswalk.object,
            rows,
            title=crosswalk.title,
            description=crosswalk.description,
            provider=crosswalk.provider,
        )
        without = list(without_counterpart(crosswalk, rows)) if crosswalk.complete else []
        if without:
            write_crosswalk(
                crosswalk.object,
                crosswalk.subject,
                without,
                title=f"Without a counterpart: {crosswalk.title}",
                description="What was judged against every element of the other publication, by this project, and no "
                "counterpart was found.",
                provider=crosswalk.provider,
            )


def without_counterpart(crosswalk: Crosswalk, rows: Sequence[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """A row for each element without parts of the complete part of the object that no row leads to, nor to a whole."""
    parents = {element["id"]: element.get("parent") for element in elements(crosswalk.object)}
    mapped, divided = {row["object_id"] for row in rows}, set(parents.values())
    for identifier in parents:
        above = {identifier, *wholes(identifier, parents)}
        is_judged = bool({*crosswalk.complete} & {*above, crosswalk.object})
        if is_judged and identifier not in divided and above.isdisjoint(mapped):
            rationale = f"Judged against all of {crosswalk.subject}: no counterpart was found."
            yield mapping(identifier, "related", NOTHING, basis=Basis.CURATED, rationale=rationale)


def wholes(identifier: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """The elements above an element."""
    while (parent := parents[identifier]) is not None:
        yield (identifier := parent)
