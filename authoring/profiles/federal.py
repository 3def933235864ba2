"""Build the profile federal: the selection that Appendix A of SP 800-213A makes from its catalog.

One import for each of the 46 rows. A row that names requirements takes those, with the lettered items below; any other
row takes the sub-capability with all the requirements that it lists, if it lists any.
"""

from __future__ import annotations

from authoring.profiles.controls import CATALOG
from authoring.profiles.written import profile
from authoring.shared.files import elements, write_profile
from authoring.shared.records import Json

WHOLE = {
    "Printed: (all requirements)": "the sub-capability with all its requirements",
    "Printed: (sub-capability does not list specific requirements)": "the sub-capability as such, as it has no "
    "requirements",
}
"""What a row takes that names no requirements, by its note."""


def row_import(row: Json) -> Json:
    whole = WHOLE.get(row.get("note", ""))
    kinds = ["sub-capability", "requirement"] if whole else ["requirement"]
    return {
        "from": CATALOG,
        "include": [{"within": row["selects"], "kinds": kinds}],
        "rationale": f"Table {row['table']}, p. {row['page']}, row {row['label']}, selects "
        f"{whole or 'these requirements of the sub-capability only'}.",
    }


def build() -> None:
    rows = (each for each in elements(CATALOG) if each["kind"] == "profile-entry")
    write_profile(profile("federal"), imports=[row_import(row) for row in rows])
