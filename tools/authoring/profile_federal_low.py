"""Build the profile federal-low: what of SP 800-213A supports the LOW baseline of SP 800-53B according to Appendix B.

Appendix B joins controls to requirements, and in a few rows to a sub-capability as a whole. The crosswalk of the
controls printed with each sub-capability joins these too, so that the sub-capabilities meant here are named.
"""

from __future__ import annotations

from authoring.common import write_profile
from authoring.sp800_53 import baseline_members
from authoring.sp800_213a import APPENDIX_B_PAGES, CONTROLS, appendix, sub_capabilities
from authoring.sp800_213a import KEY as SOURCE

KEY = "federal-low"
BASELINE = "LOW"


def joined_sub_capabilities() -> list[str]:
    """The sub-capabilities that Appendix B joins as a whole to a control of the baseline."""
    members = baseline_members(CONTROLS)[BASELINE]
    joined = {row["object_id"] for row in appendix("B", APPENDIX_B_PAGES) if row["subject_id"].split(":")[1] in members}
    return [f"{SOURCE}:{local}" for local in sub_capabilities().values() if f"{SOURCE}:{local}" in joined]


def build() -> None:
    mapped = {"publication": CONTROLS, "baseline": BASELINE.lower()}
    write_profile(
        KEY,
        title="What supports the LOW baseline of SP 800-53B (unofficial selection from SP 800-213A)",
        basis="curated",
        summary="The low-impact baseline as the side of the controls sees it: every requirement of SP 800-213A that "
        "Appendix B joins to a control of that baseline. The federal profile, which NIST selected, is another set.",
        imports=[
            {
                "from": SOURCE,
                "include": [
                    {"kinds": ["requirement"], "mapped_to": mapped},
                    {"ids": joined_sub_capabilities(), "mapped_to": mapped},
                ],
                "rationale": "Appendix B says which requirements may be needed in support of a control; some rows name "
                "a sub-capability that lists no requirements, which is then taken as such. The joins are NIST's; to "
                "take all that the LOW baseline leads to is this project's choice.",
            }
        ],
        open_questions=[
            {
                "question": "Should the requirements come along that a sub-capability lists, where only the "
                "sub-capability prints a control of the baseline?",
                "about": [],
                "why": "Section 2 prints controls with sub-capabilities, Appendix B with requirements, and the two do "
                "not always agree. The finer table is followed.",
            }
        ],
    )


if __name__ == "__main__":
    build()
