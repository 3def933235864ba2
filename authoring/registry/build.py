"""Build data/publications.json, the registry of publications, from "publications.json" of the source folder.

Identifiers, titles, dates, DOIs, authors, supersession, relations and evidence are taken over by script. What needs
judgement stands in ``JUDGED`` below (role, fidelity, other spellings, gaps), and the wording or source of single
pieces of evidence in ``FACTS`` and ``SEEN_IN``. The standards and guides cited by IR 8259A and IR 8259B come from
:mod:`authoring.registry.cited_documents`; records that neither has stand in ``ADDED`` and in
content/registry/records.json. Where a text that came later knows better than the source file, ``BETTER_KNOWN`` says
what.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from authoring.registry.cited_documents import REFERENCE_SOURCES, ReferenceSource
from authoring.shared.files import DATA, dump
from authoring.shared.records import Json
from authoring.shared.sources import CONTENT, read_json
from iotbaseline._model.identifiers import fold_publication

if TYPE_CHECKING:
    from collections.abc import Iterable


class Judged(NamedTuple):
    """What the source file does not say in a form that the registry can use."""

    role: str
    fidelity: str
    missing: str | None = None
    aliases: tuple[str, ...] = ()


KEYS = {
    "nist-csf-1.1": "csf1.1",
    "nist-csf-2.0": "csf2.0",
    "fcc-24-26": "fcc-24-26",
    "nist-white-paper-2021-consumer-criteria-draft": "consumer-criteria-2021-08",
    "nist-discussion-draft-2021-path-forward": "path-forward-2021-12",
    "nist-online-catalog-2020-08": "online-catalog-2020-08",
    "nist-online-catalog-2021-02": "online-catalog-2021-02",
    "nist-online-catalog-2021-11": "online-catalog-2021-11",
    "nist-workshop-report-2025-03": "workshop-report-2025-03",
}
"""Keys that do not follow from a PubID, by the identifier of the source file."""

WORKS = {
    "csf1.1": "csf",
    "csf2.0": "csf",
    "online-catalog-2020-08": "sp800-213a",
    "online-catalog-2021-02": "sp800-213a",
    "online-catalog-2021-11": "sp800-213a",
    "agelight3.1": "agelight",
    "agelight4.0": "agelight",
    "ctia1.0.1": "ctia",
    "en303645v2.1.0": "en303645",
    "iotsf2": "iotsf",
    "iotsf2.1": "iotsf",
    "isoc-ota2.5": "isoc-ota",
    "ocf2.1.2": "ocf",
    "psa2.0beta": "psa",
    "router-profile-2023-11": "ir8425a",
    "ts103645v1.1.1": "ts103645",
}
"""Works that do not follow from a key."""

NO_TEXT = "Registry facts only: the text was not available."
CUT_REFERENCES = "The last digits of some references in Table 1 are cut in the copy used; its figure is missing."
UNCODED = "Introductions, questions and answers. It prints no codes: those of the identifiers come from SP 800-213A."
CONTROLS_ONLY = "The controls without their discussions, related controls and references."

JUDGED = {
    "ir8259.ipd": Judged(
        "baseline",
        "secondary",
        "The text was not available: what the features ask for, their parts and their numbering.",
        ("NIST.IR.8259-draft", "Draft NISTIR 8259 (July 2019)"),
    ),
    "ir8259.2pd": Judged(
        "activities",
        "secondary",
        "The text was not available: the questions under the activities and the table of capabilities.",
        ("NIST.IR.8259-draft2", "Draft (2nd) NISTIR 8259 (January 2020)"),
    ),
    "ir8259": Judged("activities", "full", "Introduction, background, conclusion and figures."),
    "ir8259r1.ipd": Judged(
        "activities", "secondary", "The text was not available: the activities' titles, questions, sections and pages."
    ),
    "ir8259r1.2pd": Judged(
        "activities", "secondary", "The text was not available: questions, sections, pages, and all titles but one."
    ),
    "ir8259r1": Judged(
        "activities",
        "secondary",
        "The report was not available: one third party's reference gives the titles; questions and pages are missing.",
    ),
    "ir8259a": Judged("baseline", "full", CUT_REFERENCES),
    "ir8259b.ipd": Judged(
        "baseline",
        "partial",
        "The text was not available: there are four definitions from a companion catalog of that month, no actions.",
        ("NIST.IR.8259B-draft", "Draft NISTIR 8259B"),
    ),
    "ir8259b": Judged("baseline", "full", CUT_REFERENCES),
    "ir8259c.ipd": Judged(
        "method",
        "partial",
        "The text was not available: the steps of the process and the concepts behind it.",
        ("NIST.IR.8259C-draft", "Draft NISTIR 8259C", "NISTIR 8259C"),
    ),
    "ir8259d.ipd": Judged(
        "profile",
        "partial",
        "Abstract only: the profile table was not available; SP 800-213A, Appendix A, is what became of it.",
        ("NIST.IR.8259D-draft", "Draft NISTIR 8259D", "NISTIR 8259D"),
    ),
    "consumer-criteria-2021-08": Judged(
        "profile", "secondary", "The criteria were not available, only the introduction and the name of one criterion."
    ),
    "path-forward-2021-12": Judged("report", "secondary", NO_TEXT),
    "cswp24": Judged(
        "profile",
        "secondary",
        "The text was not available: the sub-criteria and the parts on labels and conformity; ten names are known.",
        ("NIST.CSWP.02042022-2",),
    ),
    "ir8425.ipd": Judged(
        "profile",
        "partial",
        "Landing page only: no criterion of the draft was available.",
        ("Draft NIST IR 8425",),
    ),
    "ir8425": Judged("profile", "full", "Figure 1 and the considerations after Table 2."),
    "ir8425pt1.ipd": Judged("profile", "secondary", "Known from its DOI record only."),
    "ir8425a.ipd": Judged("profile", "secondary", NO_TEXT),
    "ir8425a": Judged(
        "profile",
        "secondary",
        "About half of the text was available, and is not entered: outcomes, requirements and identifiers are missing.",
    ),
    "ir8431": Judged("report", "partial", "Abstract only: the takeaways were not available."),
    "fcc-24-26": Judged("regulation", "partial", "Paragraph 99 and its footnotes only.", ("FCC 24-26", "89 FR 61242")),
    "sp800-213.ipd": Judged("guide", "full", "No elements: its text has not been entered.", ("NIST.SP.800-213-draft",)),
    "sp800-213": Judged("guide", "full", "Sections 1 and 2, explanations and figures."),
    "sp800-213r1.ipd": Judged(
        "guide", "secondary", "Notes up to section 3.1 only: later sections, glossary and change log are missing."
    ),
    "sp800-213a": Judged("catalog", "full", "Figures, acronyms, references, and most of the introduction."),
    "sp800-213ar1.ipd": Judged("catalog", "secondary", "Known to exist: no text, title, authors or DOI available."),
    "online-catalog-2020-08": Judged("catalog", "full", UNCODED),
    "online-catalog-2021-02": Judged(
        "catalog", "full", f"{UNCODED} Its non-technical part was announced, but not there yet."
    ),
    "online-catalog-2021-11": Judged(
        "catalog", "full", f"{UNCODED} Its part for customers was announced, but never published."
    ),
    "ir8322": Judged("report", "secondary", NO_TEXT),
    "ir8379": Judged("report", "secondary", NO_TEXT),
    "ir8228.ipd": Judged("guide", "secondary", NO_TEXT, ("NIST.IR.8228-draft",)),
    "ir8228": Judged(
        "guide", "full", "No elements: its risk mitigation areas are named by the capabilities of IR 8259A."
    ),
    "ir8562": Judged("report", "full", "The talks and the discussion behind the takeaways."),
    "workshop-report-2025-03": Judged("report", "secondary", NO_TEXT),
    "cswp33.ipd": Judged("guide", "full", "The explanations of concepts and examples."),
    "sp800-53r4": Judged("framework", "full", CONTROLS_ONLY),
    "sp800-53r5": Judged("framework", "full", CONTROLS_ONLY, ("NIST.SP.800-53r5/Upd1",)),
    "sp800-53b": Judged(
        "framework", "full", "Membership of the baselines only, with the controls of SP 800-53; no elements of its own."
    ),
    "csf1.1": Judged(
        "framework",
        "partial",
        "The Core only, without the statements of its functions: the rest was not available.",
        (
            "CSF 1.1",
            "NIST CSF 1.1",
            "Cybersecurity Framework 1.1",
            "Cybersecurity Framework Version 1.1",
            "cswp6",
            "NIST.CSWP.04162018",
        ),
    ),
    "csf2.0": Judged(
        "framework",
        "full",
        "The Core only: the rest was not available.",
        (
            "CSF 2.0",
            "NIST CSF 2.0",
            "Cybersecurity Framework 2.0",
            "Cybersecurity Framework Version 2.0",
            "cswp29",
        ),
    ),
    "sp800-82r3.ipd": Judged("guide", "secondary", NO_TEXT),
    "sp800-82r3": Judged(
        "guide", "full", "Everything but the changes of the OT overlay and the list of IIoT endpoint capabilities."
    ),
    "ir8477.ipd": Judged("method", "secondary", NO_TEXT),
    "ir8477": Judged("method", "full", "No elements: its vocabulary of relations is part of the library itself."),
}

TITLES = {
    "online-catalog-2020-08": "Federal Profile of NISTIR 8259A",
    "online-catalog-2021-02": "IoT Device Cybersecurity Requirement Catalogs",
    "online-catalog-2021-11": "IoT Device Cybersecurity Requirement Catalogs",
}
"""Titles without the remark that the source file adds in brackets."""

RECORDS = "github:usnistgov/NIST-Tech-Pubs@00ce7d93ac6a7626aac4a914fd7fd320d8727855"
"""The records of the NIST Research Library, as of October 2024."""

BLOG = "https://www.nist.gov/node/1898471"

ORGANIZATIONS = {
    "Federal Communications Commission",
    "Joint Task Force",
    "Joint Task Force Transformation Initiative",
    "National Institute of Standards and Technology",
}
"""Authors that are no persons."""

FACTS = {
    ("ir8259.ipd", 0): 'DOI, date, authors; the record spells the title with "Features"',
    ("ir8259r1.ipd", 0): "released in May 2025, on a day not known",
    ("ir8259r1.2pd", 0): "released on 2025-09-30",
    ("ir8259a", 0): "published in May 2020",
    ("ir8259a", 2): "the library record prints the DOI with a small a; DOIs ignore case",
    ("ir8259b.ipd", 0): "DOI, registered under a placeholder title",
    ("ir8259b", 0): "published on 2021-08-25, when the draft was withdrawn",
    ("ir8259b", 1): "published in August 2021",
    ("ir8259d.ipd", 2): "released on 2020-12-15 like its companion drafts; its own page gives the month",
    ("path-forward-2021-12", 1): "published in December 2021",
    ("cswp24", 1): "former number and DOI (10.6028/NIST.CSWP.02042022-2)",
    ("ir8425", 2): "translated into Spanish, French, Portuguese and German (2025-01-27)",
    ("ir8425pt1.ipd", 1): "an earlier number of ir8425a.ipd, by its title and year",
    ("ir8425a.ipd", 0): "DOI; the record names only the first author, B. Cuthill",
    ("fcc-24-26", 0): "adopted 2024-03-14, released 2024-03-15",
    ("fcc-24-26", 1): "89 FR 61242 of 2024-07-30, effective 2024-08-29",
    ("sp800-213.ipd", 0): "DOI, registered under a longer title; first author M. Fagan",
    ("sp800-213.ipd", 1): "date; comments until 2021-02-26, after an extension",
    ("sp800-213a", 1): "the library record also lists Eric Link, who is not on the cover",
    ("sp800-213a", 2): "no public draft of its own was found",
    ("sp800-213ar1.ipd", 0): "listed by NIST as open for comment on 2026-09-08",
    ("sp800-213ar1.ipd", 1): "that it is an initial public draft, and its PubID",
    ("ir8322", 1): "published in January 2021",
    ("ir8228.ipd", 0): "DOI; the record is dated 2018-09-21",
    ("workshop-report-2025-03", 0): "that a report on a workshop of March 2025 exists",
    ("workshop-report-2025-03", 2): "that its number is IR 8572",
    ("sp800-53r4", 1): "published in April 2013",
    ("sp800-53r4", 2): "the OSCAL catalog is the version of 2015-01-22",
    ("sp800-53r5", 1): "published on 2020-09-23; the cover gives the month",
    ("csf1.1", 1): "former DOI 10.6028/NIST.CSWP.04162018",
    ("csf2.0", 1): "published on 2024-02-26",
}
"""What a piece of evidence shows, where the source file says it unclearly or at length; by key and position."""

SEEN_IN = {
    ("ir8259.ipd", 1): "notes/ir8259-draft1-2019.md",
    ("ir8259", 0): "nist/ir8259-2020.md",
    ("ir8259", 1): "notes/ir8259-2020-activities.md",
    ("ir8259r1.ipd", 0): "notes/ir8259r1-ipd.md",
    ("ir8259r1.2pd", 0): "notes/ir8259r1-2pd.md",
    ("ir8259r1", 0): "nist/ir8259-2020.md",
    ("ir8259r1", 1): "notes/ir8259r1-final.md",
    ("ir8259a", 2): RECORDS,
    ("ir8259b.ipd", 1): "notes/ir8259b-draft-2020.md",
    ("ir8259b", 0): "publications.json (NIST series page)",
    ("ir8259c.ipd", 0): f"{RECORDS}/DRAFT.html",
    ("ir8259c.ipd", 1): "notes/ir8259c-draft.md",
    ("ir8259c.ipd", 2): "notes/ir8259c-draft.md",
    ("ir8259d.ipd", 0): "notes/ir8259d-draft.md",
    ("ir8259d.ipd", 2): "notes/ir8259d-draft.md",
    ("consumer-criteria-2021-08", 0): "notes/consumer-draft-2021.md",
    ("consumer-criteria-2021-08", 1): "notes/consumer-draft-2021.md",
    ("path-forward-2021-12", 0): "nist/ir8425.md (reference Path_Forward)",
    ("cswp24", 0): f"{RECORDS}/bib/NIST.CSWP.24.ris",
    ("cswp24", 1): "notes/labelling-criteria-2022.md",
    ("ir8425.ipd", 1): "https://csrc.nist.gov/pubs/ir/8425/ipd",
    ("ir8425", 2): "publications.json (NIST's list of publications)",
    ("ir8425pt1.ipd", 1): "notes/ir8425a.md",
    ("ir8425a.ipd", 1): "https://csrc.nist.gov/News/2024/nist-ir-8425a-available-for-comment",
    ("ir8425a", 0): "notes/ir8425a.md",
    ("ir8425a", 2): "notes/ir8425a.md",
    ("fcc-24-26", 0): "nist/fcc-24-26-paragraph-99.md",
    ("fcc-24-26", 1): "notes/fcc-24-26-criteria.md",
    ("sp800-213.ipd", 1): "notes/ir8259b-draft-2020.md",
    ("sp800-213r1.ipd", 0): "nist/sp800-213r1-ipd-notes.md",
    ("sp800-213r1.ipd", 1): "nist/sp800-213r1-ipd-notes.md",
    ("sp800-213a", 2): "notes/online-catalog.md",
    ("sp800-213ar1.ipd", 0): "publications.json (two public copies of the list)",
    ("workshop-report-2025-03", 0): BLOG,
    ("workshop-report-2025-03", 1): "notes/industrial-sources.md",
    ("workshop-report-2025-03", 2): "notes/industrial-sources.md",
    ("cswp33.ipd", 1): "publications.json",
    ("sp800-53r4", 1): "publications.json",
    ("sp800-53r4", 2): "oscal/ (catalog of revision 4)",
    ("sp800-53r5", 1): "publications.json",
    ("csf1.1", 1): "nist/ir8228.md",
    ("csf2.0", 0): "nist/ir8477.md, nist/cswp33-ipd.md",
    ("csf2.0", 1): "publications.json",
}
"""Where a piece of evidence was seen, where the source file describes it without naming a file or address."""


def evidence(fact: str, source: str, confidence: str) -> Json:
    return {"fact": fact, "source": source, "confidence": confidence}


MORE_EVIDENCE = {
    "cta2088": [
        evidence("followed by CTA-2088-A of 2022, by its number", "nist/cswp33-ipd.md", "inferred"),
    ],
    "en303645v2.1.0": [
        evidence("cited as v2.1.0, with the address of the file of V2.1.1", "nist/ir8259b.md", "confirmed"),
    ],
    "iec62443-4-2": [
        evidence("designations and titles, by three witnesses", "notes/iec62443-4-2-ids.md", "secondary"),
        evidence(
            "still edition 1.0 in IEC's shop on 2026-04-06",
            "https://archive.orkl.eu/7a8039e7da151ffb3d314af1d7ce5c5aeed32432.txt",
            "secondary",
        ),
    ],
    "iotsf2.1": [
        evidence(
            "the last release under this name: the IoT Security Assurance Framework replaces it",
            "https://af.iotsf.org/docs/Intent-and-Purpose/Introduction",
            "confirmed",
        ),
    ],
    "ir8259b": [
        evidence("translated into Portuguese (NIST.IR.8259B.por, 2024)", "notes/facts-2026.md", "secondary"),
    ],
    "ir8259r1": [
        evidence("title of activity 6, by a second witness", "notes/facts-2026.md", "secondary"),
    ],
    "ir8259r1.2pd": [
        evidence("PubID, by the name of NIST's file", "notes/facts-2026.md", "secondary"),
    ],
    "path-forward-2021-12": [
        evidence("published on 2021-12-03", "notes/facts-2026.md", "secondary"),
    ],
    "sp800-213": [
        evidence(
            "first state of the file, made on 2021-11-29: Figure 4 (p. 12) has no caption",
            "pdf/NIST.SP.800-213.pdf",
            "confirmed",
        ),
        evidence("a later state has that caption; the data follows it", "nist/sp800-213.md", "secondary"),
    ],
    "sp800-213a": [
        evidence(
            "first state of the file, made on 2021-11-29: the discussion of DP:KEY (p. 17) is said to be under"
            " construction, the sentence below Figure 1 (p. 10) lacks its beginning, reference [800-57] is absent",
            "pdf/NIST.SP.800-213A.pdf",
            "confirmed",
        ),
        evidence("a later state has all three; the data follows it", "nist/sp800-213a.md", "secondary"),
        evidence(
            "NIST names an Informative Reference to SP 800-53r5 as an example; its content was not found",
            "notes/facts-2026.md",
            "secondary",
        ),
    ],
    "sp800-213r1.ipd": [
        evidence("60 pages; comments until 2026-08-24", "notes/facts-2026.md", "secondary"),
    ],
    "sp800-53b": [
        evidence("updates as of 2020-12-10", "pdf/NIST.SP.800-53B.pdf", "confirmed"),
        evidence(
            "baselines of release 5.2.0, issued on 2026-05-11, have the members of 5.1.1",
            "oscal/ (baseline profiles of revision 5)",
            "confirmed",
        ),
    ],
    "sp800-53r5": [
        evidence("release 5.0.1 of 2021-06-08", "oscal/ (catalog of release 5.0.1)", "confirmed"),
        evidence(
            "release 5.1.1 of 2023-11-07",
            "https://csrc.nist.gov/News/2023/cybersecurity-and-privacy-reference-tool-update",
            "confirmed",
        ),
        evidence("release 5.2.0 of 2025-08-27", "oscal/ (catalog of release 5.2.0)", "secondary"),
        evidence("OSCAL files of 5.2.0 issued again on 2026-05-13", "notes/facts-2026.md", "secondary"),
    ],
    "sp800-213.ipd": [
        evidence("authors, withdrawal on 2021-11-29, its successor", "pdf/NIST.SP.800-213-draft.pdf", "confirmed"),
    ],
}

NOTES = {
    ("ir8259.ipd", "ir8259a"): "a report of its own only from May 2020 on",
    ("ir8259d.ipd", "sp800-213a"): "Appendix A",
    ("path-forward-2021-12", "ir8425"): "origin of Table 1",
    ("ir8425pt1.ipd", "ir8425a.ipd"): "inferred from title and year",
    ("fcc-24-26", "ir8425"): "paragraph 99",
    ("sp800-82r3", "sp800-53b"): "Appendix F",
}
"""Remarks on relations, by the keys of both ends."""

BETTER_KNOWN: dict[str, Json] = {
    "ir8425a.ipd": {"supersedes": ["router-profile-2023-11"]},
    "path-forward-2021-12": {"published": "2021-12-03"},
    "sp800-213.ipd": {
        "status": "withdrawn",
        "withdrawn": "2021-11-29",
        "authors": [
            "Fagan, Michael",
            "Marron, Jeffrey",
            "Brady, Kevin G., Jr.",
            "Cuthill, Barbara B.",
            "Megas, Katerina N.",
            "Herold, Rebecca",
        ],
    },
}
"""Fields that a text tells which the source file did not have yet, by key."""

ADDED: list[Json] = [
    {
        "key": "nist-blog-2025-09-30",
        "pubid": None,
        "work": "nist-blog-2025-09-30",
        "name": (
            "Sharpening the Focus on Product Requirements and Cybersecurity Risks: "
            "Updating Foundational Activities for IoT Product Manufacturers"
        ),
        "role": "feedback",
        "series": "NIST Cybersecurity Insights blog",
        "stage": "blog post",
        "status": "current",
        "published": "2025-09-30",
        "doi": None,
        "url": (
            "https://www.nist.gov/blogs/cybersecurity-insights/"
            "sharpening-focus-product-requirements-and-cybersecurity-risks-updating"
        ),
        "authors": None,
        "relations": [{"type": "announces", "target": "ir8259r1.2pd"}],
        "evidence": [
            evidence("title", BLOG, "confirmed"),
            evidence("date, themes of the changes", "notes/ir8259r1-2pd.md", "secondary"),
        ],
        "fidelity": "secondary",
        "missing": "Read in excerpts only: the themes that the post names, not its full text.",
    },
    {
        "key": "en303645v3.1.3",
        "pubid": None,
        "work": "en303645",
        "name": "CYBER; Cyber Security for Consumer Internet of Things: Baseline Requirements",
        "role": "framework",
        "series": "ETSI EN",
        "stage": "published",
        "status": "current",
        "published": "2024-09",
        "doi": None,
        "authors": ["European Telecommunications Standards Institute"],
        "aliases": ["EN 303 645", "ETSI EN 303 645", "EN 303 645 V3.1.3", "ETSI EN 303 645 V3.1.3"],
        "supersedes": ["en303645v2.1.0", "en303645v2.1.1"],
        "evidence": [
            evidence("title, version, date, earlier versions", "notes/etsi-en-303-645-ids.md", "confirmed"),
            evidence("later than V2.1.0, which IR 8259B cites, by its number", "nist/ir8259b.md", "inferred"),
        ],
        "fidelity": "full",
        "missing": "Identifiers, clause titles and status only, with titles of our own: the text is ETSI's.",
    },
    *json.loads((CONTENT / "registry" / "records.json").read_text("utf-8")),
]
"""Records that the source file and the reference lists lack."""

CITED = "Cited only: its text was not looked into."
CITED_UNKNOWN = "Cited only: its text was not looked into, nor what became of it."
CITED_JUDGED = {
    "ts103645v1.1.1": Judged("reference", "secondary", None, ("ETSI TS 103 645 V1.1.1",)),
    "en303645v2.1.0": Judged("reference", "secondary", None, ("EN 303 645 V2.1.0",)),
    "cta2088": Judged("reference", "secondary", None, ("CTA-2088",)),
    "iec62443-4-2": Judged(
        "framework",
        "secondary",
        "Designations and titles only: the text is IEC's, and the list of enhancements may be incomplete.",
        (
            "IEC 62443-4-2",
            "IEC 62443-4-2:2019",
            "ISA-62443-4-2",
            "ANSI/ISA-62443-4-2-2018",
            "ISA/IEC 62443-4-2",
        ),
    ),
}
"""Judgements on cited documents that differ from the rest: a reference of which nothing is held."""

CITED_STATUS = {
    "agelight3.1": "superseded",
    "cta2088": "superseded",
    "en303645v2.1.0": "superseded",
    "iec62443-4-2": "current",
    "iotsf2": "superseded",
    "iotsf2.1": "superseded",
    "ts103645v1.1.1": "superseded",
    "psa2.0beta": "draft",
}
"""Status of the cited documents of which it was looked into what became of them."""

CITED_SERIES = {"ts103645v1.1.1": "ETSI TS", "en303645v2.1.0": "ETSI EN", "iec62443-4-2": "IEC 62443"}

LATER = {
    "agelight3.1": ("agelight4.0", "nist/ir8259b.md"),
    "iotsf2": ("iotsf2.1", "nist/ir8259b.md"),
    "en303645v2.1.0": ("en303645v3.1.3", "notes/etsi-en-303-645-ids.md"),
}
"""The version of the registry that follows a cited one, by their numbers, and where that one is named."""


def key_of(record: Json) -> str:
    """The key of a source record: the lower-case tail of its PubID, or the one listed for it."""
    if record["id"] in KEYS:
        return KEYS[record["id"]]
    return str(record["pubid"]).removeprefix("NIST.").replace(".", "", 1).lower()


def work_of(key: str) -> str:
    """The key of the work: the key without stage and revision, unless another one is listed."""
    return WORKS.get(key) or re.sub(r"(?<=\d)(?P<suffix>[a-z]?)(?:r\d+)?(?:\.(?:ipd|\dpd))?$", r"\g<suffix>", key)


def status_of(record: Json) -> str:
    """The status in force, read from the source's free text, its supersession and its stage."""
    if "withdrawn" in record["status"]:
        return "withdrawn"
    if "superseded" in record["status"] or record["superseded_by"]:
        return "superseded"
    return "current" if record["stage"] == "final" else "draft"


def source_of(described: str, record: Json) -> str:
    """A file of the source folder or a public address for what the source file describes in words."""
    if "usnistgov/NIST-Tech-Pubs" in described:
        path = re.search(r"(?:bib/)?[\w.-]+\.(?:ris|html)", described)
        return f"{RECORDS}/{path[0]}" if path else RECORDS
    if described in ("cover", "text", "publication history in the text") and record["text"]:
        return str(record["text"])
    if described == "commit date in the repository":
        return f"github:{record['repository']}@{record['commit']}"
    if described == "pattern only":
        return "publications.json"
    if described.startswith("csrc.nist.gov/"):
        return f"https://{described}"
    return described if described.startswith("https://") else f"publications.json ({described})"


def family_first(author: str) -> str:
    """A person's name with the family name first ("Brady, Kevin G., Jr."); an organization's name as it is."""
    if author in ORGANIZATIONS:
        return author
    name, _, suffix = author.partition(", ")
    given, _, family = name.rpartition(" ")
    return ", ".join([family, given, *([suffix] if suffix else [])])


def evidence_of(key: str, record: Json) -> list[Json]:
    found = [
        evidence(
            FACTS.get((key, place), item["fact"]),
            SEEN_IN.get((key, place)) or source_of(item["source"], record),
            item["confidence"],
        )
        for place, item in enumerate(record["evidence"])
    ]
    if str(record["pubid_basis"]).startswith("derived") and key != "sp800-213ar1.ipd":
        found.append(evidence("PubID built by NIST's syntax, not seen in print", "publications.json", "inferred"))
    return found + MORE_EVIDENCE.get(key, [])


def relations_of(key: str, record: Json, keys: dict[str, str]) -> list[Json]:
    """The typed links to other publications; one to something that is no publication is dropped."""
    found = []
    for link in record["relations"]:
        if link["target"] in keys:
            target = keys[link["target"]]
            note = NOTES.get((key, target)) if "note" in link else None
            found.append({"type": link["type"], "target": target} | ({"note": note} if note else {}))
    return found


def registry_record(record: Json, keys: dict[str, str]) -> Json:
    """One record of the registry from one of the source file."""
    key = keys[record["id"]]
    judged = JUDGED[key]
    return {
        "key": key,
        "pubid": record["pubid"],
        "work": work_of(key),
        "name": TITLES.get(key, record["title"]),
        "role": judged.role,
        "series": record["series"],
        "stage": record["stage"],
        "status": status_of(record),
        "published": record["published"],
        "withdrawn": record["withdrawn"],
        "doi": record["doi"],
        "url": None if record["doi"] or "commit" in record else record["url"],
        "authors": [family_first(author) for author in record["authors"] or ()] or None,
        "aliases": list(judged.aliases),
        "supersedes": [keys[name] for name in record["supersedes"]],
        "superseded_by": [keys[name] for name in record["superseded_by"]],
        "relations": relations_of(key, record, keys),
        "evidence": evidence_of(key, record),
        "fidelity": judged.fidelity,
        "missing": judged.missing,
        **BETTER_KNOWN.get(key, {}),
    }


def cited_record(source: ReferenceSource) -> Json:
    """The record of a document from the reference lists of IR 8259A and IR 8259B."""
    judged = CITED_JUDGED.get(source.key, Judged("reference", "secondary"))
    found = [
        evidence("title, publisher, date", f"nist/{citing}.md (reference {number})", "confirmed")
        for citing, number in source.cited_by.items()
    ]
    status = CITED_STATUS.get(source.key, "unknown")
    later, seen_in = LATER.get(source.key, (None, ""))
    if later:
        found.append(evidence(f"followed by {later}, by their numbers", seen_in, "inferred"))
    if source.key == "ts103645v1.1.1":
        found.append(evidence("later versions, up to V3.1.1 of 2024-01", "notes/etsi-en-303-645-ids.md", "secondary"))
    return {
        "key": source.key,
        "pubid": None,
        "work": WORKS.get(source.key, source.key),
        "name": source.title,
        "role": judged.role,
        "series": CITED_SERIES.get(source.key),
        "stage": "beta" if source.key == "psa2.0beta" else "published",
        "status": status,
        "published": source.published,
        "doi": None,
        "authors": [source.publisher],
        "aliases": [*([source.designation] if source.designation else []), *judged.aliases],
        "supersedes": [before for before, (after, _) in LATER.items() if after == source.key],
        "superseded_by": [later] if later else [],
        "relations": [
            {"type": "cited_by", "target": citing, "note": f"reference {number}"}
            for citing, number in source.cited_by.items()
        ],
        "evidence": found + MORE_EVIDENCE.get(source.key, []),
        "fidelity": judged.fidelity,
        "missing": judged.missing or (CITED_UNKNOWN if status == "unknown" else CITED),
    }


EXPLICIT = ("pubid", "name", "series", "published", "doi", "authors")
"""Fields that are written even if they are not known."""


def without_empty(record: Json) -> Json:
    return {name: value for name, value in record.items() if name in EXPLICIT or value not in (None, [])}


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
    source = read_json("publications.json")["publications"]
    keys = {record["id"]: key_of(record) for record in source}
    records = [registry_record(record, keys) for record in source]
    records = in_order(without_empty(record) for record in [*records, *ADDED, *map(cited_record, REFERENCE_SOURCES)])
    check(records)
    (DATA / "publications.json").write_text(dump({"publications": records}), "utf-8")
