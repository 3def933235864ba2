"""Build the profile ot-overlay: the controls of the OT overlay of SP 800-82r3 at each level."""

from __future__ import annotations

from authoring.profiles.controls import CONTROLS, LEVELS, overlay
from authoring.profiles.written import profile
from authoring.shared.files import write_profile
from authoring.shared.records import Json, listed


def baseline_import(level: str) -> Json:
    """A baseline of SP 800-53B without what the overlay removes from it."""
    removed = [entry for entry in overlay() if level in entry.get("removes", ())]
    record: Json = {"from": CONTROLS, "include": [{"baseline": level}]}
    without = ""
    if removed:
        record["exclude"] = [{"ids": [entry["control"] for entry in removed]}]
        without = f", without {listed([entry['label'] for entry in removed])}, which Appendix F removes"
    rationale = f"The overlay starts from the {level.upper()} baseline of SP 800-53B{without}."
    return record | {"levels": [level], "rationale": rationale}


def added_imports() -> list[Json]:
    """The added controls, those of the same levels together."""
    by_levels: dict[tuple[str, ...], list[str]] = {}
    for entry in overlay():
        if "adds" in entry:
            by_levels.setdefault(tuple(entry["adds"]), []).append(entry["control"])
    return [
        {
            "from": CONTROLS,
            "include": [{"ids": controls}],
            "levels": list(levels),
            "rationale": f"Appendix F adds these at {listed(levels)}; the entry of each control says why.",
        }
        for levels, controls in sorted(by_levels.items(), key=lambda item: [LEVELS.index(level) for level in item[0]])
    ]


def build() -> None:
    write_profile(profile("ot-overlay"), imports=[*map(baseline_import, LEVELS), *added_imports()])
