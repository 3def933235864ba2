"""Profile files, in TOML or JSON: read, checked in one run, and begun."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path as FilePath

from attrs import evolve

from iotbaseline._display.results import Listing
from iotbaseline._files.positions import Path, json_lines, toml_lines
from iotbaseline._files.problems import MOST, Report, TooManyProblems
from iotbaseline._files.structure import record
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import identifiers
from iotbaseline._model.provenance import Basis
from iotbaseline._profiles.document import FILES, PROFILE, Document
from iotbaseline._profiles.profile import Profile
from iotbaseline._profiles.resolver import resolve
from iotbaseline.errors import DataError, DataErrors, UnknownIdentifierError, shorten

_LARGEST = 1_000_000
_DEEPEST = 20
_SHIPPED = (Basis.OFFICIAL, Basis.CURATED)
_DOTTED = re.compile(r"""(?<![\w"'-])(?:[\w"'-]++[ \t]*\.[ \t]*){50}""")
"""A key of so many parts that tomllib would take forever for it."""
_TOML_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


def profile(key: str, *, library: Library = DEFAULT) -> Profile:
    """Return one of the profiles that ship with the package, such as ``federal``.

    Raises :class:`~iotbaseline.errors.UnknownIdentifierError` with suggestions if there is no such profile, and
    :class:`~iotbaseline.errors.DataErrors` if its file is broken.
    """
    return _shipped(identifiers.checked(key).removeprefix(PROFILE), library, ())


def profiles(*, library: Library = DEFAULT) -> Listing[Profile]:
    """Every profile that ships with the package; raises :class:`~iotbaseline.errors.DataErrors` if one is broken."""
    return Listing(profile(key, library=library) for key in library.profile_keys)


def read_profile(path: str | FilePath, *, library: Library = DEFAULT) -> Profile:
    """Read a profile from a TOML or JSON file of one's own, with the profiles that it imports.

    Raises :class:`~iotbaseline.errors.DataErrors` with every problem of the file and of the files that it imports,
    each with its line and a fix.
    """
    made, errors = _read_file(path, library)
    if made is None:
        raise DataErrors(errors)
    return made


def check_profile(path: str | FilePath, *, library: Library = DEFAULT) -> tuple[DataError, ...]:
    """Every problem of a profile file and of the files that it imports; none if :func:`read_profile` reads it."""
    return _read_file(path, library)[1]


def read_text(text: str, file: str, library: Library) -> tuple[Profile | None, tuple[DataError, ...]]:
    """The profile that a file would hold, in JSON or TOML as the end of its name tells, or what is wrong with it."""
    run = _Run(library)
    return run.text(file, text), tuple(run.errors)


def _read_file(path: str | FilePath, library: Library) -> tuple[Profile | None, tuple[DataError, ...]]:
    run = _Run(library)
    file = os.fspath(path)
    made = run.file(file, (_identity(file),))
    return made, tuple({str(error): error for error in run.errors}.values())


def _identity(file: str) -> str:
    return file if "\0" in file else os.path.realpath(file)


def _shipped(key: str, library: Library, chain: tuple[str, ...]) -> Profile:
    """Return a profile of the library; ``chain`` leads to it from import to import."""

    def make() -> Profile:
        run = _Run(library)
        made = run.shipped(key, (*chain, f"{PROFILE}{key}"))
        if made is None:
            raise DataErrors(run.errors)
        return made

    return library.once(("profile", key), make)


class _Run:
    """Reads a profile and all that it imports, and keeps the problems of all of them."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.errors: list[DataError] = []

    def file(self, file: str, chain: tuple[str, ...]) -> Profile | None:
        """Read a user's file; ``None`` if there is anything wrong with it."""
        return self._kept(lambda: evolve(self._made(file, _content(file), None, chain), file=file))

    def text(self, file: str, text: str) -> Profile | None:
        """Read what a user's file would say; ``None`` if there is anything wrong with it."""
        return self._kept(lambda: evolve(self._made(file, text, None, (_identity(file),)), file=file))

    def shipped(self, key: str, chain: tuple[str, ...]) -> Profile | None:
        """Read a file of the library; ``None`` if there is anything wrong with it."""
        return self._kept(lambda: self._made(*self.library.profile_text(key), key, chain))

    def _kept(self, make: Callable[[], Profile]) -> Profile | None:
        before = len(self.errors)
        try:
            made = make()
        except DataError as error:
            self.errors.append(error)
            return None
        return made if len(self.errors) == before else None

    def _made(self, file: str, text: str, key: str | None, chain: tuple[str, ...]) -> Profile:
        """Make the profile that a text describes; ``key`` is the one that a file of the library has to have."""
        value, report = _parsed(file, text)

        def fetch(name: str, path: Path) -> Profile | None:
            return self._imported(name, path, file, key, chain, report)

        try:
            document: Document = record(value, Document, (), report)
            basis = self._basis(document, key, report)
            return resolve(document, basis=basis, library=self.library, fetch=fetch, report=report)
        except TooManyProblems:
            problem = f"it has more than {MOST} problems"
            raise DataError(file, "whole file", problem, "correct the others first") from None
        finally:
            self.errors += report.errors

    def _basis(self, document: Document, key: str | None, report: Report) -> Basis:
        """Check who a profile says it is from; a user's is the user's, whatever it says."""
        if key is None:
            if document.profile in self.library.profile_keys:
                problem = f"{document.profile} is the key of a profile that ships with the package"
                report.add(("profile",), problem, "give yours a key of its own")
            return Basis.USER
        if document.profile and document.profile != key:
            report.add(("profile",), f"it is {shorten(document.profile)}", f"write {key}")
        if document.basis not in _SHIPPED:
            report.add(("basis",), "a profile that ships is official or curated", f"write {' or '.join(_SHIPPED)}")
        return document.basis or Basis.CURATED

    def _imported(
        self, name: str, path: Path, file: str, key: str | None, chain: tuple[str, ...], report: Report
    ) -> Profile | None:
        """Read the profile that an import names, from another profile or a file beside this one."""
        if not name.startswith(PROFILE) and key is not None:
            report.add(path, "a profile that ships imports no file", f"import a profile by its key: {PROFILE}KEY")
            return None
        other = name if name.startswith(PROFILE) else os.path.join(os.path.dirname(file), name)  # noqa: PTH118, PTH120
        identity = name if name.startswith(PROFILE) else _identity(other)
        if identity in chain:
            circle = " > ".join(FilePath(each).name for each in (*chain[chain.index(identity) :], identity))
            report.add(path, f"it imports itself: {circle}", "take one of these imports out")
        elif len(chain) >= _DEEPEST:
            report.add(path, f"it is import number {len(chain)} in a row", f"let at most {_DEEPEST} follow each other")
        elif not name.startswith(PROFILE) and not os.path.isfile(other):  # noqa: PTH113
            report.add(path, f"there is no file {other}", "name a file, from the folder of this one")
        elif not name.startswith(PROFILE):
            return self.file(other, (*chain, identity))
        else:
            return self._by_key(name, path, chain, report)
        return None

    def _by_key(self, name: str, path: Path, chain: tuple[str, ...], report: Report) -> Profile | None:
        try:
            return _shipped(name.removeprefix(PROFILE), self.library, chain)
        except UnknownIdentifierError as error:
            known = error.suggestions or self.library.profile_keys
            fix = " or ".join(f"{PROFILE}{each}" for each in known) or "there is none"
            report.add(path, f"unknown profile {shorten(name.removeprefix(PROFILE))}", f"write {fix}")
        except DataErrors as error:
            self.errors += error.errors
        return None


def _content(file: str) -> str:
    """The text of a file.

    Raises :class:`~iotbaseline.errors.DataError` for one that is missing, too large, or not UTF-8.
    """
    path = FilePath(file)
    if not file.lower().endswith(FILES):
        raise DataError(file, "whole file", "it is no profile by its name", f"let it end in {' or '.join(FILES)}")
    try:
        if not path.is_file():
            raise FileNotFoundError("there is no such file")
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise DataError(file, "whole file", f"it cannot be read ({error})", "name a file that can") from error
    if len(raw) > _LARGEST:
        raise DataError(file, "whole file", f"it is larger than {_LARGEST} bytes", "split it, and import the parts")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(file, f"byte {error.start}", "it is not UTF-8", "save it as UTF-8") from error


def _parsed(file: str, text: str) -> tuple[object, Report]:
    """The values of a file, and the report that knows their lines."""
    try:
        if file.lower().endswith(".toml"):
            import tomllib

            if _DOTTED.search(text):
                raise RecursionError
            return tomllib.loads(text), Report(file, toml_lines(text))
        value = json.loads(text)
        lines, repeated = json_lines(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise DataError(file, place, f"it is not JSON ({error.msg})", "correct it there") from error
    except RecursionError as error:
        raise DataError(file, "whole file", "it is nested too deeply", "see the format of profiles") from error
    except ValueError as error:
        place, problem = _toml_place(str(error), text)
        raise DataError(file, place, problem, "correct it there") from error
    report = Report(file, lines)
    for path in repeated:
        report.add(path, f"{shorten(path[-1])} occurs twice", "take one of them out")
    return value, report


def _toml_place(message: str, text: str) -> tuple[str, str]:
    """The place that tomllib names in its message, or the whole file where it is a value that Python refuses."""
    found = _TOML_PLACE.fullmatch(message)
    if found is None:
        return "whole file", f"it holds a value out of bounds ({message})"
    line, column = found[2] or text.count("\n") + 1, found[3]
    return f"line {line}" + (f", column {column}" if column else ""), f"it is not TOML ({found[1]})"
