"""Build the profile consumer-router: what is known of the router profile in IR 8425A, which was not seen.

Source: notes/ir8425a.md. NIST derived the report from IR 8425; which criteria it keeps, changes or adds is not known.
The profile therefore takes over IR 8425 as the known point of departure, edits nothing, and lists what is not known.
"""

from __future__ import annotations

from authoring.shared.files import write_profile
from authoring.shared.records import Json

KEY = "consumer-router"
SOURCE = "ir8425a"
STANDARDS = [f"{SOURCE}:ref.{name}" for name in ("bbf", "cablelabs", "bsi", "imda")]
GAPS = {
    "asset-identification": "asset identification",
    "product-configuration": "device configuration",
    "interface-access-control": "access control across network interfaces",
}
"""What CableLabs says IR 8425A showed to be lacking in its practices, by the capability of IR 8425 it falls under."""


def gap(local: str, subject: str) -> Json:
    return {
        "element": f"ir8425:{local}",
        "change": "guidance",
        "text": f"For routers, look at {subject} with particular care: version 2.0 of CableLabs' practices for gateway "
        "devices was extended there to close gaps that IR 8425A had shown.",
        "rationale": "CableLabs names the subject among the gaps it closed, in its blog on version 2.0; the source "
        "listed here is the entry of the practices in IR 8425A, of which the title alone is held. That the subject "
        "belongs to this capability is this project's reading.",
        "sources": [f"{SOURCE}:ref.cablelabs"],
    }


def question(text: str, why: str, about: list[str]) -> Json:
    return {"question": text, "about": about, "why": why}


OPEN = [
    question(
        "Which criteria of IR 8425 does IR 8425A keep as they are, and which does it change, drop or add?",
        "The report was not at hand. What is taken over here is all of IR 8425, where NIST began.",
        [],
    ),
    question(
        "Which requirements of which standards does IR 8425A pair with each outcome?",
        "Its table was not at hand. NIST's crosswalk of October 2023 arranged four router standards by the outcomes of "
        "IR 8425; the final report may pair others.",
        STANDARDS,
    ),
    question(
        "Which components make up a router product?",
        "NIST announced that the draft treats how components around the router vary and are put together; what it says "
        "was not at hand.",
        ["ir8425:component.specialty-networking-gateway-hardware"],
    ),
    question(
        "Does the report ask for fewer interfaces, and for onboarding to a network that goes beyond a single password?",
        "One commentary says so; its wording could not be confirmed.",
        ["ir8425:interface-access-control.1.a", "ir8425:interface-access-control.2.c"],
    ),
]


def build() -> None:
    write_profile(
        KEY,
        title="Consumer-grade router profile as far as it is known (unofficial outline of IR 8425A)",
        basis="curated",
        summary="A stand-in for the router profile that NIST published as IR 8425A in September 2024: the consumer "
        "profile it was derived from, and what is open. It does not show conformity with IR 8425A.",
        fidelity="secondary",
        missing="The outcomes of IR 8425A as it words them, the requirements of router standards paired with them, and "
        "its considerations on router products.",
        base=["ir8425"],
        imports=[
            {
                "from": "profile:consumer",
                "rationale": "NIST said of a draft of December 2023 that it is derived from IR 8425 and applies its "
                "concepts to consumer-grade routers. What became of each criterion is not known, so all are taken.",
            }
        ],
        modify=[gap(local, subject) for local, subject in GAPS.items()],
        open_questions=OPEN,
    )
