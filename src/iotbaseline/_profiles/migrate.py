"""Migrate a profile from one revision of a publication to another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Self, cast

from attrs import evolve, fields, frozen, has

from iotbaseline._display import html, markdown
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Result, Shown
from iotbaseline._files.structure import WRITTEN
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import FILES, PROFILE, Named, publication_of
from iotbaseline._model import arguments
from iotbaseline._model.kinds import Addition
from iotbaseline._model.publication import Publication
from iotbaseline._profiles.document import (
    Modification,
    ModificationKind,
    OpenQuestion,
    ProfileImport,
    Selector,
)
from iotbaseline._profiles.profile import Profile
from iotbaseline._profiles.reader import profile as shipped
from iotbaseline._profiles.reader import read_profile, read_text
from iotbaseline._profiles.selectors import Source, element_named
from iotbaseline._revisions.migrate import migrate
from iotbaseline._revisions.migration import MigratedEntry, Migration, Outcome
from iotbaseline._revisions.rules import told
from iotbaseline.errors import DataError, DataErrors, IdentifierSyntaxError, UnknownIdentifierError

Entry = dict[str, str]
"""An identifier under ``id`` and, under ``place``, where in the profile it stands."""


@frozen(kw_only=True, repr=False)
class MigratedProfile(Result[MigratedEntry[Entry], Outcome]):
    """A profile migrated to another revision, with a report; it has no hash.

    ``report`` has an entry for each place that names an element of the earlier revision, or selects one by a rule:
    kept, renamed, in need of review or orphaned, with the reason. ``profile`` is the migrated profile. If there are
    ``problems``, it selects nothing until they are fixed; their lines are those of :meth:`profile_json`.
    """

    LISTED: ClassVar[str] = "entries"
    GROUPED: ClassVar[bool] = True
    IN_GROUP: ClassVar[tuple[str, ...]] = ("outcome",)
    SHOWN: ClassVar[Shown] = {
        "place": ("place",),
        "before": ("before", "before_name"),
        "after": ("after", "after_name"),
        "outcome": ("outcome",),
        "why": ("reason",),
    }

    report: Migration[Entry]
    profile: Profile
    problems: tuple[DataError, ...]

    def __str__(self) -> str:
        return f"{self.profile.key}, {self.report}; problems: {len(self.problems)}"

    def __repr__(self) -> str:
        return f"<MigratedProfile {self}>"

    def profile_json(self) -> str:
        """The migrated profile as JSON, which :func:`~iotbaseline.read_profile` reads once no problem is left."""
        return _as_file(self.profile)

    def columns(self) -> tuple[Column[MigratedEntry[Entry]], ...]:
        """The place in the profile, then the columns of the report."""
        return (Column("place", _place), *self.report.columns())

    def to_text(self) -> str:
        """A plain text report, grouped by outcome, each entry with its place and the reason; then the problems."""
        to_fix = [(f"{error.place}: {error.problem}", error.fix) for error in self.problems]
        rules = [line for rule in self.report.rules for line in ("", rule)]
        return "\n".join([super().to_text(), *(markdown.text_section(_TO_FIX, to_fix) if to_fix else []), *rules])

    def to_markdown(self) -> str:
        """The same report as Markdown tables."""
        to_fix = [(error.place, error.problem, error.fix) for error in self.problems]
        lines = markdown.section(_TO_FIX, ("place", "problem", "fix"), to_fix) if to_fix else []
        rules = [line for rule in self.report.rules for line in ("", rule)]
        return super().to_markdown() + "".join(f"{line}\n" for line in (*lines, *rules))

    @property
    def _items(self) -> tuple[MigratedEntry[Entry], ...]:
        return self.report.entries

    def _part(self, items: tuple[MigratedEntry[Entry], ...]) -> Self:
        return evolve(self, report=evolve(self.report, entries=items))

    @property
    def _name(self) -> str:
        return f"{self.profile.key}: {self.report.before.key} → {self.report.after.key}"

    @property
    def _title(self) -> str:
        return self.profile.title

    def _head(self) -> Head:
        problems = [
            {"file": error.file, "place": error.place, "problem": error.problem, "fix": error.fix}
            for error in self.problems
        ]
        before, after = self.report.before.key, self.report.after.key
        return {"profile": self.profile.key, "before": before, "after": after, "problems": problems}

    def _body(self) -> str:
        to_fix = html.table((_TO_FIX,), ([str(error)] for error in self.problems)) if self.problems else ""
        return "".join((to_fix, super()._body(), *map(html.note, self.report.rules)))

    def _explained(self, item: MigratedEntry[Entry]) -> tuple[str, str]:
        return str(item), f"{_place(item)}: {item.reason}"


_TO_FIX = "to be fixed"


def _place(item: MigratedEntry[Entry]) -> str:
    return item.entry["place"]


@arguments.checked
def migrate_profile(profile: Profile, before: Named, after: Named, *, library: Library = DEFAULT) -> MigratedProfile:
    """Migrate a profile from one revision of a publication to another.

    Each identifier of the earlier revision (in selectors, modifications, parents, sources and questions) is replaced by
    its successors, and an import from the earlier revision becomes one from the later. What needs review is migrated
    with an open question, and what is orphaned becomes an open question; so does a modification that would then be made
    twice. What a rule selects (kinds, words, mappings) is in the report, and the rule stays as it is. Migrate the
    profiles that it imports first; until then, ``problems`` says what they do not select yet.

    Raises :class:`~iotbaseline.errors.UnknownIdentifierError` for an unknown publication, and what
    :func:`~iotbaseline.diff` raises.

    >>> carried = ib.migrate_profile(ib.profile("federal"), "sp800-213a", "online-catalog-2021-11")
    >>> len(carried.problems)
    1
    """
    old, new = publication_of(library, before, "before"), publication_of(library, after, "after")
    work = _Migrator(profile, old, new, library)
    written = work.migrated()
    file = str(_folder(profile) / f"{profile.key}.json")
    resolved, problems = read_text(_as_file(written), file, library, profile.folder)
    return MigratedProfile(report=work.report, profile=resolved or written, problems=problems)


class _Migrator:
    def __init__(self, profile: Profile, old: Publication, new: Publication, library: Library) -> None:
        self.profile, self.old, self.new, self.library = profile, old, new, library
        self._sources: dict[str, Source] = {}

    @cached_property
    def report(self) -> Migration[Entry]:
        """What became of every element of the earlier revision that the profile names or selects by a rule."""
        entries = [{"id": identifier, "place": place} for place, identifier in self._named()]
        named = {entry["id"] for entry in entries}
        by_rule = (item.id for item in self.profile.selected if self.old.has(item.id) and item.id not in named)
        entries += ({"id": identifier, "place": _BY_RULE} for identifier in by_rule)
        return migrate(entries, self.old, self.new, library=self.library)

    def _named(self) -> Iterator[tuple[str, str]]:
        """Each place of the profile that names an element of the earlier revision, with its identifier."""
        profile = self.profile
        for number, entry in enumerate(profile.imports):
            for part, selectors in (("include", entry.include), ("exclude", entry.exclude)):
                for place, selector in enumerate(selectors):
                    where = f"imports[{number}].{part}[{place}]"
                    yield from self._identifiers(f"{where}.ids", selector.ids, entry.source)
                    yield from self._identifiers(f"{where}.within", selector.within, entry.source)
        for number, modification in enumerate(profile.modifications):
            yield from self._identifiers(f"modify[{number}].element", (modification.element,))
            yield from self._identifiers(f"modify[{number}].sources", modification.sources)
        for number, addition in enumerate(profile.additions):
            yield from self._identifiers(f"add[{number}].parent", (addition.parent or "",))
            yield from self._identifiers(f"add[{number}].sources", addition.sources)
        for number, question in enumerate(profile.questions):
            yield from self._identifiers(f"open[{number}].about", question.about)

    def _identifiers(self, place: str, names: tuple[str, ...], source: str = "") -> Iterator[tuple[str, str]]:
        identifiers = (self._identifier(name, source) for name in names)
        return ((place, identifier) for identifier in identifiers if identifier is not None)

    def _identifier(self, name: str, source: str = "") -> str | None:
        """The identifier of the element of the earlier revision that a name means, if it means one.

        In an import from a ``source``, the publication may be left out.
        """
        identifier = next(self._meanings(name, source), None)
        return identifier if identifier is not None and self.old.has(identifier) else None

    def _meanings(self, name: str, source: str) -> Iterator[str]:
        """What a name means in an import from a source, then what it means by itself."""
        origin = self._source(source) if source else None
        if origin is not None:
            with suppress(IdentifierSyntaxError, UnknownIdentifierError):
                yield origin.find(name, origin.around)
        with suppress(IdentifierSyntaxError, UnknownIdentifierError):
            yield element_named(name, self.library)

    def _source(self, name: str) -> Source | None:
        """The source of an import, or ``None`` if it is no longer there."""
        if name not in self._sources:
            with suppress(IdentifierSyntaxError, UnknownIdentifierError, DataErrors):
                self._sources[name] = Source(self._imported(name), self.library)
        return self._sources.get(name)

    def _imported(self, name: str) -> Publication | Profile:
        if name.startswith(PROFILE):
            return shipped(name, library=self.library)
        if name.lower().endswith(FILES):
            folder = self.profile.folder or _folder(self.profile)
            return read_profile(_folder(self.profile) / name, folder=folder, library=self.library)
        return self.library.load(name)

    def _is_old(self, source: str) -> bool:
        with suppress(IdentifierSyntaxError, UnknownIdentifierError):
            return self.library.info(source).key == self.old.key
        return False

    @cached_property
    def _after(self) -> dict[str, tuple[str, ...]]:
        return {
            entry.before.id: tuple(element.id for element in entry.after)
            for entry in self.report
            if entry.before is not None
        }

    def _followed(self, names: tuple[str, ...], source: str = "") -> tuple[str, ...]:
        """The names, with elements of the earlier revision replaced by their successors, each once."""
        followed: dict[str, None] = {}
        for name in names:
            identifier = self._identifier(name, source)
            followed.update(dict.fromkeys((name,) if identifier is None else self._after[identifier]))
        return tuple(followed)

    def migrated(self) -> Profile:
        """The profile of the successors, with an open question for everything that does not simply go on."""
        profile = self.profile
        imports = tuple(migrated for entry in profile.imports for migrated in self._import(entry))
        additions = tuple(self._addition(addition) for addition in profile.additions)
        questions = tuple(evolve(question, about=self._followed(question.about)) for question in profile.questions)
        base = dict.fromkeys(self.new.key if key == self.old.key else key for key in profile.base)
        return evolve(
            profile,
            base=tuple(base),
            imports=imports,
            modifications=self._modifications(),
            additions=additions,
            questions=questions + tuple(self._questions()),
            selected=(),
        )

    def _import(self, entry: ProfileImport) -> Iterator[ProfileImport]:
        """The import, unless nothing that it names is left."""
        include = self._selectors(entry.include, entry.source)
        if include or not entry.include:
            source = self.new.key if self._is_old(entry.source) else entry.source
            yield evolve(entry, source=source, include=include, exclude=self._selectors(entry.exclude, entry.source))

    def _selectors(self, selectors: tuple[Selector, ...], source: str) -> tuple[Selector, ...]:
        pairs = (
            (old, evolve(old, ids=self._followed(old.ids, source), within=self._followed(old.within, source)))
            for old in selectors
        )
        return tuple(
            new for old, new in pairs if bool(new.ids) == bool(old.ids) and bool(new.within) == bool(old.within)
        )

    def _modifications(self) -> tuple[Modification, ...]:
        """The modifications of the successors, each once; there may be any amount of guidance."""
        unique: dict[tuple[object, ...], Modification] = {}
        for number, old in enumerate(self.profile.modifications):
            guidance = number if old.change is ModificationKind.GUIDANCE else None
            for element in self._followed((old.element,)):
                new = evolve(old, element=element, sources=self._followed(old.sources))
                unique.setdefault((element, old.change, old.parameter, old.levels, guidance), new)
        return tuple(unique.values())

    def _addition(self, addition: Addition) -> Addition:
        parents = self._followed((addition.parent,)) if addition.parent is not None else ()
        return evolve(addition, parent=next(iter(parents), None), sources=self._followed(addition.sources))

    def _questions(self) -> Iterator[OpenQuestion]:
        """One for each place whose element does not simply continue, with the modification made to it there."""
        modified = enumerate(self.profile.modifications)
        changes = {f"modify[{number}].element": f" ({modification})" for number, modification in modified}
        for item in self.report:
            place = item.entry["place"]
            if item.before is not None and item.outcome not in _HOLDS and place != _BY_RULE:
                after = self._after[item.before.id]
                became = f"became {', '.join(after)}" if after else "has no successor"
                fact = f"{place}{changes.get(place, '')}: {item.before.id} {became}"
                why = ". ".join((item.reason, *told([item.reason])))
                yield OpenQuestion(question=f"{fact}. Does this part of the profile still hold?", about=after, why=why)


_BY_RULE = "imports, by a rule"
_HOLDS = (Outcome.KEPT, Outcome.RENAMED)


def _folder(profile: Profile) -> Path:
    """The folder from which a profile imports files."""
    return Path(profile.file or "").parent


def _as_file(profile: Profile) -> str:
    """A profile as it stands in a JSON file."""
    additions = tuple({**_written(addition), "id": addition.local} for addition in profile.additions)
    lists = {
        "imports": tuple(map(_written, profile.imports)),
        "modify": tuple(map(_written, profile.modifications)),
        "add": tuple({name: fields[name] for name in _OF_ADDITIONS if name in fields} for fields in additions),
        "open": tuple(map(_written, profile.questions)),
    }
    head = {
        "profile": profile.key,
        "title": profile.title,
        "version": profile.version,
        "summary": profile.summary,
        "fidelity": profile.fidelity,
        "missing": profile.missing,
        "base": profile.base,
        "levels": profile.levels,
    }
    document = {name: value for name, value in (head | lists).items() if value not in (None, (), "")}
    return json.dumps(document, indent=1, ensure_ascii=False)


_OF_ADDITIONS = ("id", "title", "summary", "parent", "levels", "rationale", "sources")


def _written(record: object) -> dict[str, object]:
    """A record as it stands in a file: by the names that its fields have there, without what is empty."""
    cls: Any = type(record)
    named = ((field.metadata.get(WRITTEN, field.name), getattr(record, field.name)) for field in fields(cls))
    return {name: _value(value) for name, value in named if name is not None and value not in (None, (), "")}


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(item) for item in cast("tuple[object, ...]", value)]
    return _written(value) if has(cast("Any", type(value))) else value
