"""Build the crosswalks whose mappings are judged row by row.

Each is a table content/crosswalks/SUBJECT--OBJECT.tsv and an entry of content/crosswalks/crosswalks.toml. No source
text is read, so that a mapping can be changed, added or taken out without any. A row without a basis is curated.
"""

from __future__ import annotations

from attrs import frozen

from authoring.shared.content import CONTENT, one_of, structured, table
from authoring.shared.files import write_crosswalk
from authoring.shared.records import mapping
from iotbaseline._files.tables import Row
from iotbaseline._model.provenance import Basis, Fidelity
from iotbaseline.relations import Relation

REQUIRED = ("subject", "relation", "object", "rationale")
OPTIONAL = ("strength", "basis", "locator")
RELATIONS = tuple(Relation)
BASES = (Basis.OFFICIAL, Basis.CURATED)


@frozen(kw_only=True)
class Crosswalk:
    """What is said of a crosswalk as a whole."""

    subject: str
    object: str
    title: str
    description: str
    provider: str
    fidelity: Fidelity = Fidelity.FULL

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
        write_crosswalk(
            crosswalk.subject,
            crosswalk.object,
            table(f"crosswalks/{crosswalk.name}", crosswalk.row, REQUIRED, OPTIONAL),
            title=crosswalk.title,
            description=crosswalk.description,
            provider=crosswalk.provider,
        )
