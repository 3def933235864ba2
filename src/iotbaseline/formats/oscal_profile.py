"""Profiles as profiles of OSCAL: a folder with a profile for each level, and the catalogs that they select from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from iotbaseline._library.library import Library
from iotbaseline._model.element import Element
from iotbaseline._model.kinds import Addition
from iotbaseline._model.provenance import Fidelity, Status
from iotbaseline._model.publication import Publication, PublicationInfo
from iotbaseline._profiles.document import Modification, ModificationKind
from iotbaseline._profiles.profile import Profile, ResolvedElement, ResolvedProfile
from iotbaseline.errors import QueryError
from iotbaseline.formats.oscal import VERSION, Json, checked_version, control_id, document, made_by, prop
from iotbaseline.formats.oscal_catalog import catalog, count_renamed, file_name, statement_id

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things


ABOUT = " About: "
"""What stands between the reason of an open question and the elements it is about."""


def write(things: Things, losses: Losses, *, oscal_version: str = VERSION) -> dict[str, bytes]:
    """Make a profile for each level of a profile, and every catalog that they import."""
    [profile] = things.profiles
    return folder(profile, things.library, losses, checked_version(oscal_version))


def folder(profile: Profile, library: Library, losses: Losses, version: str) -> dict[str, bytes]:
    """The files of a profile by their names."""
    publications = publications_of(profile.elements, library)
    _check_distinct(profile)
    for publication in publications:
        count_renamed(publication, losses)
    for imported in profile.imports:
        losses.left_out("reasons of imports, for which an import of OSCAL has no place", imported.source)
    made = {
        profile_file(profile, level): _document(profile.resolve(level), library, version)
        for level in profile.levels or (None,)
    }
    parameters = _parameters(profile)
    for publication in publications:
        made[file_name(publication.key)] = catalog(publication, library, version, parameters)
    return made


def profile_file(profile: Profile, level: str | None) -> str:
    """What the file of a profile at a level is called."""
    return f"{profile.key}.{_slug(level)}.profile.json" if level else f"{profile.key}.profile.json"


def publications_of(elements: Iterable[Element], library: Library) -> list[Publication]:
    """What elements are of; the additions of each profile are a publication of their own."""
    by_key: dict[str, list[Element]] = {}
    for element in elements:
        by_key.setdefault(element.publication, []).append(element)
    return [
        _additions(key, listed) if isinstance(listed[0], Addition) else library.load(key)
        for key, listed in by_key.items()
    ]


def _additions(key: str, elements: list[Element]) -> Publication:
    info = PublicationInfo(
        key=key,
        pubid=None,
        work=key,
        title=f"Additions of the profile {key}",
        role="additions",
        series=None,
        stage="",
        status=Status.CURRENT,
        published=None,
        doi=None,
        authors=None,
        fidelity=Fidelity.FULL,
    )
    return Publication(info=info, elements=tuple(elements), fidelity=Fidelity.FULL)


def _check_distinct(profile: Profile) -> None:
    """Two catalogs of one profile may not have a control of the same name."""
    taken: dict[str, str] = {}
    for element in profile.elements:
        other = taken.setdefault(control_id(element.id), element.id)
        if other != element.id:
            problem = f"{other} and {element.id} would both be the control {control_id(element.id)}"
            raise QueryError(problem, "export a profile of one of the two publications")


def _document(resolved: ResolvedProfile, library: Library, version: str) -> bytes:
    profile = resolved.profile
    wanted: dict[str, list[str]] = {}
    for item in resolved:
        wanted.setdefault(item.element.publication, []).append(control_id(item.id))
    body: Json = {
        "imports": [
            {"href": file_name(key), "include-controls": [{"with-ids": names}]} for key, names in wanted.items()
        ],
        "merge": {"as-is": True},
    }
    alters = [alter for item in resolved if (alter := _alter(item))]
    settings = [_setting(item, each) for item in resolved for each in item.modifications if _sets(each)]
    modify: Json = {"set-parameters": settings, "alters": alters}
    if kept := {name: value for name, value in modify.items() if value}:
        body["modify"] = kept
    level = f", {resolved.level}" if resolved.level else ""
    return document(
        "profile", f"{profile.title}{level}", body, version=version, library=library, metadata=_metadata(resolved)
    )


def _metadata(resolved: ResolvedProfile) -> Json:
    profile = resolved.profile
    facts = {
        "profile": profile.key,
        "profile-version": profile.version,
        "level": resolved.level,
        "basis": profile.basis,
        "notice": profile.notice,
        "fidelity": profile.fidelity,
        "not-held": profile.missing,
    }
    props = [made_by(), *(prop(name, value) for name, value in facts.items() if value)]
    props.extend(prop("base", each) for each in profile.base)
    for each in profile.questions:
        about = f"{ABOUT}{', '.join(each.about)}" if each.about else ""
        props.append(prop("open-question", each.question, remarks=f"{each.why}{about}"))
    return {"props": props, "remarks": profile.summary}


def _alter(item: ResolvedElement) -> Json | None:
    """What is changed of a control, each change as a part of its own, so that what was asked before stays readable."""
    changes = [each for each in item.modifications if not _sets(each)]
    parts = [_part(item.element, each, number) for number, each in enumerate(changes, 1)]
    return {"control-id": control_id(item.id), "adds": [{"position": "ending", "parts": parts}]} if parts else None


def _part(element: Element, change: Modification, number: int) -> Json:
    props = [prop("change", change.change), prop("by", change.by), prop("rationale", change.rationale)]
    props.extend(prop("source", each) for each in change.sources)
    is_guidance = change.change is ModificationKind.GUIDANCE
    return {
        "id": f"{statement_id(element)}.{change.by}.{number}",
        "name": "guidance" if is_guidance else "statement",
        "class": change.change.value,
        "props": props,
        "prose": change.text or "",
    }


def _sets(change: Modification) -> bool:
    return change.change is ModificationKind.PARAMETER


def _setting(item: ResolvedElement, change: Modification) -> Json:
    return {
        "param-id": _parameter_id(item.element, change),
        "props": [
            prop("by", change.by),
            prop("parameter", change.parameter or ""),
            prop("rationale", change.rationale),
        ],
        "values": [change.value or ""],
    }


def _parameter_id(element: Element, change: Modification) -> str:
    return f"{control_id(element.id)}_prm_{_slug(change.parameter or '')}"


def _parameters(profile: Profile) -> dict[str, dict[str, str]]:
    """The parameters that the profile sets; the catalogs have to declare them."""
    found: dict[str, dict[str, str]] = {}
    for item in profile.selected:
        for each in filter(_sets, item.modifications):
            found.setdefault(item.id, {})[_parameter_id(item.element, each)] = each.parameter or ""
    return found


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
