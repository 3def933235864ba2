"""Publications as standards of CycloneDX; its schema is a gate of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline._model.wording import Wording
from iotbaseline.errors import UnknownNameError


def exported(key: str, folder: Path, **options: Any) -> Any:
    """The document of a publication."""
    file = folder / "out.json"
    ib.export(key, "cyclonedx", file, **options)
    return json.loads(file.read_text("utf-8"))


@pytest.mark.parametrize("key", ["ir8425", "sp800-213a", "csf2.0", "sp800-53r5"])
def test_every_element_is_a_requirement_below_its_parent(key: str, tmp_path: Path) -> None:
    publication = ib.load(key)
    [standard] = exported(key, tmp_path)["definitions"]["standards"]
    found = {each["bom-ref"]: each for each in standard["requirements"]}
    assert list(found) == [element.id for element in publication]
    for element in publication:
        requirement = found[element.id]
        assert requirement.get("title") == element.title
        assert requirement.get("text") == (element.summary or None)
        held = element.parent if element.parent and publication.has(element.parent) else None
        assert requirement.get("parent") == held
        properties = {(each["name"], each["value"]) for each in requirement["properties"]}
        assert ("iotbaseline:kind", element.kind) in properties
        assert (("iotbaseline:parent", str(element.parent)) in properties) == bool(element.parent and not held)


def test_what_is_not_held_and_where_it_is_published_are_said(tmp_path: Path) -> None:
    for info in ib.publications():
        [standard] = exported(info.key, tmp_path)["definitions"]["standards"]
        missing = ib.load(info.key).missing
        assert standard["description"].endswith(missing or info.notice or "endorsed by NIST.")
        assert standard.get("version") == info.published
        references = [each["url"] for each in standard.get("externalReferences", ())]
        assert references == ([f"https://doi.org/{info.doi}"] if info.doi else [])


def test_nothing_is_lost_of_what_is_known_of_a_publication(tmp_path: Path) -> None:
    for info in ib.publications():
        document = exported(info.key, tmp_path, strict=True)
        facts = {each["name"]: each["value"] for each in document["metadata"]["properties"]}
        assert facts["iotbaseline:data-version"] == ib.data_version
        assert facts["iotbaseline:status"] == info.status
        assert facts.get("iotbaseline:pubid") == info.pubid
        assert facts.get("iotbaseline:notice") == (info.notice or None)


def test_a_parent_that_is_not_held_is_a_property(tmp_path: Path) -> None:
    publication = ib.load("ir8425")
    child = next(each for each in publication if each.parent)
    ib.export(evolve(publication, elements=(child,)), "cyclonedx", tmp_path / "out.json")
    document = json.loads((tmp_path / "out.json").read_text("utf-8"))
    [requirement] = document["definitions"]["standards"][0]["requirements"]
    assert "parent" not in requirement
    assert {"name": "iotbaseline:parent", "value": child.parent} in requirement["properties"]


def test_the_same_bytes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert exported("ir8425", tmp_path)["metadata"]["timestamp"] == "1970-01-01T00:00:00+00:00"
    first = (tmp_path / "out.json").read_bytes()
    exported("ir8425", tmp_path)
    assert (tmp_path / "out.json").read_bytes() == first


def test_versions(tmp_path: Path) -> None:
    documents = [exported("ir8425", tmp_path, cyclonedx_version=version) for version in ("1.6", "1.7")]
    assert [each["specVersion"] for each in documents] == ["1.6", "1.7"]
    assert len({each["serialNumber"] for each in documents}) == 2
    with pytest.raises(UnknownNameError):
        exported("ir8425", tmp_path, cyclonedx_version="1.5")


def test_an_attestation_lists_what_asks_for_something(tmp_path: Path) -> None:
    assert "declarations" not in exported("sp800-53r5", tmp_path)
    document = exported("sp800-53r5", tmp_path, declarations=True)
    [attestation] = document["declarations"]["attestations"]
    listed = [each["requirement"] for each in attestation["map"]]
    assert "sp800-53r5:ac-2" in listed
    withdrawn = {each.id for each in ib.load("sp800-53r5").controls if each.withdrawn}
    assert withdrawn
    assert not withdrawn & set(listed)
    assert set(listed) < {each["bom-ref"] for each in document["definitions"]["standards"][0]["requirements"]}


def test_official_wordings_are_left_out_and_counted(tmp_path: Path) -> None:
    publication = ib.load("ir8425")
    first, *others = publication
    worded = evolve(first, wording=Wording(text="Official words.", source="copy.pdf", sha256="0" * 64))
    report = ib.export(evolve(publication, elements=(worded, *others)), "cyclonedx", tmp_path / "out.json")
    assert [str(loss) for loss in report] == ["1 left-out: official wordings"]
    assert "Official words." not in (tmp_path / "out.json").read_text("utf-8")
