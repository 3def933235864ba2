"""Build the profile federal-low: what of SP 800-213A supports the LOW baseline of SP 800-53B according to Appendix B.

Appendix B joins controls to requirements, and in a few rows to a sub-capability as a whole. The crosswalk of the
controls printed with each sub-capability joins these too, so that the sub-capabilities meant here are named. A
requirement joined by its number alone stands for its lettered items as well, which no condition on mappings can say:
such requirements are named too.
"""

from __future__ import annotations

from authoring.profiles.controls import CATALOG, joins, members
from authoring.profiles.written import profile
from authoring.shared.files import elements, write_profile


def build() -> None:
    document = profile("federal-low")
    (catalog,) = document["imports"]
    (by_mappings,) = catalog["include"]
    low = members("low")
    joined = {join.object for join in joins() if join.subject in low}
    listing = {each.get("parent") for each in elements(CATALOG) if each["kind"] == "requirement"}
    kinds = {each["id"]: each["kind"] for each in elements(CATALOG) if each["id"] in joined}
    with_items = [name for name, kind in kinds.items() if kind == "requirement" and name in listing]
    as_a_whole = [name for name, kind in kinds.items() if kind == "sub-capability"]
    catalog["include"] += [
        {"within": with_items, "kinds": ["requirement"]},
        {"ids": as_a_whole, "mapped_to": by_mappings["mapped_to"]},
    ]
    write_profile(document)
