"""Build the profile industrial: the core baselines for industrial IoT, by the method of draft IR 8259C.

What people judged stands in content/profiles/industrial.toml. What is NIST's is computed: the references of IR 8259A
to IEC 62443-4-2, and the requirements that Appendix B of SP 800-213A joins to the controls that the OT overlay
(SP 800-82r3, Appendix F) adds, at the levels of the overlay. So are the sentences on the capability levels (SL-C) of
IEC 62443-4-2: content/profiles/industrial-sl-c.tsv holds the lowest of each requirement of which a public study of
certification (ISAGCA and ISCI, 2021) gives it.
"""

from __future__ import annotations

from collections.abc import Iterator

from authoring.profiles.controls import CATALOG, LEVELS, joins, members, overlay
from authoring.profiles.written import profile
from authoring.shared.content import cells, table
from authoring.shared.files import crosswalk, elements, write_profile
from authoring.shared.records import Json, listed
from iotbaseline._model.mapping import Mapping

TECHNICAL = "ir8259a"
COMPONENTS = "iec62443-4-2"
NOT_ASKED = ("CR 1.7 RE(1)", "CR 2.1 RE(3)", "CR 2.1 RE(4)", "CR 3.9 RE(1)")
"""What the study leaves out for devices of the industrial IoT."""


def added() -> dict[str, Json]:
    """The controls that the overlay adds somewhere, each with its entry."""
    return {entry["control"]: entry for entry in overlay() if "adds" in entry}


def levels_of(control: str) -> tuple[str, ...]:
    """The levels at which the overlay has a control, added or already in the baseline."""
    return tuple(level for level in LEVELS if level in added()[control]["adds"] or control in members(level))


def joined() -> dict[str, tuple[str, ...]]:
    """The requirements that Appendix B of SP 800-213A joins to added controls, each with these controls."""
    found: dict[str, tuple[str, ...]] = {}
    for join in joins():
        if join.object and join.subject in added():
            found[join.object] = (*found.get(join.object, ()), join.subject)
    return found


def reasons() -> dict[str, str]:
    """Why a device is asked for what Appendix B joins to some controls, by their local identifiers."""
    rows = table("profiles/industrial-joined", cells, ("controls", "reason"))
    return {row["controls"]: row["reason"] for row in rows}


def joined_imports() -> Iterator[Json]:
    """The joined requirements, those of the same controls together, so that each is imported once."""
    why = reasons()
    by_controls: dict[tuple[str, ...], list[str]] = {}
    for requirement, controls in joined().items():
        by_controls.setdefault(controls, []).append(requirement)
    for controls, requirements in by_controls.items():
        levels = [level for level in LEVELS if any(level in levels_of(control) for control in controls)]
        named = listed([f"{added()[each]['label']} (at {listed(levels_of(each))})" for each in controls])
        reason = why[" ".join(control.partition(":")[2] for control in controls)]
        yield {
            "from": CATALOG,
            "include": [{"within": requirements, "kinds": ["sub-capability", "requirement"]}],
            "rationale": f"Joined by Appendix B of SP 800-213A to {named} of the OT overlay. {reason}",
        } | ({} if levels == [*LEVELS] else {"levels": levels})


def references() -> dict[str, list[Mapping]]:
    """The references to IEC 62443-4-2 that IR 8259A prints, by capability."""
    found: dict[str, list[Mapping]] = {}
    for reference in crosswalk(TECHNICAL, COMPONENTS):
        found.setdefault(reference.subject, []).append(reference)
    return found


def lowest_levels() -> dict[str, int]:
    """The lowest SL-C at which a requirement is asked for, by its designation."""
    rows = table("profiles/industrial-sl-c", cells, ("requirement", "lowest"))
    return {
        f"{kind} {number}": int(row["lowest"])
        for row in rows
        for kinds, _, number in [row["requirement"].partition(" ")]
        for kind in kinds.split("/")
    }


def with_level(designation: str, levels: dict[str, int]) -> str:
    """What stands behind the title of a requirement whose lowest SL-C is known."""
    return f" (from SL-C {levels[designation]})" if designation in levels else ""


def reference_guidance() -> Iterator[Json]:
    """Guidance on each capability that has a reference which can be read in full."""
    titles = {each["label"]: each.get("title") for each in elements(COMPONENTS)}
    levels = lowest_levels()
    for capability, cited in references().items():
        whole = [each for each in cited if each.object]
        named = [f"{each.printed} {titles[each.printed]}{with_level(each.printed or '', levels)}" for each in whole]
        cut = " One more is cut off in the copy that was read." if len(whole) < len(cited) else ""
        if whole:
            yield {
                "element": capability,
                "change": "guidance",
                "text": f"See, in IEC 62443-4-2, {listed(named)}.{cut}",
                "rationale": "IR 8259A names these requirements of IEC 62443-4-2 as examples, not as equal to it. "
                "A capability level (SL-C) is told where a study of certification (ISAGCA and ISCI, 2021) gives it.",
                "sources": [f"{TECHNICAL}, {cited[0].locator}", *(each.object for each in whole)],
            }


def cut_references() -> Json:
    """The references whose last digits the copy lost; they are not completed."""
    cut = {name: each.printed for name, cited in references().items() for each in cited if not each.object}
    parts = [f"{capability.partition(':')[2]} ({printed})" for capability, printed in cut.items()]
    return {
        "question": "Which requirements of IEC 62443-4-2 do the cut-off references of IR 8259A name?",
        "about": list(cut),
        "why": f"The copy lost the digits at the ends of lines: {listed(parts)}. They are not completed by guessing, "
        "which leaves the first of these capabilities without a reference.",
    }


def grouped(requirements: list[str]) -> list[str]:
    """Designations with the type of requirement said once: "CR 3.1", "3.4" for "CR 3.1", "CR 3.4"."""
    parts = [requirement.split(" ", 1) for requirement in requirements]
    before = ["", *(kind for kind, _ in parts)]
    return [number if kind == last else f"{kind} {number}" for last, (kind, number) in zip(before, parts, strict=False)]


def meaning_of_levels() -> Json:
    """What the levels stand for, with every SL-C that is known."""
    identifiers = {each["label"]: each["id"] for each in elements(COMPONENTS)}
    rows = table("profiles/industrial-sl-c", cells, ("requirement", "lowest"))
    known = {level: [row["requirement"] for row in rows if row["lowest"] == level] for level in "1234"}
    parts = [f"{listed(grouped(requirements))} from SL-C {level}" for level, requirements in known.items()]
    return {
        "question": "What does a level mean for a device?",
        "about": [identifiers[each] for each in NOT_ASKED],
        "why": "The overlay has levels for systems: here, that of the system in which the device is to be used. IEC "
        "62443-4-2 has capability levels (SL-C) for components. No source relates the two; that low stands for SL-C 1, "
        "moderate for SL-C 2 and high for SL-C 3 and 4 is this project's judgement. Known of SL-C, by a study of "
        f"certification (ISAGCA and ISCI, 2021): {'; '.join(parts)}. The study leaves out {listed(NOT_ASKED)} "
        "for the industrial IoT, and so does this profile. Of other requirements no SL-C is known.",
    }


def build() -> None:
    written = profile("industrial")
    write_profile(
        written,
        imports=[*written["imports"], *joined_imports()],
        modify=[*reference_guidance(), *written["modify"]],
        open=[cut_references(), meaning_of_levels(), *written["open"]],
    )
