"""Publications and crosswalks as ReqIF, the exchange format of requirements tools. https://www.omg.org/spec/ReqIF/1.2

Attributes have the names of the ReqIF Implementation Guide. Each publication is a specification, each element an object
in it, and each mapping a relation whose type is the relation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element as Tag
from xml.etree.ElementTree import SubElement

from attrs import frozen

from iotbaseline import __version__
from iotbaseline._library.library import Library
from iotbaseline._mappings.items import asking
from iotbaseline._model.element import Element
from iotbaseline._model.mapping import Mapping
from iotbaseline._model.publication import Publication
from iotbaseline._model.texts import text_of
from iotbaseline.errors import QueryError
from iotbaseline.formats.facts import as_text, facts_beside_text, facts_of_mapping
from iotbaseline.formats.stable import in_xml, timestamp, uuid_of

if TYPE_CHECKING:
    from iotbaseline.formats.losses import Losses
    from iotbaseline.formats.registry import Things

_DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>"
_SCHEMA = "http://www.omg.org/spec/ReqIF/20110401/reqif.xsd"
_XHTML = "http://www.w3.org/1999/xhtml"
_LONGEST_NAME = 120
"""How long the name of a specification may be: tools make the name of a file of it."""
_LONGEST = "32000"
"""How long a text of one line may be, as its data type says."""

_NOTICE = (
    "The texts are summaries in the words of the iotbaseline project, not those of the publications, "
    "unless the facts beside one say that it is the official wording, and from which file. "
    "They are neither published nor endorsed by NIST."
)

SECTION, REQUIREMENT, INFORMATION = "SECTION", "REQUIREMENT", "INFORMATION"


@frozen
class Attribute:
    """An attribute of a type: its name, and whether its values are XHTML or text of one line."""

    name: str
    is_xhtml: bool = False


FOREIGN_ID, TEXT, LABEL, FACTS = (
    Attribute("ReqIF.ForeignID"),
    Attribute("ReqIF.Text", is_xhtml=True),
    Attribute("Label"),
    Attribute("Facts", is_xhtml=True),
)
NAMES = {
    SECTION: Attribute("ReqIF.ChapterName", is_xhtml=True),
    REQUIREMENT: Attribute("ReqIF.Name", is_xhtml=True),
    INFORMATION: Attribute("ReqIF.Name", is_xhtml=True),
}
"""The types of objects, and what the title is called in each.

What asks for something is a requirement; of the rest, a section has something below it. StrictDoc cannot read a section
that has nothing.
"""
RATIONALE = Attribute("Rationale", is_xhtml=True)
_ATTRIBUTES = {kind: (FOREIGN_ID, name, TEXT, LABEL, FACTS) for kind, name in NAMES.items()}
_OF_RELATIONS = (RATIONALE, FACTS)


def write(things: Things, losses: Losses) -> bytes:
    """Make a file with a specification for each publication, and the relations of crosswalks."""
    publications = {each.key: each for each in things.publications}
    for crosswalk in things.crosswalks:
        publications |= {each.key: each for each in (crosswalk.subject, crosswalk.object) if each.elements}
    if empty := next((each.key for each in publications.values() if not each.elements), None):
        raise QueryError(f"{empty} holds no elements", "export a publication that does")
    elements = {each.id: each for publication in publications.values() for each in publication}
    mappings = [each for crosswalk in things.crosswalks for each in _kept(crosswalk.mappings, elements, losses)]
    return _Document(things.library, publications, elements, mappings).made()


def _kept(mappings: Iterable[Mapping], elements: dict[str, Element], losses: Losses) -> Iterator[Mapping]:
    for mapping in mappings:
        if mapping.subject in elements and mapping.object in elements:
            yield mapping
        else:
            losses.left_out("mappings to no element, which a relation has to have at both ends", str(mapping))


class _Document:
    """Makes the parts of one file; its time depends on ``SOURCE_DATE_EPOCH`` alone."""

    def __init__(
        self,
        library: Library,
        publications: dict[str, Publication],
        elements: dict[str, Element],
        mappings: list[Mapping],
    ) -> None:
        self._library = library
        self._publications = publications
        self._elements = elements
        self._mappings = mappings
        # A tool that imports relations wants the objects at both ends to be of one type.
        ends = {name for each in mappings for name in (each.subject, each.object)}
        self._required = ends | {each.id for each in asking(library, elements)}
        self._changed = {"LAST-CHANGE": timestamp()}

    def made(self) -> bytes:
        root = Tag("REQ-IF", {"xmlns": _SCHEMA, "xmlns:xhtml": _XHTML})
        self._header(SubElement(SubElement(root, "THE-HEADER"), "REQ-IF-HEADER"))
        content = SubElement(SubElement(root, "CORE-CONTENT"), "REQ-IF-CONTENT")
        self._data_types(SubElement(content, "DATATYPES"))
        self._types(SubElement(content, "SPEC-TYPES"))
        self._objects(SubElement(content, "SPEC-OBJECTS"))
        if self._mappings:
            self._relations(SubElement(content, "SPEC-RELATIONS"))
        self._specifications(SubElement(content, "SPECIFICATIONS"))
        ET.indent(root)
        return f"{_DECLARATION}\n{in_xml(ET.tostring(root, encoding='unicode'))}\n".encode()

    def _header(self, header: Tag) -> None:
        names = sorted(self._publications)
        pairs = [f"{each.subject} {each.relation} {each.object}" for each in self._mappings]
        header.set("IDENTIFIER", _name("header", *names, *pairs))
        texts = {
            "COMMENT": _NOTICE,
            "CREATION-TIME": self._changed["LAST-CHANGE"],
            "REQ-IF-TOOL-ID": f"iotbaseline {__version__}",
            "REQ-IF-VERSION": "1.0",
            "SOURCE-TOOL-ID": f"iotbaseline {__version__}, data {self._library.data_version}",
            "TITLE": ", ".join(names),
        }
        for tag, text in texts.items():
            SubElement(header, tag).text = text

    def _data_types(self, into: Tag) -> None:
        self._identified(into, "DATATYPE-DEFINITION-STRING", _name("type", "text"), "Text", **{"MAX-LENGTH": _LONGEST})
        self._identified(into, "DATATYPE-DEFINITION-XHTML", _name("type", "xhtml"), "XHTML")

    def _types(self, into: Tag) -> None:
        for kind, attributes in _ATTRIBUTES.items():
            self._type(into, "SPEC-OBJECT-TYPE", kind, attributes)
        for relation in sorted({each.relation for each in self._mappings}):
            self._type(into, "SPEC-RELATION-TYPE", relation, _OF_RELATIONS)
        self._type(into, "SPECIFICATION-TYPE", "PUBLICATION", ())

    def _type(self, into: Tag, tag: str, kind: str, attributes: tuple[Attribute, ...]) -> None:
        made = self._identified(into, tag, _name("type", kind), kind)
        if not attributes:
            return
        held = SubElement(made, "SPEC-ATTRIBUTES")
        for each in attributes:
            what, data_type = ("XHTML", "xhtml") if each.is_xhtml else ("STRING", "text")
            defined = self._identified(held, f"ATTRIBUTE-DEFINITION-{what}", _name("type", kind, each.name), each.name)
            reference = SubElement(SubElement(defined, "TYPE"), f"DATATYPE-DEFINITION-{what}-REF")
            reference.text = _name("type", data_type)

    def _objects(self, into: Tag) -> None:
        for element in self._elements.values():
            kind = self._kind(element)
            made = self._identified(into, "SPEC-OBJECT", _name("object", element.id))
            told = text_of(element)
            values = {
                FOREIGN_ID: element.id,
                NAMES[kind]: element.title or element.label,
                TEXT: told.text if told else None,
                LABEL: element.label,
                FACTS: as_text(facts_beside_text(element), "; "),
            }
            _values(made, kind, values)
            SubElement(SubElement(made, "TYPE"), "SPEC-OBJECT-TYPE-REF").text = _name("type", kind)

    def _kind(self, element: Element) -> str:
        if element.id in self._required:
            return REQUIREMENT
        return SECTION if self._publications[element.publication].children(element) else INFORMATION

    def _relations(self, into: Tag) -> None:
        for number, mapping in enumerate(self._mappings):
            place = (mapping.subject, mapping.relation, str(mapping.object), str(number))
            made = self._identified(into, "SPEC-RELATION", _name("relation", *place))
            _values(
                made, mapping.relation, {RATIONALE: mapping.rationale, FACTS: as_text(facts_of_mapping(mapping), "; ")}
            )
            for side, name in (("SOURCE", mapping.subject), ("TARGET", str(mapping.object))):
                SubElement(SubElement(made, side), "SPEC-OBJECT-REF").text = _name("object", name)
            SubElement(SubElement(made, "TYPE"), "SPEC-RELATION-TYPE-REF").text = _name("type", mapping.relation)

    def _specifications(self, into: Tag) -> None:
        for publication in self._publications.values():
            name, title = _name("specification", publication.key), publication.title or publication.key
            short = title if len(title) <= _LONGEST_NAME else f"{title[: _LONGEST_NAME - 1]}…"
            made = self._identified(into, "SPECIFICATION", name, short, DESC=title)
            SubElement(SubElement(made, "TYPE"), "SPECIFICATION-TYPE-REF").text = _name("type", "PUBLICATION")
            stack = [made]
            for depth, element in publication.walk():
                del stack[depth + 1 :]
                shelf = stack[-1].find("CHILDREN")
                held = SubElement(stack[-1], "CHILDREN") if shelf is None else shelf
                node = self._identified(held, "SPEC-HIERARCHY", _name("place", element.id))
                SubElement(SubElement(node, "OBJECT"), "SPEC-OBJECT-REF").text = _name("object", element.id)
                stack.append(node)

    def _identified(self, into: Tag, tag: str, identifier: str, name: str | None = None, **more: str) -> Tag:
        named = {} if name is None else {"LONG-NAME": name}
        return SubElement(into, tag, {"IDENTIFIER": identifier, **self._changed, **named, **more})


def _name(*parts: str) -> str:
    """An identifier, which in XML begins with a letter or an underscore."""
    return f"_{uuid_of('reqif', *parts)}"


def _values(into: Tag, kind: str, values: dict[Attribute, str | None]) -> None:
    held = SubElement(into, "VALUES")
    for attribute, value in values.items():
        if value is None:
            continue
        what = "XHTML" if attribute.is_xhtml else "STRING"
        made = SubElement(held, f"ATTRIBUTE-VALUE-{what}", {} if attribute.is_xhtml else {"THE-VALUE": value})
        reference = SubElement(SubElement(made, "DEFINITION"), f"ATTRIBUTE-DEFINITION-{what}-REF")
        reference.text = _name("type", kind, attribute.name)
        if attribute.is_xhtml:
            SubElement(SubElement(made, "THE-VALUE"), "xhtml:div").text = value
