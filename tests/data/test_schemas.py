"""Every data file fits its JSON Schema, and the schemas fit the types of the model."""

from __future__ import annotations

import enum
import json
import typing
from functools import cache
from pathlib import Path
from typing import Any

import attrs
import pytest
from jsonschema import Draft202012Validator

from iotbaseline._model.kinds import KINDS
from iotbaseline._model.lineage import LineageRecord
from iotbaseline._model.provenance import Basis
from iotbaseline._model.publication import Evidence, PublicationInfo, PublicationRelation
from iotbaseline._model.sources import SourceText
from iotbaseline._model.suggestions import EvidenceSuggestion

Json = dict[str, Any]

DATA = Path(__file__).parents[2] / "data"
PLACES = {
    "publications.json": "publications",
    "SOURCES.json": "sources",
    "errata.json": "errata",
    "evidence.json": "evidence",
    "manifest.json": "manifest",
    "publications/*.json": "publication",
    "lineage/*.json": "lineage",
    "profiles/*.json": "profile",
}
FILES = [
    pytest.param(path, schema, id=path.relative_to(DATA).as_posix())
    for pattern, schema in PLACES.items()
    for path in sorted(DATA.glob(pattern))
]


def read(path: Path) -> Json:
    document = json.loads(path.read_text("utf-8"))
    assert isinstance(document, dict)
    return document


@cache
def validator(name: str) -> Any:
    return Draft202012Validator(read(DATA / "schema" / f"{name}.schema.json"))


def definitions(name: str) -> Json:
    return typing.cast("Json", validator(name).schema["$defs"])


@pytest.mark.parametrize("name", sorted(set(PLACES.values())))
def test_schema_is_valid(name: str) -> None:
    Draft202012Validator.check_schema(validator(name).schema)


@pytest.mark.parametrize(("path", "schema"), FILES)
def test_file_fits_schema(path: Path, schema: str) -> None:
    problems = [f"{error.json_path}: {error.message[:300]}" for error in validator(schema).iter_errors(read(path))]
    assert not problems, "\n".join(problems[:10])


GUIDANCE: Json = {"element": "ir8425:data-protection", "change": "guidance", "text": "t", "rationale": "r"}
ADDITION: Json = {"id": "more", "title": "t", "summary": "s", "rationale": "r"}
BROKEN_PROFILES: Json = {
    "no summary": {"summary": None},
    "unknown field": {"note": "n"},
    "key with blanks": {"profile": "my profile"},
    "import without a rationale": {"imports": [{"from": "ir8425"}]},
    "selector without a condition": {"imports": [{"from": "ir8425", "rationale": "r", "include": [{}]}]},
    "unknown baseline": {"imports": [{"from": "sp800-53r5", "rationale": "r", "include": [{"baseline": "lowest"}]}]},
    "unknown change": {"modify": [GUIDANCE | {"change": "delete"}]},
    "guidance without a text": {"modify": [{name: GUIDANCE[name] for name in ("element", "change", "rationale")}]},
    "guidance with a parameter": {"modify": [GUIDANCE | {"parameter": "p", "value": "v"}]},
    "parameter without a value": {"modify": [GUIDANCE | {"change": "parameter", "parameter": "p"}]},
    "curated edit without sources": {"basis": "curated", "modify": [GUIDANCE]},
    "curated addition without sources": {"basis": "curated", "add": [ADDITION]},
    "level twice": {"levels": ["low", "low"]},
    "question without why": {"open": [{"question": "q"}]},
}
MINIMAL_PROFILE: Json = {"profile": "mine", "title": "t", "version": "1", "summary": "s"}


def test_schema_of_profiles_takes_a_small_one() -> None:
    edits = [GUIDANCE, GUIDANCE | {"change": "parameter", "parameter": "p", "value": "v"}]
    validator("profile").validate(MINIMAL_PROFILE | {"modify": edits, "add": [ADDITION]})


@pytest.mark.parametrize("broken", BROKEN_PROFILES)
def test_schema_of_profiles_refuses(broken: str) -> None:
    document = {name: value for name, value in (MINIMAL_PROFILE | BROKEN_PROFILES[broken]).items() if value is not None}
    assert not validator("profile").is_valid(document)


def schema_of_kind(kind: str) -> Json:
    """The one definition that the schema applies to elements of this kind."""
    found = []
    for rule in definitions("publication")["element"]["allOf"]:
        condition = rule["if"]["properties"]["kind"]
        if kind in condition.get("enum", [condition.get("const")]):
            found.append(rule["then"]["$ref"].removeprefix("#/$defs/"))
    assert len(found) == 1
    return typing.cast("Json", definitions("publication")[found[0]])


def required_fields(cls: type[Any]) -> set[str]:
    return {each.name for each in attrs.fields(cls) if each.default is attrs.NOTHING}


def test_schema_knows_the_kinds() -> None:
    assert definitions("publication")["element"]["properties"]["kind"]["enum"] == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_schema_of_kind_has_its_fields(kind: str) -> None:
    schema = schema_of_kind(kind)
    assert set(schema["properties"]) == {"kind", *attrs.fields_dict(KINDS[kind])} - {"wording"}
    assert set(schema["required"]) == {"kind", *required_fields(KINDS[kind])}
    assert schema["additionalProperties"] is False


RECORDS = [
    pytest.param("publications", ("$defs", "publication"), PublicationInfo, id="PublicationInfo"),
    pytest.param("publications", ("$defs", "relation"), PublicationRelation, id="PublicationRelation"),
    pytest.param("publications", ("$defs", "evidence"), Evidence, id="Evidence"),
    pytest.param("lineage", ("properties", "records", "items"), LineageRecord, id="LineageRecord"),
    pytest.param("sources", ("properties", "sources", "items"), SourceText, id="SourceText"),
    pytest.param("evidence", ("properties", "evidence", "items"), EvidenceSuggestion, id="EvidenceSuggestion"),
]


@pytest.mark.parametrize(("name", "place", "cls"), RECORDS)
def test_schema_of_record_has_its_fields(name: str, place: tuple[str, ...], cls: type[Any]) -> None:
    schema: Any = validator(name).schema
    for step in place:
        schema = schema[step]
    written = {"title": "name"} if cls is PublicationInfo else {}
    assert set(schema["properties"]) == {written.get(name, name) for name in attrs.fields_dict(cls)}
    assert {written.get(name, name) for name in required_fields(cls)} <= set(schema.get("required", ()))
    assert schema["additionalProperties"] is False
    check_words(cls, schema["properties"], definitions(name) if "$defs" in validator(name).schema else {})


@pytest.mark.parametrize("kind", KINDS)
def test_schema_of_kind_has_its_words(kind: str) -> None:
    check_words(KINDS[kind], schema_of_kind(kind)["properties"], definitions("publication"))


def check_words(cls: type[Any], properties: Json, defs: Json) -> None:
    """An enumeration of the model and its list in the schema hold the same words, but ``user``, which does not ship."""
    for name, hint in typing.get_type_hints(cls).items():
        for each in (hint, *typing.get_args(hint)):
            if isinstance(each, type) and issubclass(each, enum.Enum):
                schema = properties[name]
                schema = defs[schema["$ref"].removeprefix("#/$defs/")] if "$ref" in schema else schema
                assert schema["enum"] == [member.value for member in each if member is not Basis.USER]
