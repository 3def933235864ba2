"""Turn parsed JSON into the types of the model: checked field by field, or unchecked if it is proven to fit.

The shipped files are proven: their hashes match, so they hold the records that the tests have checked. Checking every
value again would take longer than reading the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from sys import modules
from types import FunctionType, NoneType, UnionType
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin

from attrs import fields_dict, has

from iotbaseline._model.element import Element
from iotbaseline._model.hidden import hidden_in
from iotbaseline._model.identifiers import nearest
from iotbaseline._model.kinds import KINDS
from iotbaseline._model.provenance import Fidelity
from iotbaseline._model.publication import PublicationInfo
from iotbaseline._model.thawed import thawed
from iotbaseline.errors import DataError, shorten

if TYPE_CHECKING:
    from cattrs import Converter


T = TypeVar("T")
U = TypeVar("U")

_TITLE = "name"
"""What the registry file calls the title of a publication."""


def checked(file: str, place: str, record: object, kind: type[T]) -> T:
    """Structure a record and check every field.

    Raises :class:`~iotbaseline.errors.DataError` for an unknown, missing or wrongly typed field.
    """
    converter = _converter()
    try:
        return converter.structure(record, kind)
    except Exception as error:
        from cattrs import transform_error

        problem = "; ".join(transform_error(error, path="record", format_exception=_worded))
        raise DataError(file, place, problem, "correct the record") from error


def checked_element(file: str, place: str, record: object) -> Element:
    """Structure the record of an element as the type that its ``kind`` names; raises as :func:`checked` does."""
    fields = dict(cast("dict[str, object]", record)) if isinstance(record, dict) else {}
    kind = str(fields.pop("kind", None))
    if kind not in KINDS:
        near = ", ".join(nearest(kind, KINDS) or KINDS)
        raise DataError(file, place, f"unknown kind {shorten(kind)}", f"use one of {near}")
    return checked(file, place, fields, KINDS[kind])


def proven(record: object, kind: type[T]) -> T:
    """Structure a record that is known to fit its type. The record is changed in place."""
    return cast("T", _maker(cast("Any", kind))(record))


def proven_element(record: dict[str, object]) -> object:
    """Structure the record of an element that is known to fit its type, and leave any other record as it is.

    Given to the parser of JSON, it makes each element as soon as its record is read, while that is in the cache of the
    processor. The record is changed in place.
    """
    kind = record.pop("kind", None)
    return record if kind is None else maker_of_kind(kind)(record)


@cache
def maker_of_kind(kind: str) -> Callable[[dict[str, Any]], Element]:
    """Return a function that makes an element of a kind, in a third of the time that its constructor takes.

    No file has a ``wording``: an element has one from the user's own copy alone.
    """
    cls = KINDS[kind]
    own = {name: field.default for name, field in fields_dict(cls).items() if name not in _OF_EVERY_ELEMENT}
    converters = _converters(cls, own)
    others = [(name, default, converters.get(name, _as_it_is)) for name, default in own.items()]
    open_cls = thawed(cls)

    def make(record: dict[str, Any]) -> Any:
        get = record.get
        made = object.__new__(open_cls)
        made.id = record["id"]
        made.title = get("title")
        made.label = get("label")
        made.parent = get("parent")
        made.summary = get("summary")
        made.section = get("section")
        made.table = get("table")
        made.page = get("page")
        made.words = get("words")
        made.sha256 = get("sha256")
        made.fidelity = _FIDELITY[get("fidelity", "full")]
        made.note = get("note")
        made.wording = None
        for name, default, convert in others:
            value = get(name)
            setattr(made, name, default if value is None else convert(value))
        made.__class__ = cls
        return made

    return _with_code_of_its_own(make)


def _with_code_of_its_own(function: Callable[[T], U]) -> Callable[[T], U]:
    """A copy of a function: the interpreter adapts code to the types that it meets, and code of all kinds fits none."""
    function = cast("FunctionType", function)
    code, known, name = function.__code__.replace(), function.__globals__, function.__name__
    return cast("Callable[[T], U]", FunctionType(code, known, name, closure=function.__closure__))


_OF_EVERY_ELEMENT = fields_dict(Element)
_FIDELITY = {fidelity.value: fidelity for fidelity in Fidelity}


def _as_it_is(value: object) -> object:
    return value


@cache
def _converter() -> Converter:
    from cattrs import Converter
    from cattrs.gen import make_dict_structure_fn, override

    converter = Converter(forbid_extra_keys=True)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _plain)
    converter.register_structure_hook_func(lambda kind: kind == tuple[str, ...], _texts)
    named = make_dict_structure_fn(PublicationInfo, converter, title=override(rename=_TITLE))
    converter.register_structure_hook(PublicationInfo, named)
    for of_kind in KINDS.values():
        converter.register_structure_hook(
            of_kind, make_dict_structure_fn(of_kind, converter, wording=override(omit=True))
        )
    return converter


def _plain(value: object, kind: type[T]) -> T:
    """A text, number or truth value as it is, or the member of a string enumeration that it names."""
    if type(value) is kind:
        if isinstance(value, str) and (hidden := hidden_in(value)) is not None:
            raise ValueError(f"{shorten(value)} has the character {hidden}")
        return value
    if not (isinstance(value, str) and issubclass(kind, StrEnum)):
        raise TypeError(f"{shorten(value)} is not of type {kind.__name__}")
    return kind(value)


def _texts(values: object, _: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(f"{shorten(values)} is not a list of texts")
    return tuple(_plain(value, str) for value in cast("list[object]", values))


def _worded(error: BaseException, expected: type | None) -> str:
    from cattrs.v import format_exception

    return str(error) if isinstance(error, TypeError | ValueError) else format_exception(error, expected)


@cache
def _maker(cls: type[Any]) -> Callable[[Any], object]:
    """Return a function that makes an instance of an attrs class from a record that fits it.

    Merging the record into the defaults reuses their interned keys, which makes the call twice as fast.
    """
    defaults = {name: field.default for name, field in fields_dict(cls).items()}
    converters = tuple(_converters(cls, defaults).items())
    written = _written_otherwise(cls)

    def make_record(record: dict[str, object]) -> object:
        for name in written:
            record[name] = record.pop(written[name])
        for name, convert in converters:
            if name in record and record[name] is not None:
                record[name] = convert(record[name])
        return cls(**(defaults | record))

    return make_record


def _written_otherwise(cls: type) -> dict[str, str]:
    return {"title": _TITLE} if cls is PublicationInfo else {}


_PLAIN = {text for kind in ("str", "int", "bool") for text in (kind, f"{kind} | None")}


def _converters(cls: type[Any], names: Iterable[str]) -> dict[str, Callable[[Any], object]]:
    """Return what makes the value of each field that JSON has in another form.

    Only the annotations of those fields are evaluated: ``get_type_hints`` evaluates all of every class above too, which
    takes longer than reading most files. Where cattrs was first, it has put the types in their place.
    """
    known: dict[str, object] = {}
    for base in reversed(cls.__mro__):
        known |= vars(modules[base.__module__])
    types = cast("dict[str, object]", {name: field.type for name, field in fields_dict(cls).items()})
    hints = {name: types[name] for name in names if types[name] not in _PLAIN}
    evaluated = {name: eval(hint, known) if isinstance(hint, str) else hint for name, hint in hints.items()}  # noqa: S307
    return {name: convert for name, hint in evaluated.items() if (convert := _conversion(hint)) is not None}


def _conversion(hint: Any) -> Callable[[Any], object] | None:
    """Return a function that makes a value of a type from its JSON, or ``None`` if JSON has the value as it is."""
    kind: Any
    (kind,) = set(get_args(hint) if isinstance(hint, UnionType) else (hint,)) - {NoneType}
    if kind is str or kind is int or kind is bool:
        return None
    if get_origin(kind) is tuple:
        inner = _conversion(get_args(kind)[0])
        return tuple if inner is None else _for_each(inner)
    return _maker(kind) if has(kind) else {member.value: member for member in kind}.__getitem__


def _for_each(convert: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda values: tuple([convert(value) for value in values])
