"""Where SP 800-213A disagrees with itself or with a framework that it maps to.

It is read as :mod:`authoring.publications.sp800_213a` reads it. What can be computed is computed here; what only a
reader sees stands in content/errata/sp800-213a.tsv.
Flaws of the copy "nist/sp800-213a.md" are no errata; where it is open whose flaw something is, the evidence says so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from authoring.publications import sp800_213a as catalog
from authoring.publications.sp800_213a import Edge, Row
from authoring.shared.records import Json

KEY = catalog.KEY
APPENDICES = {"B": catalog.APPENDIX_B_PAGES, "C": catalog.APPENDIX_C_PAGES}
REFERENCES_PAGES = range(69, 71)
AT_THE_TIME, NOW = "5.0.1", "5.2.0"
"""The OSCAL release nearest to the December 2020 text that SP 800-213A cites, and the latest one."""

CONTENTS_ENTRY = re.compile(r"\(([A-Z]{3})\)")
CITATION = re.compile(r"\[([A-Z0-9][A-Za-z0-9 -]+)\]")
MISSING_COMMA = re.compile(r"[A-Z]{2}-\d+(?:\(\d+\))? [A-Z]{2}-\d+(?:\(\d+\))?")

EXPECTED_CONTROLS = {
    "SR-8(32)": (
        "SR-8 or SA-8(32)",
        "Both candidates exist, and Appendix B cites requirements of the sub-capability for both.",
    )
}
"""What may be meant by a control that does not exist, and why."""

REMOVED_ITEM = "EA.CSC.2"
LETTER_NOW = {"a": "a", "b": "", "c": "b", "d": "c", "e": "d"}
"""EA:CSC(2) has lost its second item: the letter of each item of the workbooks of April 2021 in the publication."""


def erratum(
    defect: str,
    locator: str,
    printed: str,
    *,
    used: str,
    evidence: str,
    expected: str | None = None,
    elements: Iterable[str] = (),
) -> Json:
    """One record; ``elements`` are local identifiers of the catalog, or full ones of other publications."""
    names = [name if ":" in name else f"{KEY}:{name}" for name in elements]
    record = {
        "publication": KEY,
        "defect": defect,
        "elements": list(dict.fromkeys(names)),
        "locator": locator,
        "printed": printed,
        "expected": expected,
        "used": used,
        "evidence": evidence,
    }
    return {name: value for name, value in record.items() if value}


def listed(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names)) or "none"


def without(names: Iterable[str], others: Iterable[str]) -> list[str]:
    """The names that are not among the others, in their order."""
    excluded = set(others)
    return [name for name in dict.fromkeys(names) if name not in excluded]


def notation(local: str) -> str:
    """An identifier of the catalog as the publication writes it."""
    return str(catalog.by_local()[local].label)


def place_of(local: str) -> str:
    statement = catalog.by_local()[local]
    return f"section {statement.section}, p. {statement.page}"


def lies_under(local: str, above: str) -> bool:
    return f"{local}.".startswith(f"{above}.")


def sub_capability_of(local: str) -> str:
    return ".".join(local.split(".")[:2])


def rows(letter: str) -> tuple[Row, ...]:
    return catalog.rows(APPENDICES[letter])


def edges(letter: str) -> list[Edge]:
    return [edge for row in rows(letter) for edge in catalog.edges_of(row)]


# --- references to the catalog -----------------------------------------------------------------------------------


def unknown_items(letter: str) -> Iterator[Json]:
    for edge in edges(letter):
        if edge.target is None:
            above = ".".join(re.findall(r"[A-Z]+|\d+", edge.item))
            last = [local for local in catalog.by_local() if local.startswith(f"{above}.")][-1]
            yield erratum(
                "unknown-reference",
                f"Appendix {letter}, p. {edge.page}, row {edge.label}",
                edge.item,
                expected=now(edge.item) if above == REMOVED_ITEM else None,
                elements=[catalog.subject(edge.label), above],
                used="The mapping is kept without an object.",
                evidence=f"The last item of {notation(above)} is {notation(last)} ({place_of(last)}).",
            )


def now(printed: str) -> str:
    """A reference with letters of the workbooks as it should be printed."""
    above, _, letters = printed.removesuffix(")").replace(")(", "").rpartition("2")
    return f"{above}2{','.join(filter(None, (LETTER_NOW[letter] for letter in letters.split(','))))})"


def outdated_letters(letter: str) -> Iterator[Json]:
    """References to EA:CSC(2) with the letters that its items have in the workbooks, one record for all."""
    outdated = {e.label: e for e in edges(letter) if ".".join(re.findall(r"[A-Z]+|\d+", e.item)) == REMOVED_ITEM}
    fits = " Changes by authorized entities only fit CM-5, the process for questions PM-26." if letter == "B" else ""
    items = [f"{REMOVED_ITEM}.{each}" for each in filter(None, LETTER_NOW.values())]
    yield erratum(
        "outdated-number",
        f"Appendix {letter}, {listed(f'row {label}' for label in outdated)}",
        "; ".join(f"{label}: {edge.printed}" for label, edge in outdated.items()),
        expected="; ".join(f"{label}: {now(edge.printed)}" for label, edge in outdated.items()),
        elements=[*map(catalog.subject, outdated), *items],
        used="As printed; 2e without an object.",
        evidence="In NIST's workbooks of April 2021 the list has one more item, the second (row 176), so that the "
        f"letters are one ahead. Once it is taken out, the joins of the workbooks are those of these rows.{fits}",
    )


def numbers_of_nothing(letter: str) -> Iterator[Json]:
    """Sub-capabilities cited with the number 1, although they list no requirements."""
    whole = [e for e in edges(letter) if e.item.endswith("(1)") and e.target in catalog.sub_capabilities().values()]
    yield erratum(
        "unknown-reference",
        f"Appendix {letter}, {listed(f'row {edge.label}' for edge in whole)}",
        listed(edge.item for edge in whole),
        elements=[str(edge.target) for edge in whole],
        used="The sub-capability as a whole.",
        evidence="They list no requirements; DO:DAU, which lists none either, is cited without a number.",
    )


def wrong_prefixes(letter: str) -> Iterator[Json]:
    """References under a capability that does not have the sub-capability, one record for each of these in a row."""
    found: defaultdict[tuple[str, int, str, str], list[Edge]] = defaultdict(list)
    for edge in edges(letter):
        if edge.target and edge.target[:2] != edge.item[:2]:
            found[edge.label, edge.page, edge.item[:2], sub_capability_of(edge.target)].append(edge)
    for (label, page, prefix, sub_capability), odd in found.items():
        family = sub_capability[:2]
        references = listed(edge.printed.partition(": ")[2] for edge in odd)
        yield erratum(
            "wrong-prefix",
            f"Appendix {letter}, p. {page}, row {label}",
            f"{prefix}: {references}",
            expected=f"{family}: {references}",
            elements=[catalog.subject(label), *(str(edge.target) for edge in odd)],
            used=f"The items of {family}.",
            evidence="Every sub-capability has a code of its own, so that the reference is clear without the prefix.",
        )


def odd_notation(letter: str) -> Iterator[Json]:
    """References that write numbers and letters in another way than section 1.4 says, one record for all."""
    odd: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges(letter):
        if ")(" in edge.printed or re.search(r"(\d)[a-z],.*\b\1[a-z]", edge.printed):
            odd[edge.printed].append(edge)
    letters = {printed: ",".join(edge.item[-2] for edge in items) for printed, items in odd.items()}
    yield erratum(
        "misprint",
        f"Appendix {letter}, {listed(f'row {items[0].label}' for items in odd.values())}",
        listed(odd),
        expected=listed(f"{items[0].item[:-2]}{letters[printed]})" for printed, items in odd.items()),
        elements=[edge.target for items in odd.values() for edge in items if edge.target],
        used="The expected notation.",
        evidence="Section 1.4 gives the number once and then its letters, all in one pair of parentheses.",
    )


def unmapped(letter: str) -> Iterator[Json]:
    """Requirements that no row cites, one record for each sub-capability."""
    cited = {edge.target for edge in edges(letter) if edge.target}
    reached = {
        local
        for local in catalog.by_local()
        if any(local == each or local.startswith(f"{each}.") or each.startswith(f"{local}.") for each in cited)
    }
    for sub_capability in catalog.sub_capabilities().values():
        missing = without([sub_capability, *catalog.requirements_of(sub_capability)], reached)
        missing = [local for local in missing if local.rpartition(".")[0] not in missing]
        if missing:
            yield erratum(
                "omission",
                f"Appendix {letter}",
                f"no reference to {listed(notation(local) for local in missing)}",
                elements=missing,
                used="No mapping is added.",
                evidence="Computed: no row cites it, an item above it, or one below it.",
            )


# --- controls and outcomes ---------------------------------------------------------------------------------------


def unknown_controls() -> Iterator[Json]:
    """Controls that SP 800-53 lacks or has withdrawn, wherever the publication names one."""
    named = [
        *((local, place_of(local), controls) for local, (_, controls) in catalog.related_controls().items()),
        *(
            (f"profile.{row.family}.{row.code}", f"Appendix A, p. {row.page}", catalog.printed_controls(row.controls))
            for row in catalog.profile_rows()
        ),
        *(("appendix-b", f"Appendix B, p. {row.page}", list(row.labels)) for row in rows("B")),
    ]
    for local, place, controls in named:
        for control in controls:
            states = {release: catalog.controls_of(release).get(control) for release in (AT_THE_TIME, NOW)}
            bad = [release for release, withdrawn in states.items() if withdrawn is not False]
            if not bad:
                continue
            is_unknown = None in states.values()
            expected, reason = EXPECTED_CONTROLS.get(control, (None, ""))
            yield erratum(
                "unknown-control" if is_unknown else "withdrawn-control",
                place,
                control,
                expected=expected,
                elements=[local],
                used="The mapping is kept without an object." if is_unknown else "As printed.",
                evidence=f"{'Not in' if is_unknown else 'Withdrawn in'} release {' and '.join(bad)} of SP 800-53. "
                f"{reason}".strip(),
            )


def missing_controls() -> Iterator[Json]:
    in_force = [name for name, withdrawn in catalog.controls_of(AT_THE_TIME).items() if not withdrawn]
    for control in without((name for name in in_force if "(" not in name), (n for r in rows("B") for n in r.labels)):
        yield erratum(
            "omission",
            "Appendix B",
            f"no row {control}",
            elements=[catalog.control_curie(control)],
            used="No mapping is added.",
            evidence="Every other base control in force in December 2020 has a row, with or without a requirement. "
            "The copy has an empty row in the place of this one, so that the flaw may be the copy's.",
        )


def misplaced_references() -> Iterator[Json]:
    """References that a draft of NIST joins to another control, outcome or item."""
    joined = "NIST's workbook of April 2021"
    printed = "The reference as printed."
    yield erratum(
        "outdated-number",
        "Appendix B, p. 77, row IA-6",
        "LA: AUN(3)",
        expected="LA: AUN(4)",
        elements=["sp800-53r5:ia-6", "LA.AUN.3", "LA.AUN.4"],
        used=printed,
        evidence=f"IA-6 is about hiding authentication feedback, which is item 4. {joined} (row 35) joins it to that "
        "item, then third in its list.",
    )
    yield erratum(
        "misprint",
        "Appendix B, p. 75, row AC-17(10)",
        "LA: AUN(4)",
        elements=["sp800-53r5:ac-17.10", "LA.AUN.4"],
        used=printed,
        evidence="A doubt, not a proof: items 3 and 4 have changed places since the drafts, and IA-6 kept the older "
        "number; hiding authentication information does not authenticate commands. The workbooks have neither this "
        "control nor a row for the method out of band as an item of its own, so that nothing shows what was meant.",
    )
    for place, reference, label, expected, evidence in (
        ("B, p. 75, row AC-10", "LA: XCN(5)", "AC-10", "AC-20(1)",
         f"{joined} joins XCN(4) and XCN(5) to AC-20(1) (rows 59 and 60), which the line of related controls has too "
         "and Appendix B has no row for. XCN(4) is not cited at all."),
        ("B, p. 75, row AC-21", "LA: LDU(1)", "AC-21", "AC-21(2)",
         f"{joined} (row 54) and the line of related controls have AC-21(2), on information search and retrieval, "
         "which Appendix B has no row for."),
        ("B, p. 79, row PM-21", "IQ: QRY(4d)", "PM-21", "PM-20",
         f"{joined} (row 143), the line of related controls and Appendix A all have PM-20, the row above this one."),
        ("C, p. 90, row RS.IM-1", "DS: OPS(7)", "RS.IM-1", "RS.MI-1",
         f"{joined} on the CSF (row 160) has RS.MI-1, whose own row is empty; to disable operations upon a security "
         "violation contains an incident."),
    ):  # fmt: skip
        code, number = re.findall(r"[A-Z]{3}|\d\w?", reference)
        item = ".".join((catalog.sub_capabilities()[code], *number))
        yield erratum(
            "misprint",
            f"Appendix {place}",
            f"{label}: {reference}",
            expected=f"{expected}: {reference}",
            elements=[catalog.subject(label), catalog.subject(expected), item],
            used="The row as printed.",
            evidence=f"Probable, not proven: {evidence}",
        )


def misplaced_rows() -> Iterator[Json]:
    """Rows of Appendix B that are printed twice or out of order."""
    names = [(label, row.page) for row in rows("B") for label in row.labels]
    count = Counter(label for label, _ in names)
    families = list(dict.fromkeys(label[:2] for label, _ in names))

    def place(label: str) -> tuple[int, ...]:
        return families.index(label[:2]), *map(int, re.findall(r"\d+", label))

    for (label, page), (after, _) in pairwise(names):
        if place(label) > place(after):
            twice = count[label] > 1
            yield erratum(
                "misprint",
                f"Appendix B, p. {page}",
                f"{label} {'in two rows, the first ' if twice else ''}before {after}",
                elements=[catalog.control_curie(label)],
                used="One mapping for each item." if twice else "The row as printed.",
                evidence=f"The rows follow the numbering of the controls{'; both rows say the same' if twice else ''}.",
            )


def renamed_outcomes() -> Iterator[Json]:
    odd = [(label, row.page) for row in rows("C") for label in row.labels if catalog.outcome(label) != label]
    yield erratum(
        "misprint",
        f"Appendix C, p. {odd[0][1]}",
        f"{odd[0][0]} to {odd[-1][0]}",
        expected=f"{catalog.outcome(odd[0][0])} to {catalog.outcome(odd[-1][0])}",
        elements=[catalog.subject(label) for label, _ in odd],
        used="The expected outcomes.",
        evidence="CSF 1.1 has no category RM.CO; these rows stand where those of RC.CO belong, which has no others.",
    )


def line_against_appendix_b() -> Iterator[Json]:
    citing: defaultdict[str, list[str]] = defaultdict(list)
    for edge in edges("B"):
        if edge.target:
            citing[sub_capability_of(edge.target)].append(edge.label)
    for local, (page, line) in catalog.related_controls().items():
        only_line, only_rows = without(line, citing[local]), without(citing[local], line)
        if only_line or only_rows:
            section = catalog.section_of(local[:2])
            yield erratum(
                "disagreement",
                f"section {section}, p. {page}; Appendix B",
                f"only in the related controls: {listed(only_line)}; only in Appendix B: {listed(only_rows)}",
                elements=[local],
                used="Both, each in its own crosswalk.",
                evidence="Computed: the line of related controls against the rows that cite the sub-capability "
                "or a requirement of it.",
            )


def line_against_profile() -> Iterator[Json]:
    """Controls that a row of Appendix A has beyond those of its sub-capability; fewer would be no contradiction."""
    lines = catalog.related_controls()
    above: tuple[str, list[str]] = "", []
    for row in catalog.profile_rows():
        local, controls = f"{row.family}.{row.code}", catalog.printed_controls(row.controls)
        page, line = lines[local]
        if only_row := without(controls, line):
            copied = f" The row repeats the controls of {above[0]} above it." if controls == above[1] else ""
            yield erratum(
                "disagreement",
                f"Appendix A, p. {row.page}; section {catalog.section_of(row.family)}, p. {page}",
                f"not among the related controls of the sub-capability: {listed(only_row)}",
                elements=[f"profile.{local}", local],
                used="Both, each with its own element.",
                evidence=f"Computed: the row's controls against the line of related controls, of which the row has "
                f"{len(line) - len(without(line, controls))} of {len(line)}.{copied}",
            )
        above = notation(local), controls


def profile_against_appendix_b() -> Iterator[Json]:
    """Controls of a row of Appendix A that Appendix B joins only to requirements which the row leaves out."""
    for row in catalog.profile_rows():
        local = f"{row.family}.{row.code}"
        taken = [name.partition(":")[2] for name in catalog.selected(row)["selects"]]
        left_out: dict[str, list[str]] = {}
        for control in catalog.printed_controls(row.controls):
            cited = [e.target for e in edges("B") if e.label == control and e.target and lies_under(e.target, local)]
            if cited and not any(lies_under(one, each) or lies_under(each, one) for one in cited for each in taken):
                left_out[control] = cited
        if left_out:
            joins = (f"{control} only to {listed(map(notation, cited))}" for control, cited in left_out.items())
            yield erratum(
                "disagreement",
                f"Appendix A, p. {row.page}, {notation(local)}; {listed(f'row {each}' for each in left_out)} "
                "of Appendix B",
                f"controls of requirements that the row leaves out: {listed(left_out)}",
                elements=[f"profile.{local}", *(each for cited in left_out.values() for each in cited)],
                used="Both, each in its own place.",
                evidence=f"Computed: the row prints the control, but Appendix B joins {'; '.join(joins)}.",
            )


# --- names and citations -----------------------------------------------------------------------------------------


def names_in_profile() -> Iterator[Json]:
    """Names in Appendix A that are not those of the catalog; small and capital letters count as the same."""
    named = [(family, name, "") for family, name in catalog.profile_families().items()]
    named += [(f"{row.family}.{row.code}", row.title, f", p. {row.page}") for row in catalog.profile_rows()]
    for local, name, page in named:
        expected = str(catalog.by_local()[local].title)
        if name.lower() != expected.lower():
            yield erratum(
                "disagreement",
                f"Appendix A{page}",
                name,
                expected=expected,
                elements=[local],
                used="Each name with its own element." if page else "The name in the catalog.",
                evidence=f"The name in {place_of(local)}.",
            )


def table_of_contents() -> Iterator[Json]:
    contents = [code for line in catalog.body() if line.page in catalog.CONTENTS_PAGES
                for code in CONTENTS_ENTRY.findall(line.marked)]  # fmt: skip
    for code in without(catalog.sub_capabilities(), contents):
        local = catalog.sub_capabilities()[code]
        yield erratum(
            "omission",
            "table of contents, p. 5",
            f"no entry ({code}) {catalog.by_local()[local].title}",
            elements=[local],
            used="The sub-capability is held like the others.",
            evidence=f"It stands in {place_of(local)}; its heading alone is no link target in the copy, "
            "so that the entry is missing in the publication itself.",
        )


def missing_commas() -> Iterator[Json]:
    for statement in catalog.catalog():
        for printed in MISSING_COMMA.findall(statement.text) if statement.kind == "controls" else ():
            yield erratum(
                "misprint",
                f"section {statement.section}, p. {statement.page}",
                printed,
                expected=", ".join(printed.split()),
                elements=[str(statement.parent)],
                used="Two controls.",
                evidence="The comma between them is missing, in the publication or in the copy.",
            )


def unknown_citations() -> Iterator[Json]:
    """Labels in brackets that the list of references does not have."""
    entries = [line.marked[2:] for line in catalog.body() if line.page in REFERENCES_PAGES]
    known = [found[1] for entry in entries if (found := CITATION.match(entry))]
    texts = [line.text.replace("- ", "-") for line in catalog.body()]
    cited = without((label for text in texts for label in CITATION.findall(text)), known)
    misnamed = [label for label in cited if f"IR{label}" in known]
    for labels, expected in (
        (misnamed, listed(f"[IR{label}]" for label in misnamed)),
        (without(cited, misnamed), None),
    ):
        pages = {line.page for line in catalog.body() for label in labels if f"[{label}]" in line.text}
        statements = (s.local for s in catalog.catalog() for label in labels if f"[{label}]" in s.text)
        yield erratum(
            "unknown-reference",
            f"p. {', '.join(map(str, sorted(pages)))}; References, p. 69",
            listed(f"[{label}]" for label in labels),
            expected=expected,
            elements=statements,
            used="As printed.",
            evidence="The list of references has no such label.",
        )


def records() -> list[Json]:
    """What the checks find, in their order."""
    return [
        *(
            record
            for letter in APPENDICES
            for find in (unknown_items, outdated_letters, numbers_of_nothing, wrong_prefixes, odd_notation, unmapped)
            for record in find(letter)
        ),
        *unknown_controls(),
        *missing_controls(),
        *misplaced_references(),
        *misplaced_rows(),
        *renamed_outcomes(),
        *line_against_appendix_b(),
        *line_against_profile(),
        *profile_against_appendix_b(),
        *names_in_profile(),
        *table_of_contents(),
        *missing_commas(),
        *unknown_citations(),
    ]
