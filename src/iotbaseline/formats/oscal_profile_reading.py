"""Profiles of OSCAL as profiles of the user's own: those of others, and those that we write."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cached_property
from os import PathLike
from pathlib import Path

from attrs import define, field, frozen

from iotbaseline._display.files import resolved
from iotbaseline._files.positions import Path as Place
from iotbaseline._files.problems import Problems, Report
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import Named, publication_of, several
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.element import Asks, Element
from iotbaseline._model.kinds import Addition
from iotbaseline._model.provenance import Basis
from iotbaseline._model.publication import Publication
from iotbaseline._profiles.document import (
    Document,
    Modification,
    ModificationKind,
    OpenQuestion,
    ProfileImport,
    Selector,
    WrittenAddition,
)
from iotbaseline._profiles.profile import Profile
from iotbaseline._profiles.resolver import resolve
from iotbaseline._profiles.task import Bounds, Task
from iotbaseline.errors import DataError, shorten
from iotbaseline.formats import oscal_documents as oscal
from iotbaseline.formats.oscal import control_id
from iotbaseline.formats.oscal_profile import ABOUT
from iotbaseline.formats.oscal_reading import walk

_MOST_IMPORTS = 100
_LONGEST_CHAIN = 20


@arguments.checked
def read_oscal_profile(
    path: str | PathLike[str],
    *,
    key: str,
    publications: Named | Iterable[Named] = (),
    folder: str | PathLike[str] | None = None,
    library: Library = DEFAULT,
) -> Profile:
    """Read a profile of OSCAL in JSON as a profile of your own.

    ``publications`` names the publications that its controls belong to: ``sp800-53r5`` for the baselines of NIST, or a
    framework that :func:`iotbaseline.read_oscal_catalog` gave, with a ``library`` that is extended with it. A catalog
    that :func:`iotbaseline.export` wrote and that lies beside the profile names its publication itself. Profiles that
    it imports are followed; they have to lie in ``folder`` or below, by default in the folder of the file. ``key``
    becomes the key of the profile.

    A value that is set becomes a change of the kind ``parameter``, and added prose one of the kind ``guidance``. What
    the profile removes, arranges or adds in another way is not applied: each becomes an open question.

    Raises :class:`~iotbaseline.errors.DataErrors` with every problem of the file and of those it imports,
    :class:`~iotbaseline.errors.DataError` if the file is no profile of OSCAL in JSON, and what the library raises for
    the names of publications.

    >>> report = ib.export("consumer", "oscal-profile", "consumer")
    >>> own = ib.read_oscal_profile("consumer/consumer.profile.json", key="copy")
    >>> len(own.resolve()) == len(ib.profile("consumer").resolve())
    True
    """
    named = (
        (publications,)
        if isinstance(publications, str | Publication)
        else several(publications, "publications", "publications or their names")
    )
    file = os.fspath(path)
    root = resolved(folder if folder is not None else Path(file).parent)
    known = [publication_of(library, each, "publications") for each in named]
    reader = _Reader(file, key, root, known, library)
    return _made(reader.profile(Path(file), ()), key, file, library, reader.problems)


@frozen
class _Source:
    """What an import can select from.

    ``named`` are the elements by the names that a profile may use, ``every`` those that it takes when it takes all, and
    ``above`` gives the element that another stands below.
    """

    named: tuple[tuple[str, str], ...]
    every: tuple[str, ...]
    above: dict[str, str] = field(factory=dict[str, str])

    @cached_property
    def _by_fold(self) -> dict[str, str]:
        return {identifiers.fold_local(name): element for name, element in reversed(self.named)}

    @property
    def order(self) -> tuple[str, ...]:
        """Every element once, in the order of the source."""
        return tuple(dict.fromkeys(element for _, element in self.named))

    def meant(self, name: str) -> str | None:
        """The element of a control that is named in any usual spelling."""
        return self._by_fold.get(identifiers.fold_local(name))

    def matching(self, pattern: str) -> set[str]:
        """The elements of the controls whose names fit a pattern."""
        return {element for name, element in self.named if fnmatchcase(name, pattern)}

    def below(self, elements: set[str]) -> set[str]:
        """Those elements and all that stand below one of them."""
        return elements | {each for each in self.order if not elements.isdisjoint(self._line(each))}

    def _line(self, element: str) -> Iterator[str]:
        while element in self.above:
            element = self.above[element]
            yield element


@define
class _Read:
    """A profile as it was read, with all that it imports."""

    document: oscal.Profile
    elements: dict[str, str] = field(factory=dict[str, str])
    """The elements selected, by the folded names of their controls."""
    additions: dict[str, WrittenAddition] = field(factory=dict[str, WrittenAddition])
    changes: list[Modification] = field(factory=list[Modification])
    questions: list[OpenQuestion] = field(factory=list[OpenQuestion])


class _Reader:
    """Reads a profile and those that it imports, as a profile of the key."""

    def __init__(self, file: str, key: str, root: Path, known: list[Publication], library: Library) -> None:
        self.problems = Problems(file)
        self._key, self._root, self._known, self._library = key, root, known, library
        self._read: dict[Path, _Read] = {}
        self._imports = 0

    def profile(self, file: Path, chain: tuple[Path, ...]) -> _Read:
        """Read one file of a chain of imports."""
        document = oscal.read(file)
        if not isinstance(document, oscal.Profile):
            raise DataError(str(file), "whole file", "it is a catalog, not a profile", "use read_oscal_catalog()")
        made = _Read(document)
        self._imports += len(document.imports)
        if self._imports > _MOST_IMPORTS:
            problem = f"with all that it imports it has more than {_MOST_IMPORTS} imports"
            raise DataError(str(file), "imports", problem, "import fewer profiles")
        for number, each in enumerate(document.imports):
            place = f"imports[{number}]"
            source = self._source(each, made, file, (*chain, file.resolve()))
            if source is None:
                fix = "pass publications=, or put the file it names beside the profile"
                self.problems.add(DataError(str(file), place, f"nothing is known of {shorten(each.href)}", fix))
            else:
                wanted = self._wanted(each, source, file, place)
                names = ((identifiers.fold_local(name), element) for name, element in source.named)
                made.elements |= {name: element for name, element in names if element in wanted}
        self._modify(made, file)
        return made

    def _source(self, each: oscal.Import, made: _Read, file: Path, chain: tuple[Path, ...]) -> _Source | None:
        """What an import selects from: another profile, a catalog, or the publications that were passed."""
        for href in _addresses(each.href, made.document.back_matter):
            there = (file.parent / href).resolve()
            if there.is_relative_to(self._root) and os.path.isfile(there):  # noqa: PTH113
                document = oscal.read(there)
                if isinstance(document, oscal.Profile):
                    return self._of_profile(there, made, chain)
                return self._of_catalog(document, made)
        return self._of_publications(self._known) if self._known else None

    def _of_profile(self, file: Path, made: _Read, chain: tuple[Path, ...]) -> _Source:
        if file in chain or len(chain) >= _LONGEST_CHAIN:
            names = " > ".join(each.name for each in (*chain, file))
            raise DataError(str(file), "imports", f"the chain of imports is endless: {names}", "take an import out")
        if file not in self._read:
            self._read[file] = self.profile(file, chain)
        inner = self._read[file]
        made.additions |= inner.additions
        made.changes = [*dict.fromkeys((*made.changes, *inner.changes))]
        made.questions = [*dict.fromkeys((*made.questions, *inner.questions))]
        return _Source(tuple(inner.elements.items()), tuple(inner.elements.values()))

    def _of_catalog(self, catalog: oscal.Catalog, made: _Read) -> _Source | None:
        """The controls of a catalog, as elements of the publication that it names or of those passed."""
        key = next(iter(oscal.ours(catalog.metadata.props, "publication")), "")
        if self._library.knows(key):
            publication = self._library.load(key)
            return self._of_publications([publication], every=publication.elements)
        controls = [(node, above) for node, above in walk(catalog) if isinstance(node, oscal.Control)]
        added = {node.id: _addition(node, up, key, self._key) for node, up in controls if _is_addition(node)}
        made.additions |= {f"{self._key}:{each.id}": each for each in added.values()}
        whole = self._of_publications(self._known)
        named = [(name, f"{self._key}:{each.id}") for name, each in added.items()]
        named += [(node.id, meant) for node, _ in controls if (meant := whole.meant(node.id))]
        elements = dict(named)
        above = {
            elements[node.id]: elements[up.id]
            for node, up in controls
            if isinstance(up, oscal.Control) and node.id in elements and up.id in elements
        }
        return _Source(tuple(named), tuple(elements.values()), above) if named else None

    def _of_publications(self, publications: list[Publication], every: Iterable[Element] | None = None) -> _Source:
        """The elements of publications by the names of their controls, those we give and the publication's own."""
        elements = [element for publication in publications for element in publication]
        asking = (each for each in elements if each.traits.asks is not Asks.NEVER or each.traits.is_part)
        return _Source(
            tuple((name, each.id) for each in elements for name in (control_id(each.id), each.local)),
            tuple(each.id for each in (asking if every is None else every)),
            {each.id: each.parent for each in elements if each.parent is not None},
        )

    def _wanted(self, each: oscal.Import, source: _Source, file: Path, place: str) -> set[str]:
        """The elements that an import takes; an import that says nothing takes all."""
        takes_all = each.include_all is not None or not each.include_controls
        wanted = set(source.every) if takes_all else set[str]()
        for select in each.include_controls:
            wanted |= self._taken(select, source, file, place)
        for select in each.exclude_controls:
            wanted -= self._taken(select, source, file, place)
        return wanted

    def _taken(self, select: oscal.Select, source: _Source, file: Path, place: str) -> set[str]:
        found: set[str] = set()
        for name in select.with_ids:
            meant = source.meant(name)
            if meant is not None:
                found.add(meant)
                continue
            near = self.problems.hints.near(name, [known for known, _ in source.named])
            problem = f"there is no control {shorten(name)}"
            self.problems.add(DataError(str(file), place, problem, near or "name a control of what it imports"))
        for each in select.matching:
            found |= source.matching(each.pattern)
        return source.below(found) if select.with_child_controls == "yes" else found

    def _modify(self, made: _Read, file: Path) -> None:
        """Note what the profile changes of what it selects, and what of that is not followed."""
        title = made.document.metadata.title
        why = f"The profile {title!r} says so."
        open_: dict[str, list[str]] = {}
        for setting in made.document.modify.set_parameters:
            element = made.elements.get(identifiers.fold_local(re.split(r"_(?:prm|odp)", setting.param_id)[0]))
            if element is None:
                open_.setdefault(f"sets {setting.param_id}, of no control that it selects", [])
            else:
                made.changes.append(_setting(element, setting, why))
        for alter in made.document.modify.alters:
            element = made.elements.get(identifiers.fold_local(alter.control_id))
            if element is None:
                problem = f"{shorten(alter.control_id)} is altered but not selected"
                fix = "alter a control that the profile selects"
                self.problems.add(DataError(str(file), "modify.alters", problem, fix))
                continue
            made.changes.extend(_added(element, alter, why))
            for what in _not_followed(alter):
                open_.setdefault(what, []).append(element)
        if made.document.merge.custom is not None:
            open_["arranges its controls in groups of its own"] = []
        made.questions.extend(
            OpenQuestion(
                question=f"The profile {what}: what does that change?",
                about=tuple(dict.fromkeys(about)),
                why=f"{title!r} says so in a way that is not followed here.",
            )
            for what, about in open_.items()
        )
        made.questions.extend(_questions(made.document.metadata, self._key))


def _addresses(href: str, back_matter: oscal.BackMatter) -> list[str]:
    """Where what an import names may lie: the address itself, or those of the resource it refers to."""
    if not href.startswith("#"):
        return [href]
    return [link.href for each in back_matter.resources if each.uuid == href[1:] for link in each.rlinks]


def _is_addition(control: oscal.Control) -> bool:
    return oscal.ours(control.props, "kind") == (Addition.kind,)


def _addition(control: oscal.Control, above: oscal.Control | oscal.Group | None, key: str, new: str) -> WrittenAddition:
    """What a profile that we wrote adds, as an addition of the profile of another key."""
    element = next(iter(oscal.ours(control.props, "element")), control.id)
    props = above.props if isinstance(above, oscal.Control) else ()
    parent = next(iter((*oscal.ours(control.props, "parent"), *oscal.ours(props, "element"))), None)
    return WrittenAddition(
        id=element.partition(":")[2],
        title=control.title,
        summary=next((each.prose or "" for each in control.parts if each.id == f"{control.id}_smt"), ""),
        parent=f"{new}:{parent.partition(':')[2]}" if parent and parent.startswith(f"{key}:") else parent,
        rationale=" ".join(oscal.ours(control.props, "rationale")),
        sources=oscal.ours(control.props, "sources"),
    )


def _setting(element: str, setting: oscal.Parameter, why: str) -> Modification:
    return Modification(
        element=element,
        change=ModificationKind.PARAMETER,
        parameter=" ".join(oscal.ours(setting.props, "parameter")) or setting.param_id,
        value=setting.text,
        rationale=" ".join(oscal.ours(setting.props, "rationale")) or why,
    )


def _added(element: str, alter: oscal.Alter, why: str) -> Iterator[Modification]:
    """The prose that is added to a control: guidance, unless we wrote it and say what it is."""
    for part in (part for add in alter.adds for part in add.parts):
        text = oscal.prose_of(part, oscal.Insertions(""))
        if text:
            said = oscal.ours(part.props, "change")
            yield Modification(
                element=element,
                change=next((kind for kind in ModificationKind if kind in said), ModificationKind.GUIDANCE),
                text=text,
                rationale=" ".join(oscal.ours(part.props, "rationale")) or why,
                sources=oscal.ours(part.props, "source"),
            )


def _not_followed(alter: oscal.Alter) -> Iterator[str]:
    if alter.removes:
        yield "removes parts of controls"
    if any(add.props or add.links or add.params for add in alter.adds):
        yield "adds properties, links or parameters to controls"


def _questions(metadata: oscal.Metadata, key: str) -> Iterator[OpenQuestion]:
    """The open questions of a profile that we wrote, about elements of the profile of another key."""
    written_as = next(iter(oscal.ours(metadata.props, "profile")), key)
    for each in metadata.props:
        if oscal.ours((each,), "open-question"):
            why, _, about = (each.remarks or "").partition(ABOUT)
            names = about.split(", ") if about else []
            renamed = (re.sub(f"^{re.escape(written_as)}:", f"{key}:", name) for name in names)
            yield OpenQuestion(question=each.value, about=tuple(renamed), why=why)


def _fetched(_name: str, _path: Place) -> None:
    """No import names a profile: those of OSCAL have been followed."""


def _made(read: _Read, key: str, file: str, library: Library, problems: Problems) -> Profile:
    problems.raise_any()
    metadata = read.document.metadata
    by_publication: dict[str, dict[str, None]] = {}
    for element in read.elements.values():
        if element not in read.additions:
            by_publication.setdefault(element.partition(":")[0], {})[element] = None
    document = Document(
        profile=key,
        title=metadata.title,
        version=metadata.version,
        summary=metadata.remarks or metadata.title,
        missing=next(iter(oscal.ours(metadata.props, "not-held")), None),
        base=oscal.ours(metadata.props, "base"),
        imports=tuple(
            ProfileImport(
                source=publication,
                include=(Selector(ids=tuple(elements)),),
                rationale=f"The profile {metadata.title!r} selects it.",
            )
            for publication, elements in by_publication.items()
        ),
        modify=tuple(read.changes),
        add=tuple(each for name, each in read.additions.items() if name in read.elements.values()),
        open=tuple(read.questions),
    )
    report = Report(file, {}, problems)
    profile = resolve(Task(document, Basis.USER, library, _fetched, report, Bounds(problems)))
    problems.raise_any()
    return profile
