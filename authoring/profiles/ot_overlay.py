"""Build the profile ot-overlay: the controls of the OT overlay of SP 800-82r3 at each level."""

from __future__ import annotations

from authoring.publications.sp800_82r3 import BASELINES, CONTROLS, Entry, entries
from authoring.shared.files import write_profile
from authoring.shared.records import Json, listed

KEY = "ot-overlay"


def control(entry: Entry) -> str:
    return f"{CONTROLS}:{entry.control}"


def baseline_import(level: str) -> Json:
    """A baseline of SP 800-53B without what the overlay removes from it."""
    removed = [entry for entry in entries() if level in entry.changes.get("removes", ())]
    record: Json = {"from": CONTROLS, "include": [{"baseline": level}]}
    without = ""
    if removed:
        record["exclude"] = [{"ids": [control(entry) for entry in removed]}]
        without = f", without {listed([entry.label for entry in removed])}, which Appendix F removes"
    rationale = f"The overlay starts from the {level.upper()} baseline of SP 800-53B{without}."
    return record | {"levels": [level], "rationale": rationale}


def added_imports() -> list[Json]:
    """The added controls, those of the same levels together."""
    by_levels: dict[tuple[str, ...], list[str]] = {}
    for entry in entries():
        if "adds" in entry.changes:
            by_levels.setdefault(tuple(entry.changes["adds"]), []).append(control(entry))
    return [
        {
            "from": CONTROLS,
            "include": [{"ids": found}],
            "levels": list(levels),
            "rationale": f"Appendix F adds these at {listed(levels)}; the entry of each control says why.",
        }
        for levels, found in sorted(by_levels.items(), key=lambda item: [BASELINES.index(level) for level in item[0]])
    ]


def build() -> None:
    write_profile(
        KEY,
        title="OT overlay of the control baselines (SP 800-82r3, Appendix F)",
        basis="official",
        summary="The controls of SP 800-53 that NIST's overlay for operational technology selects for systems of low, "
        "moderate and high impact: the baselines of SP 800-53B with what the overlay adds and removes.",
        missing="The OT discussions of controls. Controls that the overlay discusses without putting them into a "
        "baseline are not selected, nor are those of program management, which it lists without a baseline.",
        base=["sp800-53b"],
        levels=BASELINES,
        imports=[*map(baseline_import, BASELINES), *added_imports()],
    )
