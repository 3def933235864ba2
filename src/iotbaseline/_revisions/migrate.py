"""Identifiers, mappings and lists written for one revision of a publication, carried over to another."""

from __future__ import annotations

import re
from collections import abc, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar, cast, overload

from attrs import evolve

from iotbaseline._display.progress import watched
from iotbaseline._files.problems import Hints, Problems
from iotbaseline._library import garbage
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import HasElements, Named, several
from iotbaseline._model import identifiers
from iotbaseline._model.element import Element
from iotbaseline._model.fingerprints import normalize
from iotbaseline._model.kinds import Withdrawable
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.provenance import Basis
from iotbaseline._model.publication import Publication
from iotbaseline._revisions.diff import Change, Diff, diff
from iotbaseline._revisions.migration import E, Entry, Grade, MigratedEntry, Migration, Outcome, is_of
from iotbaseline._revisions.pairing import ChangeKind, in_order
from iotbaseline._revisions.rules import by_name
from iotbaseline.errors import (
    ArgumentTypeError,
    DataError,
    IdentifierSyntaxError,
    UnknownIdentifierError,
    shorten,
)

Single = TypeVar("Single", Element, Mapping)
"""An entry that stands for itself without a list; so does an identifier."""


_PROVED = frozenset({ChangeKind.UNCHANGED, ChangeKind.MOVED, ChangeKind.RENUMBERED})
"""The kinds of change that leave a wording as it was, where no other comes with them."""

_WORDS = {
    ChangeKind.SPLIT: "it became several",
    ChangeKind.MERGED: "it went into what has other origins too",
    ChangeKind.MOVED: "it stands in another place",
    ChangeKind.RENUMBERED: "it has another number",
    ChangeKind.RETITLED: "it has another name",
    ChangeKind.REWORDED: "it has another wording",
    ChangeKind.CONTINUED: "its wording cannot be compared",
    ChangeKind.REMOVED: "nothing follows it",
    ChangeKind.UNPAIRED: "nothing is known to follow it",
    ChangeKind.UNCHANGED: "its wording is the same",
}


@overload
def migrate(entries: HasElements, before: Named, after: Named, *, library: Library = DEFAULT) -> Migration[Element]: ...
@overload
def migrate(entries: Single, before: Named, after: Named, *, library: Library = DEFAULT) -> Migration[Single]: ...
@overload
def migrate(entries: Iterable[E], before: Named, after: Named, *, library: Library = DEFAULT) -> Migration[E]: ...
@garbage.put_off()
def migrate(
    entries: Single | Iterable[E] | HasElements, before: Named, after: Named, *, library: Library = DEFAULT
) -> Migration[Single] | Migration[E] | Migration[Element]:
    """Carry over what was written for the publication ``before`` to the publication ``after``.

    An entry is an identifier in any usual spelling, with or without its publication, an element, a mapping, or a
    record (a dictionary) with an identifier under ``id``, whose other keys are kept. A single identifier, element or
    mapping needs no list, and a publication or profile stands for its elements. A :class:`~iotbaseline.Crosswalk` is a
    collection of mappings. Of a mapping the side that belongs to ``before`` is carried over, or the subject if both do.
    ``crosswalk.where(lambda mapping: mapping.object is not None)`` leaves out mappings without an identified object.

    What is proved is the wording of the element itself; what stands below it can have changed. A number that is
    withdrawn is followed to where ``after`` says that it went; if ``after`` does not say, to where ``before`` does. An
    entry that names no element of ``before`` has an outcome of its own, with a suggestion; the name of an element may
    be followed by its title in brackets, ``AC-2 (Account Management)``.

    Raises :class:`~iotbaseline.errors.DataErrors` for all entries of a wrong type, each with its place in the list (the
    first is 0), :class:`~iotbaseline.errors.ArgumentTypeError` for what cannot be a list of entries, and what
    :func:`~iotbaseline.diff` raises.

    >>> for entry in ib.migrate(["AU-8(1)", "SC-19"], "sp800-53r4", "sp800-53r5"):
    ...     print(entry)
    needs-review: AU-8(1) -> sp800-53r5:sc-45.1 Synchronization with Authoritative Time Source
    orphaned: SC-19 -> nothing
    """
    found = diff(before, after, library=library)
    listed = _listed(entries)
    elements = _named(listed, found.before, library)
    pairings: defaultdict[str, list[Change]] = defaultdict(list)
    for change in found.pairings:
        for element in change.before:
            pairings[element.id].append(change)
    known = {element.id: element for element in elements if isinstance(element, Element)}
    carried = {key: _carried(element, _fate(element, found, pairings)) for key, element in known.items()}

    def migrated(entry: Any, element: Element | str) -> MigratedEntry[Any]:
        return carried[element.id](entry=entry) if isinstance(element, Element) else _not_understood(entry, element)

    named: list[tuple[Any, Element | str]] = list(zip(listed, elements, strict=True))
    texts = {entry: element for entry, element in named if isinstance(entry, str)}
    shared = {text: migrated(text, element) for text, element in texts.items()}
    migrations = [shared[entry] if isinstance(entry, str) else migrated(entry, element) for entry, element in named]
    return Migration(before=found.before, after=found.after, entries=tuple(migrations))


def _listed(entries: Entry | Iterable[E] | HasElements) -> list[E]:
    """The entries as a list, of which a single one may stand for itself."""
    if isinstance(entries, HasElements):
        return cast("list[E]", list(entries.elements))
    if isinstance(entries, str | Element | Mapping):
        return [cast("E", entries)]
    if isinstance(entries, abc.Mapping):
        raise ArgumentTypeError("entries", "dict", "a list of records")
    return list(several(entries, "entries", "identifiers, elements, mappings or records"))


def _named(entries: Sequence[Entry], publication: Publication, library: Library) -> list[Element | str]:
    """The element that each entry names, or why it names none. Each text is looked up once."""
    elements: list[Element | str] = []
    problems = Problems("entries")
    texts: dict[str, Element | str] = {}
    for number, entry in enumerate(watched(entries, "migrating", "entries", len(entries))):
        found = texts.get(entry) if isinstance(entry, str) else None
        try:
            found = found or _element(_identifier(entry, publication), publication, library, problems.hints)
        except (IdentifierSyntaxError, UnknownIdentifierError) as error:
            found = _other_than_a_name(entry, publication) or str(error)
        except ArgumentTypeError as error:
            fix = error.fix or f"name an element of {publication.key}"
            problems.add(DataError("entries", str(number), error.problem, fix))
            continue
        elements.append(found)
        if isinstance(entry, str):
            texts[entry] = found
    problems.raise_any()
    return elements


def _identifier(entry: Entry, publication: Publication) -> object:
    match entry:
        case Element():
            return entry.id
        case Mapping():
            own = [side for side in (entry.subject, entry.object) if is_of(side, publication.key)]
            if not own:
                problem = f"neither side of {shorten(entry)} is of {publication.key}"
                raise IdentifierSyntaxError(problem, "leave it out, or name the other publication")
            return own[0]
        case abc.Mapping():
            return entry.get("id")
        case _:
            return entry


def _element(text: object, publication: Publication, library: Library, hints: Hints) -> Element:
    plain = identifiers.checked(text)
    key, local = library.split(plain)
    found = publication.get(plain)
    if found is None and key is not None:
        with suppress(IdentifierSyntaxError, UnknownIdentifierError):
            found = publication.get(local) if library.info(key).key == publication.key else None
    found = found or _with_title(plain, publication)
    if found is None:
        whole = _whole(local, publication)
        near = (whole,) if whole else hints.nearest_in(publication, local)
        raise UnknownIdentifierError(f"element of {publication.key}", plain, near)
    return found


_APPENDIX_J = re.compile(r"(?:(?:ap|di|se|ul)\.[12]|(?:dm|tr)\.[1-3]|ip\.[1-4]|ar\.[1-8])(?:\.1)?")
"""The privacy controls of SP 800-53 Rev. 4."""
_LINKED = re.compile(
    r"(.+?)\s*(?:[,;/&+]\s*\(?[\w.:-]*\d|\b(?:and|or|to|through)\b|\.\.|-\s*(?:\(\d|[a-z]{2}-\d)|\s[a-z]{2}-\d)",
    re.IGNORECASE,
)
"""What links the first of several names to the next."""


def _other_than_a_name(entry: Entry, publication: Publication) -> str | None:
    """What an entry that names no element is instead, or ``None`` if it may be a misspelled name."""
    cell = "cell" if isinstance(entry, abc.Mapping) else "entry"
    given = _identifier(entry, publication) if isinstance(entry, str | abc.Mapping) else None
    if not isinstance(given, str):
        return None
    text = " ".join(given.translate(identifiers.DASHES).split())
    if not text:
        return f"the {cell} is empty; name one element in each"
    linked = _LINKED.match(text)
    if linked is not None and (publication.get(linked[1]) or _with_title(linked[1], publication)):
        return f"{shorten(text)} names several elements; name one in each {cell}"
    _, local = identifiers.split(text)
    if publication.key == "sp800-53r4" and _APPENDIX_J.fullmatch(identifiers.fold_local(local)):
        return f"{shorten(text)} is a privacy control of Appendix J, which is not held; look it up in {publication.key}"
    return None


_TITLED = re.compile(r"(.+?)\s*[(\[](.+)[)\]]", re.DOTALL)


def _with_title(text: str, publication: Publication) -> Element | None:
    """The element of a name with the element's own title in brackets behind it."""
    titled = _TITLED.fullmatch(text)
    found = None if titled is None else publication.get(titled[1])
    if titled is None or found is None:
        return None
    return found if found.title is not None and normalize(found.title) == normalize(titled[2]) else None


_MOST_PARTS = 10
"""How many parts an identifier has at most; no longer beginning of a text is looked up."""


def _whole(local: str, publication: Publication) -> str | None:
    """The element of which a text names a part that is not held, as ``AC-2a`` does."""
    tokens = identifiers.fold_local(local).split(".")
    for end in range(min(len(tokens) - 1, _MOST_PARTS), 0, -1):
        found = publication.get(".".join(tokens[:end]))
        if found is not None:
            return found.local if tokens[end].isalpha() else None
    return None


def _fate(element: Element, found: Diff, pairings: dict[str, list[Change]]) -> Change:
    """What became of one element, as one change."""
    ways = list(_ways(element, found, pairings))
    leading = (way for way in ways if any(change.after for change in way))
    chosen = next(leading, [change for way in ways for change in way])
    after = {each.id: each for change in chosen for each in change.after}
    kinds = {kind for change in chosen for kind in change.kinds}
    if len(after) > 1:
        kinds.add(ChangeKind.SPLIT)
    bases = {change.basis for change in chosen}
    return Change(
        kinds=in_order(kinds),
        before=(element,),
        after=tuple(after.values()),
        basis=bases.pop() if len(bases) == 1 else Basis.DERIVED,
        evidence="; ".join(dict.fromkeys(change.evidence for change in chosen)),
        grade=chosen[0].grade if len(chosen) == 1 else None,
    )


def _ways(element: Element, found: Diff, pairings: dict[str, list[Change]]) -> Iterator[list[Change]]:
    """What is known to have become of an element, what counts most first."""
    yield pairings.get(element.id, [])
    namesake = found.after.get(element.local)
    if namesake == element:
        yield [evolve(_led(element, found.after), kinds=(ChangeKind.UNCHANGED,), after=(element,))]
    earlier = [] if element.is_in_force else [_led(element, found.before)]
    if namesake is not None and namesake.kind == element.kind and not (namesake.is_in_force and element.is_in_force):
        yield [*(evolve(step, kinds=(), after=()) for step in earlier), _led(namesake, found.after)]
    for step in earlier:
        yield [evolve(step, after=()), *(change for each in step.after for change in pairings.get(each.id, []))]


def _led(number: Element, publication: Publication) -> Change:
    """Where a number leads by the word of its own publication: to itself, unless it is withdrawn."""
    ways = _successors(number)
    named = [identifier for identifiers in ways.values() for identifier in identifiers]
    reached = [number]
    for each in reached:
        further = (publication.get(i) for identifiers in _successors(each).values() for i in identifiers)
        reached += [found for found in further if found is not None and found not in reached]
    ends = tuple(each for each in reached if each.is_in_force)
    listed = f"lists {number.local} as withdrawn and names {', '.join(named) or 'no element'} in its place"
    return Change(
        kinds=(*(kind for kind in ways if ways[kind]), ChangeKind.CONTINUED) if ends else (ChangeKind.REMOVED,),
        before=(),
        after=ends,
        basis=Basis.DERIVED if number.is_in_force else Basis.OFFICIAL,
        evidence=f"{publication.key} {f'has {number.local} in force' if number.is_in_force else listed}",
    )


def _successors(element: Element) -> dict[ChangeKind, tuple[str, ...]]:
    """What a withdrawn element names as having taken its place, by kind of change."""
    if not isinstance(element, Withdrawable) or not element.withdrawn:
        return {}
    return {ChangeKind.MOVED: element.moved_to, ChangeKind.MERGED: element.incorporated_into}


def _carried(element: Element, fate: Change) -> Callable[..., MigratedEntry[Any]]:
    """What became of an element, of which ``entry=`` makes what became of an entry that names it."""
    proved = len(fate.after) == 1 and _PROVED.issuperset(fate.kinds)
    if not fate.after:
        outcome = Outcome.ORPHANED
    elif not proved:
        outcome = Outcome.NEEDS_REVIEW
    else:
        outcome = Outcome.KEPT if fate.after[0].local == element.local else Outcome.RENAMED
    told = (ChangeKind.UNCHANGED, *fate.kinds) if proved else fate.kinds
    grade = Grade.SAME if proved else _grade(fate)
    words = _WORDS | ({ChangeKind.REWORDED: "its wording differs only in form"} if grade is Grade.EDITORIAL else {})
    return partial(
        MigratedEntry,
        before=element,
        after=fate.after,
        outcome=outcome,
        grade=grade,
        kinds=fate.kinds,
        basis=fate.basis,
        reason=f"{', '.join(dict.fromkeys(words[kind] for kind in told))} ({by_name(fate.evidence)})",
    )


_GRADES = {
    ChangeKind.SPLIT: Grade.SPLIT,
    ChangeKind.MERGED: Grade.MERGED,
    ChangeKind.MOVED: Grade.MOVED,
}


def _grade(fate: Change) -> Grade:
    """The grade of what is not proved to be the same."""
    if not fate.after:
        return Grade.WITHDRAWN if ChangeKind.REMOVED in fate.kinds else Grade.UNKNOWN
    stated = Grade.CHANGED if fate.grade is None else Grade(fate.grade)
    return next((grade for kind, grade in _GRADES.items() if kind in fate.kinds), stated)


def _not_understood(entry: E, reason: str) -> MigratedEntry[E]:
    return MigratedEntry(
        entry=entry,
        before=None,
        after=(),
        outcome=Outcome.NOT_UNDERSTOOD,
        grade=Grade.NOT_UNDERSTOOD,
        kinds=(),
        basis=Basis.DERIVED,
        reason=reason,
    )
