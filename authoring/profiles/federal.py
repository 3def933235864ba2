"""Build the profile federal: the selection that Appendix A of SP 800-213A makes from its catalog.

One import for each of the 46 rows. A row that names requirements takes those, with the lettered items below; any other
row takes the sub-capability with all the requirements that it lists, if it lists any.
"""

from __future__ import annotations

from authoring.publications.sp800_213a import KEY as SOURCE
from authoring.publications.sp800_213a import ProfileRow, profile_rows, selected
from authoring.shared.files import write_profile
from authoring.shared.records import Json

KEY = "federal"
WHOLE = {
    "(all requirements)": "the sub-capability with all its requirements",
    "(sub-capability does not list specific requirements)": "the sub-capability as such, as it has no requirements",
}
"""What a row takes that names no requirements, by what it prints instead."""


def row_import(row: ProfileRow) -> Json:
    whole = WHOLE.get(row.selection)
    kinds = ["sub-capability", "requirement"] if whole else ["requirement"]
    return {
        "from": SOURCE,
        "include": [{"within": selected(row)["selects"], "kinds": kinds}],
        "rationale": f"Table {row.table}, p. {row.page}, row {row.family}:{row.code}, selects "
        f"{whole or 'these requirements of the sub-capability only'}.",
    }


def build() -> None:
    write_profile(
        KEY,
        title="Federal profile of the IoT core baselines (SP 800-213A, Appendix A)",
        basis="official",
        summary="What NIST selected from the catalog of SP 800-213A for devices of federal agencies, as apt to support "
        "the low-impact baseline of SP 800-53B: 46 sub-capabilities, some with part of their requirements only.",
        base=["ir8259a", "ir8259b"],
        imports=[row_import(row) for row in profile_rows()],
    )
