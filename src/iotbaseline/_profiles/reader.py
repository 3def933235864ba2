"""Read profiles, those that ship and the user's own, each with all that it imports."""

from __future__ import annotations

import os
from collections.abc import Callable
from math import inf
from pathlib import Path as FilePath

from attrs import evolve

from iotbaseline._display.results import Listing
from iotbaseline._files.documents import text_of, values_of
from iotbaseline._files.positions import Path
from iotbaseline._files.problems import Problems, Report
from iotbaseline._files.structure import record
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import FILES, PROFILE
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.provenance import Basis
from iotbaseline._profiles.document import Document
from iotbaseline._profiles.profile import Profile
from iotbaseline._profiles.resolver import resolve
from iotbaseline._profiles.task import Bounds, Task
from iotbaseline.errors import DataError, DataErrors, UnknownIdentifierError, shorten

LARGEST = 1_000_000
_LONGEST_CHAIN = 20
_SHIPPED = (Basis.OFFICIAL, Basis.CURATED)


@arguments.checked
def profile(key: str, *, library: Library = DEFAULT) -> Profile:
    """Return one of the profiles that ship with the package, such as ``federal``, named in any case.

    Raises :class:`~iotbaseline.errors.UnknownIdentifierError` with suggestions if there is no such profile, and
    :class:`~iotbaseline.errors.DataErrors` if its file is broken.

    >>> print(ib.profile("federal"))
    federal Federal profile of the IoT core baselines (SP 800-213A, Appendix A) (1.0, official)
    """
    return _shipped(identifiers.checked(key).removeprefix(PROFILE).lower(), library, ())


@arguments.checked
def profiles(*, library: Library = DEFAULT) -> Listing[Profile]:
    """Every profile that ships with the package; raises :class:`~iotbaseline.errors.DataErrors` if one is broken.

    >>> [profile.key for profile in ib.profiles() if profile.basis == "official"]
    ['consumer', 'federal', 'ot-overlay']
    """
    return Listing(profile(key, library=library) for key in library.profile_keys)


@arguments.checked
def read_profile(path: str | FilePath, *, folder: str | FilePath | None = None, library: Library = DEFAULT) -> Profile:
    """Read your own profile from a TOML or JSON file, with the profiles that it imports.

    Files that it imports must be in ``folder`` or below it; by default, in the folder of the file. Raises
    :class:`~iotbaseline.errors.DataErrors` with every problem of the file and of the files that it imports, each with
    its line and a fix.

    >>> print(ib.read_profile("mine.toml").title)
    Profile of a connected sensor
    """
    made, errors = _read(os.fspath(path), folder, library)
    if made is None:
        raise DataErrors(errors)
    return made


@arguments.checked
def check_profile(
    path: str | FilePath, *, folder: str | FilePath | None = None, library: Library = DEFAULT
) -> tuple[DataError, ...]:
    """Every problem of a profile file and of the files that it imports; none if :func:`read_profile` reads it.

    >>> ib.check_profile("mine.toml")
    ()
    """
    return _read(os.fspath(path), folder, library)[1]


def read_text(
    text: str, file: str, library: Library, folder: str | None = None, *, imports_files: bool = True
) -> tuple[Profile | None, tuple[DataError, ...]]:
    """The profile that a text describes, TOML or JSON by the suffix of ``file``, or what is wrong with it.

    Unless it ``imports_files``, no file is read: it may import what ships only.
    """
    run = _Run(file, library, folder, imports_files=imports_files)
    return run.outcome(lambda: run.text(file, text, (_identity(file),)))


def _read(file: str, folder: str | FilePath | None, library: Library) -> tuple[Profile | None, tuple[DataError, ...]]:
    run = _Run(file, library, None if folder is None else os.fspath(folder))
    return run.outcome(lambda: run.file(file, (_identity(file),)))


def _shipped(key: str, library: Library, chain: tuple[str, ...]) -> Profile:
    """Return a profile of the library; ``chain`` holds the imports that led to it."""

    def make() -> Profile:
        run = _Run(key, library, None)
        made, errors = run.outcome(lambda: run.shipped(key, (*chain, f"{PROFILE}{key}")))
        if made is None:
            raise DataErrors(errors)
        return made

    return library.once(("profile", key), make)


class _Run:
    """Reads a profile and all that it imports, each file once, and keeps the problems of all of them."""

    def __init__(self, file: str, library: Library, folder: str | None, *, imports_files: bool = True) -> None:
        self.library = library
        self.imports_files = imports_files
        self.folder = folder
        self.problems = Problems(file)
        self.bounds = Bounds(self.problems)
        self._root = _identity(os.path.dirname(file) or "." if folder is None else folder)  # noqa: PTH120
        self._read: dict[str, Profile | None] = {}
        self._ranks: dict[str, int] = {}
        self._adding: dict[str, str] = {}  # The file that adds elements, by the key of its profile.

    def outcome(self, read: Callable[[], Profile | None]) -> tuple[Profile | None, tuple[DataError, ...]]:
        """What was read, and all problems: imported files first, and by line within a file."""
        try:
            made, errors = read(), self.problems.errors
        except DataErrors as given_up:
            made, errors = None, [*given_up.errors]
        last = len(self._ranks)
        return made, tuple(sorted(errors, key=lambda error: (self._ranks.get(error.file, last), error.line or inf)))

    def file(self, file: str, chain: tuple[str, ...]) -> Profile | None:
        """Read a user's file, the last of the chain of imports; ``None`` if there is anything wrong with it."""
        identity = chain[-1]
        if identity not in self._read:
            self.bounds.take("files")
            self._read[identity] = self._kept(file, lambda: self._of_file(file, _content(file), chain))
        return self._read[identity]

    def text(self, file: str, text: str, chain: tuple[str, ...]) -> Profile | None:
        """Read the text of a user's file; ``None`` if there is anything wrong with it."""
        return self._kept(file, lambda: self._of_file(file, text, chain))

    def shipped(self, key: str, chain: tuple[str, ...]) -> Profile | None:
        """Read a file of the library; ``None`` if there is anything wrong with it."""
        return self._kept(key, lambda: self._made(*self.library.profile_text(key), key, chain))

    def _kept(self, file: str, make: Callable[[], Profile]) -> Profile | None:
        before = len(self.problems.errors)
        try:
            made = make()
        except DataError as error:
            self.problems.add(error)
            made = None
        self._ranks.setdefault(file, len(self._ranks))
        return made if len(self.problems.errors) == before else None

    def _of_file(self, file: str, text: str, chain: tuple[str, ...]) -> Profile:
        return evolve(self._made(file, text, None, chain), file=file, folder=self.folder)

    def _made(self, file: str, text: str, key: str | None, chain: tuple[str, ...]) -> Profile:
        """Make the profile that a text describes; ``key`` is the key that a file of the library must have."""
        value, report = values_of(file, text, self.problems)

        def fetch(name: str, path: Path) -> Profile | None:
            if name.startswith(PROFILE):
                return self._by_key(name, path, chain, report)
            if key is not None or not self.imports_files:
                which = "a profile that ships" if key is not None else "a profile given as text"
                report.add(path, f"{which} imports no file", f"import a profile by its key: {PROFILE}KEY")
                return None
            return self._by_file(os.path.join(os.path.dirname(file), name), path, chain, report)  # noqa: PTH118, PTH120

        document: Document = record(value, Document, (), report)
        basis = self._basis(document, file, key, report)
        return resolve(Task(document, basis, self.library, fetch, report, self.bounds))

    def _basis(self, document: Document, file: str, key: str | None, report: Report) -> Basis:
        """Check the basis that a profile states; the basis of a user's file is ``user``, whatever it states."""
        if key is None:
            other = self._adding.setdefault(document.profile, file) if document.add else file
            if document.profile and other != file:
                problem = f"{document.profile} is the key of {other} too, and both add elements"
                report.add(("profile",), problem, "give each a key of its own")
            if document.profile in self.library.profile_keys:
                problem = f"{document.profile} is the key of a profile that ships with the package"
                report.add(("profile",), problem, "give yours another key")
            return Basis.USER
        if document.profile and document.profile != key:
            report.add(("profile",), f"it is {shorten(document.profile)}", f"write {key}")
        if document.basis not in _SHIPPED:
            report.add(("basis",), "a profile that ships is official or curated", f"write {' or '.join(_SHIPPED)}")
        return document.basis or Basis.CURATED

    def _by_file(self, file: str, path: Path, chain: tuple[str, ...], report: Report) -> Profile | None:
        """Read the profile that an import names by its file."""
        identity = _identity(file)
        if not _may_follow(identity, chain, path, report):
            return None
        if not FilePath(identity).is_relative_to(self._root):
            fix = f"move it into {self._root}, or allow its folder with folder="
            report.add(path, f"{file} lies outside the folder of the profile", fix)
        elif not os.path.isfile(file):  # noqa: PTH113  # A name that is too long is none either.
            report.add(path, f"there is no file {file}", "name a file, from the folder of this one")
        else:
            return self.file(file, (*chain, identity))
        return None

    def _by_key(self, name: str, path: Path, chain: tuple[str, ...], report: Report) -> Profile | None:
        """Read the profile that an import names by its key."""
        if not _may_follow(name, chain, path, report):
            return None
        try:
            return _shipped(name.removeprefix(PROFILE), self.library, chain)
        except UnknownIdentifierError as error:
            known = error.suggestions or self.library.profile_keys
            fix = " or ".join(f"{PROFILE}{key}" for key in known) or "there is none"
            report.add(path, f"unknown profile {shorten(name.removeprefix(PROFILE))}", f"write {fix}")
        except DataErrors as broken:
            for problem in broken.errors:
                self.problems.add(problem)
                self._ranks.setdefault(problem.file, len(self._ranks))
        return None


def _may_follow(identity: str, chain: tuple[str, ...], path: Path, report: Report) -> bool:
    """Whether a profile may be imported at the end of a chain of imports."""
    if identity in chain:
        circle = " > ".join(FilePath(step).name for step in (*chain[chain.index(identity) :], identity))
        report.add(path, f"it imports itself: {circle}", "take one of these imports out")
    elif len(chain) >= _LONGEST_CHAIN:
        problem = f"it is import number {len(chain)} in a row"
        report.add(path, problem, f"let at most {_LONGEST_CHAIN} follow each other")
    else:
        return True
    return False


def _identity(file: str) -> str:
    """The real path of a file, however it is named; the name itself if no file can have it."""
    try:
        return os.path.realpath(file)
    except ValueError:
        return file


def _content(file: str) -> str:
    if not file.lower().endswith(FILES):
        raise DataError(file, "whole file", "its name is not that of a profile", f"let it end in {' or '.join(FILES)}")
    return text_of(file, file, LARGEST)
