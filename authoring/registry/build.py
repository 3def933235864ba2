"""Build data/publications.json, the registry of publications.

Identifiers, dates, DOIs, authors, supersession and relations of most are taken over from "publications.json" of the
source folder. What needs judgement (role, fidelity, other spellings, gaps) stands, for each of its records, in
content/registry/publications.toml. The standards and guides cited by IR 8259A and IR 8259B come from
:mod:`authoring.registry.cited_documents`; records that neither has stand in content/registry/added.json. The evidence
for all of them, but for the reference numbers of what is cited, is the table content/registry/evidence.tsv.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from attrs import asdict, frozen

from authoring.registry.cited_documents import Document, documents
from authoring.shared.content import cells, structured, table
from authoring.shared.files import dump, write
from authoring.shared.records import Json
from authoring.shared.sources import Sources
from iotbaseline._model.identifiers import fold_publication

SOURCE = "publications.json"
SOURCES = Sources(SOURCE)

FIELDS = (
    "key",
    "pubid",
    "work",
    "name",
    "role",
    "series",
    "stage",
    "status",
    "published",
    "withdrawn",
    "doi",
    "url",
    "authors",
    "aliases",
    "supersedes",
    "superseded_by",
    "relations",
    "evidence",
    "fidelity",
    "missing",
)
EXPLICIT = ("pubid", "name", "series", "published", "doi", "authors")
"""Fields that are written even if they are not known."""


@frozen(kw_only=True)
class Note:
    """A remark on the relation to another publication."""

    target: str
    note: str


@frozen(kw_only=True)
class Judged:
    """What the source file does not say of one of its records, or says less well than a later text."""

    id: str
    key: str
    work: str
    title: str | None = None
    role: str
    status: str | None = None
    published: str | None = None
    withdrawn: str | None = None
    authors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    fidelity: str
    missing: str | None = None


@frozen(kw_only=True)
class Judgements:
    """All that is judged; ``organizations`` are authors that are no persons."""

    organizations: tuple[str, ...]
    publication: tuple[Judged, ...]


@frozen(kw_only=True)
class Relation:
    """A relation to another publication."""

    type: str
    target: str
    note: str | None = None


@frozen(kw_only=True)
class Added:
    """A record that the source file and the reference lists lack."""

    key: str
    pubid: str | None = None
    work: str
    name: str | None = None
    role: str
    series: str | None = None
    stage: str
    status: str
    published: str | None = None
    withdrawn: str | None = None
    doi: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    superseded_by: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    fidelity: str
    missing: str | None = None


@frozen(kw_only=True)
class Additions:
    """All that is added."""

    publication: tuple[Added, ...]


@cache
def judgements() -> Judgements:
    return structured("registry/publications.toml", Judgements)


@cache
def evidence() -> dict[str, list[Json]]:
    """The rows of the table of evidence, by publication."""
    found: dict[str, list[Json]] = {}
    for row in table("registry/evidence", cells, ("publication", "fact", "source", "confidence")):
        found.setdefault(row.pop("publication"), []).append(dict(row))
    return found


def status_of(record: Json) -> str:
    """The status in force, read from the source's free text, its supersession and its stage."""
    if "withdrawn" in record["status"]:
        return "withdrawn"
    if "superseded" in record["status"] or record["superseded_by"]:
        return "superseded"
    return "current" if record["stage"] == "final" else "draft"


def family_first(author: str) -> str:
    """A person's name with the family name first ("Brady, Kevin G., Jr."); an organization's name as it is."""
    if author in judgements().organizations:
        return author
    name, _, suffix = author.partition(", ")
    given, _, family = name.rpartition(" ")
    return ", ".join([family, given, *([suffix] if suffix else [])])


def relations_of(judged: Judged, record: Json, keys: dict[str, str]) -> list[Json]:
    """The typed links to other publications; one to something that is no publication is dropped."""
    notes = {remark.target: remark.note for remark in judged.notes}
    found = []
    for link in record["relations"]:
        if link["target"] in keys:
            target = keys[link["target"]]
            note = notes.get(target) if "note" in link else None
            found.append({"type": link["type"], "target": target} | ({"note": note} if note else {}))
    return found


def source_record(judged: Judged, record: Json, keys: dict[str, str]) -> Json:
    """The record of a publication that the source file has."""
    return {
        "key": judged.key,
        "pubid": record["pubid"],
        "work": judged.work,
        "name": judged.title or record["title"],
        "role": judged.role,
        "series": record["series"],
        "stage": record["stage"],
        "status": judged.status or status_of(record),
        "published": judged.published or record["published"],
        "withdrawn": judged.withdrawn or record["withdrawn"],
        "doi": record["doi"],
        "url": None if record["doi"] or "commit" in record else record["url"],
        "authors": judged.authors or [family_first(author) for author in record["authors"] or ()],
        "aliases": judged.aliases,
        "supersedes": judged.supersedes or [keys[name] for name in record["supersedes"]],
        "superseded_by": [keys[name] for name in record["superseded_by"]],
        "relations": relations_of(judged, record, keys),
        "evidence": evidence()[judged.key],
        "fidelity": judged.fidelity,
        "missing": judged.missing,
    }


def cited_record(document: Document) -> Json:
    """The record of a document from the reference lists of IR 8259A and IR 8259B."""
    found = [
        {
            "fact": "title, publisher, date",
            "source": f"nist/{cited.publication}.md (reference {cited.reference})",
            "confidence": "confirmed",
        }
        for cited in document.cited_by
    ]
    later = document.later
    if later:
        fact = f"followed by {later.key}, by their numbers"
        found.append({"fact": fact, "source": later.seen_in, "confidence": "inferred"})
    return {
        "key": document.key,
        "work": document.work,
        "name": document.title,
        "role": document.role,
        "series": document.series,
        "stage": document.stage,
        "status": document.status,
        "published": document.published,
        "authors": [document.publisher],
        "aliases": [*([document.designation] if document.designation else []), *document.aliases],
        "supersedes": [before.key for before in documents() if before.later and before.later.key == document.key],
        "superseded_by": [later.key] if later else [],
        "relations": [
            {"type": "cited_by", "target": cited.publication, "note": f"reference {cited.reference}"}
            for cited in document.cited_by
        ],
        "evidence": found + evidence().get(document.key, []),
        "fidelity": document.fidelity,
        "missing": document.missing,
    }


def added_record(added: Added) -> Json:
    relations = [asdict(relation, filter=lambda _, value: value is not None) for relation in added.relations]
    return asdict(added, recurse=False) | {"relations": relations, "evidence": evidence()[added.key]}


def in_form(record: Json) -> Json:
    """A record with its fields in order, those that say nothing left out."""
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in record.items()}
    return {name: values.get(name) or None for name in FIELDS if name in EXPLICIT or values.get(name)}


def in_order(records: Iterable[Json]) -> list[Json]:
    """The oldest work first, and within a work the oldest revision; a month without a day counts as its end."""
    records = list(records)
    dates = {record["key"]: f"{record['published'] or '9'}~" for record in records}
    first: dict[str, str] = {}
    for record in records:
        first[record["work"]] = min(first.get(record["work"], "9~"), dates[record["key"]])
    return sorted(records, key=lambda each: (first[each["work"]], each["work"], dates[each["key"]], each["key"]))


def check(records: list[Json]) -> None:
    """Stop if a spelling names two publications, or if a link leads nowhere."""
    owner: dict[str, str] = {}
    for record in records:
        for name in {record["key"], record["pubid"], record["doi"], *record.get("aliases", ())} - {None}:
            if owner.setdefault(fold_publication(name), record["key"]) != record["key"]:
                raise SystemExit(f"{name!r} names both {owner[fold_publication(name)]} and {record['key']}")
    for record in records:
        targets = [link["target"] for link in record.get("relations", [])]
        for target in (*record.get("supersedes", ()), *record.get("superseded_by", ()), *targets):
            if owner.get(fold_publication(target)) != target:
                raise SystemExit(f"{record['key']} points to {target}, which is not in the registry")


def build() -> None:
    source = {record["id"]: record for record in SOURCES.json(SOURCE)["publications"]}
    judged = judgements().publication
    if different := source.keys() ^ {each.id for each in judged}:
        raise SystemExit(f"not both in {SOURCE} and in content/registry/publications.toml: {', '.join(different)}")
    keys = {each.id: each.key for each in judged}
    found = [source_record(each, source[each.id], keys) for each in judged]
    found += map(added_record, structured("registry/added.json", Additions).publication)
    found += map(cited_record, documents())
    records = in_order(map(in_form, found))
    check(records)
    write("publications.json", dump({"publications": records}))
