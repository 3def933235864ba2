"""Full-text search."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._library import search
from iotbaseline._library.library import DEFAULT
from iotbaseline._library.synonyms import SYNONYMS

ELEMENTS = [element for publication in DEFAULT.load_all() for element in publication]
TITLED = [element for element in ELEMENTS if element.title and ib.normalize(element.title)]


@given(st.sampled_from(TITLED))
def test_an_element_is_found_by_its_title(element: ib.Element) -> None:
    assert element.title is not None
    hits = ib.search(element.title, kind=element.kind, publication=element.publication, limit=2000)
    assert element in [hit.element for hit in hits]


def test_best_match_comes_first() -> None:
    hits = ib.search("software update")
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].element.title == "Software Update"
    assert all(type(hit.element) is ib.kinds.KINDS[hit.element.kind] for hit in hits)


def test_word_endings_case_and_marks_do_not_matter() -> None:
    assert ib.search("UPDATES, (software)") == ib.search("software update")


def test_all_words_must_occur_where_an_element_has_them_all() -> None:
    for hit in ib.search("authorized entities update", limit=100):
        words = ib.normalize(f"{hit.element.title} {hit.element.summary}")
        assert all(stem in words for stem in ("authoriz", "entit", "updat")), hit.element.id


def test_any_word_does_where_no_element_has_them_all() -> None:
    assert ib.search("zzyzx nothinglikeit") == ()
    either, one = ({hit.element.id for hit in ib.search(text, limit=10_000)} for text in ("zzyzx update", "update"))
    assert either == one


def test_a_question_is_searched_for_what_it_is_about() -> None:
    assert ids("What is an IoT product?") == ids("iot product")
    assert ids("iot product")[0].endswith("iot-product")
    assert ids("of the") != []


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("How can I update the software?", "update software"),
        ("What must my device encrypt, and why?", "device encrypt"),
        ("Who is to have access to the data on it?", "have access data"),
        ("Which events should we log, and for whom?", "events log whom"),
        ("What does this say about an account or a password?", "say account password"),
        ("Do you tell me that our logs are by your device in time?", "tell logs device time"),
        ("updates from vendors with signatures", "updates vendors signatures"),
    ],
)
def test_little_words_of_a_question_need_not_occur(question: str, asked: str) -> None:
    found, expected = ([hit.element for hit in ib.search(text)] for text in (question, asked))
    assert found == expected != []


def test_labels_are_searched_too() -> None:
    assert ib.search("AC-2(3)", publication="SP 800-53 Rev. 5")[0].element is ib.get("AC-2(3)")


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("IR 8425 Data Protection 1", "ir8425:data-protection.1"),
        ("ir8425:data-protection.1", "ir8425:data-protection.1"),
        ("EN 303 645 5.1-1", "en303645v3.1.3:5.1-1"),
        ("DI:IMS(1)", "sp800-213a:DI.IMS.1"),
        ("SP 800-53r4 AC-2(3)", "sp800-53r4:ac-2.3"),
    ],
)
def test_what_is_named_comes_first(text: str, identifier: str) -> None:
    found = ib.search(text)
    assert found[0].element.id == identifier
    assert [hit.element.id for hit in found].count(identifier) == 1
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert len(ib.search(text, limit=1)) == 1
    element = ib.get(identifier)
    narrowed = {"kind": element.kind, "publication": element.publication}
    assert ib.search(text, **narrowed)[0].element is element  # type: ignore[arg-type]


def test_what_is_named_is_narrowed_like_all_else() -> None:
    for narrowed in ({"kind": "family"}, {"publication": "ir8425"}, {"in_force": True}):
        found = ib.search("SP 800-53r4 AC-2(3)", **narrowed)
        assert "sp800-53r4:ac-2.3" not in [hit.element.id for hit in found]
    assert ib.search("AC-2(3)", in_force=True)[0].element.id == "sp800-53r5:ac-2.3"
    assert "sp800-53r5:ac-2.10" not in [hit.element.id for hit in ib.search("AC-2(10)", in_force=True)]
    assert len(ib.search("IR 8425 Ω update")) > 0


def test_kind_and_publication_narrow_the_search() -> None:
    every = ib.search("update", limit=1000)
    for kind, key in (("capability", None), (None, "ir8425"), ("capability", "ir8425")):
        expected = [
            hit.element.id
            for hit in every
            if kind in (None, hit.element.kind) and key in (None, hit.element.publication)
        ]
        found = ib.search("update", kind=kind, publication=key, limit=1000)
        assert [hit.element.id for hit in found] == expected != []


@pytest.mark.parametrize("limit", [1, 3])
def test_limit(limit: int) -> None:
    assert ib.search("update", limit=limit) == ib.search("update")[:limit]


def test_record() -> None:
    hit = ib.search("Software Update", publication="ir8425")[0]
    assert hit.to_records() == [{"score": round(hit.score, 3), **hit.element.to_records()[0]}]


@given(st.text())
def test_any_text_is_searched_or_refused(text: str) -> None:
    if ib.normalize(text):
        assert len(ib.search(text)) <= 10
    else:
        with pytest.raises(ValueError, match="give at least one word"):
            ib.search(text)


@pytest.mark.parametrize("text", ['"', "NEAR(a b)", "title: update", "update*", "a AND OR NOT", "a^2", "x' OR 1=1 --"])
def test_query_language_is_only_words(text: str) -> None:
    if ib.normalize(text):
        assert isinstance(ib.search(text), tuple)


def test_very_long_text() -> None:
    assert isinstance(ib.search("update " * 100_000), tuple)


@pytest.mark.parametrize("limit", [0, -1])
def test_limit_below_one(limit: int) -> None:
    with pytest.raises(ValueError, match=f"limit is {limit}; it must be at least 1"):
        ib.search("update", limit=limit)


def test_limit_beyond_sqlite() -> None:
    assert ib.search("software update", limit=10**30) == ib.search("software update", limit=10_000)


def test_unknown_kind_and_publication() -> None:
    with pytest.raises(ib.errors.UnknownNameError, match="did you mean capability"):
        ib.search("update", kind="capabilities")
    with pytest.raises(ib.errors.UnknownIdentifierError, match="did you mean ir8425"):
        ib.search("update", publication="ir8425x")


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[sqlite3.Connection]]:
    """The connections opened during a test; Python 3.13 warns of those that are never closed."""
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def opening(*arguments: Any, **options: Any) -> sqlite3.Connection:
        opened.append(connect(*arguments, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", opening)
    yield opened
    for connection in opened:
        connection.close()


def is_open(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True


def test_broken_library(tmp_path: Path, connections: list[sqlite3.Connection]) -> None:
    with pytest.raises(ib.errors.DataError, match=r"manifest.json"):
        ib.search("update", library=ib.Library(tmp_path))
    assert connections == []


def test_an_index_that_cannot_be_finished_leaves_no_database_open(
    connections: list[sqlite3.Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(entry: search._Entry) -> Any:
        assert is_open(connections[0])
        raise ValueError(f"of {entry.element.id}")

    monkeypatch.setattr(search._Entry, "values", property(fail))
    with pytest.raises(ValueError, match="of "):
        ib.search("update", library=ib.Library())
    gc.collect()
    assert list(map(is_open, connections)) == [False]


def test_a_library_is_indexed_once(connections: list[sqlite3.Connection]) -> None:
    library = ib.Library(Path(__file__).parents[2] / "data")
    shipped = [ib.search("update"), ib.search("device")]
    before = len(connections)
    assert [ib.search("update", library=library), ib.search("device", library=library)] == shipped
    assert len(connections) == before + 1


@pytest.mark.parametrize("nothing", [None, 7, b"update", ["update"]])
def test_only_a_text_can_be_searched_for(nothing: Any) -> None:
    with pytest.raises(ib.errors.ArgumentTypeError, match=f"text is of type {type(nothing).__name__}; pass a string"):
        ib.search(nothing)


def test_an_index_is_made_once_for_a_library(connections: list[sqlite3.Connection]) -> None:
    library = ib.Library()
    for _ in range(2):
        ib.search("update", library=library)
    assert len(connections) == 1


def test_an_index_closes_its_database_when_its_library_is_gone(connections: list[sqlite3.Connection]) -> None:
    library = ib.Library()
    ib.search("update", library=library)
    del library
    gc.collect()
    (connection,) = connections
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connection.execute("SELECT 1")


# Publications, what is in force, synonyms


def ids(text: str, **more: Any) -> list[str]:
    return [hit.element.id for hit in ib.search(text, limit=20, **more)]


def test_publications_are_found_by_their_names() -> None:
    assert ids("Cyber Trust Mark")[:2] == ["fcc-24-26", "ir8425"]
    assert ids("Cyber Resilience Act")[0] == "cra"
    assert ids("ETSI EN 303 645")[0] == "en303645v3.1.3"
    (hit, *_) = ib.search("COM(2022) 454", kind="publication")
    assert str(hit.element) == f"cra-2022 {ib.info('cra-2022').title}"
    assert hit.element.publication == "cra-2022"
    assert hit.to_records()[0]["kind"] == "publication"
    assert {hit.element.kind for hit in ib.search("labeling", kind="publication", limit=50)} == {"publication"}


def test_every_publication_is_found_by_its_title() -> None:
    for info in ib.publications():
        if info.title is not None:
            assert info.key in {hit.element.id for hit in ib.search(info.title, kind="publication", limit=100)}, (
                info.key
            )


def is_in_force(hit: ib.Hit) -> bool:
    status = ib.info(hit.element.publication).status
    return status in (ib.Status.CURRENT, ib.Status.UNKNOWN) and hit.element.is_in_force


def test_what_is_superseded_comes_later_or_not_at_all() -> None:
    found = ib.search("baseline requirements consumer internet of things", kind="publication")
    order = [hit.element.id for hit in found]
    assert order.index("en303645v3.1.3") < order.index("en303645v2.1.1")
    every = ib.search("update", limit=10_000)
    kept = ib.search("update", in_force=True, limit=10_000)
    assert list(kept) == [hit for hit in every if is_in_force(hit)]
    assert 0 < len(kept) < len(every)


FOUND_BY = {
    "2fa": ("sp800-53r5:ia-2.1", "ir8425:interface-access-control.1.b"),
    "anti rollback": ("sp800-53r5:si-2.6", "ir8425a:software-update.2"),
    "bug bounty": ("sp800-53r5:ra-5.11", "en303645v3.1.3:5.2-1"),
    "credential": ("uk-psti-2023:schedule-1.1", "sp800-53r5:ia-5.1"),
    "cvd": ("sp800-53r5:ra-5.11", "en303645v3.1.3:5.2-1"),
    "cyber trust mark": ("fcc-24-26", "ir8425"),
    "cybersecurity label": ("fcc-24-26", "ir8425"),
    "default credential": ("uk-psti-2023:schedule-1.1", "en303645v3.1.3:clause.5.1"),
    "default password": ("en303645v3.1.3:clause.5.1", "uk-psti-2023:schedule-1.1"),
    "embedded credential": ("en303645v3.1.3:5.4-3", "en303645v3.1.3:5.1-1"),
    "embedded password": ("uk-psti-2023:schedule-1.1", "en303645v3.1.3:5.1-1"),
    "eol": ("sp800-213a:EA.EOL", "ir8259r1:activity-6"),
    "factory reset": ("ir8425:product-configuration", "ir8259a:device-configuration.3"),
    "fcc label": ("fcc-24-26", "ir8425"),
    "firmware": ("ir8425a:software.firmware", "sp800-53r5:si-2.5", "sp800-53r5:si-7"),
    "fuzzing": ("sp800-53r5:sa-11.8",),
    "hard coded": ("en303645v3.1.3:5.4-3", "en303645v3.1.3:5.4-2"),
    "hard coded credential": ("en303645v3.1.3:5.4-3", "en303645v3.1.3:5.1-1"),
    "hard coded password": ("uk-psti-2023:schedule-1.1", "en303645v3.1.3:5.1-1"),
    "hardcoded": ("en303645v3.1.3:5.4-3", "en303645v3.1.3:5.4-2"),
    "hardcoded credential": ("en303645v3.1.3:5.4-3", "en303645v3.1.3:5.1-1"),
    "hardcoded password": ("uk-psti-2023:schedule-1.1", "en303645v3.1.3:5.1-1"),
    "jtag": ("sp800-53r5:sc-41", "ir8259a:logical-access-to-interfaces.1"),
    "lockout": ("sp800-53r5:ac-7", "iec62443-4-2:CR.1.11"),
    "mfa": ("sp800-53r5:ia-2.1", "ir8425:interface-access-control.1.b"),
    "open port": ("en303645v3.1.3:5.6-1", "sp800-53r5:cm-7"),
    "ota": ("ir8259a:software-update", "ir8425:software-update"),
    "over the air": ("ir8259a:software-update", "ir8425:software-update"),
    "psirt": ("ir8425:documentation.1.g.i", "ir8259b:information-and-query-reception.1"),
    "sbom": ("fcc-24-26:registry.10", "sp800-53r5:cm-8", "cra:annex-i.part-ii.1"),
    "secure boot": ("sp800-53r5:si-7.9", "en303645v3.1.3:5.7-1"),
    "serial number": ("ir8259a:device-identification.1", "sp800-213a:DI.PID"),
    "software bill of materials": ("fcc-24-26:registry.10", "sp800-53r5:cm-8", "cra:annex-i.part-ii.1"),
    "ssh": ("sp800-53r5:ac-17", "ir8259a:logical-access-to-interfaces"),
    "telnet": ("en303645v3.1.3:5.6-1", "sp800-53r5:cm-7"),
    "tls": ("sp800-53r5:sc-8", "sp800-213a:DP.STX.1"),
    "two factor": ("sp800-53r5:ia-2.1", "ir8425:interface-access-control.1.b"),
    "two factor authentication": ("sp800-53r5:ia-2.1", "sp800-53r5:ia-2.2"),
    "u s label": ("fcc-24-26", "ir8425"),
    "uart": ("sp800-53r5:sc-41", "en303645v3.1.3:5.6-4A"),
    "unique id": ("ir8259a:device-identification.1", "sp800-213a:DI.PID"),
    "us label": ("fcc-24-26", "ir8425"),
    "usb": ("sp800-53r5:sc-41", "ir8259a:logical-access-to-interfaces.1"),
    "vex": ("en303645v3.1.3:5.2-1",),
    "wi fi": ("sp800-53r5:ac-18", "iec62443-4-2:CR.1.6"),
    "wifi": ("sp800-53r5:ac-18", "iec62443-4-2:CR.1.6"),
}
"""What each synonym finds first, as checked by hand, and what else has to be among its ten hits."""


def test_every_synonym_has_something_to_find() -> None:
    assert FOUND_BY.keys() == SYNONYMS.keys()
    assert all(ib.normalize(term) == term for term in SYNONYMS)


@pytest.mark.parametrize("term", sorted(FOUND_BY))
def test_a_synonym_finds_what_is_meant(term: str) -> None:
    first, *others = FOUND_BY[term]
    found = ids(term)
    assert found[0] == first
    assert set(others) <= set(found)
    assert ids(f"{term.upper()}!") == found
    assert ids(term if term.endswith("s") else f"{term}s")[0] == first


def test_what_asks_for_something_comes_before_what_talks_about_it() -> None:
    found = ids("software update")
    assert found[0] == "ir8259a:software-update"
    assert not {"ir8259a:term.update", "ir8425:software-update.utility"} & set(found[:3])
    assert ids("local interface")[0].endswith("term.local-interface")


def test_a_synonym_is_narrowed_by_the_other_words() -> None:
    assert "en303645v3.1.3:5.6-4A" in ids("jtag debug")
    assert set(ids("jtag debug")) <= {hit.element.id for hit in ib.search("jtag", limit=1000)}


def test_words_are_whole_words() -> None:
    for hit in ib.search("port", kind="control", limit=100):
        words = ib.normalize(f"{hit.element.title} {hit.element.summary}").split()
        assert any(word in {"port", "ports", "ported", "porting"} for word in words), hit.element.id
