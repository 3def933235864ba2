"""The tables of a fleet: their columns, the type and the meaning of each."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

from attrs import frozen


class Type(StrEnum):
    """The type of a column, by its name in SQL."""

    TEXT = "VARCHAR"
    NUMBER = "INTEGER"
    TRUTH = "BOOLEAN"
    DATE = "DATE"


@frozen
class TableColumn:
    """A column of a table: its name, its type, what it holds, and whether it may be null."""

    name: str
    type: Type
    says: str
    may_be_null: bool = False


Schema: TypeAlias = tuple[TableColumn, ...]


def _text(name: str, says: str) -> TableColumn:
    return TableColumn(name, Type.TEXT, says)


def _maybe(name: str, says: str, type: Type = Type.TEXT) -> TableColumn:  # noqa: A002
    return TableColumn(name, type, says, may_be_null=True)


def _number(name: str, says: str) -> TableColumn:
    return TableColumn(name, Type.NUMBER, says)


def _truth(name: str, says: str) -> TableColumn:
    return TableColumn(name, Type.TRUTH, says)


TABLES: dict[str, Schema] = {
    "elements": (
        _text("element", "the identifier"),
        _text("publication", "the key of its publication"),
        _number("number", "its place in this table, from 0"),
        _text("kind", "the kind of element"),
        _text("name", "its title, or else its summary"),
        _maybe("parent", "the element above it"),
        _text("family", "the topmost element above it, or itself"),
        _truth("selectable", "whether the tables were made for it: findings may be about it"),
    ),
    "mappings": (
        _text("subject", "the element that the mapping is about"),
        _text("relation", "the relation of the subject to the object"),
        _maybe("object", "the other element; null if what is cited is not identified"),
        _text("basis", "official, curated, derived or user"),
        _maybe("strength", "a judgement from 0 to 10", Type.NUMBER),
        _maybe("rationale", "the reason for a judgement"),
        _maybe("locator", "where it is printed"),
        _text("source", "the crosswalk that it belongs to"),
    ),
    "members": (
        _text("profile", "the key of a profile that ships"),
        _maybe("level", "the level that selects the element; null if the profile has no levels"),
        _text("element", "the element selected"),
    ),
    "items": (
        _text("element", "an element of the target that asks for something"),
        _number("number", "its place in the target, from 0"),
        _text("name", "its title, or else its summary"),
        _text("family", "the topmost element above it, or itself"),
        _text("family_name", "the name of that"),
    ),
    "blanks": (
        _text("publication", "a publication that products are held against"),
        _text("element", "an item"),
        _number("rank", "the rank of its level if nothing selected leads to it: that of gap or of not mapped"),
    ),
    "wholes": (
        _text("whole", "an element that is met if all its parts are, and it has no finding of its own"),
        _text("part", "a part of it that asks for something"),
        _number("parts", "how many such parts it has"),
    ),
    "closure": (
        _text("source", "an element that may be selected"),
        _text("element", "the item that it leads to"),
        _text("level", "how far it covers the item, as coverage says"),
        _number("rank", "the rank of the level; the lowest of the rows that hold is the answer"),
        _text("follows", "what follows for the two, in words"),
        _text("path", "the path that it follows from; several, if it takes them together"),
        _number("judgements", "how many hops of the path rest on somebody's judgement other than a publisher's"),
        _truth("curated", "whether one of these hops is this project's judgement"),
        _maybe("strength", "the strength of the weakest mapping of the path, from 0 to 10", Type.NUMBER),
        _maybe("blocker", "the row does not hold if an element of this blocker is selected too", Type.NUMBER),
        _truth(
            "overrides", "whether it replaces all other rows of its two elements: their paths contradict each other"
        ),
    ),
    "blockers": (
        _number("blocker", "the number of the blocker"),
        _text("element", "an element that must not be selected"),
    ),
    "levels": (
        _number("rank", "the rank, from 0"),
        _text("level", "the level of coverage, best first"),
    ),
    "statuses": (
        _number("rank", "the rank, from 0"),
        _text("status", "the status of a finding, worst first"),
    ),
    "findings": (
        _text("product", "the key of the product"),
        _maybe("component", "the key of the component; null if the finding holds for the whole product"),
        _text("element", "the identifier of the element"),
        _text("status", "met, partly met, not met, not applicable or not assessed"),
        _maybe("date", "when it was assessed", Type.DATE),
        _maybe("expires", "the last day on which it holds", Type.DATE),
        _maybe("replaced", "when a newer finding took its place", Type.DATE),
        _maybe("evidence", "what it rests on"),
    ),
    "days": (
        TableColumn("day", Type.DATE, "a day to look at; drift is between the first and the last"),
        TableColumn("soon", Type.DATE, "evidence that expires before this day is listed as expiring"),
    ),
}
"""The tables by name, each with its columns in order."""
