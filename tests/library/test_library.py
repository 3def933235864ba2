"""The data files read once, lazily and thread-safely."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._library.folder import shipped_data
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.memory import MemoryStore
from iotbaseline._model.identifiers import Names

DOIS = "https://doi.org/10.6028/"

if TYPE_CHECKING:
    from tests.conftest import DataFolder

DATA = Path(__file__).parents[2] / "data"
CHECKED = Library(DATA)


def test_every_shipped_record_passes_the_checks_that_the_shipped_library_leaves_out() -> None:
    assert CHECKED.load_all() == DEFAULT.load_all()
    assert CHECKED.publications == ib.publications()
    assert CHECKED.sources == ib.sources()
    assert CHECKED.errata() == ib.errata()
    assert CHECKED._store.suggestions == DEFAULT._store.suggestions
    for pair in DEFAULT.lineage_pairs():
        assert CHECKED.lineage(*pair) == DEFAULT.lineage(*pair)


def test_where_no_path_leads_to_the_data_the_package_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Path(str(shipped_data()), "manifest.json").is_file()
    monkeypatch.setattr("os.path.isfile", lambda _: False)
    assert str(shipped_data.__wrapped__()) == str(Path(ib.__file__).parent / "data")


def test_every_shipped_mapping_and_lineage_record_can_be_read() -> None:
    assert all(CHECKED.mappings(subject, obj) for subject, obj in CHECKED.crosswalk_pairs())
    assert all(CHECKED.lineage(before, after) for before, after in DEFAULT.lineage_pairs())


def test_every_file_is_listed() -> None:
    pairs = {"--".join(pair) for pair in DEFAULT.lineage_pairs()}
    assert pairs == {path.name.removesuffix(".json") for path in (DATA / "lineage").iterdir()}
    pairs = {"--".join(pair) for pair in ib.crosswalks()}
    assert pairs == {path.name.removesuffix(".sssom.tsv") for path in (DATA / "crosswalks").iterdir()}
    keys = [publication.key for publication in DEFAULT.load_all()]
    assert sorted(keys) == sorted(path.name.removesuffix(".json") for path in (DATA / "publications").iterdir())


def test_lineage_is_asked_for_in_its_direction() -> None:
    assert DEFAULT.lineage("sp800-53r4", "sp800-53r5")
    assert DEFAULT.lineage("sp800-53r5", "sp800-53r4") == ()


def test_lineage_records_name_elements_in_force() -> None:
    for pair in DEFAULT.lineage_pairs():
        for record in DEFAULT.lineage(*pair):
            for key, identifiers in zip(pair, (record.before, record.after), strict=True):
                for identifier in identifiers:
                    element = ib.load(key)[identifier]
                    assert element.id == identifier
                    assert not getattr(element, "withdrawn", False)


def test_what_is_read_is_read_once() -> None:
    library = Library(DATA)
    assert library.load("ir8425") is library.load("NIST IR 8425")
    assert library.publications is library.publications
    assert library.mappings("ir8425", "ir8259a") is library.mappings("ir8425", "ir8259a")
    assert library.lineage("ir8259", "ir8259r1") is library.lineage("ir8259", "ir8259r1")


def test_a_folder_is_named_by_a_path_or_its_text(folder: DataFolder) -> None:
    folder.edit("manifest.json", lambda manifest: manifest.update(data_version="2001.1.0"))
    assert Library(str(folder.path)).data_version == Library(folder.path).data_version == "2001.1.0"
    assert Library(str(folder.path)).load("ir8431") == ib.load("ir8431")


def test_what_is_not_asked_for_is_not_read(folder: DataFolder) -> None:
    (folder.path / "publications" / "ir8259a.json").unlink()
    library = folder.library
    assert library.load("ir8425").key == "ir8425"
    with pytest.raises(ib.errors.DataError):
        library.load("ir8259a")


def test_an_error_is_not_remembered(folder: DataFolder) -> None:
    file = folder.path / "publications" / "ir8431.json"
    raw = file.read_bytes()
    file.unlink()
    library = folder.library
    with pytest.raises(ib.errors.DataError):
        library.load("ir8431")
    file.write_bytes(raw)
    assert len(library.load("ir8431")) == 2


def test_threads_get_the_identical_objects() -> None:
    library = Library(DATA)
    start = Barrier(16)

    def use(_: int) -> tuple[int, ...]:
        start.wait()
        publication = library.load("sp800-53r5")
        element = publication["AC-2(3)"]
        mappings = library.mappings("csf2.0", "sp800-53r5")
        hit = ib.search("device update", library=library)[0].element
        return id(publication), id(element), id(publication.children("ac-2")), id(mappings), id(hit)

    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(use, range(16)))) == 1


def test_records_in_memory_answer_as_files_do() -> None:
    publications = [DEFAULT.load(info.key) for info in ib.publications()]
    mappings = {pair: DEFAULT.mappings(*pair) for pair in DEFAULT.crosswalk_pairs()}
    lineage = {pair: DEFAULT.lineage(*pair) for pair in DEFAULT.lineage_pairs()}
    library = Library(MemoryStore(publications, mappings, lineage))
    assert library.data_version == "in memory"
    assert library.publications == ib.publications()
    assert {*library.load_all()} == {*DEFAULT.load_all()}
    assert ib.coverage("ir8425", "ir8259a", library=library) == ib.coverage("ir8425", "ir8259a")
    assert ib.diff("ir8259", "ir8259r1", library=library) == ib.diff("ir8259", "ir8259r1")
    assert (library.sources, library.errata(), library.profile_keys) == ((), (), ())
    assert library.evidence_for("ir8425:data-protection") == ()
    with pytest.raises(ib.errors.UnknownIdentifierError, match="unknown profile 'federal'"):
        ib.profile("federal", library=library)
    with pytest.raises(KeyError):
        MemoryStore().profile_text("federal")


def test_layers_add_to_those_before_them(small_library: Callable[..., Library], mapped: Callable[..., Any]) -> None:
    first, second = mapped("a:1", ib.Relation.EQUAL, "b:1"), mapped("a:1", ib.Relation.RELATED, "b:2")
    below = small_library([ib.kinds.Clause(id="a:1")], [first])
    crosswalk = ib.Crosswalk(subject=below.load("a"), object=below.load("b"), mappings=(first, second))
    own = below.extended(crosswalk)
    assert own.mappings("a", "b") == (first, second)
    assert own.mappings("a", "b") is own.mappings("a", "b")
    assert below.mappings("a", "b") == (first,)
    assert own.crosswalk_pairs() == (("a", "b"),)
    assert own.load("a") is below.load("a")
    assert own.extended().mappings("a", "b") is own.mappings("a", "b")


def test_profiles_of_a_layer_below_are_found() -> None:
    own = ib.extended()
    assert own.profile_keys == DEFAULT.profile_keys
    assert ib.profile("federal", library=own) == ib.profile("federal")


def test_default_library_is_pickled_by_reference() -> None:
    assert pickle.loads(pickle.dumps(DEFAULT)) is DEFAULT  # noqa: S301
    assert copy.deepcopy(DEFAULT) is DEFAULT
    other = pickle.loads(pickle.dumps(CHECKED))  # noqa: S301
    assert (other is CHECKED, repr(other)) == (False, repr(CHECKED))
    assert other.load("ir8425") == CHECKED.load("ir8425")
    fresh = pickle.loads(pickle.dumps(Library()))  # noqa: S301
    assert fresh.load("ir8425") is DEFAULT.load("ir8425")


def test_look_ups_go_to_a_pool_of_processes() -> None:
    names = ["ir8425", "ir8259a"]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(ib.info, names)) == [ib.info(name) for name in names]
        assert list(pool.map(ib.get, ["AC-2"])) == list(pool.map(DEFAULT.get, ["AC-2"])) == [ib.get("AC-2")]
        assert pool.submit(partial(ib.load, library=CHECKED), "ir8425").result() == ib.load("ir8425")


def test_data_version() -> None:
    assert ib.data_version == DEFAULT.data_version == CHECKED.data_version
    assert repr(CHECKED) == f"<Library data {ib.data_version}: {len(ib.publications())} publications>"


def test_sources() -> None:
    names = {source.name for source in ib.sources() if source.publication == "ir8425"}
    assert "nist/ir8425.md" in names
    assert all(len(source.sha256) == 64 for source in ib.sources())


def test_errata() -> None:
    every = ib.errata()
    assert every
    for key in {erratum.publication for erratum in every}:
        assert ib.errata(key) == tuple(erratum for erratum in every if erratum.publication == key) != ()
        assert ib.errata(f" {key.upper()} ") == ib.errata(key)
    assert ib.errata("csa2015") == ()
    with pytest.raises(ib.errors.UnknownIdentifierError):
        ib.errata("ir8426")


def test_errata_name_elements_that_exist() -> None:
    for erratum in ib.errata():
        for identifier in erratum.elements:
            assert ib.get(identifier).id == identifier


def test_parse_reference() -> None:
    found = ib.parse_reference("DO:SMP(5e,f), CS:AEI(1)")
    assert [element.id for element in found] == [
        "sp800-213a:DO.SMP.5.e",
        "sp800-213a:DO.SMP.5.f",
        "sp800-213a:CS.AEI.1",
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("AC-2(3)", ["AC-2(3)"]),
        ("ac-02", ["AC-2"]),
        ("AC-2 (1) (3)", ["AC-2(1)", "AC-2(3)"]),
        ("AC-2(3, 5), AC-3; IA-3", ["AC-2(3)", "AC-2(5)", "AC-3", "IA-3"]),
    ],
)
def test_references_to_controls(text: str, labels: list[str]) -> None:
    found = ib.parse_reference(text)
    assert [(element.publication, element.label) for element in found] == [("sp800-53r5", label) for label in labels]
    assert ib.format_reference(found) == ", ".join(labels)


@pytest.mark.parametrize("text", ["AC-2(3", "AC-2a", "AC-2,", "AC-2;", "AC-2 ()", "AC-2, DI:IMS(1)"])
def test_what_is_no_reference_to_controls(text: str) -> None:
    with pytest.raises(ib.errors.IdentifierSyntaxError, match=r"write e\.g\. 'AC-2', 'AC-2\(3\)'"):
        ib.parse_reference(text)


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("AC-2(99)", "sp800-53r5:ac-2.9"),
        ("CS:AEI(99)", "CS:AEI(1)"),
        ("CS:AEI(1z)", "CS:AEI(1)"),
        ("DO:SMP(5z)", "DO:SMP(5a)"),
        ("DO:XXX(1)", "DO:SMP"),
        ("XX:AEI(1)", "DO"),
    ],
)
def test_parse_reference_names_what_there_is(text: str, suggested: str) -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match=r"unknown (requirement|element)") as caught:
        ib.parse_reference(text)
    assert suggested in caught.value.suggestions


def test_info() -> None:
    info = ib.info("NISTIR 8259")
    assert (info.key, info.status, info.superseded_by) == ("ir8259", ib.Status.WITHDRAWN, ("ir8259r1",))
    assert (info.published, info.withdrawn) == ("2020-05", "2026-04-20")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("ir8259@2025-09", "ir8259r1.2pd"),
        ("ir8259@2025-05", "ir8259r1.ipd"),
        ("IR 8259r1@2020-05", "ir8259"),
        ("SP 800-53@2013", "sp800-53r4"),
        ("sp800-213a@2021-11-05", "online-catalog-2021-11"),
        ("sp800-213a@2021-11", "sp800-213a"),
        ("sp800-213a@2021-02", "online-catalog-2021-02"),
        ("ir8259@2020", "ir8259"),
        ("ir8259@2020-01", "ir8259.2pd"),
        ("ir8259r1@2020", "ir8259"),
        ("ir8425@2022", "ir8425"),
        ("sp800-53", "sp800-53r5"),
        ("en303645", "en303645v3.1.3"),
    ],
)
def test_revision_by_date_or_work(name: str, key: str) -> None:
    assert ib.info(name).key == ib.load(name).key == key


@pytest.mark.parametrize("name", ["ir8259@1999", "ir8259@", "ir8259@2025-09-31", "ir8259@final"])
def test_unknown_revision(name: str) -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match="unknown revision") as caught:
        ib.info(name)
    assert "ir8259@2020-05" in caught.value.suggestions
    assert all(ib.info(each).work == "ir8259" for each in caught.value.suggestions)


def test_revision_by_a_date_that_several_fit() -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match="several fit") as caught:
        ib.info("ir8259@2025")
    assert caught.value.suggestions == ("ir8259@2025-05", "ir8259@2025-09-30")
    assert {ib.info(each).key for each in caught.value.suggestions} == {"ir8259r1.ipd", "ir8259r1.2pd"}


def test_revisions_are_those_of_the_work_in_their_order() -> None:
    expected = ["ir8259.ipd", "ir8259.2pd", "ir8259", "ir8259r1.ipd", "ir8259r1.2pd", "ir8259r1"]
    for key in expected:
        assert [info.key for info in ib.revisions(key)] == expected


@pytest.mark.parametrize("info", ib.publications(), ids=lambda info: info.key)
def test_revisions_follow_those_they_supersede(info: ib.PublicationInfo) -> None:
    order = [each.key for each in ib.revisions(info.key)]
    assert info.key in order
    for earlier in info.supersedes:
        if earlier in order:
            assert order.index(earlier) < order.index(info.key)


def test_a_publication_without_elements_loads_and_says_why() -> None:
    publication = ib.load("csa2015")
    assert len(publication) == 0
    assert publication.missing == ib.info("csa2015").missing
    assert publication.missing


def test_get() -> None:
    element = ib.get("NIST IR 8425:Documentation.1.F")
    assert (element.id, element.label) == ("ir8425:documentation.1.f", "f")


def test_get_without_a_publication_names_those_that_have_it() -> None:
    with pytest.raises(ib.errors.UnknownIdentifierError, match="name its publication too") as caught:
        ib.get("Software-Update")
    assert len(caught.value.suggestions) == 3
    assert len({ib.get(each).publication for each in caught.value.suggestions}) == 3


def test_url_of_every_element_is_that_of_its_publication() -> None:
    for publication in DEFAULT.load_all():
        assert ib.url(publication.key) == (f"https://doi.org/{doi}" if (doi := publication.info.doi) else
                                           publication.info.url)  # fmt: skip
        assert {ib.url(element.id) for element in publication} == {ib.url(publication.key)}


def test_no_url_promises_an_anchor() -> None:
    assert not [info.key for info in ib.publications() if "#" in (ib.url(info.key) or "")]


def test_url_without_a_doi() -> None:
    assert ib.url("jc-star-1") is None
    assert ib.url("en303645v3.1.3:5.1-1") == ib.info("en303645v3.1.3").url
    assert ib.url("ir8425a") == ib.info("ir8425a").url
    assert ib.url("ir8425a:ref.bbf") == ib.info("ir8425a").url


def test_url_uses_the_one_spelling() -> None:
    assert ib.url("NISTIR 8425:Data Protection") == f"{DOIS}NIST.IR.8425"
    assert ib.url("AC-02(03)") == f"{DOIS}NIST.SP.800-53r5"


@pytest.mark.parametrize("doi", [f"{DOIS}NIST.IR.8425", "doi:10.6028/NIST.IR.8425"])
def test_url_of_a_doi(doi: str) -> None:
    assert ib.url(doi) == f"{DOIS}NIST.IR.8425"


CATALOG = [
    each for each in ib.load("sp800-213a") if isinstance(each, ib.kinds.SubCapability | ib.kinds.Requirement)
]  # fmt: skip


@given(st.lists(st.sampled_from(CATALOG), min_size=1, max_size=12))
def test_a_reference_printed_is_parsed_to_the_same_elements(elements: list[ib.Element]) -> None:
    assert ib.parse_reference(ib.format_reference(elements)) == tuple(elements)


def test_a_reference_is_printed_as_the_publication_prints_it() -> None:
    for printed in ("DO:SMP(5e,f,g,h)", "CS:AEI", "CS:AEI(1)", "LA:ACF(1d.i)"):
        assert ib.format_reference(ib.parse_reference(printed)) == printed


@pytest.mark.parametrize(
    "name", ["sp800-213a:DI", "sp800-213a:DI.discussion", "ir8425:data-protection", "sp800-53r4:ac-2", "sp800-53r5:ac"]
)
def test_a_reference_names_only_what_its_notation_can(name: str) -> None:
    with pytest.raises(ib.errors.IdentifierSyntaxError, match="sub-capabilities and requirements"):
        ib.format_reference([ib.get(name)])


def test_a_reference_is_in_one_notation() -> None:
    with pytest.raises(ib.errors.IdentifierSyntaxError, match="only controls"):
        ib.format_reference(["DI:IMS(1)", "AC-2"])
    assert ib.format_reference([]) == ""


def test_references_name_elements_in_any_usual_spelling() -> None:
    assert ib.format_reference("SP 800-213A: DO.SMP.5.e") == "DO:SMP(5e)"
    assert ib.format_reference(["sp800-213a:DO.SMP.5.e", ib.get("DO:SMP(5f)")]) == "DO:SMP(5e,f)"
    assert ib.parse_reference("DO:SMP(5e)", library=CHECKED) == ib.parse_reference("DO:SMP(5e)")


@pytest.mark.parametrize(
    "name", ["IR 8425: data-protection 1", "https://doi.org/10.6028/NIST.IR.8425#data-protection.1"]
)
def test_every_entry_point_understands_the_same_names(name: str) -> None:
    element = ib.get("ir8425:data-protection.1")
    assert ib.get(name) is ib.load("ir8425")[name] is element
    assert DEFAULT.identify(name) == DEFAULT.identify(element) == element.id
    crosswalk = ib.crosswalk("ir8425", "ir8259a")
    assert crosswalk.targets(name) == crosswalk.targets(element)
    assert len(crosswalk.inverse().sources(name)) == len(crosswalk.targets(element))


def test_crosswalks_and_lineage_are_named_in_any_usual_spelling() -> None:
    assert DEFAULT.mappings("IR 8425", "NIST IR 8259A") is DEFAULT.mappings("ir8425", "ir8259a")
    assert DEFAULT.lineage("SP 800-53 Rev. 4", "SP 800-53") is DEFAULT.lineage("sp800-53r4", "sp800-53r5")
    assert DEFAULT.mappings("ir8259a", "ir8425") == ()
    for ask in (DEFAULT.mappings, DEFAULT.lineage):
        with pytest.raises(ib.errors.UnknownIdentifierError, match="unknown publication 'ir9999'"):
            ask("ir8425", "ir9999")


def test_unknown_elements_are_told_with_their_publication() -> None:
    for ask in (ib.get, ib.load("ir8425").__getitem__, DEFAULT.identify):
        with pytest.raises(ib.errors.UnknownIdentifierError) as caught:
            ask("IR 8425: documentatoin")
        assert caught.value.suggestions[0] == "ir8425:documentation"


def test_no_file_holds_a_wording(folder: DataFolder) -> None:
    """What an element's official wording is comes from the user's own copy, where its fingerprint proves it."""
    file = "publications/ir8259a.json"
    wording = {"text": "x", "source": "y", "sha256": "z"}
    folder.edit(file, lambda document: document["elements"][0].update(wording=wording))
    with pytest.raises(ib.errors.DataError, match="wording"):
        folder.library.load("ir8259a")


@pytest.mark.parametrize("version", ["2026.11", "2026.11.0", "2026"])
def test_a_version_of_the_data_is_required(version: str) -> None:
    class Held(Library):
        data_version = "2026.11.0"

    ib.require_data(version, library=Held())
    ib.require_data(at_least="2026.10.5", library=Held())
    for wrong in ({"version": "2026.1"}, {"version": "2026.11.1"}, {"at_least": "2026.12"}):
        with pytest.raises(ib.errors.DataVersionError, match=r"the data has the version 2026\.11\.0, not") as caught:
            ib.require_data(**wrong, library=Held())
        assert caught.value.held == "2026.11.0"


@pytest.mark.parametrize("version", ["", "v2026", "2026.11.x", ">=2026.11", "２０２６"])
def test_what_is_no_version_of_the_data(version: str) -> None:
    with pytest.raises(ValueError, match=r"is no version of the data|cannot be empty"):
        ib.require_data(version)


def test_arguments_of_other_types() -> None:
    wrong: Any = [1]
    with pytest.raises(ib.errors.ArgumentTypeError, match="publication is of type list"):
        DEFAULT.replacing(wrong, "note")
    with pytest.raises(ib.errors.ArgumentTypeError, match="key is of type list"):
        DEFAULT.knows(wrong)
    with pytest.raises(ib.errors.ArgumentTypeError, match="name is of type list"):
        DEFAULT.split(wrong)
    with pytest.raises(ib.errors.ArgumentTypeError, match="publication is of type list"):
        DEFAULT.local("ac-2", wrong)


def test_what_is_known_is_listed_once_for_all_suggestions(monkeypatch: pytest.MonkeyPatch) -> None:
    library, made, begin = Library(), list[Names](), Names.__init__

    def noted(names: Names, known: Iterable[str]) -> None:
        made.append(names)
        begin(names, known)

    monkeypatch.setattr(Names, "__init__", noted)
    for number in range(20):
        for name in (f"qx{number}", f"ir8425:qx{number}"):
            with pytest.raises(ib.errors.UnknownIdentifierError):
                library.get(f"{name}:1" if number % 2 else name)
    with pytest.raises(ib.errors.UnknownIdentifierError) as caught:
        library.info("ir8425x")
    assert caught.value.suggestions[0] == "ir8425"
    assert len(made) <= 2


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("SP 800-53@2013:AC-2", "AC-2"),
        ("SP 800-53@2013 AC-2", "AC-2"),
        ("SP 800-53@1999:AC-2", "SP 800-53@1999:AC-2"),
        ("IR 8425:AC-2", "IR 8425:AC-2"),
    ],
)
def test_a_name_without_that_of_its_publication(name: str, local: str) -> None:
    assert DEFAULT.local(name, ib.load("sp800-53r4")) == local


def test_the_spelling_of_a_key_goes_before_another_name() -> None:
    first, second = ib.load("ir8425"), ib.load("ir8259a")
    named_alike = evolve(first, info=evolve(first.info, aliases=("IR 8259-A",)))
    library = Library(MemoryStore([named_alike, second]))
    assert library.info("IR 8259-A") is second.info
    assert library.info("ir8425") is named_alike.info


def test_an_answer_needs_no_more_than_it_asks_for() -> None:
    code = (
        "import sys, iotbaseline as ib; ib.load('IR 8259A').capabilities[0].title;"
        "print(*sorted({'cattrs', 'networkx', 'pathlib', 'iotbaseline._model.fingerprints'} & {*sys.modules}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout == "\n"
