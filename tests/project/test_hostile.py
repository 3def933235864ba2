"""Whatever is put in, out comes an answer or one of our own errors, which names the place and the fix."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

import iotbaseline as ib
from iotbaseline._library import sssom

if TYPE_CHECKING:
    from tests.conftest import DataFolder

COVERAGE = ib.coverage("ir8425", "ir8259a")


def named(found: Any, name: Any) -> object:
    """The item of that name; a whole number is no name but a place."""
    return found[float(name) if isinstance(name, int) else name]


ASK: dict[str, Callable[[Any], object]] = {
    "load": ib.load,
    "info": ib.info,
    "revisions": ib.revisions,
    "get": ib.get,
    "url": ib.url,
    "mappings": ib.mappings,
    "crosswalk, subject": lambda bad: ib.crosswalk(bad, "ir8425"),
    "crosswalk, object": lambda bad: ib.crosswalk("ir8425", bad),
    "targets": lambda bad: ib.crosswalk("ir8425", "ir8259a").targets(bad),
    "sources, not held": lambda bad: ib.crosswalk("ir8259a", "csa2015").sources(bad),
    "graph": ib.graph,
    "diff, before": lambda bad: ib.diff(bad, "ir8425"),
    "diff, after": lambda bad: ib.diff("ir8425", bad),
    "rebase, before": lambda bad: ib.migrate(list[str](), bad, "ir8425"),
    "rebase, after": lambda bad: ib.migrate(list[str](), "ir8425", bad),
    "paths, subject": lambda bad: ib.paths(bad, "AC-2"),
    "paths, object": lambda bad: ib.paths("AC-2", bad),
    "paths, through": lambda bad: ib.paths("AC-2", "AC-3", through=[bad]),
    "reach": lambda bad: ib.reach(bad, "ir8425"),
    "reach, target": lambda bad: ib.reach("AC-2", bad),
    "explain": lambda bad: ib.explain(bad, "AC-2"),
    "coverage, selection": lambda bad: ib.coverage(bad, "ir8425"),
    "coverage, selected": lambda bad: ib.coverage([bad], "ir8425"),
    "coverage, target": lambda bad: ib.coverage("ir8425", bad),
    "coverage, within": lambda bad: ib.coverage("ir8425", "ir8425", within=[] if bad is None else bad),  # type: ignore[arg-type]
    "coverage, through": lambda bad: ib.coverage("ir8425", "ir8425", through=[bad]),
    "coverage, item": lambda bad: named(COVERAGE, bad),
    "findings, subject": lambda bad: ib.check_crosswalks((bad, "ir8425")),
    "findings, object": lambda bad: ib.check_crosswalks(("ir8425", bad)),
    "publication": lambda bad: named(ib.load("ir8425"), bad),
    "children": lambda bad: ib.load("ir8425").children(bad),
}
NO_IDENTIFIER = {
    "None": None,
    "int": 8425,
    "float": 8425.0,
    "bytes": b"ir8425",
    "empty": "",
    "spaces": "   ",
    "other spaces": "\u00a0\t\r\n\u2003",
    "10 MB": "ir8425:" + "x" * 10_000_000,
    "10 MB of spaces": " " * 10_000_000,
    "201 characters": "x" * 201,
    "Cyrillic look-alike": "ir8425:dаta-protection",
    "Greek look-alike": "ΙR 8425",
    "zero-width space": "ir\u200b8425",
    "right-to-left override": "ir8425\u202e",
    "null": "ir8425\x00",
    "escape": "ir8425\x1b[31m",
    "delete": "ir8425\x7f",
    "lone surrogate": "ir8425\ud800",
    "emoji": "ir8425🔒",
    "letter with a mark": "ír8425",
}
UNKNOWN = [
    "ir8426",
    "ir8425:data-protectoin",
    "../../etc/passwd",
    "ir8425:../../../etc/passwd",
    "..\\..\\windows",
    "/etc/passwd:root",
    "file:///etc/passwd",
    "%2e%2e%2fetc",
    "publications/ir8425.json",
    "manifest",
    "ir8425; rm -rf /",
    "' OR 1=1 --",
    "{0.__class__}",
    "%s%s%n",
    "NIST",
    "-",
    ":",
    "::",
    "@",
    "#",
    "10.6028/",
]


@pytest.mark.parametrize("bad", NO_IDENTIFIER.values(), ids=NO_IDENTIFIER.keys())
@pytest.mark.parametrize("ask", ASK.values(), ids=ASK.keys())
def test_no_identifier(ask: Callable[[Any], object], bad: object) -> None:
    error = ib.errors.IdentifierSyntaxError if isinstance(bad, str) else ib.errors.ArgumentTypeError
    with pytest.raises(error) as caught:
        ask(bad)
    message = str(caught.value)
    assert len(message) < 250
    assert any(fix in message for fix in ("; pass ", "at most 200 characters", "identifiers are plain ASCII"))
    assert message.isprintable()


@pytest.mark.parametrize("unknown", UNKNOWN)
@pytest.mark.parametrize("ask", [pytest.param(ASK[name], id=name) for name in ASK if name != "sources, not held"])
def test_unknown_identifier(ask: Callable[[Any], object], unknown: str) -> None:
    with pytest.raises((ib.errors.UnknownIdentifierError, ib.errors.IdentifierSyntaxError)) as caught:
        ask(unknown)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("nameless", ["ir8425:.", "ir8425: -", "10.6028/NIST.IR.8425#", "sp800-53r5:()"])
def test_no_element_is_named_by_marks_alone(nameless: str) -> None:
    with pytest.raises(ib.errors.IoTBaselineError):
        ib.get(nameless)


@pytest.mark.parametrize(
    ("ask", "suggested"),
    [
        (lambda: ib.load("IR 8245"), "ir8425"),
        (lambda: ib.load("NIST.IR.8259r2"), "NIST.IR.8259r1"),
        (lambda: ib.info("csf2.1"), "csf2.0"),
        (lambda: ib.get("ir8425:data-protectoin.1"), "ir8425:data-protection.1"),
        (lambda: ib.get("ir8425x:data-protection"), "ir8425"),
        (lambda: ib.get("AC-2(99)"), "sp800-53r5:ac-2.9"),
        (lambda: ib.get("data-protection"), "cswp24:data-protection"),
        (lambda: ib.load("ir8425")["documentatoin"], "ir8425:documentation"),
        (lambda: ib.load("ir8425").of_kind("criterium"), "criterion"),
        (lambda: ib.search("x", kind="controls"), "control"),
    ],
)
def test_misspelt_identifier_gets_suggestions(ask: Callable[[], object], suggested: str) -> None:
    with pytest.raises(ib.errors.UnknownNameError) as caught:
        ask()
    assert suggested in caught.value.suggestions
    assert f"did you mean {caught.value.suggestions[0]}" in str(caught.value)


def test_every_error_is_ours_and_of_the_usual_kind() -> None:
    usual = {
        ib.errors.ArgumentTypeError: TypeError,
        ib.errors.IdentifierSyntaxError: ValueError,
        ib.errors.UnknownNameError: LookupError,
        ib.errors.UnknownIdentifierError: ib.errors.UnknownNameError,
        ib.errors.KeyTakenError: ValueError,
        ib.errors.QueryError: ValueError,
        ib.errors.UnknownCrosswalkError: LookupError,
        ib.errors.NotComparableError: ValueError,
        ib.errors.DataError: ValueError,
        ib.errors.DataErrors: ExceptionGroup,
        ib.errors.IntegrityError: ib.errors.DataError,
        ib.errors.MissingExtraError: ImportError,
    }
    for error, kind in usual.items():
        assert issubclass(error, kind)
        assert issubclass(error, ib.errors.IoTBaselineError)


# Broken data: how it is broken, what is asked then, and the file, the place and the words of the error.

A = "publications/ir8259a.json"
TABLE = "crosswalks/ir8425--ir8259a.sssom.tsv"
LINEAGE = "lineage/ir8259--ir8259r1.json"
REGISTRY = "publications.json"

Break = Callable[["DataFolder"], object]


def element(number: int, **fields: object) -> Break:
    return lambda folder: folder.edit(A, lambda document: document["elements"][number].update(fields))


def without(file: str, *place: str | int) -> Break:
    def change(document: Any) -> None:
        for step in place[:-1]:
            document = document[step]
        del document[place[-1]]

    return lambda folder: folder.edit(file, change)


def top(file: str, **fields: object) -> Break:
    return lambda folder: folder.edit(file, lambda document: document.update(fields))


def registered(**fields: object) -> Break:
    return lambda folder: folder.edit(REGISTRY, lambda document: document["publications"][0].update(fields))


def raw(file: str, content: bytes) -> Break:
    return lambda folder: folder.write(file, content)


def cell(column: str, value: str) -> Break:
    def change(cells: list[str]) -> None:
        cells[sssom.COLUMNS.index(column)] = value

    return lambda folder: folder.edit_row(TABLE, 1, change)


def record(number: int, **fields: object) -> Break:
    return lambda folder: folder.edit(LINEAGE, lambda document: document["records"][number].update(fields))


def truncated(folder: DataFolder) -> None:
    folder.write(A, (folder.path / A).read_bytes()[:-200], rehash=False)


def tampered(folder: DataFolder) -> None:
    folder.write(A, (folder.path / A).read_bytes().replace(b"identifi", b"identify"), rehash=False)


def twice(file: str, name: str) -> Break:
    return lambda folder: folder.edit(file, lambda document: document[name].append(document[name][4]))


def removed(file: str) -> Break:
    return lambda folder: (folder.path / file).unlink()


def made_a_folder(folder: DataFolder) -> None:
    (folder.path / A).unlink()
    (folder.path / A).mkdir()


def load(library: ib.Library) -> object:
    return library.load("ir8259a")


def join(library: ib.Library) -> object:
    return ib.crosswalk("ir8425", "ir8259a", library=library)


def compare(library: ib.Library) -> object:
    return ib.diff("ir8259", "ir8259r1", library=library)


def register(library: ib.Library) -> object:
    return library.publications


def manifest(library: ib.Library) -> object:
    return library.data_version


BROKEN: dict[str, tuple[Break, Callable[[ib.Library], object], str, str, str]] = {
    "truncated": (truncated, load, A, "whole file", "SHA-256"),
    "tampered with": (tampered, load, A, "whole file", "SHA-256"),
    "emptied": (lambda folder: folder.write(A, b"", rehash=False), load, A, "whole file", "SHA-256"),
    "file missing": (removed(A), load, A, "whole file", "cannot be read"),
    "a folder": (made_a_folder, load, A, "whole file", "cannot be read"),
    "manifest missing": (removed("manifest.json"), manifest, "manifest.json", "whole file", "cannot be read"),
    "registry missing": (removed(REGISTRY), register, REGISTRY, "whole file", "cannot be read"),
    "sources missing": (removed("SOURCES.json"), lambda lib: lib.sources, "SOURCES.json", "whole file", "cannot"),
    "table missing": (removed(TABLE), join, TABLE, "whole file", "cannot be read"),
    "lineage missing": (removed(LINEAGE), compare, LINEAGE, "whole file", "cannot be read"),
    "Latin-1": (raw(A, "{\"a\": \"é\"}".encode("latin-1")), load, A, "byte 7", "not UTF-8"),
    "UTF-16": (raw(A, "{}".encode("utf-16")), load, A, "byte 0", "not UTF-8"),
    "table in Latin-1": (raw(TABLE, b"# \xe9"), join, TABLE, "byte 2", "not UTF-8"),
    "byte order mark": (raw(A, b"\xef\xbb\xbf{}"), load, A, "line 1 column 1", "not JSON"),
    "no JSON": (raw(A, b"{\n \"elements\": [,]}"), load, A, "line 2 column 15", "not JSON"),
    "no bytes": (raw(A, b""), load, A, "line 1 column 1", "not JSON"),
    "deeply nested": (raw(A, b"[" * 200_000), load, A, "whole file", "nested too deeply"),
    "deeply nested manifest": (
        raw("manifest.json", b"{\"a\":" * 200_000), manifest, "manifest.json", "whole file", "nested too deeply"
    ),
    "deeply nested field": (
        element(0, title=json.loads("[" * 400 + "]" * 400)), load, A, "elements[0]", "record.title"
    ),
    "list at the top": (raw(A, b"[]"), load, A, "top", "not a JSON object"),
    "null at the top": (raw("manifest.json", b"null"), manifest, "manifest.json", "top", "not a JSON object"),
    "text at the top": (raw(REGISTRY, b"\"ir8425\""), register, REGISTRY, "top", "not a JSON object"),
    "manifest without fields": (raw("manifest.json", b"{}"), manifest, "manifest.json", "top", "required field"),
    "manifest with a number": (top("manifest.json", data_version=7), manifest, "manifest.json", "top", "of type str"),
    "manifest with an object for a list": (
        top("manifest.json", publications={"x": 1}), manifest, "manifest.json", "top", "publications"
    ),
    "manifest without a hash": (
        without("manifest.json", "registry", "sha256"), manifest, "manifest.json", "top", "registry.sha256"
    ),
    "no elements": (without(A, "elements"), load, A, "elements", "not a list of records"),
    "elements are an object": (top(A, elements={}), load, A, "elements", "not a list of records"),
    "elements are a text": (top(A, elements="all"), load, A, "elements", "not a list of records"),
    "element is a text": (top(A, elements=["x"]), load, A, "elements[0]", "unknown kind"),
    "no fidelity": (without(A, "fidelity"), load, A, "top", "record.fidelity"),
    "unknown fidelity": (top(A, fidelity="total"), load, A, "top", "'total' is not a valid Fidelity @ record.fidelity"),
    "complete is a text": (top(A, complete="term"), load, A, "top", "not a list of texts @ record.complete"),
    "unknown kind": (element(3, kind="contol"), load, A, "elements[3]", "use one of control"),
    "no kind": (without(A, "elements", 3, "kind"), load, A, "elements[3]", "unknown kind"),
    "kind is a list": (element(3, kind=[3]), load, A, "elements[3]", "use one of capability, common-element, "),
    "unknown field": (element(2, titel="x"), load, A, "elements[2]", "titel"),
    "field of another kind": (element(1, provider="device"), load, A, "elements[1]", "provider"),
    "missing field": (without(A, "elements", 0, "provider"), load, A, "elements[0]", "required field missing"),
    "missing identifier": (without(A, "elements", 5, "id"), load, A, "elements[5]", "required field missing"),
    "number for a text": (element(4, title=7), load, A, "elements[4]", "'7' is not of type str"),
    "text for a number": (element(4, words="7"), load, A, "elements[4]", "'7' is not of type int"),
    "truth value for a number": (element(4, words=True), load, A, "elements[4]", "'True' is not of type int"),
    "fraction for a number": (element(4, words=1.5), load, A, "elements[4]", "'1.5' is not of type int"),
    "text for a list": (element(0, supports="x"), load, A, "elements[0]", "'x' is not a list of texts"),
    "number in a list": (element(0, supports=["x", 1]), load, A, "elements[0]", "'1' is not of type str"),
    "unknown provider": (element(0, provider="moon"), load, A, "elements[0]", "'moon' is not a valid Provider"),
    "long wrong value": (element(4, words="x" * 1_000_000), load, A, "elements[4]", "(1000002 characters)"),
    "duplicate identifier": (
        twice(A, "elements"), load, A, "elements", f"'{ib.load('ir8259a').elements[4].id}' occurs twice"
    ),
    "no such parent": (element(9, parent="ir8259a:x"), load, A, "elements[9]", "the parent 'ir8259a:x' of"),
    "parent elsewhere": (
        element(9, parent="ir8425:data-protection"), load, A, "elements[9]", "the parent 'ir8425:data-protection' of"
    ),
    "element elsewhere": (element(8, id="ir8425:x"), load, A, "elements[8]", "start it with ir8259a:"),
    "identifier without publication": (element(8, id="x"), load, A, "elements[8]", "start it with ir8259a:"),
    "registry is no list": (top(REGISTRY, publications={}), register, REGISTRY, "publications", "not a list"),
    "registry with an unknown field": (registered(nickname="x"), register, REGISTRY, "publications[0]", "nickname"),
    "registry with an unknown status": (
        registered(status="fine"), register, REGISTRY, "publications[0]", "'fine' is not a valid Status"
    ),
    "registry with a text for a list": (
        registered(aliases="x"), register, REGISTRY, "publications[0]", "'x' is not a list of texts"
    ),
    "registry with a text for a record": (
        registered(evidence=["x"]), register, REGISTRY, "publications[0]", "evidence"
    ),
    "registry with a key twice": (
        twice(REGISTRY, "publications"), register,
        REGISTRY, "publications", f"'{ib.publications()[4].key}' occurs twice"
    ),
    "sources without an address": (
        without("SOURCES.json", "sources", 1, "address"), lambda lib: lib.sources,
        "SOURCES.json", "sources[1]", "required field missing"
    ),
    "table without a column": (
        lambda folder: folder.edit_row(TABLE, 0, lambda cells: cells.remove("basis")), join, TABLE,
        "line 11", "they must be"
    ),
    "table with a renamed column": (
        lambda folder: folder.edit_row(TABLE, 0, lambda cells: cells.__setitem__(0, "subject")), join, TABLE,
        "line 11", "they must be"
    ),
    "table with a carriage return in its header": (
        lambda folder: folder.edit_row(TABLE, 0, lambda cells: cells.__setitem__(0, "subject\rid")), join, TABLE,
        "line 11", "it has the character U+000D"
    ),
    "table with an endless header": (
        lambda folder: folder.edit_row(TABLE, 0, lambda cells: cells.__setitem__(0, "x" * 200_000)), join, TABLE,
        "line 11", "field limit"
    ),
    "table with a cell missing": (
        lambda folder: folder.edit_row(TABLE, 1, lambda cells: cells.pop()), join, TABLE, "line 12", "shorter"
    ),
    "table with an unknown relation": (
        cell("predicate_id", "ir8477:likes"), join, TABLE, "line 12", "'likes' is not a valid"
    ),
    "table with an unknown basis": (cell("basis", "hearsay"), join, TABLE, "line 12", "'hearsay' is not a valid Basis"),
    "table with a bad number": (cell("strength", "much"), join, TABLE, "line 12", "'much'"),
    "mapping from nowhere": (
        cell("subject_id", "ir8425:nothing"), join, TABLE,
        "ir8425:nothing intersects_with ir8259a:device-identification [curated]", "there is no element ir8425:nothing",
    ),
    "mapping to nowhere": (
        cell("object_id", "ir8259a:nothing"), join, TABLE,
        "ir8425:asset-identification intersects_with ir8259a:nothing [curated]", "there is no element ir8259a:nothing",
    ),
    "mapping to elsewhere": (
        cell("object_id", "sp800-53r5:ac-2"), join, TABLE,
        "ir8425:asset-identification intersects_with sp800-53r5:ac-2 [curated]", "map an element of ir8259a",
    ),
    "lineage is no list": (top(LINEAGE, records=3), compare, LINEAGE, "records", "not a list of records"),
    "lineage with an unknown change": (
        record(3, change="exploded"), compare, LINEAGE, "records[3]", "'exploded' is not a valid LineageChange"
    ),
    "lineage with a text for a list": (
        record(1, before="ir8259:activity-1"), compare, LINEAGE, "records[1]", "not a list of texts"
    ),
    "number of 5000 digits": (
        raw(A, b'{"elements": ' + b"1" * 5000 + b"}"), load, A, "whole file", "out of bounds"
    ),
    "null in a file name": (
        lambda folder: folder.edit("manifest.json", lambda document: document["registry"].update(file="a\x00b")),
        register, "manifest.json", "top", "'a\\x00b' has the character U+0000"
    ),
    "list for a text": (top(A, missing=["x"]), load, A, "top", "not of type str @ record.missing"),
    "unknown field beside the elements": (top(A, fidelty="full"), load, A, "top", "fidelty"),
    "file of another publication": (top(A, publication="ir8425"), load, A, "publication", "write ir8259a"),
    "file without a publication": (without(A, "publication"), load, A, "top", "required field missing"),
    "parent of itself": (
        element(0, parent="ir8259a:device-identification"), load, A, "elements[0]", "put the parent first"
    ),
    "parent after its child": (
        element(0, parent="ir8259a:data-protection"), load, A, "elements[0]", "put the parent first"
    ),
    "errata missing": (removed("errata.json"), lambda lib: lib.errata(), "errata.json", "whole file", "cannot be read"),
    "errata with an unknown defect": (
        lambda folder: folder.edit("errata.json", lambda document: document["errata"][2].update(defect="odd")),
        lambda lib: lib.errata("ir8259"), "errata.json", "errata[2]", "'odd' is not a valid Defect"
    ),
    "mapping in another spelling": (
        cell("subject_id", "ir8425:Asset Identification"), join, TABLE,
        "ir8425:Asset Identification intersects_with ir8259a:device-identification [curated]", "there is no element",
    ),
    "mapping to nothing": (cell("object_id", ""), join, TABLE, "line 12", "there is no object"),
    "table with a strength of 11": (cell("strength", "11"), join, TABLE, "line 12", "not from 0 to 10"),
    "table with an endless cell": (cell("comment", "y" * 200_000), join, TABLE, "line 12", "field limit"),
    "lineage of nothing": (record(0, before=[], after=[]), compare, LINEAGE, "records[0]", "names no element"),
    "lineage of an element that does not exist": (
        record(1, before=["ir8259:activity-99"]), compare, LINEAGE, "records[1]", "name an element of ir8259"
    ),
    "lineage in another spelling": (
        record(1, after=["ir8259r1:Activity 1"]), compare, LINEAGE, "records[1]", "name an element of ir8259r1"
    ),
    "lineage without evidence": (
        without(LINEAGE, "records", 2, "evidence"), compare, LINEAGE, "records[2]", "required field missing"
    ),
    "added from something": (
        record(1, change="added"), compare, LINEAGE, "records[1]", "elements added: 1 before, 1 after"
    ),
    "removed to something": (
        record(1, change="removed"), compare, LINEAGE, "records[1]", "elements removed: 1 before, 1 after"
    ),
    "split of nothing": (
        record(1, change="split", before=[]), compare, LINEAGE, "records[1]", "elements split: 0 before, 1 after"
    ),
    "continued in nothing": (
        record(1, change="continued", after=[]), compare, LINEAGE, "records[1]", "elements continued: 1 before, 0 after"
    ),
    "two elements of one spelling": (
        lambda folder: folder.edit(A, lambda document: document["elements"].append(
            document["elements"][0] | {"id": "ir8259a:Device.Identification"})),
        load, A, "elements", "'ir8259a:Device.Identification' is another spelling of 'ir8259a:device-identification'",
    ),
    "two publications of one spelling": (
        lambda folder: folder.edit(REGISTRY, lambda document: document["publications"].append(
            document["publications"][0] | {"key": document["publications"][0]["key"].upper()})),
        register, REGISTRY, "publications", "is another spelling of",
    ),
    "escape in a title": (element(0, title="a\x1bb"), load, A, "elements[0]", "has the character U+001B"),
    "override in a summary": (element(0, summary="a\u202eb"), load, A, "elements[0]", "has the character U+202E"),
    "lone surrogate": (element(0, title="a\ud800b"), load, A, "elements[0]", "has the character U+D800"),
    "override in a list": (top(A, complete=["a\u202eb"]), load, A, "top", "has the character U+202E"),
    "escape in a table": (cell("comment", "a\x1bb"), join, TABLE, "line 12", "it has the character U+001B"),
}  # fmt: skip


@pytest.mark.parametrize(("broken", "use", "file", "place", "words"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_data(
    broken: Break, use: Callable[[ib.Library], object], file: str, place: str, words: str, folder: DataFolder
) -> None:
    broken(folder)
    with pytest.raises(ib.errors.DataError) as caught:
        use(folder.library)
    error = caught.value
    assert (error.file, error.place) == (file, place)
    assert words in f"{error.problem}; {error.fix}"
    assert str(error) == f"{file}: {place}: {error.problem}; {error.fix}"
    assert len(str(error)) < 800
    assert isinstance(error, ib.errors.IntegrityError) == (words == "SHA-256")


def test_a_tree_of_1500_levels(folder: DataFolder) -> None:
    def deepen(document: Any) -> None:
        above = document["elements"][0]
        for number in range(1_500):
            below = above | {"id": f"ir8259a:level-{number}", "parent": above["id"]}
            document["elements"].append(below)
            above = below

    folder.edit(A, deepen)
    publication = folder.library.load("ir8259a")
    deepest = "ir8259a:level-1499"
    assert max(publication.walk())[0] == len(publication.ancestors(deepest)) == 1_500
    assert publication.descendants("device-identification")[-1].id == deepest
    assert deepest.removeprefix("ir8259a:") in publication._repr_html_()
    assert ib.coverage("ir8259a", "ir8425", library=folder.library)
    assert ib.graph("ir8259a", library=folder.library)
    assert ib.diff(publication, "ir8259a", library=folder.library)


def test_broken_file_leaves_the_others_alone(folder: DataFolder) -> None:
    truncated(folder)
    assert len(folder.library.load("ir8259b")) == len(ib.load("ir8259b"))


def test_manifest_that_leads_out_of_the_folder_reads_nothing(folder: DataFolder) -> None:
    (folder.path.parent / "outside.json").write_text("{}")
    folder.edit("manifest.json", lambda document: document["registry"].update(file="../outside.json"))
    with pytest.raises(ib.errors.IntegrityError, match=r"\.\./outside\.json"):
        register(folder.library)


def test_manifest_with_an_unregistered_publication(folder: DataFolder) -> None:
    extra = {"file": "publications/ir8431.json", "sha256": "0" * 64, "publication": "ir9999"}
    folder.edit("manifest.json", lambda document: document["publications"].append(extra))
    with pytest.raises(ib.errors.IoTBaselineError, match="ir9999"):
        folder.library.load_all()


def test_record_that_continues_in_two_is_a_split(folder: DataFolder) -> None:
    record(3, change="continued")(folder)
    [split] = ib.diff("ir8259", "ir8259r1", library=folder.library).split
    assert [element.local for element in split.after] == ["activity-3", "activity-4"]


@pytest.mark.parametrize(
    "manifest", ["{}", "[]", '{"data_version": "2026.11.0", "surprise": 1}', '{"data_version"', None], ids=str
)
def test_broken_manifest_of_the_shipped_folder(
    manifest: str | None, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    if manifest is None:
        raw = json.loads((folder.path / "manifest.json").read_text("utf-8"))
        manifest = json.dumps({**raw, "publications": {"ir8425": "publications/ir8425.json"}})
    (folder.path / "manifest.json").write_text(manifest, "utf-8")
    monkeypatch.setattr("iotbaseline._library.folder.shipped_data", lambda: folder.path)
    with pytest.raises(ib.errors.DataError, match=r"^manifest\.json: "):
        _ = ib.Library().data_version
