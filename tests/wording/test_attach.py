"""A library with wordings, the report on a copy, and drafts."""

from __future__ import annotations

import json
import pickle
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from attrs import evolve

import iotbaseline as ib
from iotbaseline import (
    Basis,
    Defect,
    Erratum,
    Fidelity,
    Library,
    LineageChange,
    LineageRecord,
)
from iotbaseline._library.memory import MemoryStore
from iotbaseline._wording.drafts import DraftChange
from iotbaseline._wording.verify import WordingState
from iotbaseline.errors import MissingExtraError, QueryError, UnknownIdentifierError

KEY = "sp800-213"


@pytest.fixture(scope="module")
def attached(small_pdf: Path, small: Library) -> Library:
    return ib.attach(small_pdf, library=small)


def test_every_wording_is_attached_as_printed(attached: Library, small: Library, wordings: dict[str, str]) -> None:
    assert {element.local: str(element.wording) for element in attached.load(KEY)} == wordings
    assert all(element.wording is None for element in small.load(KEY))
    assert repr(attached).startswith("<Library sp800-213, wordings of sp800-213 from small.pdf")


def test_places_are_pages_and_boxes_of_the_file(attached: Library) -> None:
    found = {element.local: element.wording for element in attached.load(KEY)}
    pages = {local: wording.page for local, wording in found.items() if wording}
    assert pages == {"1": 1, "2": 1, "3": 1, "4": 1, "4.a": 2, "4.b": 2, "5": 2, "fn.1": 1}
    wording = found["5"]
    assert wording is not None
    assert wording.box is not None
    assert wording.box[0] == pytest.approx(330 / 600, abs=0.01)
    assert wording.anchor == "#page=2"
    assert wording.origin == f"small.pdf, page 2 of the file (SHA-256 {wording.sha256})"


def test_an_element_is_the_same_with_and_without_its_wording(attached: Library, small: Library) -> None:
    element = attached.get(f"{KEY}:1")
    assert element == small.get(f"{KEY}:1")
    assert element in small.load(KEY)
    assert pickle.loads(pickle.dumps(element)).wording == element.wording  # noqa: S301


def test_display_and_rows_say_where_a_wording_is_from(attached: Library, small: Library) -> None:
    element = attached.get(f"{KEY}:5")
    [row] = element.to_records()
    assert row["wording"] == str(element.wording)
    assert str(row["wording_from"]).startswith("small.pdf, page 2")
    card = element._repr_html_()
    assert "The device shows its state" in card
    assert "small.pdf, page 2" in card
    [plain] = small.get(f"{KEY}:5").to_records()
    assert row.keys() - plain.keys() == {"wording", "wording_from"}
    assert json.loads(element.to_json())["wording"] == str(element.wording)


def test_attached_wordings_are_searched(attached: Library, small: Library) -> None:
    assert ib.search("pressing the button", library=attached)[0].element.local == "5"
    assert not ib.search("button", library=small)


def test_which_publication_it_is_is_told_by_the_wordings(
    small: Library, wordings: dict[str, str], tmp_path: Path
) -> None:
    """Not by the name, and not by what is quoted."""
    base = small.load(KEY)
    other = ib.load("ir8259")
    few = tuple(evolve(element, id=element.id.replace(KEY, "ir8259")) for element in base.elements[:2])
    more = tuple(
        evolve(few[0], id=f"ir8259:{n}", sha256=ib.fingerprint(f"a wording of another document {n}").sha256, words=6)
        for n in range(3)
    )
    library = Library(MemoryStore([evolve(other, elements=few + more), base]))
    copy = tmp_path / "ir8259.txt"
    copy.write_text("\n".join(wordings.values()))
    assert ib.verify(copy, library=library).info.key == KEY


def test_a_copy_of_nothing(tmp_path: Path, small: Library) -> None:
    (tmp_path / "letter.txt").write_text("Dear all, this is no publication.")
    with pytest.raises(QueryError, match=r"letter\.txt has less than half of the wordings of any publication"):
        ib.attach(tmp_path / "letter.txt", library=small)
    (tmp_path / "empty.txt").touch()
    with pytest.raises(QueryError, match="less than half"):
        ib.attach(tmp_path / "empty.txt", library=Library(MemoryStore()))


def test_an_excerpt_of_a_named_publication(tmp_path: Path, small: Library, wordings: dict[str, str]) -> None:
    (tmp_path / "excerpt.md").write_text(f"**{wordings['2']}**")
    library = ib.attach(tmp_path / "excerpt.md", publication="SP 800-213", library=small)
    assert [element.local for element in library.load(KEY) if element.wording] == ["2"]
    with pytest.raises(UnknownIdentifierError):
        ib.attach(tmp_path / "excerpt.md", publication="sp800-9", library=small)


def test_a_folder_gives_what_it_has(tmp_path: Path, small: Library, wordings: dict[str, str]) -> None:
    (tmp_path / "a.txt").write_text("Dear all, this is no publication.")
    (tmp_path / "b.html").write_text("".join(f"<p>{wording}</p>" for wording in wordings.values()))
    library = ib.attach(tmp_path, library=small)
    wording = library.get(f"{KEY}:4").wording
    assert wording is not None
    assert (wording.source, wording.page, wording.box, wording.anchor) == ("b.html", None, None, "")
    assert wording.origin.startswith("b.html (SHA-256 ")


def test_verify(small_pdf: Path, small: Library) -> None:
    report = ib.verify(small_pdf, library=small)
    assert report.is_complete
    assert report.counts() == {WordingState.FOUND: 8, WordingState.OTHER_STATE: 0, WordingState.NOT_FOUND: 0}
    assert str(report) == "small.pdf as a copy of sp800-213: 8 found"
    assert repr(report) == f"<Verification {report}>"
    assert report.checked[4].to_records()[0]["page"] == 2
    assert str(report.checked[4]) == "sp800-213:4.a: found, page 2 of the file"
    assert json.loads(report.to_json())["sha256"] == report.sha256
    assert "complete" in report._repr_html_()
    assert report.to_markdown().startswith("# small.pdf: sp800-213")


def test_verify_says_what_the_copy_has_instead_and_which_errors_it_shows(
    small: Library, wordings: dict[str, str], tmp_path: Path
) -> None:
    base, instead = small.load(KEY), "The device shows its state at the press of a button, even unplugged."
    known = ib.fingerprint(instead)
    old = evolve(base.elements[6], id="ir8259:5", words=known.words, sha256=known.sha256)
    heading = evolve(base.elements[0], id=f"{KEY}:heading", words=None, sha256=None)
    store = MemoryStore(
        [evolve(base, elements=(heading, *base.elements)), evolve(ib.load("ir8259"), elements=(old,))],
        lineage={
            ("ir8259", KEY): [
                LineageRecord(before=("ir8259:5",), after=(f"{KEY}:5",), change=LineageChange.CONTINUED,
                              basis=Basis.USER, fidelity=Fidelity.FULL, evidence="made for this test"),
            ],
            ("ir8259", "ir8425"): [],
        },
    )  # fmt: skip
    wrong = Erratum(
        publication=KEY, defect=Defect.MISPRINT, elements=(f"{KEY}:1",), locator="p. 1", printed="a log of each",
        expected="a list of all", used="As printed.", evidence="none", seen_in="made for this test",
    )  # fmt: skip
    errata = (
        wrong,
        evolve(wrong, elements=(f"{KEY}:2",)),
        evolve(wrong, elements=(), printed="By post."),
        evolve(wrong, elements=(), printed="log of eac"),
    )
    store.errata = errata
    copy = tmp_path / "copy.txt"
    copy.write_text("\n".join([*list(wordings.values())[1:6], wordings["1"], instead]))
    report = ib.verify(copy, library=Library(store))
    states = {str(checked) for checked in report.checked if checked.state is not WordingState.FOUND}
    assert states == {f"{KEY}:5: other-state (ir8259:5)", f"{KEY}:fn.1: not-found"}
    assert not report.is_complete
    assert report.errata == (errata[0], errata[2])
    assert "2 of the known errors" in report._repr_html_()


def test_compare_draft(attached: Library, small: Library, wordings: dict[str, str], tmp_path: Path) -> None:
    lines = {
        **wordings,
        "2": "Only persons with leave may read the re-issued keys or export them.",
        "3": "Something else altogether stands here now.",
        "5": "",
    }
    draft = tmp_path / "draft.txt"
    draft.write_text("\n".join(line for line in lines.values() if line))
    compared = ib.compare_draft(draft, KEY, library=attached)
    changes = {entry.element.local: entry for entry in compared if entry.element}
    assert {local: entry.change.value for local, entry in changes.items()} == {
        "1": "survives", "2": "reworded", "3": "gone", "4": "survives", "4.a": "survives", "4.b": "survives",
        "5": "gone", "fn.1": "survives",
    }  # fmt: skip
    reworded = changes["2"]
    assert (str(reworded.before), str(reworded.after)) == (wordings["2"], lines["2"])
    assert reworded.similarity is not None
    assert 70 < reworded.similarity < 100
    assert [str(entry.after) for entry in compared.where("new")] == [lines["3"]]
    assert all("provisional" in entry.certainty and str(entry).startswith("provisional") for entry in compared)
    assert str(compared) == "provisional: sp800-213 -> draft.txt: 5 survives, 1 reworded, 2 gone, 1 new"
    assert repr(compared) == f"<DraftComparison {compared}>"
    assert json.loads(compared.to_json())["provisional"] is True
    assert "provisional" in compared.to_markdown()
    assert reworded.to_records()[0]["before"] == wordings["2"]
    untold = ib.compare_draft(draft, KEY, library=small)
    assert untold.counts()[DraftChange.UNTOLD] == 3
    assert untold.counts()[DraftChange.REWORDED] == 0


def test_the_likest_pair_is_taken_first_and_nothing_twice(small: Library, tmp_path: Path) -> None:
    def library_of(*texts: str) -> Library:
        known = [ib.fingerprint(text) for text in texts]
        template = small.load(KEY).elements[0]
        elements = tuple(
            evolve(template, id=f"{KEY}:{n}", words=each.words, sha256=each.sha256) for n, each in enumerate(known)
        )
        library = Library(MemoryStore([evolve(small.load(KEY), elements=elements)]))
        (tmp_path / "base.txt").write_text("\n".join(texts))
        return ib.attach(tmp_path / "base.txt", publication=KEY, library=library)

    library = library_of("The device logs every change of its settings.", "The device logs every change of its owner.")
    (tmp_path / "draft.txt").write_text("The device logs every change of its owners. It is so. And so. It is so.")
    compared = ib.compare_draft(tmp_path / "draft.txt", KEY, library=library)
    assert [entry.change.value for entry in compared if entry.element] == ["gone", "reworded"]


def test_new_are_only_statements_between_neighbours(
    attached: Library, wordings: dict[str, str], tmp_path: Path
) -> None:
    pages = [
        ["A preface that is new but not between any two."],
        [wordings["1"], "Here stands something that is new.", wordings["3"], "Short and new."],
        ["Here a page of pictures is put in."],
        ["And here a second page of them."],
        [wordings["5"]],
    ]
    (tmp_path / "draft.txt").write_text("\f".join("\n".join(lines) for lines in pages))
    compared = ib.compare_draft(tmp_path / "draft.txt", KEY, library=attached)
    assert [str(entry.after) for entry in compared.where("new")] == ["Here stands something that is new."]


def test_compare_draft_without_rapidfuzz(
    attached: Library, small: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    (tmp_path / "draft.txt").write_text("Nothing of it is left.")
    with pytest.raises(MissingExtraError, match=r"iotbaseline\[drafts\]"):
        ib.compare_draft(tmp_path / "draft.txt", KEY, library=attached)
    assert len(ib.compare_draft(tmp_path / "draft.txt", KEY, library=small)) == 8


def test_a_catalog_of_oscal_has_the_wordings_and_says_where_they_are_from(
    attached: Library, tmp_path: Path, small_pdf: Path
) -> None:
    [element, *_] = attached.load("sp800-213")
    worded = attached.replacing(evolve(attached.load("sp800-213"), elements=(evolve(element, summary="Log it."),)), "")
    file = tmp_path / "a.json"
    ib.export("sp800-213", "oscal-catalog", file, library=worded)
    catalog = json.loads(file.read_text("utf-8"))["catalog"]
    [control] = catalog["groups"][0]["controls"]
    [statement] = control["parts"]
    assert statement["prose"] == str(element.wording)
    props = {each["name"]: each["value"] for each in statement["props"]}
    assert props["wording-sha256"] == sha256(small_pdf.read_bytes()).hexdigest()
    assert props["wording-from"].startswith("small.pdf, page 1 of the file")
    assert str(element.wording) not in json.dumps(control["props"])
    assert "wording-sha256" in catalog["metadata"]["remarks"]
    [back] = ib.read_oscal_catalog(file, key="sp800-213").elements
    assert back.summary == "Log it."
