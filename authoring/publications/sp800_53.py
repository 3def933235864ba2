"""SP 800-53 revisions 4 and 5 (release 5.2.0), and what became of revision 4's controls, from NIST's OSCAL files.

Reads the catalogs and baseline profiles in "oscal/" and writes the two publications, the crosswalk and the
lineage from revision 4 to revision 5. Everything is taken over by script.

The official wording of a control is the prose of its OSCAL part "statement" and of the items in it, in
document order, without their labels. Cross-references keep their text ("AU-2c") and lose their link.
Every parameter insertion is replaced by what the publication prints in its place:

- ``[Assignment: organization-defined LABEL]`` where the parameter has a label. Release 5.2.0 labels many
  parameters in the words of SP 800-53A and keeps the words of SP 800-53 as "alt-label": that one is taken if
  there is one. Labels of revision 4, and of the parameters that release 5.2.0 puts together from several
  ("aggregates"), say "organization-defined" themselves, and a few labels say it in another form
  ("organizationally-defined"): it is added only where the label lacks it. A stray "Assignment" at the start
  of a label of revision 4 is dropped.
- ``[Selection: A; B]`` or ``[Selection (one or more): A; B]`` for the others, insertions in choices resolved.

A withdrawn control has no statement, hence no fingerprint.

No statement of revision 4 stayed the same word for word. Where a control stays in force, its lineage record says by a
grade how far the wording changed: it is editorial if the two statements are the same once a leading actor, case,
punctuation and the marks of parameters are left aside and verbs in the third person are read in the base form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from authoring.shared.files import write_crosswalk, write_lineage, write_publication
from authoring.shared.records import Json, element, lineage, mapping
from authoring.shared.sources import Sources, oscal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CATALOGS = {
    "sp800-53r4": oscal("rev4_catalog-min"),
    "sp800-53r5": oscal("rev5.2.0_catalog-min"),
}
PROFILES = {
    "sp800-53r4": oscal("rev4_{}-baseline_profile-min"),
    "sp800-53r5": oscal("rev5_{}-baseline_profile"),
}
BASELINES = {"sp800-53r4": ("LOW", "MODERATE", "HIGH"), "sp800-53r5": ("LOW", "MODERATE", "HIGH", "PRIVACY")}


SOURCES = Sources(
    *CATALOGS.values(), *(PROFILES[key].format(name) for key, names in BASELINES.items() for name in names)
)
MISSING = {
    "sp800-53r4": "Statements are held as fingerprints only; no discussions, related controls or references, "
    "and no controls outside the OSCAL catalog.",
    "sp800-53r5": "Statements are held as fingerprints only; no discussions, related controls or references.",
}
# Revision 5 gives a reason instead of a target for these two; the first has a link in revision 4, but to no control.
REASON_WITHOUT_TARGET = {
    "cp-10.3": "withdrawn without a target: left to tailoring",
    "sc-19": "withdrawn without a target: no longer singled out among technologies",
}
RELATIONS = {"moved-to": "moved_to", "incorporated-into": "incorporated_into"}

INSERTION = re.compile(r"\{\{ *insert: param, *(\S+) *\}\}")
CROSS_REFERENCE = re.compile(r"\[([^][]*)\]\(#[^)]*\)")
SAYS_ASSIGNMENT = re.compile(r"^Assignment\b[;:]? *")
ACTOR = re.compile(r"^the (?:organization|information system)\b", re.IGNORECASE)
MARKS = re.compile(r"\[assignment: *|\[selection(?: \(one or more\))?: *|organization-defined", re.IGNORECASE)
WORDS = re.compile(r"[a-z0-9]+")
NOUNS = {"missions"}
"""Of the words that revision 5 has without their last s where all else is the same, those that are no verbs."""
EDITORIAL = (
    "the same wording once a leading actor, case, punctuation and the marks of parameters are left aside and verbs in "
    "the third person are read in the base form"
)
SAYS_WHO_DEFINES = re.compile(r"^(?:list of )?organiz\w+[- ](?:defined|identified)\b")


def prop(owner: Json, name: str) -> str | None:
    """The value of a property without class, or of the class of SP 800-53 itself."""
    for entry in owner.get("props", []):
        if entry["name"] == name and entry.get("class") in (None, "sp800-53"):
            return str(entry["value"])
    return None


def walk(node: Json, parent: str) -> Iterator[tuple[Json, str]]:
    """All controls below a group or control, each with the identifier of what it hangs on."""
    for control in node.get("controls", []):
        yield control, parent
        yield from walk(control, control["id"])


def printed_parameter(param: Json, params: Mapping[str, Json]) -> str:
    label = prop(param, "alt-label") or param.get("label")
    if label:
        label = SAYS_ASSIGNMENT.sub("", label)
        definer = "" if SAYS_WHO_DEFINES.match(label) else "organization-defined "
        return f"[Assignment: {definer}{label}]"
    select = param["select"]
    several = " (one or more)" if select.get("how-many") == "one-or-more" else ""
    return f"[Selection{several}: {'; '.join(printed(choice, params) for choice in select['choice'])}]"


def printed(prose: str, params: Mapping[str, Json]) -> str:
    """OSCAL prose as the publication prints it."""
    filled = INSERTION.sub(lambda found: printed_parameter(params[found[1]], params), prose)
    return CROSS_REFERENCE.sub(r"\1", filled).strip()


def lines(part: Json, params: Mapping[str, Json]) -> Iterator[str]:
    """The prose of a part and of the parts in it."""
    if "prose" in part:
        yield printed(part["prose"], params)
    for inner in part.get("parts", []):
        yield from lines(inner, params)


def statement(control: Json, params: Mapping[str, Json]) -> str:
    parts = (part for part in control["parts"] if part["name"] == "statement")
    return "\n".join(line for part in parts for line in lines(part, params))


def successors(key: str, control: Json) -> tuple[Json, str | None]:
    """Where a withdrawn control went: the fields ``moved_to`` and ``incorporated_into``, and a note if need be."""
    fields: Json = {}
    note = REASON_WITHOUT_TARGET.get(control["id"])
    for link in control.get("links", []):
        if link["rel"] not in RELATIONS:
            continue
        if not link["href"].startswith("#"):
            note = "the OSCAL link names the publication only, not a control"
            continue
        target, _, part = link["href"][1:].partition("_smt.")
        fields.setdefault(RELATIONS[link["rel"]], []).append(f"{key}:{target}")
        if part:
            note = f"into item {part}"
    return fields, note


def baseline_members(key: str) -> dict[str, set[str]]:
    """For each baseline the OSCAL identifiers of the controls its profile selects."""
    members = {}
    for name in BASELINES[key]:
        profile = SOURCES.json(PROFILES[key].format(name))["profile"]
        members[name] = {
            identifier
            for entry in profile["imports"]
            for selection in entry["include-controls"]
            for identifier in selection["with-ids"]
        }
    return members


def catalog(key: str) -> tuple[list[tuple[Json, str]], dict[str, Json]]:
    """All controls of one revision with what each hangs on, and their parameters by identifier."""
    groups = SOURCES.json(CATALOGS[key])["catalog"]["groups"]
    controls = [each for group in groups for each in walk(group, group["id"])]
    return controls, {param["id"]: param for control, _ in controls for param in control.get("params", [])}


def is_withdrawn(control: Json) -> bool:
    return (prop(control, "status") or "").lower() == "withdrawn"


def publication(key: str) -> list[Json]:
    """All families and controls of one revision, in the order of its catalog."""
    groups = SOURCES.json(CATALOGS[key])["catalog"]["groups"]
    _, params = catalog(key)
    members = baseline_members(key)
    records = []
    for group in groups:
        family = group["id"]
        records.append(
            element("family", f"{key}:{family}", label=family.upper(), title=group["title"]),
        )
        for control, parent in walk(group, family):
            identifier = control["id"]
            withdrawn = is_withdrawn(control)
            fields, note = successors(key, control) if withdrawn else ({}, None)
            records.append(
                element(
                    "control",
                    f"{key}:{identifier}",
                    title=control["title"].strip(),
                    label=prop(control, "label"),
                    parent=f"{key}:{parent}",
                    withdrawn=withdrawn,
                    baselines=[name for name, selected in members.items() if identifier in selected],
                    **fields,
                    wording=None if withdrawn else statement(control, params),
                    note=note,
                )
            )
    return records


def became(before: Json, after: Json) -> Iterator[dict[str, str]]:
    """The crosswalk rows of one control of revision 4; ``after`` is what bears its identifier in revision 5."""
    if not after.get("withdrawn"):
        same = before["sha256"] == after["sha256"]
        yield mapping(
            before["id"],
            "equal" if same else "related",
            after["id"],
            basis="derived",
            justification="semapv:LexicalMatching",
            rationale="same identifier, same normalised wording" if same else "same identifier, wording changed",
        )
        return
    for relation, field in RELATIONS.items():
        for target in after.get(field, []):
            yield mapping(
                before["id"],
                "related",
                target,
                basis="official",
                rationale=after.get("note"),
                locator="OSCAL catalog, release 5.2.0",
                printed=relation,
            )


def departure(before: Json, after: Json, in_force: set[str]) -> Iterator[Json]:
    """The lineage record of a control that revision 5 withdrew in favour of others.

    What moved onto a control that was itself in force in revision 4 (CA-3(5) onto SC-7(5)) was incorporated.
    """
    for relation, field in RELATIONS.items():
        if targets := after.get(field):
            evidence = f"withdrawn in release 5.2.0; the OSCAL catalog links it by {relation}"
            if "note" in after:
                evidence += f" ({after['note']})"
            local_ids = {target.partition(":")[2] for target in targets}
            change = "incorporated" if in_force & local_ids else relation.partition("-")[0]
            yield lineage([before["id"]], targets, change, basis="official", evidence=evidence)


def plain(text: str) -> list[str]:
    """The words of a statement without leading actors, case, punctuation and marks of parameters."""
    return [word for line in text.split("\n") for word in WORDS.findall(MARKS.sub("", ACTOR.sub("", line)).lower())]


def base_forms(word: str) -> set[str]:
    """A word, and what it is in the base form if it is a verb in the third person."""
    if word in NOUNS:
        return {word}
    endings = (("ies", "y"), ("es", ""), ("s", ""))
    return {word, *(word.removesuffix(end) + base for end, base in endings if word.endswith(end))}


def is_editorial(before: str, after: str) -> bool:
    old, new = plain(before), plain(after)
    return len(old) == len(new) and all(now in base_forms(was) for was, now in zip(old, new, strict=True))


def grading(before: Json, after: Json, old: dict[str, str], new: dict[str, str]) -> Iterator[Json]:
    """The lineage record of a control that is in force in both revisions with another wording."""
    if not after.get("withdrawn") and before["sha256"] != after["sha256"]:
        same = is_editorial(old[before["id"]], new[after["id"]])
        evidence = f"same identifier; {'' if same else 'not '}{EDITORIAL}"
        grade = "editorial" if same else "substantive"
        yield lineage([before["id"]], [after["id"]], "continued", basis="derived", evidence=evidence, grade=grade)


def statements(key: str) -> dict[str, str]:
    """The statements of all controls in force, by full identifier."""
    controls, params = catalog(key)
    in_force = (control for control, _ in controls if not is_withdrawn(control))
    return {f"{key}:{control['id']}": statement(control, params) for control in in_force}


def pairs(old: Sequence[Json], new: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Every control in force in revision 4 with the record of the same identifier in revision 5."""
    by_local = {record["id"].partition(":")[2]: record for record in new}
    for record in old:
        if record["kind"] == "control" and not record.get("withdrawn"):
            yield record, by_local[record["id"].partition(":")[2]]


def build() -> None:
    old, new = publication("sp800-53r4"), publication("sp800-53r5")
    for key, records in (("sp800-53r4", old), ("sp800-53r5", new)):
        write_publication(key, records, fidelity="full", missing=MISSING[key])
    name = "sp800-53r4--sp800-53r5"
    write_crosswalk(
        "sp800-53r4",
        "sp800-53r5",
        (row for before, after in pairs(old, new) for row in became(before, after)),
        title="SP 800-53 revision 4 to revision 5",
        description="What became, in release 5.2.0, of every control that was in force in revision 4: computed from "
        "identifiers and fingerprints, and NIST's own successors where it withdrew a control. No statement stayed "
        "the same word for word: those of revision 4 name an actor (organization or system) that revision 5 drops.",
        provider="https://github.com/usnistgov/oscal-content",
    )
    both = list(pairs(old, new))
    texts = statements("sp800-53r4"), statements("sp800-53r5")
    in_force = {before["id"].partition(":")[2] for before, _ in both}
    gone = [record for before, after in both for record in departure(before, after, in_force)]
    write_lineage(name, gone + [record for before, after in both for record in grading(before, after, *texts)])
