"""Documents of OSCAL as types, as far as this library reads them; what it does not read is passed over."""

from __future__ import annotations

import os
import re
from os import PathLike

from attrs import define, field, frozen

from iotbaseline.errors import DataError
from iotbaseline.formats.documents import loaded, structured
from iotbaseline.formats.oscal import NAMESPACE

_OSCAL = "http://csrc.nist.gov/ns/oscal"
_INSERT = re.compile(r"\{\{\s*(?:insert:\s*param,\s*)?([^\s{}]+)\s*\}\}")
_DEEPEST = 10
"""How many parameters may stand within each other."""
_MOST_INSERTED = 10_000_000
"""How many characters of parameters may be inserted in all; a few parameters that name each other make billions."""


@frozen
class Prop:
    """A property; its namespace is that of OSCAL if it states none."""

    name: str
    value: str
    ns: str = _OSCAL
    class_: str | None = None
    remarks: str | None = None


@frozen
class Link:
    """A link to another control or to anything else."""

    href: str
    rel: str | None = None


@frozen
class Part:
    """A part of a control, such as its statement."""

    name: str
    id: str | None = None
    title: str | None = None
    props: tuple[Prop, ...] = ()
    prose: str | None = None
    parts: tuple[Part, ...] = ()


@frozen
class Choice:
    """The values that a parameter can be chosen from."""

    choice: tuple[str, ...] = ()


@frozen
class Constraint:
    """A condition on the value of a parameter."""

    description: str | None = None


@frozen
class Parameter:
    """A value that a control leaves open; in a profile, what is set of it."""

    id: str = ""
    param_id: str = ""
    props: tuple[Prop, ...] = ()
    label: str | None = None
    values: tuple[str, ...] = ()
    select: Choice | None = None
    constraints: tuple[Constraint, ...] = ()

    @property
    def text(self) -> str:
        """What stands for it in a sentence: its value, or what it is to be chosen from, or what it is called."""
        if self.values:
            return ", ".join(self.values)
        if self.select and self.select.choice:
            return f"[{' | '.join(self.select.choice)}]"
        described = "; ".join(each.description for each in self.constraints if each.description)
        return described or f"[{self.label or self.id or self.param_id}]"


@frozen
class Control:
    """A control with the controls below it."""

    id: str
    title: str
    class_: str | None = None
    params: tuple[Parameter, ...] = ()
    props: tuple[Prop, ...] = ()
    links: tuple[Link, ...] = ()
    parts: tuple[Part, ...] = ()
    controls: tuple[Control, ...] = ()


@frozen
class Group:
    """A group of controls or of groups."""

    title: str
    id: str | None = None
    class_: str | None = None
    props: tuple[Prop, ...] = ()
    groups: tuple[Group, ...] = ()
    controls: tuple[Control, ...] = ()


@frozen
class Metadata:
    """What is said of a document."""

    title: str
    version: str
    props: tuple[Prop, ...] = ()
    remarks: str | None = None


@frozen
class Rlink:
    """Where a resource lies."""

    href: str


@frozen
class Resource:
    """Something that a document refers to by its identifier."""

    uuid: str
    rlinks: tuple[Rlink, ...] = ()


@frozen
class BackMatter:
    """The resources of a document."""

    resources: tuple[Resource, ...] = ()


@frozen
class Catalog:
    """A catalog."""

    metadata: Metadata
    groups: tuple[Group, ...] = ()
    controls: tuple[Control, ...] = ()


@frozen
class Matching:
    """A pattern of identifiers, with ``*`` and ``?``."""

    pattern: str


@frozen
class Present:
    """Something of which it only matters that it is there."""


@frozen
class Select:
    """The controls that an import takes, or does not take."""

    with_child_controls: str = "no"
    with_ids: tuple[str, ...] = ()
    matching: tuple[Matching, ...] = ()


@frozen
class Import:
    """What a profile takes from a catalog or from another profile."""

    href: str
    include_all: Present | None = None
    include_controls: tuple[Select, ...] = ()
    exclude_controls: tuple[Select, ...] = ()


@frozen
class Merge:
    """How what is imported is arranged."""

    custom: Present | None = None


@frozen
class Add:
    """What a profile adds to a control."""

    by_id: str | None = None
    params: tuple[Parameter, ...] = ()
    props: tuple[Prop, ...] = ()
    links: tuple[Link, ...] = ()
    parts: tuple[Part, ...] = ()


@frozen
class Alter:
    """What a profile changes of a control."""

    control_id: str
    removes: tuple[Present, ...] = ()
    adds: tuple[Add, ...] = ()


@frozen
class Modify:
    """What a profile changes."""

    set_parameters: tuple[Parameter, ...] = ()
    alters: tuple[Alter, ...] = ()


@frozen
class Profile:
    """A profile."""

    metadata: Metadata
    imports: tuple[Import, ...]
    merge: Merge = field(factory=Merge)
    modify: Modify = field(factory=Modify)
    back_matter: BackMatter = field(factory=BackMatter)


_ROOTS: dict[str, type[Catalog] | type[Profile]] = {"catalog": Catalog, "profile": Profile}


def read(path: str | PathLike[str]) -> Catalog | Profile:
    """Read a catalog or profile in JSON.

    Raises :class:`~iotbaseline.errors.DataError` if the file is neither, and
    :class:`~iotbaseline.errors.DataErrors` with one error for each value that is not as OSCAL has it.
    """
    file = os.fspath(path)
    found = loaded(path, "convert it to JSON if it is OSCAL in XML or YAML")
    for root, cls in _ROOTS.items():
        if root in found:
            return structured(file, root, found[root], cls)
    raise DataError(file, "whole file", "it is no catalog and no profile of OSCAL", "name a file that is one")


def ours(props: tuple[Prop, ...], name: str) -> tuple[str, ...]:
    """The values of a property of our namespace."""
    return tuple(each.value for each in props if each.ns == NAMESPACE and each.name == name)


def theirs(props: tuple[Prop, ...], name: str) -> str | None:
    """The value of a property of OSCAL's namespace: of several, the one without a class."""
    found = [each for each in props if each.ns == _OSCAL and each.name == name]
    return min(found, key=lambda each: each.class_ is not None).value if found else None


@define
class Insertions:
    """The parameters of a file by name, and how much of them may still be inserted."""

    file: str
    parameters: dict[str, Parameter] = field(factory=dict[str, Parameter])
    _left: int = _MOST_INSERTED

    def into(self, text: str, depth: int = _DEEPEST) -> str:
        """The text with each parameter as its value or its name.

        Raises :class:`~iotbaseline.errors.DataError` if that is too much.
        """

        def value(match: re.Match[str]) -> str:
            parameter = self.parameters.get(match[1])
            if parameter is None or not depth:
                return f"[{match[1]}]"
            self._left -= len(parameter.text)
            if self._left < 0:
                raise DataError(self.file, "params", "they insert each other too often", "let each be inserted less")
            return self.into(parameter.text, depth - 1)

        return _INSERT.sub(value, text)


def prose_of(part: Part, insertions: Insertions) -> str:
    """What a part says with the parts below it, on one line; raises what :meth:`Insertions.into` raises."""
    label = theirs(part.props, "label")
    lines = [each for each in (label, part.prose) if each]
    lines.extend(prose_of(each, insertions) for each in part.parts)
    return " ".join(insertions.into(" ".join(lines)).split())
