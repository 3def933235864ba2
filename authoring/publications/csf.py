"""The Cybersecurity Framework 1.1 and 2.0, what became of 1.1 in 2.0, and their crosswalks to SP 800-53 revision 5.

CSF 1.1 follows NIST's workbook of 11 December 2020: "mappings/csf-pf-to-sp800-53r5-mappings.xlsx" for the order, the
functions and the categories, "mappings/csf11-to-sp800-53r5.json" for the subcategories and their controls.
CSF 2.0 follows NIST's Reference Tool: "mappings/csf20-core.json" and "mappings/csf20-to-sp800-53r5.json". What the
tool prints of the categories that are withdrawn stands in content/publications/csf2.0-withdrawn-categories.tsv.

What became of the numbers of 1.1 is in "mappings/csf11-to-csf20.json". Two NIST sources tell it, the OSCAL catalog of
CSF 2.0 and the Reference Tool; they agree on every target but not on every word. The word of the OSCAL catalog is
taken throughout, and where the Reference Tool has another, the record says so. Three categories of 1.1 went into
others that the tool does not name: for these the lineage names those that their subcategories went to.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl

from authoring.shared.content import one_of, table
from authoring.shared.files import write_crosswalk, write_lineage, write_publication
from authoring.shared.records import Json, element, lineage, mapping
from authoring.shared.sources import Sources
from iotbaseline._files.tables import Row
from iotbaseline._model.fingerprints import normalize
from iotbaseline._model.identifiers import control_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WORKBOOK = "mappings/csf-pf-to-sp800-53r5-mappings.xlsx"
CONTROLS_OF_1_1 = "mappings/csf11-to-sp800-53r5.json"
CORE_OF_2_0 = "mappings/csf20-core.json"
CONTROLS_OF_2_0 = "mappings/csf20-to-sp800-53r5.json"
BECAME = "mappings/csf11-to-csf20.json"
SOURCES = Sources(WORKBOOK, CONTROLS_OF_1_1, CORE_OF_2_0, CONTROLS_OF_2_0, BECAME)
SHEET = "CSF to SP 800-53r5"
FIRST_ROW = 3
FUNCTION = re.compile(r"(?P<title>.+) \((?P<label>[A-Z]{2})\)")
CATEGORY = re.compile(r"(?P<title>.+?) \((?P<label>[A-Z]{2}\.[A-Z]{2})\):(?P<wording>.+)", re.DOTALL)

REFERENCE_TOOL = "NIST CSF 2.0 Reference Tool"
OSCAL = "NIST OSCAL catalog of CSF 2.0, version 1.2.0"
CHANGES = {"moved_to": "moved", "incorporated_into": "incorporated"}
CITED = "No relation is stated, but its successor cites it."
"""What is official about a number that lives on."""
MISSING = {
    "csf1.1": "The Core only, as NIST's workbook of 11 December 2020 has it: without the statements of the functions, "
    "without pages. The rest of the document was not available.",
    "csf2.0": "The Core only, as NIST's Reference Tool has it: without pages. "
    "The rest of the document was not available.",
}


class WithdrawnCategory(NamedTuple):
    """A category of CSF 1.1 that CSF 2.0 withdrew; ``targets`` is empty where the Reference Tool names none."""

    label: str
    title: str
    relation: str
    targets: tuple[str, ...]

    @property
    def note(self) -> str | None:
        return None if self.targets else "The Reference Tool does not name the categories that took it in."


class WorkbookRow(NamedTuple):
    """A row of the workbook: a subcategory, and the texts of the function and category that begin there, if any."""

    number: int
    function: str
    category: str
    subcategory: str


def workbook_rows() -> list[WorkbookRow]:
    sheet = openpyxl.load_workbook(SOURCES.path(WORKBOOK), read_only=True)[SHEET]
    found = []
    for number, cells in enumerate(sheet.iter_rows(min_row=FIRST_ROW, max_col=3, values_only=True), FIRST_ROW):
        function, category, text = (str(cell or "") for cell in cells)
        if text:
            found.append(WorkbookRow(number, function, category, text.partition(":")[0]))
    return found


def withdrawn_category(row: Row) -> WithdrawnCategory:
    relation = one_of(row, "relation", tuple(CHANGES))
    return WithdrawnCategory(row["label"], row["title"], relation, tuple(row["targets"].split()))


WITHDRAWN_CATEGORIES = {
    each.label: each
    for each in table(
        "publications/csf2.0-withdrawn-categories", withdrawn_category, ("label", "title", "relation", "targets")
    )
}


def function_of(label: str) -> str:
    """``PR`` for ``PR``, ``PR.AC`` and ``PR.AC-1``."""
    return label.partition(".")[0]


def category_of(label: str) -> str:
    """``PR.AC`` for ``PR.AC`` and ``PR.AC-1``, but ``PR`` for ``PR``."""
    return label.partition("-")[0]


PARENT = {"function": None, "category": function_of, "subcategory": category_of}


def item(key: str, kind: str, label: str, **more: Any) -> Json:
    """One element of a Core; its parent follows from the label."""
    usual = PARENT[kind]
    above = usual and usual(label)
    return element(kind, f"{key}:{label}", label=label, parent=above and f"{key}:{above}", **more)


def csf11(rows: Sequence[WorkbookRow]) -> Iterator[Json]:
    """CSF 1.1 in the order of the workbook."""
    key = "csf1.1"
    wording = {row["csf_1_1"]: row["text"] for row in SOURCES.json(CONTROLS_OF_1_1)["rows"]}
    for row in rows:
        if named := FUNCTION.fullmatch(row.function):
            yield item(
                key,
                "function",
                **named.groupdict(),
                fidelity="partial",
                note="The workbook has the name only; the summary is drawn from the categories.",
            )
        if named := CATEGORY.fullmatch(row.category):
            label = named["label"]
            yield item(key, "category", **named.groupdict())
        label = row.subcategory
        yield item(key, "subcategory", label, wording=wording[label])


def csf20(dispositions: dict[str, Json]) -> list[Json]:
    """CSF 2.0 with the withdrawn numbers in their places: withdrawn categories end their function."""
    key = "csf2.0"
    core = SOURCES.json(CORE_OF_2_0)
    records = [item(key, row["level"], row["id"], title=row["name"], wording=row["statement"]) for row in core["rows"]]
    for label, category in WITHDRAWN_CATEGORIES.items():
        targets = [f"{key}:{target}" for target in category.targets]
        title, note, went = category.title, category.note, {category.relation: targets}
        records.append(item(key, "category", label, title=title, withdrawn=True, note=note, **went))
    for row in core["withdrawn"]:
        label, before = row["id"], dispositions[row["csf_1_1"]]
        records.append(
            item(
                key,
                "subcategory",
                label,
                withdrawn=True,
                **{before["relation"]: [f"{key}:{target}" for target in row["targets"]]},
                note=other_word(before),
            )
        )
    functions = [row["id"] for row in core["rows"] if row["level"] == "function"]
    categories = list(dict.fromkeys(category_of(record["label"]) for record in records))

    def place(record: Json) -> tuple[int, int, int]:
        label = record["label"]
        number = int(label.partition("-")[2] or 0)
        return functions.index(function_of(label)), categories.index(category_of(label)), number

    return sorted(records, key=place)


def other_word(row: Json) -> str | None:
    """A remark where NIST's two sources use different words for what became of a number."""
    word = row.get("relation_in_reference_tool", row["relation"])
    return None if word == row["relation"] else f"NIST's Reference Tool says {word} instead."


def survival(row: Json, statements: dict[str, str]) -> str:
    """What there is to say of a number that lives on; case and punctuation do not count as wording."""
    (target,) = row["csf_2_0"]
    same = normalize(row["text"]) == normalize(statements[target])
    return f"The number lives on, with {'the same' if same else 'another'} wording."


def cited_elsewhere(row: Json) -> str | None:
    """A remark where a subcategory that a number of 1.1 went to does not cite it."""
    citing = row["csf_2_0_items_citing_it"]
    if {target for target in row["csf_2_0"] if "-" in target} <= {*citing}:
        return None
    return f"In the Reference Tool it is cited by {' and '.join(citing) or 'no subcategory'}."


def disposition_rows(dispositions: dict[str, Json], statements: dict[str, str]) -> Iterator[dict[str, str]]:
    """The crosswalk from CSF 1.1 to CSF 2.0: where each number went, then what else cites it."""
    for label, row in dispositions.items():
        remarks = [other_word(row), cited_elsewhere(row)]
        if row["relation"] == "same_identifier":
            remarks.insert(0, f"{survival(row, statements)} {CITED}")
        for target in row["csf_2_0"]:
            yield mapping(
                f"csf1.1:{label}",
                "related",
                f"csf2.0:{target}",
                basis="official",
                rationale=" ".join(filter(None, remarks)) or None,
                locator=OSCAL,
                printed=row["relation"],
            )
        for citing in row["csf_2_0_items_citing_it"]:
            if citing not in row["csf_2_0"]:
                yield mapping(
                    f"csf1.1:{label}",
                    "related",
                    f"csf2.0:{citing}",
                    basis="official",
                    rationale="No relation is stated: the subcategory cites the number as an informative reference.",
                    locator=f"{REFERENCE_TOOL}, informative references",
                    printed=f"CSF v1.1: {label}",
                )


def category_lineage(category: WithdrawnCategory, dispositions: dict[str, Json]) -> Json:
    """What became of a withdrawn category; where NIST names no target, the categories its subcategories went to."""
    evidence = f"{REFERENCE_TOOL} says {category.relation}"
    targets, basis = category.targets, "official"
    if not targets:
        went = (row["csf_2_0"] for label, row in dispositions.items() if category_of(label) == category.label)
        targets = tuple(dict.fromkeys(category_of(target) for several in went for target in several))
        evidence += ", without naming the categories; these are the ones that its subcategories went to"
        basis = "derived"
    before, after = f"csf1.1:{category.label}", [f"csf2.0:{target}" for target in targets]
    return lineage([before], after, CHANGES[category.relation], basis=basis, evidence=f"{evidence}.")


def core_lineage(
    dispositions: dict[str, Json], statements: dict[str, str], old: Sequence[Json], new: Sequence[Json]
) -> Iterator[Json]:
    """What each function, category and subcategory of CSF 1.1 became, in the order of 1.1."""
    names = {record["label"]: record["title"] for record in new if "title" in record and "withdrawn" not in record}
    for record in old:
        label = record["label"]
        if row := dispositions.get(label):
            relation = row["relation"]
            if relation == "same_identifier":
                change, evidence = "continued", f"{survival(row, statements)} {CITED}"
            else:
                change, evidence = CHANGES[relation], f"NIST's OSCAL catalog of CSF 2.0 says {relation}."
            after = [f"csf2.0:{target}" for target in row["csf_2_0"]]
            remark = " ".join(filter(None, [evidence, other_word(row)]))
            yield lineage([record["id"]], after, change, basis="official", evidence=remark)
        elif label in WITHDRAWN_CATEGORIES:
            yield category_lineage(WITHDRAWN_CATEGORIES[label], dispositions)
        elif record["title"].casefold() == names.get(label, "").casefold():
            same = "Same identifier and name" + ("." if record["title"] == names[label] else ", capitals apart.")
            yield lineage([record["id"]], [f"csf2.0:{label}"], "continued", basis="curated", evidence=same)


def csf11_control_rows(rows: Sequence[WorkbookRow]) -> Iterator[dict[str, str]]:
    """The crosswalk from CSF 1.1 to SP 800-53 revision 5."""
    number = {row.subcategory: row.number for row in rows}
    for row in SOURCES.json(CONTROLS_OF_1_1)["rows"]:
        subject = f"csf1.1:{row['csf_1_1']}"
        where = f"NIST workbook of 11 December 2020, sheet {SHEET}, row {number[row['csf_1_1']]}"
        for control in row["sp800_53r5"]:
            yield mapping(subject, "related", f"sp800-53r5:{control}", basis="official", locator=where)
        for text in row.get("other", []):
            yield mapping(
                subject,
                "related",
                None,
                object_label=text,
                basis="official",
                rationale="Means the first control of each family; the workbook does not list them.",
                locator=where,
            )


def csf20_control_rows() -> Iterator[dict[str, str]]:
    """The crosswalk from CSF 2.0 to SP 800-53 revision 5, release 5.2.0."""
    document = SOURCES.json(CONTROLS_OF_2_0)
    withdrawn = document["ids not in release 5.2.0 or withdrawn there"]
    families = [each for each in document["whole_family_references"] if each["release"] == "5.2.0"]
    where = f"{REFERENCE_TOOL}, informative references, release 5.2.0"
    for row in document["rows"]:
        subject = f"csf2.0:{row['csf_2_0']}"
        earlier, current = row["sp800_53r5_release_5_1_1"], row["sp800_53r5_release_5_2_0"]
        dropped = [control for control in earlier if control not in current]
        for control in current:
            remarks = []
            if control in withdrawn:
                remarks.append("This control is withdrawn in revision 5.")
            if control not in earlier:
                instead = f", which have {', '.join(map(control_label, dropped))} instead" if dropped else ""
                remarks.append(f"Not among the references for release 5.1.1{instead}.")
            yield mapping(
                subject,
                "related",
                f"sp800-53r5:{control}",
                basis="official",
                rationale=" ".join(remarks) or None,
                locator=where,
            )
        for each in families:
            if each["csf_2_0"] == row["csf_2_0"]:
                family = f"sp800-53r5:{each['family'].lower()}"
                about = "The family as a whole is referred to."
                yield mapping(subject, "related", family, basis="official", rationale=about, locator=where)


def build() -> None:
    rows = workbook_rows()
    dispositions = {row["csf_1_1"]: row for row in SOURCES.json(BECAME)["rows"]}
    statements = {row["id"]: row["statement"] for row in SOURCES.json(CORE_OF_2_0)["rows"]}
    old, new = list(csf11(rows)), csf20(dispositions)
    write_publication(
        "csf1.1",
        old,
        fidelity="partial",
        complete=["function", "category", "subcategory"],
        missing=MISSING["csf1.1"],
    )
    write_publication("csf2.0", new, fidelity="full", missing=MISSING["csf2.0"])
    write_crosswalk(
        "csf1.1",
        "csf2.0",
        disposition_rows(dispositions, statements),
        title="CSF 1.1 to CSF 2.0",
        description="What became of each subcategory of CSF 1.1, by two NIST sources that agree on the targets, and "
        "which other subcategories of CSF 2.0 cite it. The printed word is that of NIST's OSCAL catalog; "
        "same_identifier is ours, for a number still in force.",
        provider="https://www.nist.gov/cyberframework",
    )
    write_lineage("csf1.1--csf2.0", list(core_lineage(dispositions, statements, old, new)))
    write_crosswalk(
        "csf1.1",
        "sp800-53r5",
        csf11_control_rows(rows),
        title="CSF 1.1 to SP 800-53 revision 5",
        description="NIST's workbook of 11 December 2020, which states no type of relation. Remarks that name "
        "no control are kept as they are printed.",
        provider="https://csrc.nist.gov",
    )
    write_crosswalk(
        "csf2.0",
        "sp800-53r5",
        csf20_control_rows(),
        title="CSF 2.0 to SP 800-53 revision 5",
        description="NIST's informative references to release 5.2.0, from the CSF 2.0 Reference Tool, which states "
        "no type of relation.",
        provider="https://csrc.nist.gov",
    )
