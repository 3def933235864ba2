"""Commands about mappings: map, explain, reach, coverage, findings."""

from __future__ import annotations

from collections.abc import Sequence

import click

import iotbaseline as ib
from iotbaseline._apps.cli import answer
from iotbaseline._apps.cli.answer import Answer
from iotbaseline._apps.cli.command import command, joined
from iotbaseline._apps.cli.names import NAME, PUBLICATION, SELECTABLE, OneOf, at_level, selected
from iotbaseline._library.bounds import LIMIT, MAX_HOPS
from iotbaseline._library.library import DEFAULT
from iotbaseline._model import identifiers

through = click.option(
    "--through", multiple=True, type=PUBLICATION, metavar="PUBLICATION", help="What paths may lead through."
)


def _baselines() -> list[str]:
    controls = DEFAULT.load("sp800-53r5").of_kind(ib.kinds.Control)
    return sorted({name for control in controls for name in control.baselines})


baseline = click.option(
    "--baseline", type=OneOf(_baselines), metavar="NAME", help="LOW, MODERATE, HIGH or PRIVACY (SP 800-53B)."
)
within = click.option("--within", type=NAME, help="Only what stands below one element of the target.")
weak_paths = click.option("--weak", is_flag=True, help="Show weak paths too: two untyped mappings, nothing follows.")
max_hops = click.option("--max-hops", default=MAX_HOPS, show_default=True, help="How many hops a path has at most.")


@command("map ir8425:software-update sp800-53r5", "map ir8259a ir8425 --unmapped", name="map")
@click.argument("subject", type=NAME)
@click.argument("object", required=False, type=NAME)
@click.option("--unmapped", is_flag=True, help="Show what no mapping starts from instead.")
def map_(subject: str, object: str | None, unmapped: bool, library: ib.Library) -> Answer:  # noqa: A002
    """Show the mappings of one element, of one element to a publication, or all between two publications."""
    is_element = library.split(identifiers.checked(subject))[0] is not None
    if unmapped and (object is None or is_element):
        raise click.UsageError("--unmapped needs two publications: map SUBJECT OBJECT --unmapped")
    if is_element:
        return _of_element(subject, object, library)
    if object is None:
        raise click.UsageError(_directions(library.info(subject).key, library))
    between = ib.crosswalk(subject, object, library=library)
    if unmapped:
        return answer.of(between.unmapped_subjects, ("id", "title", "summary"), nothing="every element is mapped")
    return answer.of(between, ("subject", "relation", "object", "object_label", "basis"))


def _of_element(subject: str, target: str | None, library: ib.Library) -> Answer:
    found = ib.mappings(subject, library=library)
    element = library.identify(subject)
    if target is not None:
        if library.split(identifiers.checked(target))[0] is not None:
            raise click.UsageError(f"to connect two elements: iotbaseline explain {subject} {target}")
        key = library.info(target).key
        found = found.where(lambda mapping: _ends_in(mapping, key))
    to = "" if target is None else f" to {target}"
    return answer.of(
        found,
        ("relation", "object", "object_label", "basis", "rationale"),
        nothing=f"no mappings of {element}{to} are held; iotbaseline reach finds indirect ones",
    )


def _ends_in(mapping: ib.Mapping, key: str) -> bool:
    return mapping.object is not None and mapping.object.startswith(f"{key}:")


def _directions(key: str, library: ib.Library) -> str:
    pairs = [pair for pair in library.crosswalk_pairs() if key in pair]
    others = sorted({other for pair in pairs for other in pair if other != key})
    return f"name a second publication, or one element of {key}; it has crosswalks with: {joined(others)}"


@command("explain ir8425:data-protection.1 SC-28", "explain IA-3 ir8425:asset-identification --through sp800-213a")
@click.argument("subject", type=NAME)
@click.argument("object", type=NAME)
@max_hops
@click.option("--limit", default=LIMIT, show_default=True, help="How many paths with the same conclusion at most.")
@through
@weak_paths
def explain(
    subject: str,
    object: str,  # noqa: A002
    max_hops: int,
    limit: int,
    through: Sequence[str],
    weak: bool,
    library: ib.Library,
) -> Answer:
    """Say how two elements are connected and why, with the source of every hop."""
    found = ib.paths(
        subject, object, max_hops=max_hops, limit=limit, through=through or None, weak=weak, library=library
    )
    return answer.report(found)


@command("reach IA-3 ir8425", "reach ir8425:software-update sp800-53r5 --through sp800-213a")
@click.argument("identifier", type=NAME)
@click.argument("publication", type=PUBLICATION)
@max_hops
@through
@click.option("--relation", multiple=True, type=click.Choice(list(ib.Relation)), help="Only these relations.")
@click.option("--strongest", type=int, metavar="NUMBER", help="Only the first so many.")
@weak_paths
def reach(
    identifier: str,
    publication: str,
    max_hops: int,
    through: Sequence[str],
    relation: Sequence[str],
    strongest: int | None,
    weak: bool,
    library: ib.Library,
) -> Answer:
    """List the elements of a publication that an element is connected with, the firmest first."""
    found = ib.reach(
        identifier,
        publication,
        max_hops=max_hops,
        through=through or None,
        relation=relation or None,
        strongest=strongest,
        weak=weak,
        library=library,
    )
    columns = ("follows" if weak else "relation", "object", "object_name", "path")
    return answer.of(found, columns, nothing=str(found))


@command("coverage federal sp800-53r5 --baseline low", "coverage consumer ir8259a --format xlsx --output gaps.xlsx")
@click.argument("selection", type=SELECTABLE)
@click.argument("target", type=SELECTABLE)
@baseline
@click.option("--level", help="Only what the profile selects at one of its levels.")
@within
@through
def coverage(
    selection: str,
    target: str,
    baseline: str | None,
    level: str | None,
    within: str | None,
    through: Sequence[str],
    library: ib.Library,
) -> Answer:
    """Show how far a publication or profile covers another, and what it leaves open."""
    one = selected(selection, library) if level is None else at_level(selection, level, library)
    other = selected(target, library)
    found = ib.coverage(one, other, baseline=baseline, within=within, through=through, library=library)
    return answer.of(found, ("element", "name", "level", "by"), heading=str(found))


@command("findings", "findings --json")
def findings(library: ib.Library) -> Answer:
    """List what is wrong in the crosswalks: contradictions, asymmetries, withdrawn and missing elements."""
    found = ib.check_crosswalks(library=library)
    return answer.of(found, ("kind", "text"), nothing="nothing is wrong in the crosswalks")
