"""Build isvs1.0 and its crosswalk to SP 800-213A: the identifiers of OWASP's requirements, and what OWASP lists.

Source: mappings/owasp-isvs-to-sp800-213a.json, the pairs of Appendix B. The requirements are OWASP's: there are neither
titles nor summaries. Table 1 goes from the requirements to the catalog and Table 2 back; the tables do not agree on
every pair, so that each mapping says where it is printed.
"""

from __future__ import annotations

from authoring.shared.files import write_crosswalk, write_publication
from authoring.shared.records import Json, element, listed, mapping
from authoring.shared.sources import Sources
from iotbaseline._library.sssom import NOTHING

KEY, CATALOG = "isvs1.0", "sp800-213a"
SOURCE = "mappings/owasp-isvs-to-sp800-213a.json"
SOURCES = Sources(SOURCE)

TABLES = {"table_1": "Table 1", "table_2": "Table 2"}
NOTHING_PRINTED = "Listed without an entry"
PARTIAL = "Table 2 lists it as partial"


def order(label: str) -> list[int]:
    return [int(number) for number in label.split(".")]


def row(pair: Json) -> dict[str, str]:
    return mapping(
        f"{KEY}:{pair['isvs']}",
        "related",
        f"{CATALOG}:{pair['sp800_213a'].replace(':', '.')}",
        basis="official",
        rationale=PARTIAL if pair.get("partial_in_table_2") else None,
        locator=f"Appendix B, {listed([name for column, name in TABLES.items() if pair[column]])}",
    )


def without_entry(label: str) -> dict[str, str]:
    return mapping(
        f"{KEY}:{label}",
        "related",
        NOTHING,
        basis="official",
        rationale=NOTHING_PRINTED,
        locator="Appendix B, Table 1",
    )


def build() -> None:
    document = SOURCES.json(SOURCE)
    empty = document["isvs_requirements_without_a_213a_entry_in_table_1"]
    labels = sorted({*empty, *(pair["isvs"] for pair in document["pairs"])}, key=order)
    rows = [*map(without_entry, empty), *map(row, document["pairs"])]
    write_publication(
        KEY,
        [element("requirement", f"{KEY}:{label}", label=label, section=label.rpartition(".")[0]) for label in labels],
        fidelity="partial",
        missing="What the requirements say, and those that Appendix B does not list: only the identifiers are held, "
        "with what is listed beside them.",
    )
    write_crosswalk(
        KEY,
        CATALOG,
        sorted(rows, key=lambda each: order(each["subject_id"].removeprefix(f"{KEY}:"))),
        title="OWASP ISVS to SP 800-213A",
        description="What OWASP lists beside each of its requirements, as information; it states no relation, and "
        "NIST has no part in it. Its Table 2 lists sub-capabilities of the catalog without a requirement: "
        f"{listed(document['sub_capabilities_without_an_isvs_entry_in_table_2'])}.",
        provider="https://github.com/OWASP/IoT-Security-Verification-Standard-ISVS",
    )
