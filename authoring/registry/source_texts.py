"""Build data/SOURCES.json: every source text, its public address, its hash and what it is good for.

Addresses, fidelity and uses are those of the source folder's "README.md", in our words; hashes are computed from the
files. The pages of the online catalog are listed by the rule that the folder gives for their names.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePosixPath
from typing import NamedTuple

from authoring.shared.files import DATA, dump
from authoring.shared.records import Json
from authoring.shared.sources import sources


class Source(NamedTuple):
    """One source text; ``publication`` is the one it holds or is about, None for several.

    An address ``github:OWNER/REPOSITORY@COMMIT/PATH`` is a file or folder of a public repository.
    """

    publication: str | None
    address: str
    fidelity: str
    use: str


HANDBOOK = "github:sbd-community/handbook@813083ab14d2b0ac274d73d3e80b2388d32e6fa4/source-material"
DATASET = (
    "github:CloudSecurityAlliance-DataSets/dataset-public-laws-regulations-standards@"
    "7d418867b0650a0982683b90af1bd0a42357a227"
)
OSCAL = "github:usnistgov/oscal-content"
OSCAL_2025 = f"{OSCAL}@88bb8deeaa815f8914d68ea7e31a622ebbc1719d"
OSCAL_2026 = f"{OSCAL}@78650f02ad93"
PDFS = "github:guyongqiangx/nist-sp800@bdc0951f513f"
ROUTERS = "github:SreeanRikkala/Breaking-Down-ISP-Routers-Security-Privacy-Insights@addca8fb4c39"
CODE_OF_PRACTICE = "github:SCRATCh-ITEA3/knowledge-base@b4bd76ab780b"
CONTROL_MAPPINGS = "github:AbeWinters/control-mappings@22381c75b258830af6ec5c40796821de49b4fd06"
FIRST_CATALOG = "github:usnistgov/FederalProfile-8259A@64d8e033801e4016dd7e97b74013c3b200857efc"
CATALOGS = "github:usnistgov/IoT-Device-Cybersecurity-Requirement-Catalogs"
LAST_CATALOG = f"{CATALOGS}@60ed8e6a802bfab80acdcb5a40ace2aa153529e2"
WORKBOOKS = f"{LAST_CATALOG}/_InformativeReferences/files"
WORKBOOK = "DRAFT_NIST_IoT_Device_Cybersecurity_Requirements_Catalog_to"
NOTES = "none: facts gathered for this project, their sources named inside"

TEXTS = {
    "glossary/csrc-glossary-iot-terms.json": Source(
        None, f"{DATASET}/reference/nist.gov/csrc-glossary", "full",
        "terms of the CSRC glossary that name an IoT publication as their source: 111 entries, as of May 2026",
    ),
    "laws/california-sb-327.json": Source(
        "california-sb-327", DATASET, "full", "the three sections on the security of connected devices"
    ),
    "laws/cra-annexes.json": Source(
        "cra", f"{DATASET}/regulation/europa.eu/cra/cra-annexes.json", "full",
        "Annexes I to VIII; the numbering has to be read from running text",
    ),
    "laws/fcc-24-26.md": Source(
        "fcc-24-26", f"{HANDBOOK}/FCC-24-26A1_Rcd.md", "full",
        "the whole order: what it says of NIST's criteria, of routers and of the label",
    ),
    "laws/uk-psti-regulations-2023-1007.md": Source(
        "uk-psti-2023", f"{HANDBOOK}/PSTI-2023-1007.md", "full",
        "Schedules 1 and 2: the requirements, and what is deemed compliance",
    ),
    "nist/core-baseline-considerations-2019.tsv": Source(
        "core-considerations-2019-02", CODE_OF_PRACTICE, "partial",
        "capabilities 2 to 8 and 10 to 12 of the predecessor of IR 8259A, extracted by others; 1 and 9 are absent",
    ),
    "nist/cswp33-ipd.md": Source(
        "cswp33.ipd", f"{DATASET}/methodology/nist.gov/cswp-33/cswp-33.md", "full",
        "standards paired with the non-technical sub-outcomes of IR 8425",
    ),
    "nist/fcc-24-26-paragraph-99.md": Source(
        "fcc-24-26", f"{HANDBOOK}/FCC-24-26A1_Rcd.md", "partial",
        "the criteria of IR 8425 as the FCC adopted them: paragraph 99 with its footnotes",
    ),
    "nist/ir8228.md": Source(
        "ir8228", f"{DATASET}/reference/nist.gov/ir-8228/ir-8228.md", "full",
        "the risk mitigation areas that IR 8259A builds on",
    ),
    "nist/ir8259-2020.md": Source(
        "ir8259", f"{DATASET}/reference/nist.gov/ir-8259/ir-8259.md", "full",
        "activities and questions of 2020; the notice of withdrawal",
    ),
    "nist/ir8259a.md": Source(
        "ir8259a", f"{HANDBOOK}/NIST-IR-8259A.md", "full",
        "technical core baseline; digits at line ends of the reference column are cut",
    ),
    "nist/ir8259b.md": Source(
        "ir8259b", f"{HANDBOOK}/NIST-IR-8259B.md", "full",
        "non-technical core baseline; digits at line ends of the reference column are cut",
    ),
    "nist/ir8425.md": Source(
        "ir8425", f"{DATASET}/reference/nist.gov/ir-8425/ir-8425.md", "full",
        "consumer profile; the marks of normative and informative items",
    ),
    "nist/ir8425-second-copy.md": Source(
        "ir8425", f"{HANDBOOK}/NIST-IR-8425.md", "full", "a second conversion, to check the first against"
    ),
    "nist/ir8425a-final-fragments.md": Source(
        "ir8425a", "github:krmurphy2/GridWatch@a096338b00792631663ac0d449a1831fe5b0118c/eval/testset.json", "partial",
        "a third to a half of the final: parts of its sections 1 to 3, A.3, parts of A.4, A.6 and A.7, Appendix B",
    ),
    "nist/ir8477.md": Source(
        "ir8477", f"{DATASET}/methodology/nist.gov/ir-8477/ir-8477.md", "full", "the vocabulary of typed mappings"
    ),
    "nist/ir8562.md": Source(
        "ir8562", f"{HANDBOOK}/NIST-IR-8562.md", "full", "what a workshop wanted changed in IR 8259"
    ),
    "nist/sp800-213.md": Source(
        "sp800-213", f"{DATASET}/reference/nist.gov/800-213/800-213.md", "full",
        "the process around the catalog; definitions",
    ),
    "nist/sp800-213a.md": Source(
        "sp800-213a", f"{DATASET}/control/nist.gov/800-213a/800-213a.md", "full",
        "the catalog, the federal profile, and the tables of controls and CSF outcomes",
    ),
    "nist/sp800-213r1-ipd-notes.md": Source(
        "sp800-213r1.ipd", "https://doi.org/10.6028/NIST.SP.800-213r1.ipd", "partial",
        "facts up to section 3.1, noted from a public copy that ends there",
    ),
    "nist/sp800-218.md": Source(
        "sp800-218", f"{HANDBOOK}/NIST-SP-800-218.md", "full", "groups, practices and tasks; digits are cut in places"
    ),
    "nist/sp800-82r3.md": Source(
        "sp800-82r3", f"{DATASET}/control/nist.gov/800-82/r3/800-82-r3.md", "full",
        "the OT overlay and the capabilities of IIoT endpoints",
    ),
    "mappings/8259a-to-62443-references.json": Source(
        "ir8259a", f"{HANDBOOK}/NIST-IR-8259A.md", "partial",
        "references to IEC 62443-4-2 read from the table: 18 whole, 6 cut",
    ),
    "mappings/csf-pf-to-sp800-53r5-mappings.xlsx": Source(
        "csf1.1",
        CONTROL_MAPPINGS,
        "full",
        "NIST's workbook of 2020-12-11, from which csf11-to-sp800-53r5.json was read",
    ),
    "mappings/csf11-to-csf20.json": Source(
        "csf1.1", f"{DATASET}/control/nist.gov/csf/2.0/csf-2.0.json", "full",
        "what became of each CSF 1.1 subcategory; also read from usnistgov/oscal-content at 78650f02ad93",
    ),
    "mappings/csf11-to-sp800-53r5.json": Source(
        "csf1.1",
        CONTROL_MAPPINGS,
        "full",
        "CSF 1.1 subcategories and their controls, read from NIST's workbook",
    ),
    "mappings/csf20-core.json": Source(
        "csf2.0", f"{DATASET}/control/nist.gov/csf/2.0/csf-2.0.json", "full", "identifiers and statements of the Core"
    ),
    "mappings/csf20-to-sp800-53r5.json": Source(
        "csf2.0", f"{DATASET}/control/nist.gov/csf/2.0/csf-2.0.json", "full",
        "CSF 2.0 subcategories and their controls, for releases 5.1.1 and 5.2.0",
    ),
    "mappings/dcms-cop-v4-nist.tsv": Source(
        None, CODE_OF_PRACTICE, "full",
        "untyped pairs by Copper Horse for the UK: its Code of Practice to IR 8259A (7) and to its predecessor (11)",
    ),
    "mappings/etsi-en-303-645-ids.json": Source(
        "en303645v3.1.3", f"{HANDBOOK}/EN303645-v030103p.md", "full", "identifiers and status of the provisions"
    ),
    "mappings/iec62443-4-2-ids.json": Source(
        "iec62443-4-2",
        "github:intuitem/ciso-assistant-community@f990d7b/"
        "backend/library/libraries/iec-62443-4-2-2019.yaml",
        "secondary",
        "designations and titles, by three public witnesses named in the file",
    ),
    "mappings/jc-star-star1-pairs.tsv": Source(
        "jc-star-1", f"{DATASET}/control/ipa.go.jp/jc-star/jc-star-star1-requirements-raw.txt", "full",
        "STAR-1 requirements and the items of other schemes that IPA lists beside them, untyped; those of the CRA"
        " have the numbers of the 2022 proposal",
    ),
    "mappings/ot-overlay-sp800-82r3.json": Source(
        "sp800-82r3", f"{DATASET}/control/nist.gov/800-82/r3/800-82-r3.md", "full",
        "controls that the OT overlay adds and removes",
    ),
    "mappings/owasp-isvs-to-sp800-213a.json": Source(
        "sp800-213a",
        "github:OWASP/IoT-Security-Verification-Standard-ISVS@"
        "edfda29ba88bd6397aff3709f9c166f7b3b2db3a/en/Appendix_B-Compliance_Mapping.md",
        "full",
        "pairs of identifiers by OWASP, an informative mapping",
    ),
    "mappings/sp800-213a-controls.json": Source(
        "sp800-213a", f"{DATASET}/control/nist.gov/800-213a/800-213a.md", "full",
        "related controls, Appendix B and Appendix C as data, with the misprints listed",
    ),
    "mappings/sp800-218-tasks.json": Source(
        "sp800-218", f"{DATASET}/control/nist.gov/800-218/800-218-tasks.json", "full", "tasks with practice and group"
    ),
    "mappings/sp800-82r4-ipd-table18.tsv": Source(
        "sp800-82r4.ipd", "github:timshawjr/engine-lab@a89f9081a547", "full",
        "OT overlay of the draft, Table 18; the column of a cell is inferred, and confirmed by the text",
    ),
    "mappings/uk-psti-deemed-compliance.tsv": Source(
        "uk-psti-2023", f"{HANDBOOK}/PSTI-2023-1007.md", "full",
        "Schedule 2: provisions of EN 303 645 and ISO/IEC 29147 that are deemed compliance, with their conditions",
    ),
    "online-catalog/catalog-2020.json": Source(
        "online-catalog-2020-08", FIRST_CATALOG, "full",
        "the first state of the catalog, structured; its identifiers are not NIST's",
    ),
    "online-catalog/catalog-2021-11.json": Source(
        "online-catalog-2021-11", LAST_CATALOG, "full",
        "the last state of the catalog, structured, with the workbooks' mappings; its identifiers are not NIST's",
    ),
    "online-catalog/catalog-2021-11-mappings.csv": Source(
        "online-catalog-2021-11", WORKBOOKS, "full", "the workbooks' mappings, flat"
    ),
    f"online-catalog/workbooks/{WORKBOOK}_800-53.xlsx": Source(
        "online-catalog-2021-11", WORKBOOKS, "full",
        "draft mappings to SP 800-53 of 2021-04-21; bold marks the LOW baseline",
    ),
    f"online-catalog/workbooks/{WORKBOOK}_Cybersecurity_Framework.xlsx": Source(
        "online-catalog-2021-11", WORKBOOKS, "full",
        "draft mappings to CSF 1.1 of 2021-04-21",
    ),
    "pdf/NIST.SP.800-213-draft.pdf": Source(
        "sp800-213.ipd", f"{PDFS}/NIST.SP.800-213-draft.pdf", "full",
        "NIST's file of the draft with its notice of withdrawal; line numbers in the margin",
    ),
    "pdf/NIST.SP.800-213-draft.txt": Source(
        "sp800-213.ipd", f"{PDFS}/NIST.SP.800-213-draft.pdf", "full", "the text of that file, for reading"
    ),
    "pdf/NIST.SP.800-213.pdf": Source(
        "sp800-213", f"{PDFS}/NIST.SP.800-213.pdf", "full",
        "NIST's file as first posted; outranks the conversion",
    ),
    "pdf/NIST.SP.800-213A.pdf": Source(
        "sp800-213a", f"{PDFS}/NIST.SP.800-213A.pdf", "full",
        "NIST's file as first posted; outranks the conversion: rows of Appendices A to C, page labels, footnotes",
    ),
    "pdf/NIST.SP.800-53B.pdf": Source(
        "sp800-53b", f"{PDFS}/NIST.SP.800-53B.pdf", "full", "NIST's file of 2020-12-10: the baselines as printed"
    ),
    "pdf/NIST_ConsumerGradeRouterProfile_20231130.pdf": Source(
        "router-profile-2023-11", ROUTERS, "full",
        "NIST's file of the initial preliminary draft; it is neither IR 8425A nor its public draft",
    ),
    "pdf/NIST_ConsumerGradeRouterProfile_20231130.txt": Source(
        "router-profile-2023-11", ROUTERS, "full", "the text of that file, for reading"
    ),
    "publications.json": Source(None, NOTES, "partial", "identity, dates, DOIs and relations of the publications"),
}  # fmt: skip
"""Texts and data files, by their path in the source folder."""

FACT_NOTES = {
    "consumer-draft-2021": ("consumer-criteria-2021-08", "secondary", "what is known of the draft criteria"),
    "cswp33-ipd-tables": ("cswp33.ipd", "full", "its Tables 1 to 3"),
    "etsi-en-303-645-ids": ("en303645v3.1.3", "full", "identifiers, status, earlier versions"),
    "facts-2026": (None, "partial", "facts of 2025 and 2026, each with its witness and how far to trust it"),
    "fcc-24-26-criteria": ("fcc-24-26", "full", "paragraph 99 and how it differs from IR 8425"),
    "iec62443-4-2-ids": ("iec62443-4-2", "secondary", "designations, titles and witnesses"),
    "industrial-sources": (None, "partial", "what there is for an industrial profile, and what there is not"),
    "ir8259-2020-activities": ("ir8259", "full", "activities, topics, counts"),
    "ir8259-draft1-2019": ("ir8259.ipd", "secondary", "the six features and the history before them"),
    "ir8259-draft2-2020": ("ir8259.2pd", "secondary", "activities and names of the capabilities"),
    "ir8259a-table1": ("ir8259a", "full", "reading copy of Table 1; cut references are marked"),
    "ir8259b-draft-2020": ("ir8259b.ipd", "partial", "four definitions and what the final changed"),
    "ir8259b-table1": ("ir8259b", "full", "reading copy of Table 1; cut references are marked"),
    "ir8259c-draft": ("ir8259c.ipd", "partial", "the method of profiles: add, edit, delete"),
    "ir8259d-draft": ("ir8259d.ipd", "partial", "abstract, withdrawal, what followed"),
    "ir8259r1-2pd": ("ir8259r1.2pd", "secondary", "number of activities, what NIST said of the changes"),
    "ir8259r1-final": ("ir8259r1", "secondary", "titles and sections of the nine activities, by one witness"),
    "ir8259r1-ipd": ("ir8259r1.ipd", "secondary", "number and subjects of the activities"),
    "ir8425-criteria": ("ir8425", "full", "criteria, two tables and glossary as a reading copy"),
    "ir8425-ipd": ("ir8425.ipd", "partial", "facts of the landing page"),
    "ir8425a": ("ir8425a", "secondary", "dates of all drafts, the four router standards"),
    "ir8431": ("ir8431", "partial", "abstract and keywords"),
    "ir8562": ("ir8562", "full", "takeaways; statements on OT and IIoT"),
    "labelling-criteria-2022": ("cswp24", "secondary", "names of the ten criteria"),
    "mappings-and-oscal": (None, "full", "origin, versions and checks of the files in mappings/ and oscal/"),
    "olir-focal-document-excerpts": (None, "partial", "the beginnings of NIST's lists of element descriptions"),
    "online-catalog": ("sp800-213a", "full", "states of the catalog and the way to SP 800-213A"),
    "sp800-213a-federal-profile": ("sp800-213a", "full", "Appendix A: 46 sub-capabilities"),
    "sp800-82r3-ot-overlay": ("sp800-82r3", "full", "Appendix F: additions, removals, counts"),
}
"""Fact notes by name: the publication, the fidelity, and what they are good for."""

CONTROLS = {
    "rev5.2.0": (
        "sp800-53r5",
        f"{OSCAL}@v1.4.0",
        "controls of release 5.2.0, as packed in evidentia-core 0.13.2 (PyPI)",
    ),
    "rev5.0.1": ("sp800-53r5", f"{OSCAL}@v1.0.0", "controls of release 5.0.1, the content that SP 800-213A cites"),
    "rev4": ("sp800-53r4", OSCAL_2025, "controls of revision 4, the targets of CSF 1.1's references"),
}
"""The OSCAL catalogs by release: the publication, the repository and what they are good for."""

BASELINES = {
    "rev5": ("sp800-53b", OSCAL_2026, "", ("LOW", "MODERATE", "HIGH", "PRIVACY")),
    "rev5.1.1": ("sp800-53b", OSCAL_2025, "-min", ("LOW", "MODERATE", "HIGH", "PRIVACY")),
    "rev4": ("sp800-53r4", OSCAL_2025, "-min", ("LOW", "MODERATE", "HIGH")),
}
"""The OSCAL profiles by release, or by revision for the newest (5.2.0): the publication, the repository, what the names
of the files end in, and the names of the baselines."""

CATALOG_STATES = {
    "2020-08-11": ("online-catalog-2020-08", FIRST_CATALOG),
    "2021-02-10": ("online-catalog-2021-02", f"{CATALOGS}@6947c175f4d668e5a17230c53fb360d1cfc03466"),
    "2021-11-05": ("online-catalog-2021-11", LAST_CATALOG),
}
CATALOG_FOLDERS = {
    "faqs": ("_FAQs", "questions and answers about the catalog"),
    "frontmatter": ("_Frontmatter", "introduction to the catalog"),
    "informative-references": ("_InformativeReferences", "about the mappings"),
    "nontechnical": ("_Nontechnical", "non-technical part of the catalog"),
    "technical": ("_Technical", "technical part of the catalog"),
}


def oscal() -> dict[str, Source]:
    """NIST's OSCAL files; the repository writes their names without the minor release."""
    found = {}
    for release, (publication, repository, use) in CONTROLS.items():
        address = f"{repository}/nist.gov/SP800-53/{release.partition('.')[0]}/json"
        found[f"oscal/NIST_SP-800-53_{release}_catalog-min.json"] = Source(publication, address, "full", use)
    for release, (publication, repository, ending, names) in BASELINES.items():
        address = f"{repository}/nist.gov/SP800-53/{release.partition('.')[0]}/json"
        for name in names:
            found[f"oscal/NIST_SP-800-53_{release}_{name}-baseline_profile{ending}.json"] = Source(
                publication, address, "full", f"the controls of the {name} baseline"
            )
    return found


def catalog_page(name: str) -> Source:
    """A page of the online catalog, whose repository writes the folder with an underscore and capitals."""
    _, state, *folder, page = PurePosixPath(name).parts
    publication, address = CATALOG_STATES[state]
    if not folder:
        return Source(publication, f"{address}/README.md", "full", "what the repository says of itself")
    upstream, use = CATALOG_FOLDERS[folder[0]]
    return Source(publication, f"{address}/{upstream}/{page}", "full", use)


def listed() -> dict[str, Source]:
    """Every source text with its file name."""
    notes = {
        f"notes/{name}.md": Source(publication, NOTES, fidelity, use)
        for name, (publication, fidelity, use) in FACT_NOTES.items()
    }
    folder = sources()
    pages = sorted(path.relative_to(folder).as_posix() for path in folder.glob("online-catalog/*-*-*/**/*.md"))
    return TEXTS | oscal() | {page: catalog_page(page) for page in pages} | notes


def check(names: set[str]) -> None:
    """Stop if a file of the source folder is not listed, or the other way round."""
    folder = sources()
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    different = (present - {"README.md", "SHA256SUMS"}) ^ names
    if different:
        raise SystemExit(f"not both listed and present: {', '.join(sorted(different))}")


def build() -> None:
    found = listed()
    check(set(found))
    records: list[Json] = [
        {
            "name": name,
            "publication": source.publication,
            "sha256": sha256((sources() / name).read_bytes()).hexdigest(),
            "address": source.address,
            "fidelity": source.fidelity,
            "use": source.use,
        }
        for name, source in sorted(found.items())
    ]
    (DATA / "SOURCES.json").write_text(dump({"sources": records}), "utf-8")
