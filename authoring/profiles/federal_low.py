"""Build the profile federal-low: what of SP 800-213A supports the LOW baseline of SP 800-53B according to Appendix B.

Appendix B joins controls to requirements, and in a few rows to a sub-capability as a whole. The crosswalk of the
controls printed with each sub-capability joins these too, so that the sub-capabilities meant here are named. A
requirement joined by its number alone stands for its lettered items as well, which no condition on mappings can say:
such requirements are named too.
"""

from __future__ import annotations

from functools import cache

from authoring.publications.sp800_53 import baseline_members
from authoring.publications.sp800_213a import (
    APPENDIX_B_PAGES,
    CONTROLS,
    appendix,
    by_local,
    requirements_of,
    sub_capabilities,
)
from authoring.publications.sp800_213a import KEY as SOURCE
from authoring.shared.files import write_profile

KEY = "federal-low"
BASELINE = "LOW"


@cache
def joined() -> set[str]:
    """What Appendix B joins to a control of the baseline, by local identifier."""
    members = baseline_members(CONTROLS)[BASELINE]
    ends = (row["object_id"] for row in appendix("B", APPENDIX_B_PAGES) if row["subject_id"].split(":")[1] in members)
    return {end.partition(":")[2] for end in ends}


def joined_sub_capabilities() -> list[str]:
    """The sub-capabilities that are joined as a whole."""
    return [f"{SOURCE}:{local}" for local in sub_capabilities().values() if local in joined()]


def joined_with_items() -> list[str]:
    """The requirements that are joined by their number alone and list lettered items."""
    named = [local for local, statement in by_local().items() if statement.kind == "requirement" and local in joined()]
    return [f"{SOURCE}:{local}" for local in named if requirements_of(local)]


def build() -> None:
    mapped = {"publication": CONTROLS, "baseline": BASELINE.lower()}
    write_profile(
        KEY,
        title="What supports the LOW baseline of SP 800-53B (unofficial selection from SP 800-213A)",
        basis="curated",
        summary="The low-impact baseline as the side of the controls sees it: every requirement of SP 800-213A that "
        "Appendix B joins to a control of that baseline, with its lettered items. The federal profile, which NIST "
        "selected, is another set.",
        missing="Requirements of which Appendix B joins lettered items only; they introduce their items.",
        imports=[
            {
                "from": SOURCE,
                "include": [
                    {"kinds": ["requirement"], "mapped_to": mapped},
                    {"within": joined_with_items(), "kinds": ["requirement"]},
                    {"ids": joined_sub_capabilities(), "mapped_to": mapped},
                ],
                "rationale": "Appendix B says which requirements may be needed in support of a control; some rows name "
                "a sub-capability that lists no requirements, which is then taken as such; a requirement named by its "
                "number is taken with its lettered items. The joins are NIST's; to take all that the LOW baseline "
                "leads to is this project's choice.",
            }
        ],
        open_questions=[
            {
                "question": "Should the requirements come along that a sub-capability lists, where only the "
                "sub-capability prints a control of the baseline?",
                "about": [],
                "why": "Section 2 prints controls with sub-capabilities, Appendix B with requirements, and the two do "
                "not always agree. The finer table is followed.",
            },
            {
                "question": "What would be taken if the numbers that Appendix B has from drafts were brought up to "
                "date?",
                "about": [f"{SOURCE}:{local}" for local in ("LA.AUN.3", "LA.AUN.4", "EA.CSC.2.c", "EA.CSC.2.d")],
                "why": "By the errata of SP 800-213A, IA-6 brings in LA:AUN(3) instead of LA:AUN(4), and CM-2 and CM-6 "
                "bring in EA:CSC(2d) instead of EA:CSC(2c), which others bring in anyway. With the present numbers, "
                "LA:AUN(4) would come in, and LA:AUN(3) with its items and EA:CSC(2d) would go. What is printed is "
                "followed.",
            },
        ],
    )
