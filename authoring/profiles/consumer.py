"""Build the profile consumer: NIST's consumer profile of the core baselines, which is IR 8425."""

from __future__ import annotations

from authoring.shared.files import write_profile

KEY = "consumer"


def build() -> None:
    write_profile(
        KEY,
        title="Consumer profile of the IoT core baselines (IR 8425)",
        basis="official",
        summary="What NIST recommends for consumer IoT products: the ten capabilities of IR 8425 with their criteria, "
        "normative and informative. They speak of the whole product, not of the device alone.",
        missing="The explanations around the criteria (cybersecurity utility, footnotes, component kinds, table of "
        "vulnerabilities), which are in ir8425.",
        base=["ir8259a", "ir8259b"],
        imports=[
            {
                "from": "ir8425",
                "include": [{"kinds": ["capability", "criterion"]}],
                "rationale": "Section 2.2 is the profile. Its product capabilities were developed from IR 8259A, its "
                "developer activities from IR 8259B; each is made up of a definition and sub-criteria.",
            }
        ],
    )
