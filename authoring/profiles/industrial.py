"""Build the profile industrial: the core baselines for industrial IoT, by the method of draft IR 8259C.

NIST has no such profile. What is NIST's in it is computed: the references of IR 8259A to IEC 62443-4-2, the levels of
the OT overlay (SP 800-82r3, Appendix F), and the requirements that Appendix B of SP 800-213A joins to the controls it
adds. The rest is this project's judgement and is written out here, each with its sources and its rationale; what was
left out, or could not be decided, is in ``OPEN``.

A source like "sp800-82r3, section F.7.1, p. 231, AC-7" is the OT discussion of that control.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from authoring.crosswalks.ir8259a_references import LOCATOR, reference_rows
from authoring.publications.ir8259a import table_rows
from authoring.publications.sp800_53 import baseline_members
from authoring.publications.sp800_82r3 import BASELINES, CONTROLS, Entry, entries
from authoring.publications.sp800_82r3 import KEY as OT
from authoring.publications.sp800_213a import APPENDIX_B_PAGES, appendix
from authoring.publications.sp800_213a import KEY as CATALOG
from authoring.registry.cited_documents import keys_by_name
from authoring.shared.files import write_profile
from authoring.shared.records import Json, listed
from authoring.shared.sources import Sources

KEY = "industrial"
TECHNICAL = "ir8259a"
SUPPORT = "ir8259b"
COMPONENTS = "iec62443-4-2"
ESSENTIAL = f"{COMPONENTS}:CCSC.1"
RESTRICTED_FLOW = f"{COMPONENTS}:clause.9"
INTERFACES = f"{TECHNICAL}:logical-access-to-interfaces"
DOCUMENTATION = f"{SUPPORT}:documentation"


def discussion(section: str, page: int, control: str) -> str:
    """The OT discussion of a control as a source."""
    return f"{OT}, section {section}, p. {page}, {control}"


def endpoint(number: int) -> str:
    return f"{OT}:iiot-endpoint.{number}"


def entry(control: str) -> str:
    return f"{OT}:overlay.{control}"


# --- what is computed --------------------------------------------------------------------------------------------


@cache
def overlay() -> dict[str, Entry]:
    """The controls that the overlay adds somewhere, by identifier."""
    return {each.control: each for each in entries() if "adds" in each.changes}


@cache
def levels_of(control: str) -> tuple[str, ...]:
    """The levels at which the overlay has a control, added or already in the baseline."""
    members = baseline_members(CONTROLS)
    added = overlay()[control].changes["adds"]
    return tuple(level for level in BASELINES if level in added or control in members[level.upper()])


@cache
def joined() -> dict[str, tuple[str, ...]]:
    """The requirements that Appendix B of SP 800-213A joins to added controls, each with these controls."""
    found: dict[str, tuple[str, ...]] = {}
    for row in appendix("B", APPENDIX_B_PAGES):
        control = row["subject_id"].partition(":")[2]
        if control in overlay() and row["object_id"].startswith(f"{CATALOG}:"):
            found[row["object_id"]] = (*found.get(row["object_id"], ()), control)
    return found


def with_levels(record: Json, levels: tuple[str, ...]) -> Json:
    """A record that applies at these levels; at all of them if there are none."""
    return record | ({"levels": list(levels)} if levels and levels != BASELINES else {})


REASONS = {
    ("ac-17.10",): "Remote commands act on the process. The requirement is the one printed; whether it is the one "
    "meant is an open question.",
    ("cp-12",): "A device in the field has to offer the restricted mode that the plan for safe operation counts on.",
    ("cp-12", "sc-24"): "A plan for safe operation and a known failure state both rest on states that the device "
    "itself can take.",
    ("cp-12", "sc-24", "si-17"): "The process does not stop with the network, so the device has to go on without it.",
    ("ia-3",): "Organizations may consider which devices open to tampering or spoofing need unique identification and "
    "authentication; these are what a device and its documentation can contribute.",
    ("sc-24",): "To choose a failure state for some failures and some parts takes failure types that can be told apart "
    "and parts that can be restricted (this project's reading).",
    ("sc-45",): "Logs of several devices can be read together only if their clocks agree.",
}
"""Why a device is asked for what Appendix B joins to these controls."""


def joined_imports() -> Iterator[Json]:
    """The joined requirements, those of the same controls together, so that each is imported once."""
    by_controls: dict[tuple[str, ...], list[str]] = {}
    for requirement, controls in joined().items():
        by_controls.setdefault(controls, []).append(requirement)
    for controls, requirements in by_controls.items():
        united = tuple(level for level in BASELINES if any(level in levels_of(control) for control in controls))
        named = listed([f"{overlay()[each].label} (at {listed(levels_of(each))})" for each in controls])
        record = {
            "from": CATALOG,
            "include": [{"within": requirements, "kinds": ["sub-capability", "requirement"]}],
            "rationale": f"Joined by Appendix B of SP 800-213A to {named} of the OT overlay. {REASONS[controls]}",
        }
        yield with_levels(record, united)


def base_import(publication: str, *kinds: str) -> Json:
    return {
        "from": publication,
        "include": [{"kinds": ["capability", *kinds]}],
        "rationale": "The baseline as a whole: nothing in the industrial sources speaks for leaving any of it out.",
    }


@cache
def references() -> dict[str, list[dict[str, str]]]:
    """The references to IEC 62443-4-2 that IR 8259A prints, as rows of a crosswalk, by capability."""
    names = [name for name, document in keys_by_name(TECHNICAL).items() if document == COMPONENTS]
    return {
        row.id: [
            found
            for each in row.entries
            if each.kind == "source" and each.label in names
            for found in reference_rows(row, each, COMPONENTS)
        ]
        for row in table_rows()
    }


def reference_guidance() -> Iterator[Json]:
    """Guidance on each capability that has a reference which can be read in full."""
    titles = {
        item["id"]: item["title"]
        for item in Sources("mappings/iec62443-4-2-ids.json").json("mappings/iec62443-4-2-ids.json")["items"]
    }
    for capability, rows in references().items():
        whole = [row for row in rows if row["object_id"]]
        named = [f"{row['printed']} {titles[row['printed']]}" for row in whole]
        cut = " One more is cut off in the copy that was read." if len(whole) < len(rows) else ""
        if whole:
            yield {
                "element": capability,
                "change": "guidance",
                "text": f"See, in IEC 62443-4-2, {listed(named)}.{cut}",
                "rationale": "IR 8259A names these requirements of IEC 62443-4-2 as examples, not as equal to it.",
                "sources": [f"{TECHNICAL}, {LOCATOR}", *(row["object_id"] for row in whole)],
            }


# --- judgements: edits -------------------------------------------------------------------------------------------


class Edit(NamedTuple):
    """An edit of an element; where it carries an added control to the device, at the levels of that control."""

    element: str
    change: str
    text: str
    rationale: str
    sources: tuple[str, ...]
    control: str | None = None


SAME_NAME = (
    "The subject is that of the capability by its name; the list prints names only; match and question are this "
    "project's."
)

EDITS = [
    Edit(
        f"{TECHNICAL}:device-identification",
        "guidance",
        "For an IIoT device, ask how its identifiers enter the inventory of the plant and what it proves its identity "
        "with to its neighbors.",
        SAME_NAME,
        (endpoint(3),),
    ),
    Edit(
        INTERFACES,
        "guidance",
        "For an IIoT device, ask about engineering and service access at the device as well as access over networks "
        "and cloud services.",
        SAME_NAME,
        (endpoint(4), f"{OT}, section 5.3.7.1, p. 82"),
    ),
    Edit(
        f"{TECHNICAL}:data-protection",
        "guidance",
        "For an IIoT device, ask which of its data leave the plant and how they are protected on the way and where "
        "they arrive.",
        SAME_NAME,
        (endpoint(6), f"{OT}, section 5.3.7.1, p. 82"),
    ),
    Edit(
        f"{TECHNICAL}:cybersecurity-state-awareness",
        "guidance",
        "For an IIoT device, ask what the monitoring of the plant can collect and analyze, and that collecting it "
        "does not harm the control task.",
        SAME_NAME,
        (endpoint(7), discussion("F.7.18", 292, "SI-4")),
    ),
    Edit(
        f"{TECHNICAL}:device-configuration",
        "guidance",
        "For an IIoT device, ask how many of them are configured and managed together, and what may be changed while "
        "the process runs.",
        SAME_NAME,
        (endpoint(8),),
    ),
    Edit(
        f"{TECHNICAL}:device-configuration.3",
        "guidance",
        "The organization should know what going back to a defined configuration does to outputs and process values: "
        "whether they take initial values or keep those from before.",
        "In OT, resetting process values can itself disturb the process; the baseline is about configuration only.",
        (discussion("F.7.6", 251, "CP-10"),),
    ),
    Edit(
        f"{TECHNICAL}:data-protection.1",
        "guidance",
        "The manufacturer should choose cryptography with which the device still keeps its timing; where none fits, "
        "the customer should know before purchase, so that another safeguard can be put beside the device.",
        "OT tends to put availability and safety first. Encryption can delay messages and slow the device down; the "
        "overlay wants effects on operation checked before cryptography is used, and names a measure in its place.",
        (
            discussion("F.7.17", 289, "SC-28"),
            f"{OT}, section 3.2.4, p. 36",
            f"{OT}, section 6.2.3, p. 110",
            ESSENTIAL,
            f"{COMPONENTS}:CCSC.2",
        ),
    ),
    Edit(
        f"{TECHNICAL}:software-update.6.a",
        "narrow",
        "The choice between automatic and manual stays. In addition, where installation is automatic, it begins only "
        "in a time window that an authorized entity has set, and waits while it would interrupt an essential function.",
        "The overlay says that a patch may have to wait for tests or for a stop of operations, and section 6.2.11 "
        "wants patches deployed during planned outages. The window is this project's judgement, as is reading CCSC 1 "
        "by its title alone.",
        (ESSENTIAL, discussion("F.7.18", 291, "SI-2"), f"{OT}, section 6.2.11, p. 125"),
    ),
    Edit(
        f"{INTERFACES}.3",
        "narrow",
        "Besides what the baseline asks, locking, disabling and delaying can be set account by account and for each "
        "interface, so that nobody is shut out on whom continuous operation or an emergency action at the device "
        "depends; there, an alarm and a record take their place.",
        "Operators stay logged on for long, local emergency action must not be hampered by authentication, and the "
        "overlay gives logging and alarms as examples of compensating controls. The baseline leaves open which "
        "accounts are meant; that it be set for each interface is this project's judgement.",
        (ESSENTIAL, discussion("F.7.1", 231, "AC-7"), discussion("F.7.7", 252, "IA-2")),
    ),
    Edit(
        f"{INTERFACES}.1",
        "widen",
        "The means covers each port and each input or output device that the task does not need, connectors for "
        "removable media and for service among them, whether or not they count as interfaces.",
        "SC-41 is about ports and input/output devices, the baseline about local and network interfaces; Appendix B of "
        "SP 800-213A lists SC-41 with no requirement. What an OT device has to do is settled early, so that the rest "
        "can be switched off.",
        (entry("sc-41"), f"{CATALOG}:DS.OPS.8"),
        "sc-41",
    ),
    Edit(
        f"{TECHNICAL}:cybersecurity-state-awareness.5",
        "narrow",
        "What is made available includes the records of cybersecurity events, and they can be handed over before the "
        "room for them on the device runs out; where that fails, the device gives an alert.",
        "AU-4(1) moves audit records to other storage because OT components may hold few. The baseline already has the "
        "state read by another device, so this is an edit of that and no addition. The alert is from LSR(4).",
        (entry("au-4.1"), f"{CATALOG}:CS.AUP.4", f"{CATALOG}:CS.LSR.4"),
        "au-4.1",
    ),
    Edit(
        f"{CATALOG}:DS.OPS.6",
        "narrow",
        "The organization can set the state that the device fails into by the device's function and surroundings, "
        "taking effects on people, plant and environment into account.",
        "The catalog asks for a secure state. For OT, the organization chooses a failure state that fits function and "
        "environment, and fail-safe states consider people, physical systems and the environment. To put safety first "
        "where the two differ is this project's judgement.",
        (
            entry("sc-24"),
            entry("si-17"),
            discussion("F.7.17", 288, "SC-24"),
            discussion("F.7.18", 295, "SI-17"),
        ),
        "sc-24",
    ),
    Edit(
        f"{CATALOG}:DS.OPS.6",
        "guidance",
        "The organization should know the state that the device fails into, and what that does to people, plant and "
        "environment.",
        "Fail-safe states consider people, physical systems and the environment. SI-17 holds at every level, and at "
        "low there is no choice of SC-24 beside it; the question is this project's.",
        (entry("si-17"), discussion("F.7.18", 295, "SI-17")),
        "si-17",
    ),
]


# --- judgements: additions ---------------------------------------------------------------------------------------


class Asked(NamedTuple):
    """An addition; where it carries an added control to the device, at the levels of that control."""

    local: str
    title: str
    summary: str
    rationale: str
    sources: tuple[str, ...]
    parent: str | None = None
    control: str | None = None


ADDITIONS = [
    Asked(
        "tamper-resistance",
        "Tamper Resistance",
        "The device withstands being opened or altered, to a degree that fits the place where it stands, and shows or "
        "reports it afterwards.",
        "On NIST's list for IIoT endpoints, no capability of IR 8259A. OT devices often stand where nobody watches.",
        (endpoint(1), entry("pe-6.4"), f"{COMPONENTS}:EDR.3.11", f"{CATALOG}:DS.DIN.2"),
    ),
    Asked(
        "root-of-trust",
        "Root of Trust",
        "Checks of the device's identity, of the software it starts and of updates rest on a part of it that cannot be "
        "changed unnoticed.",
        "On NIST's list for IIoT endpoints, and no capability of IR 8259A; IR 8259B has it documented where there is "
        "one. What rests on it, and that changes show, is this project's judgement.",
        (endpoint(2), f"{COMPONENTS}:EDR.3.12", f"{COMPONENTS}:EDR.3.13", f"{DOCUMENTATION}.3.b"),
    ),
    Asked(
        "integrity-protection",
        "Integrity Protection",
        "The device checks that its software and configuration are unaltered, when it starts and on request, and "
        "reports what it finds; its reaction keeps essential functions running or leads to its safe state.",
        "On NIST's list for IIoT endpoints; Data Protection speaks of data stored and transmitted, though NIST refers "
        "there to CR 3.4. The overlay warns of checks that disturb operation and of shutting down upon a finding (SI-7 "
        "(5)); when to check and how to react is this project's judgement.",
        (
            endpoint(5),
            f"{COMPONENTS}:CR.3.4",
            f"{COMPONENTS}:EDR.3.14",
            f"{CATALOG}:DS.DIN.1",
            ESSENTIAL,
            discussion("F.7.18", 293, "SI-7"),
        ),
    ),
    Asked(
        "cryptographic-techniques",
        "Cryptographic Techniques",
        "The device's cryptography also serves to prove identity and to check software, and its algorithms and keys "
        "can be replaced during the service life.",
        "On NIST's list for IIoT endpoints as a capability by itself, in IR 8259A inside Data Protection and for data "
        "only. OT devices stay in service for long, so replacing is added by judgement.",
        (endpoint(9), f"{TECHNICAL}:data-protection.1", f"{CATALOG}:DP.CRY"),
        f"{TECHNICAL}:data-protection",
    ),
    Asked(
        "hardening",
        "Hardening",
        "Functions, services, protocols and accounts that the task does not need can be removed or switched off for "
        "good; neither an update nor a restart brings them back.",
        "On NIST's list for IIoT endpoints. Requirement DS:OPS(8) of SP 800-213A, imported from moderate on, has "
        "parts restricted by policy; that it holds at every level, covers accounts and lasts is this project's "
        "judgement.",
        (endpoint(10), f"{COMPONENTS}:CR.7.7", f"{CATALOG}:DS.OPS.8", discussion("F.7.5", 246, "CM-7")),
        f"{TECHNICAL}:device-configuration",
    ),
    Asked(
        "disconnect-remote-access",
        "Disconnection of Remote Access",
        "An authorized person, at the device or in the control room, can end every remote connection to it and bar new "
        "ones, while the device goes on with its task.",
        "Appendix B of SP 800-213A does not list AC-17(9). The overlay removes SC-10 at moderate and high because "
        "AC-17(9) already serves its purpose, and wants operation unharmed when access is cut.",
        (entry("ac-17.9"), entry("sc-10"), discussion("F.7.1", 233, "AC-17 (9)"), f"{CATALOG}:DS.COM.4", ESSENTIAL),
        INTERFACES,
        "ac-17.9",
    ),
    Asked(
        "authenticate-remote-commands",
        "Authentication of Remote Commands",
        "The device authenticates each remote command that can change the process or the device, before it acts on "
        "the command.",
        "Appendix B joins AC-17(10) to a requirement on hiding authentication information. That one is imported, but "
        "nothing imported asks for what the title of the control says.",
        (entry("ac-17.10"), f"{CATALOG}:LA.AUN", f"{CATALOG}:LA.AUN.4"),
        INTERFACES,
        "ac-17.10",
    ),
    Asked(
        "failure-of-boundary",
        "Failure Mode of Boundary Functions",
        "A device that passes traffic between networks can be set to pass all or none of it when that function fails.",
        "Appendix B of SP 800-213A does not list SC-7(18). The choice is the organization's, so the device has to "
        "offer it; other devices than gateways are not concerned. What the device has to do follows by this project's "
        "judgement.",
        (entry("sc-7.18"), discussion("F.7.17", 285, "SC-7 (18)"), f"{COMPONENTS}:NDR.5.2"),
        INTERFACES,
        "sc-7.18",
    ),
    Asked(
        "no-public-network",
        "Independence from Public Networks",
        "The device does its task without a direct connection to a public network, and can be kept from opening or "
        "accepting one.",
        "Appendix B of SP 800-213A does not list SC-7(28). Restricted data flow is also the one foundational "
        "requirement (FR 5) of IEC 62443 that no reference of IR 8259A touches. What the device has to do follows by "
        "this project's judgement.",
        (entry("sc-7.28"), discussion("F.7.17", 285, "SC-7 (28)"), RESTRICTED_FLOW),
        INTERFACES,
        "sc-7.28",
    ),
    Asked(
        "separate-subnets",
        "Separation of Traffic by Function",
        "The device works where control, safety and management have subnets of their own, and can keep the services of "
        "each reachable from its subnet only.",
        "Appendix B of SP 800-213A does not list SC-7(29), whose discussion sets low-risk functions apart from "
        "higher-risk ones and control from safety; management is added here. Dividing the network is the operator's "
        "task. What the device has to do follows by this project's judgement. Also part of the gap at FR 5.",
        (
            entry("sc-7.29"),
            discussion("F.7.17", 285, "SC-7 (29)"),
            RESTRICTED_FLOW,
            f"{COMPONENTS}:CR.5.1",
            f"{DOCUMENTATION}.1.c",
        ),
        INTERFACES,
        "sc-7.29",
    ),
    Asked(
        "alternate-path",
        "Alternate Communications Path",
        "Where the organization wants it, a device that gives or takes commands can be given a second path that does "
        "not depend on the first, and be switched to it.",
        "Appendix B of SP 800-213A lists SC-47 with no requirement. Which systems need a second path is the "
        "organization's decision; that the device has to make it possible is this project's judgement.",
        (entry("sc-47"), discussion("F.7.17", 290, "SC-47")),
        None,
        "sc-47",
    ),
    Asked(
        "component-protection",
        "Protection of Components in Storage",
        "Document which surroundings and which physical and logical protection spare devices and parts need in "
        "storage, and what data they hold there.",
        "CP-10(6) is a task of the organization that stores them; what the manufacturer knows about it can be asked "
        "for. What has to be documented, data held in storage included, follows by this project's judgement.",
        (entry("cp-10.6"), discussion("F.7.6", 251, "CP-10 (6)")),
        DOCUMENTATION,
        "cp-10.6",
    ),
    Asked(
        "predictable-failure",
        "Predictability of Failure",
        "Document after what time the parts are expected to fail on which security and essential functions depend, and "
        "which limits (of counters and storage, for instance) are reached without a restart.",
        "Appendix B of SP 800-213A lists SI-13 with no requirement. Replacing in time is the operator's task and needs "
        "figures from the manufacturer; the overlay gives a counter that overflows as its example.",
        (entry("si-13"),),
        DOCUMENTATION,
        "si-13",
    ),
]


# --- what is open ------------------------------------------------------------------------------------------------


def question(text: str, about: list[str], why: str) -> Json:
    return {"question": text, "about": about, "why": why}


def cut_references() -> Json:
    """The references whose last digits the copy lost; they are not completed."""
    cut = {
        capability: row["printed"] for capability, rows in references().items() for row in rows if not row["object_id"]
    }
    parts = [f"{capability.partition(':')[2]} ({printed})" for capability, printed in cut.items()]
    return question(
        "Which requirements of IEC 62443-4-2 do the cut-off references of IR 8259A name?",
        list(cut),
        f"The copy lost the digits at the ends of lines: {listed(parts)}. They are not completed by guessing, which "
        "leaves the first of these capabilities without a reference.",
    )


OPEN = [
    question(
        "What should a device do for restricted data flow (FR 5)?",
        [RESTRICTED_FLOW, entry("sc-7.28"), entry("sc-7.29")],
        "The references of IR 8259A that can be read touch the foundational requirements 1, 2, 3, 4, 6 and 7, none of "
        "them FR 5. Two additions stand for it here by this project's judgement, made from SC-7(28) and SC-7(29).",
    ),
    question(
        "Is LA:AUN(4) the requirement that belongs to AC-17(10)?",
        [f"{CATALOG}:LA.AUN.3", f"{CATALOG}:LA.AUN.4", entry("ac-17.10")],
        "Appendix B names it; it hides authentication information, while the control authenticates remote commands. In "
        "both states of 2021 of the online catalog, whose lists have no numbers, the third item is what is 4 here and "
        "the fourth what is 3, and NIST's workbook of April 2021 joins IA-6 to that third item. Appendix B gives IA-6 "
        "number 3; whether the 4 of AC-17(10), which the workbook lacks, is the older number too cannot be told. The "
        "printed one is imported.",
    ),
    question(
        "Should the other requirements of the sub-capabilities come along that print an added control?",
        [f"{CATALOG}:{local}" for local in ("DI.IMS", "DI.AID", "DI.DAS", "LA.AUN", "DS.RSC", "DS.OPS", "DO.DSC")],
        "Sections 2 and 3 of SP 800-213A print the controls with whole sub-capabilities, Appendix B with requirements. "
        "Only the latter are taken: a sub-capability prints other controls too, and taking it would claim support for "
        "those.",
    ),
    question(
        "Should imported requirements be dropped that repeat an element of IR 8259A?",
        [f"{CATALOG}:DI.IMS.1", f"{CATALOG}:DI.PID"],
        "They say of identifiers what the core baseline says already. They stay, because Appendix B joins them to IA-3 "
        "and the trail to the overlay would be lost.",
    ),
    question(
        "Is there anything a device could contribute to the added controls on people, contracts and supply?",
        [entry(each) for each in ("at-2.4", "ia-12.1", "pe-6.4", "sa-4.12", "sr-5.1")],
        "Training, proofing of identities, watching premises, ownership of data and adequate supply are tasks of the "
        "organization, and Appendix B of SP 800-213A joins none of them to a requirement. Left out; the reasons for "
        "PE-6(4) are used for tamper resistance.",
    ),
    question(
        "Should field maintenance, logs of remote maintenance, marking and restriction by type of information become "
        "requirements?",
        [entry(each) for each in ("ma-7", "ma-4.1", "pe-22", "ac-3.11")],
        "A manufacturer could say where maintenance is possible, a device could log it, bear a mark or know types of "
        "information. For records of nonlocal maintenance there is DO:MNT(3b), joined to MA-4 and not to MA-4(1); for "
        "the rest no NIST text was found that says how far to go, and marks and types are the organization's. Left "
        "out.",
    ),
    question(
        "Do the controls that the overlay removes bear on a device?",
        [entry(each) for each in ("ca-8.1", "sc-10", "si-8.2")],
        "Nothing is deleted. In Appendix B of SP 800-213A only SC-10 leads to requirements, on network connections, "
        "and these are not imported; AC-17(9) takes its place.",
    ),
    question(
        "What does a level mean for a device?",
        [],
        "The overlay has levels for systems. Here a level is that of the system in which the device is to be used; a "
        "device by itself has none.",
    ),
    question(
        "What can be asked of constrained devices, and of those that only observe?",
        [],
        "Section 5.3.7.2 of SP 800-82r3 says that resources vary and that some IIoT devices hardly affect safety. The "
        "profile makes no difference between them.",
    ),
    question(
        "Which criteria of IR 8425 for whole products would an industrial product need?",
        [
            "ir8425:interface-access-control.1",
            "ir8425:interface-access-control.2",
            "ir8425:data-protection.2",
            "ir8425:product-education-and-awareness",
        ],
        "This profile is about devices. The criteria on interfaces would carry over to products; what is said of home "
        "and family, of purchase and of educating consumers would not.",
    ),
    question(
        "Should the requirements come in that the ISAGCA and ISCI study of IIoT certification (2021) misses in "
        "IEC 62443-4-2?",
        [],
        "It proposes sixteen, five of them on dividing a component inside. It is not NIST's and its rights are "
        "reserved; whether to take them up is for a reader of the study to decide.",
    ),
    question(
        "Should NIST's references to IIC Volume G4 and to NEMA's practices be attached like those to IEC 62443-4-2?",
        [],
        "They are industrial too, and crosswalks from IR 8259A hold them. IEC 62443-4-2 was preferred because its "
        "requirements are for components and have identifiers.",
    ),
    question(
        "Does the profile follow the method of IR 8259C?",
        ["ir8259c.ipd:add", "ir8259c.ipd:edit", "ir8259c.ipd:delete"],
        "The draft of 2020 never became final and its text was not at hand: only that a profile may add, edit and, "
        "rarely, delete.",
    ),
]


# -----------------------------------------------------------------------------------------------------------------


def edit_record(edit: Edit) -> Json:
    record = {"element": edit.element, "change": edit.change, "text": edit.text}
    reason = {"rationale": edit.rationale, "sources": list(edit.sources)}
    return with_levels(record, levels_of(edit.control) if edit.control else ()) | reason


def addition_record(asked: Asked) -> Json:
    record = {"id": f"{KEY}:{asked.local}", "title": asked.title, "summary": asked.summary}
    reason = {"rationale": asked.rationale, "sources": list(asked.sources)}
    above = {"parent": asked.parent} if asked.parent else {}
    return with_levels(record | above, levels_of(asked.control) if asked.control else ()) | reason


def build() -> None:
    write_profile(
        KEY,
        title="Industrial IoT profile of the core baselines (unofficial)",
        basis="curated",
        summary="All of IR 8259A and IR 8259B, edited and extended for devices in operational technology: with NIST's "
        "references to IEC 62443-4-2, with what SP 800-213A joins to the OT overlay of SP 800-82r3, and with additions "
        "by this project's judgement. NIST has published no industrial profile, and nothing is deleted.",
        fidelity="partial",
        missing="Six references to IEC 62443-4-2 that the copy of IR 8259A cuts off; the text of that standard, of "
        "which identifiers and titles only are held; and the text of draft IR 8259C.",
        base=[TECHNICAL, SUPPORT],
        levels=BASELINES,
        imports=[
            base_import(TECHNICAL, "common-element"),
            base_import(SUPPORT, "common-action"),
            *joined_imports(),
        ],
        modify=[*reference_guidance(), *map(edit_record, EDITS)],
        add=map(addition_record, ADDITIONS),
        open_questions=[cut_references(), *OPEN],
    )
