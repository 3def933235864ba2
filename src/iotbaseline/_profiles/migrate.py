"""A profile written against one revision of a publication, carried over to another."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
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
from iotbaseline._library.selection import PROFILE, Named, publication_of
from iotbaseline._model.kinds import Addition
from iotbaseline._model.publication import Publication
from iotbaseline._profiles.document import (
    FILES,
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
from iotbaseline.errors import DataError, DataErrors, IdentifierSyntaxError, UnknownIdentifierError

Entry = dict[str, str]
"""An identifier under ``id`` and, under ``place``, where in the profile it stands."""


@frozen(kw_only=True, repr=False)
class MigratedProfile(Result[MigratedEntry[Entry], Outcome]):
    """What became of a profile in another revision; it has no hash.

    ``report`` has an entry for each place that names an element of the revision before, or takes one by a rule: kept,
    renamed, in need of review or orphaned, with the reason. ``profile`` is the profile carried over; it selects nothing
    yet where ``problems`` says what is to be mended in it first, with lines of :meth:`profile_json`.
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
        """The profile carried over, as a file that :func:`~iotbaseline.read_profile` reads once no problem is left."""
        return _as_file(self.profile)

    def columns(self) -> tuple[Column[MigratedEntry[Entry]], ...]:
        """The place in the profile, then the columns of the report."""
        return (Column("place", _place), *self.report.columns())

    def to_text(self) -> str:
        """A plain text report, grouped by outcome, each entry with its place and the reason; then the problems."""
        mend = [(f"{error.place}: {error.problem}", error.fix) for error in self.problems]
        return "\n".join([super().to_text(), *(markdown.text_section(_MEND, mend) if mend else [])])

    def to_markdown(self) -> str:
        """The same report as Markdown tables."""
        mend = [(error.place, error.problem, error.fix) for error in self.problems]
        lines = markdown.section(_MEND, ("place", "problem", "fix"), mend) if mend else []
        return super().to_markdown() + "".join(f"{line}\n" for line in lines)

    @property
    def _items(self) -> tuple[MigratedEntry[Entry], ...]:
        return self.report.entries

    def _filtered(self, keep: Callable[[MigratedEntry[Entry]], bool]) -> Self:
        return evolve(self, report=self.report.where(keep))

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
        mend = html.table((_MEND,), ([str(error)] for error in self.problems)) if self.problems else ""
        return mend + super()._body()

    def _explained(self, item: MigratedEntry[Entry]) -> tuple[str, str]:
        return str(item), f"{_place(item)}: {item.reason}"


_MEND = "to be mended"


def _place(item: MigratedEntry[Entry]) -> str:
    return item.entry["place"]


def migrate_profile(profile: Profile, before: Named, after: Named, *, library: Library = DEFAULT) -> MigratedProfile:
    """Carry a profile over from one revision of a publication to another.

    Every identifier of the earlier revision in it, in selectors, modifications, parents, sources and questions, becomes
    that of what follows it, and an import from the earlier revision one from the later. What needs review is carried
    over with an open question, and what is orphaned becomes one; so does a modification that would then be made twice.
    What a rule selects (kinds, words, what is mapped) is in the report, and the rule stays as it is. Profiles that it
    imports are carried over on their own, before it; until they are, ``problems`` says what they do not select yet.

    Raises :class:`~iotbaseline.errors.UnknownIdentifierError` for an unknown publication, and what
    :func:`~iotbaseline.diff` raises.
    """
    old, new = publication_of(library, before, "before"), publication_of(library, after, "after")
    work = _Carrying(profile, old, new, library)
    written = work.carried_over()
    file = str(_folder(profile) / f"{profile.key}.json")
    resolved, problems = read_text(_as_file(written), file, library, profile.folder)
    return MigratedProfile(report=work.report, profile=resolved or written, problems=problems)


class _Carrying:
    def __init__(self, profile: Profile, old: Publication, new: Publication, library: Library) -> None:
        self.profile, self.old, self.new, self.library = profile, old, new, library
        self._sources: dict[str, Source] = {}

    @cached_property
    def report(self) -> Migration[Entry]:
        """What became of every element of the earlier revision that the profile names or takes by a rule."""
        entries = [{"id": identifier, "place": place} for place, identifier in self._named()]
        named = {entry["id"] for entry in entries}
        by_rule = (item.id for item in self.profile.selected if self.old.has(item.id) and item.id not in named)
        entries += ({"id": identifier, "place": _BY_RULE} for identifier in by_rule)
        return migrate(entries, self.old, self.new, library=self.library)

    def _named(self) -> Iterator[tuple[str, str]]:
        """Each place of the profile that names an element of the earlier revision, and the identifier of that."""
        profile = self.profile
        for number, each in enumerate(profile.imports):
            for part, selectors in (("include", each.include), ("exclude", each.exclude)):
                for place, selector in enumerate(selectors):
                    where = f"imports[{number}].{part}[{place}]"
                    yield from self._identifiers(f"{where}.ids", selector.ids, each.source)
                    yield from self._identifiers(f"{where}.within", selector.within, each.source)
        for number, modification in enumerate(profile.modifications):
            yield from self._identifiers(f"modify[{number}].element", (modification.element,))
            yield from self._identifiers(f"modify[{number}].sources", modification.sources)
        for number, addition in enumerate(profile.additions):
            yield from self._identifiers(f"add[{number}].parent", (addition.parent or "",))
            yield from self._identifiers(f"add[{number}].sources", addition.sources)
        for number, question in enumerate(profile.questions):
            yield from self._identifiers(f"open[{number}].about", question.about)

    def _identifiers(self, place: str, names: tuple[str, ...], source: str = "") -> Iterator[tuple[str, str]]:
        found = (self._identifier(name, source) for name in names)
        return ((place, identifier) for identifier in found if identifier is not None)

    def _identifier(self, name: str, source: str = "") -> str | None:
        """The identifier of the element of the earlier revision that a name means, if it means one.

        In an import from a ``source``, the publication may be left out.
        """
        identifier = next(self._meanings(name, source), None)
        return identifier if identifier is not None and self.old.has(identifier) else None

    def _meanings(self, name: str, source: str) -> Iterator[str]:
        """What a name means to an import from a source, and what it means by itself."""
        of = self._source(source) if source else None
        if of is not None:
            with suppress(IdentifierSyntaxError, UnknownIdentifierError):
                yield of.find(name, of.around)
        with suppress(IdentifierSyntaxError, UnknownIdentifierError):
            yield element_named(name, self.library)

    def _source(self, name: str) -> Source | None:
        """What an import takes from, or ``None`` if it is not there any more."""
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
        return {each.before.id: tuple(one.id for one in each.after) for each in self.report if each.before is not None}

    def _followed(self, names: tuple[str, ...], source: str = "") -> tuple[str, ...]:
        """The names, with what follows them where they are of the earlier revision, each once."""
        found: dict[str, None] = {}
        for name in names:
            identifier = self._identifier(name, source)
            found.update(dict.fromkeys((name,) if identifier is None else self._after[identifier]))
        return tuple(found)

    def carried_over(self) -> Profile:
        """The profile with everything that follows, and with an open question for what needs to be looked at."""
        profile = self.profile
        imports = tuple(made for each in profile.imports for made in self._import(each))
        additions = tuple(self._addition(each) for each in profile.additions)
        questions = tuple(evolve(each, about=self._followed(each.about)) for each in profile.questions)
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

    def _import(self, each: ProfileImport) -> Iterator[ProfileImport]:
        """The import, unless nothing of what it names is left."""
        include = self._selectors(each.include, each.source)
        if include or not each.include:
            source = self.new.key if self._is_old(each.source) else each.source
            yield evolve(each, source=source, include=include, exclude=self._selectors(each.exclude, each.source))

    def _selectors(self, selectors: tuple[Selector, ...], source: str) -> tuple[Selector, ...]:
        made = (
            (each, evolve(each, ids=self._followed(each.ids, source), within=self._followed(each.within, source)))
            for each in selectors
        )
        return tuple(
            new for old, new in made if bool(new.ids) == bool(old.ids) and bool(new.within) == bool(old.within)
        )

    def _modifications(self) -> tuple[Modification, ...]:
        """The modifications for what follows, each once; there may be any amount of guidance."""
        found: dict[tuple[object, ...], Modification] = {}
        for number, each in enumerate(self.profile.modifications):
            guidance = number if each.change is ModificationKind.GUIDANCE else None
            for element in self._followed((each.element,)):
                made = evolve(each, element=element, sources=self._followed(each.sources))
                found.setdefault((element, each.change, each.parameter, each.levels, guidance), made)
        return tuple(found.values())

    def _addition(self, each: Addition) -> Addition:
        parents = self._followed((each.parent,)) if each.parent is not None else ()
        return evolve(each, parent=next(iter(parents), None), sources=self._followed(each.sources))

    def _questions(self) -> Iterator[OpenQuestion]:
        """One for each place whose element does not simply go on, with the change that was to be made of it there."""
        changes = {f"modify[{number}].element": f" ({each})" for number, each in enumerate(self.profile.modifications)}
        for carried in self.report:
            place = carried.entry["place"]
            if carried.before is not None and carried.outcome not in _HOLDS and place != _BY_RULE:
                after = self._after[carried.before.id]
                became = f"became {', '.join(after)}" if after else "has no successor"
                said = f"{place}{changes.get(place, '')}: {carried.before.id} {became}"
                yield OpenQuestion(question=f"{said}. Does what was said of it hold?", about=after, why=carried.reason)


_BY_RULE = "imports, by a rule"
_HOLDS = (Outcome.KEPT, Outcome.RENAMED)


def _folder(profile: Profile) -> Path:
    """Where the files lie that a profile imports."""
    return Path(profile.file or "").parent


def _as_file(profile: Profile) -> str:
    """A profile as it stands in a JSON file."""
    additions = tuple({**_written(each), "id": each.local} for each in profile.additions)
    lists = {
        "imports": tuple(map(_written, profile.imports)),
        "modify": tuple(map(_written, profile.modifications)),
        "add": tuple({name: each[name] for name in _OF_ADDITIONS if name in each} for each in additions),
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
        return [_value(each) for each in cast("tuple[object, ...]", value)]
    return _written(value) if has(cast("Any", type(value))) else value
