"""A component definition of OSCAL to fill in: an empty answer for each control of a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iotbaseline._profiles.profile import Profile, ResolvedElement
from iotbaseline.formats.oscal import VERSION, Json, checked_version, control_id, document, made_by, prop
from iotbaseline.formats.oscal_profile import folder, profile_file
from iotbaseline.formats.stable import uuid_of

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

_TO_DO = "To be written: how the product meets this, or why it does not have to."


def write(
    things: Things, losses: Losses, *, product: str = "Your product", oscal_version: str = VERSION
) -> dict[str, bytes]:
    """Make a component definition with an empty answer for each control of a profile, and the profile beside it.

    A profile with levels gives an implementation for each; delete those that you do not aim at.
    """
    [profile] = things.profiles
    version = checked_version(oscal_version)
    component: Json = {
        "uuid": uuid_of("component", profile.key, product),
        "type": "hardware",
        "title": product,
        "description": "To be written: what the product is, and which components it has.",
        "control-implementations": [_implementation(profile, level, product) for level in profile.levels or (None,)],
    }
    made = document(
        "component-definition",
        f"{product}: {profile.title}",
        {"components": [component]},
        version=version,
        library=things.library,
        metadata={"props": [made_by(), prop("profile", profile.key)]},
    )
    return {f"{profile.key}.component.json": made, **folder(profile, things.library, losses, version)}


def _implementation(profile: Profile, level: str | None, product: str) -> Json:
    parts = (profile.key, level or "", product)
    return {
        "uuid": uuid_of("implementation", *parts),
        "source": profile_file(profile, level),
        "description": f"{profile.title}{f', {level}' if level else ''}",
        "implemented-requirements": [_requirement(item, parts) for item in profile.resolve(level)],
    }


def _requirement(item: ResolvedElement, parts: tuple[str, ...]) -> Json:
    return {
        "uuid": uuid_of("requirement", *parts, item.id),
        "control-id": control_id(item.id),
        "description": _TO_DO,
        "props": [prop("element", item.id)],
    }
