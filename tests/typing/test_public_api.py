"""What type checkers are told of the public face; mypy and pyright check each line, pytest runs it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, assert_type

import pandas
import polars

import iotbaseline as ib

if TYPE_CHECKING:
    from networkx import MultiDiGraph  # noqa: F401


def test_library() -> None:
    library = ib.Library()
    assert_type(library.load("ir8425"), ib.Publication)
    assert_type(library.get("AC-2"), ib.Element)
    assert_type(library.info("ir8425"), ib.PublicationInfo)
    assert_type(library.revisions("ir8259"), ib.Listing[ib.PublicationInfo])
    assert_type(library.publications, tuple[ib.PublicationInfo, ...])
    assert_type(library.sources, tuple[ib.SourceText, ...])
    assert_type(library.load_all(), tuple[ib.Publication, ...])
    assert_type(library.data_version, str)
    assert_type(library.url("ir8425"), str | None)
    assert_type(library.crosswalk_pairs(), tuple[tuple[str, str], ...])
    assert_type(library.mappings("ir8425", "ir8259a"), tuple[ib.Mapping, ...])
    assert_type(library.lineage_pairs(), tuple[tuple[str, str], ...])
    assert_type(library.lineage("ir8259", "ir8259r1"), tuple[ib.LineageRecord, ...])
    assert_type(library.errata(), ib.Listing[ib.Erratum])
    assert_type(library.evidence_for("ir8425:data-protection"), ib.Listing[ib.assessments.EvidenceSuggestion])
    assert_type(library.extended(ib.crosswalk("ir8425", "ir8259a")), ib.Library)


def test_functions() -> None:
    assert_type(ib.load("ir8425"), ib.Publication)
    assert_type(ib.get("AC-2"), ib.Element)
    assert_type(ib.info("ir8425"), ib.PublicationInfo)
    assert_type(ib.publications(), ib.Listing[ib.PublicationInfo])
    assert_type(ib.revisions("ir8259"), ib.Listing[ib.PublicationInfo])
    assert_type(ib.sources(), ib.Listing[ib.SourceText])
    assert_type(ib.url("ir8425"), str | None)
    assert_type(ib.errata(), ib.Listing[ib.Erratum])
    assert_type(ib.errata("ir8425"), ib.Listing[ib.Erratum])
    assert_type(ib.parse_reference("DO:SMP(5e,f)"), ib.Listing[ib.Element])
    assert_type(ib.crosswalks(), tuple[tuple[str, str], ...])
    assert_type(ib.crosswalk("ir8425", "ir8259a"), ib.Crosswalk)
    assert_type(ib.mappings("AC-2"), ib.Listing[ib.Mapping])
    assert_type(ib.mappings(ib.get("AC-2")), ib.Listing[ib.Mapping])
    assert_type(ib.diff("ir8259", "ir8259r1"), ib.Diff)
    assert_type(ib.diff(ib.load("ir8259"), ib.load("ir8259r1")), ib.Diff)
    assert_type(ib.search("update", kind="control", publication="sp800-53r5", limit=3), ib.SearchResult)
    assert_type(ib.normalize("a"), str)
    assert_type(ib.fingerprint("a"), ib.Fingerprint)
    assert_type(ib.matches("a", ib.fingerprint("a")), bool)
    assert_type(ib.find_wordings("a", [ib.fingerprint("a")]), dict[ib.Fingerprint, str])
    assert_type(ib.data_version, str)
    assert_type(ib.__version__, str)
    assert_type(ib.kinds.KINDS, MappingProxyType[str, type[ib.Element]])


def test_graph() -> None:
    graph = ib.graph("ir8425", library=ib.Library())
    assert_type(graph, "MultiDiGraph[str]")
    assert_type(list(graph), list[str])
    assert_type(list(graph.successors("ir8425:data-protection")), list[str])
    node: ib.NodeAttributes = {"kind": "publication", "name": "a", "publication": "a"}
    assert_type(node["kind"], str)
    assert_type(node.get("withdrawn"), bool | None)
    edge: ib.EdgeAttributes = {"link": "maps_to", "relation": "equal"}
    assert_type(edge["link"], Literal["part_of", "maps_to", "revises", "selects"])
    assert_type(edge.get("strength"), int | None)


def test_own(tmp_path: Path) -> None:
    framework, table = tmp_path / "own.csv", tmp_path / "own.tsv"
    framework.write_text("id\nA.1\n", "utf-8")
    publication = ib.read_framework(framework, key="own")
    assert_type(publication, ib.Publication)
    library = ib.extended(publication)
    assert_type(library, ib.Library)
    table.write_text("subject_id\tpredicate_id\tobject_id\nA.1\tequal\tAC-2\n", "utf-8")
    crosswalks = ib.read_crosswalk(str(table), subject="own", obj="sp800-53r5", library=library)
    assert_type(crosswalks, tuple[ib.Crosswalk, ...])
    assert_type(library.extended(*crosswalks), ib.Library)


def test_publication() -> None:
    publication = ib.load("sp800-53r5")
    assert_type(publication.of_kind(ib.kinds.Control), ib.Listing[ib.kinds.Control])
    assert_type(publication.of_kind(ib.Element), ib.Listing[ib.Element])
    assert_type(publication.of_kind("control"), ib.Listing[ib.Element])
    assert_type(publication.controls, ib.Listing[ib.kinds.Control])
    assert_type(publication.capabilities, ib.Listing[ib.kinds.Capability])
    assert_type(publication.activities, ib.Listing[ib.kinds.Activity])
    assert_type(publication.elements, tuple[ib.Element, ...])
    assert_type(publication["AC-2"], ib.Element)
    assert_type(publication.get("AC-2"), ib.Element | None)
    assert_type(publication.parent("AC-2"), ib.Element | None)
    assert_type(publication.children(publication["AC-2"]), ib.Listing[ib.Element])
    assert_type(publication.ancestors("AC-2"), ib.Listing[ib.Element])
    assert_type(publication.descendants("AC-2"), ib.Listing[ib.Element])
    assert_type(publication.roots, ib.Listing[ib.Element])
    assert_type(publication.holds_all("control"), bool)
    assert_type(publication.has("sp800-53r5:ac-2"), bool)
    assert_type(publication.info, ib.PublicationInfo)
    assert_type(publication.fidelity, ib.Fidelity)
    assert_type(publication.complete, tuple[str, ...])
    assert_type(publication.missing, str | None)
    assert_type(publication.notice, str | None)
    assert_type(publication.key, str)
    assert_type(publication.title, str | None)
    assert_type(len(publication), int)
    assert_type("AC-2" in publication, bool)
    assert_type(list(publication), list[ib.Element])
    assert_type(list(publication.walk()), list[tuple[int, ib.Element]])


def test_element() -> None:
    element = ib.get("AC-2")
    assert_type(element.id, str)
    assert_type(element.kind, str)
    assert_type(element.title, str | None)
    assert_type(element.summary, str | None)
    assert_type(element.name, str)
    assert_type(element.local, str)
    assert_type(element.publication, str)
    assert_type(element.fidelity, ib.Fidelity)
    assert_type(element.locator, ib.Locator)
    assert_type(element.locator.page, str | None)
    assert_type(element.fingerprint, ib.Fingerprint | None)
    assert isinstance(element, ib.kinds.Control)
    assert_type(element.withdrawn, bool)
    assert_type(element.baselines, tuple[str, ...])
    assert_type(element.moved_to, tuple[str, ...])
    assert_type(element.is_enhancement, bool)
    assert_type(ib.load("ir8425").capabilities[0].provider, ib.kinds.Provider)
    assert_type(ib.load("ir8425").of_kind(ib.kinds.Criterion)[0].normativity, ib.kinds.Normativity | None)
    assert_type(ib.load("ir8259").activities[0].phase, ib.kinds.Phase | None)
    assert_type(ib.load("en303645v3.1.3").of_kind(ib.kinds.Provision)[0].status, ib.kinds.ProvisionStatus)


def test_info() -> None:
    info = ib.info("ir8425")
    assert_type(info.key, str)
    assert_type(info.pubid, str | None)
    assert_type(info.status, ib.Status)
    assert_type(info.published, str | None)
    assert_type(info.authors, tuple[str, ...] | None)
    assert_type(info.aliases, tuple[str, ...])
    assert_type(info.relations, tuple[ib.PublicationRelation, ...])
    assert_type(info.evidence, tuple[ib.Evidence, ...])
    assert_type(info.notice, str | None)


def test_crosswalk() -> None:
    crosswalk = ib.crosswalk("ir8425", "ir8259a")
    assert_type(crosswalk.targets("software-update"), tuple[ib.Mapping, ...])
    assert_type(crosswalk.targets(ib.get("ir8425:software-update")), tuple[ib.Mapping, ...])
    assert_type(crosswalk.sources("software-update"), tuple[ib.Mapping, ...])
    assert_type(crosswalk.unmapped_subjects, ib.Listing[ib.Element])
    assert_type(crosswalk.unmapped_objects, ib.Listing[ib.Element])
    assert_type(crosswalk.inverse(), ib.Crosswalk)
    assert_type(crosswalk.to_sssom(), str)
    assert_type(crosswalk.notice, str | None)
    assert_type(crosswalk.where(lambda mapping: mapping.basis is ib.Basis.OFFICIAL), ib.Crosswalk)
    assert_type(crosswalk.subject, ib.Publication)
    assert_type(crosswalk.object, ib.Publication)
    assert_type(list(crosswalk), list[ib.Mapping])
    mapping = crosswalk.mappings[0]
    assert_type(mapping.subject, str)
    assert_type(mapping.object, str | None)
    assert_type(mapping.relation, ib.Relation)
    assert_type(mapping.relation.inverse, ib.Relation)
    assert_type(mapping.relation.style, ib.Style)
    assert_type(mapping.basis, ib.Basis)
    assert_type(mapping.strength, int | None)
    assert_type(mapping.path, tuple[str, ...])
    assert_type(mapping.is_empty, bool)
    assert_type(crosswalk.listed_without_object, tuple[str, ...])
    assert_type(mapping.inverse(), ib.Mapping)


def test_paths() -> None:
    found = ib.paths("AC-2", ib.get("ir8425:documentation"), max_hops=3, limit=2, through=["sp800-213a"])
    assert_type(found, ib.Connection)
    assert_type(list(found), list[ib.EvidencePath])
    assert_type(found.relation, ib.Relation | None)
    assert_type(found.possible, frozenset[ib.Relation])
    assert_type(found.weaker, frozenset[ib.Relation])
    assert_type(found.strength, int | None)
    assert_type(found.is_contradiction, bool)
    assert_type(found.explain(), str)
    path = ib.paths("AC-2", "AC-2").paths[0]
    assert_type(path.hops, tuple[ib.Hop, ...])
    assert_type(path.elements, tuple[str, ...])
    assert_type(path.judgements, int)
    assert_type(path.strength, int | None)
    assert_type(ib.explain("AC-2", "AC-2"), str)


def test_reach() -> None:
    found = ib.reach("AC-2", "sp800-213a")
    assert_type(found, ib.Reach)
    assert_type(list(found), list[ib.Connection])
    assert_type(found.objects, tuple[str, ...])
    connection = found[found.objects[0]]
    assert_type(connection, ib.Connection)
    hop = connection.paths[0].hops[0]
    assert_type(hop.kind, ib.HopKind)
    assert_type(hop.basis, ib.Basis)
    assert_type(hop.mapping, ib.Mapping | None)
    assert_type(hop.evidence, ib.Mapping | ib.LineageRecord | None)
    assert_type(hop.explained(), str)


def test_coverage() -> None:
    found = ib.coverage(["ir8425", ib.get("AC-2"), ib.load("ir8259a")], "sp800-53r5", baseline="low", kinds={"control"})
    assert_type(found, ib.Coverage)
    assert_type(found.notice, str | None)
    assert_type(found.gaps, ib.Listing[ib.Element])
    assert_type(found.covered, ib.Listing[ib.Element])
    assert_type(found.where(ib.CoverageLevel.RELATED), ib.Coverage)
    assert_type(found.counts(), dict[ib.CoverageLevel, int])
    assert_type(found.contributions, dict[str, tuple[ib.Connection, ...]])
    assert_type(found.groups, ib.Listing[ib.CoverageGroup])
    assert_type(found.groups[0].counts(), dict[ib.CoverageLevel, int])
    assert_type(list(found), list[ib.CoverageItem])
    item = found["AC-2"]
    assert_type(item.level, ib.CoverageLevel)
    assert_type(item.by, tuple[ib.Connection, ...])
    assert_type(item.unmapped_in, tuple[str, ...])


def test_findings() -> None:
    found = ib.check_crosswalks(("csf2.0", "sp800-53r5"))
    assert_type(found, ib.Findings)
    assert_type(found.where(ib.FindingKind.WITHDRAWN), ib.Findings)
    finding = found.findings[0]
    assert_type(finding.kind, ib.FindingKind)
    assert_type(finding.elements, tuple[str, ...])
    assert_type(finding.mappings, tuple[ib.Mapping, ...])
    assert_type(finding.text, str)


def test_diff() -> None:
    difference = ib.diff("ir8259", "ir8259r1")
    assert_type(difference.reworded, ib.Listing[ib.Change])
    assert_type(difference.split, ib.Listing[ib.Change])
    assert_type(difference.changes, ib.Listing[ib.Change])
    assert_type(difference.where(ib.ChangeKind.SPLIT), ib.Diff)
    assert_type(difference.counts(), dict[ib.ChangeKind, int])
    assert_type(difference.apply(ib.load("ir8259")), ib.Publication)
    assert_type(difference.to_text(), str)
    assert_type(difference.to_markdown(), str)
    assert_type(difference.to_json(), str)
    assert_type(list(difference), list[ib.Change])
    change = difference.pairings[0]
    assert_type(change.kinds, tuple[ib.ChangeKind, ...])
    assert_type(change.before, tuple[ib.Element, ...])
    assert_type(change.after, tuple[ib.Element, ...])
    assert_type(change.basis, ib.Basis)
    assert_type(change.evidence, str)


def test_rebase() -> None:
    element = ib.get("csf1.1:ID.RA-2")
    names = ib.migrate(["ID.RA-2"], "csf1.1", "csf2.0")
    assert_type(names, ib.Migration[str])
    assert_type(names.carried_over(), tuple[str, ...])
    assert_type(names.kept, ib.Listing[ib.MigratedEntry[str]])
    assert_type(names.counts(), dict[ib.Outcome, int])
    carried = names.entries[0]
    assert_type(carried.entry, str)
    assert_type(carried.before, ib.Element | None)
    assert_type(carried.after, tuple[ib.Element, ...])
    assert_type(carried.kinds, tuple[ib.ChangeKind, ...])
    assert_type(carried.carried_over(), tuple[str, ...])
    assert_type(ib.migrate([element], "csf1.1", "csf2.0"), ib.Migration[ib.Element])
    assert_type(
        ib.migrate(ib.load("csf1.1").of_kind(ib.kinds.Subcategory), "csf1.1", "csf2.0"), ib.Migration[ib.Element]
    )
    assert_type(ib.migrate(ib.load("csf1.1"), "csf1.1", ib.load("csf2.0")), ib.Migration[ib.Element])
    assert_type(ib.migrate(ib.crosswalk("csf1.1", "sp800-213a"), "csf1.1", "csf2.0"), ib.Migration[ib.Mapping])
    rows = [{"id": "ID.RA-2", "owner": "me"}]
    assert_type(ib.migrate(rows, "csf1.1", "csf2.0"), ib.Migration[dict[str, str]])
    assert_type(
        ib.migrate(element.to_records(), "csf1.1", "csf2.0"),
        ib.Migration[dict[str, str | int | float | bool | None]],
    )
    other: list[dict[str, object]] = [{"id": "ID.RA-2", "tags": ["a"]}]
    assert_type(ib.migrate(other, "csf1.1", "csf2.0"), ib.Migration[Mapping[str, object]])
    mixed: list[str | ib.Element] = ["ID.RA-2", element]
    assert_type(
        ib.migrate(mixed, "csf1.1", "csf2.0"),
        ib.Migration[str | ib.Element | ib.Mapping | Mapping[str, object]],
    )


def test_search() -> None:
    hit = ib.search("update")[0]
    assert_type(hit.element, ib.Element)
    assert_type(hit.score, float)


def test_lineage() -> None:
    record = ib.Library().lineage("ir8259", "ir8259r1")[0]
    assert_type(record.change, ib.LineageChange)
    assert_type(record.before, tuple[str, ...])
    assert_type(record.basis, ib.Basis)


def test_errata() -> None:
    erratum = ib.errata()[0]
    assert_type(erratum.defect, ib.Defect)
    assert_type(erratum.elements, tuple[str, ...])
    assert_type(erratum.expected, str | None)


def test_profiles(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('profile = "mine"\ntitle = "t"\nversion = "1"\nsummary = "s"\n')
    assert_type(ib.check_profile(path), tuple[ib.errors.DataError, ...])
    assert_type(ib.profiles(), ib.Listing[ib.Profile])
    assert_type(ib.Library().profile_keys, tuple[str, ...])
    profile = ib.read_profile(str(path))
    assert_type(profile, ib.Profile)
    assert_type(profile.notice, str | None)
    assert_type(profile.basis, ib.Basis)
    assert_type(profile.base, tuple[str, ...])
    assert_type(profile.imports, tuple[ib.ProfileImport, ...])
    assert_type(profile.modifications, tuple[ib.Modification, ...])
    assert_type(profile.additions, tuple[ib.kinds.Addition, ...])
    assert_type(profile.questions, tuple[ib.OpenQuestion, ...])
    assert_type(profile.selected, tuple[ib.ResolvedElement, ...])
    resolved = profile.resolve()
    assert_type(resolved, ib.ResolvedProfile)
    assert_type(resolved.elements, ib.Listing[ib.Element])
    assert_type(resolved.modified, ib.Listing[ib.ResolvedElement])
    assert_type(resolved.by_origin, dict[tuple[str, ...], ib.Listing[ib.ResolvedElement]])
    assert_type(resolved.get("ir8425:data-protection"), ib.ResolvedElement | None)
    assert_type(resolved.to_json(), str)
    assert_type(list(resolved), list[ib.ResolvedElement])
    item = ib.ResolvedElement(element=ib.get("AC-2"), selections=(ib.Selection(origin=("a",), rationales=()),))
    assert_type(item.element, ib.Element)
    assert_type(item.origin, tuple[str, ...])
    assert_type(item.selections[0].rationales, tuple[str, ...])
    assert_type(item.at("low"), ib.ResolvedElement | None)
    change = ib.Modification(element="a:b", change=ib.ModificationKind.NARROW, rationale="r")
    assert_type(change.change, ib.ModificationKind)
    assert_type(change.levels, tuple[str, ...])
    selector = ib.Selector(mapped_to=ib.MappedTo(publication="ir8425"))
    assert_type(selector.mapped_to, ib.MappedTo | None)
    assert_type(selector.ids, tuple[str, ...])
    assert_type(ib.ProfileImport(source="ir8425", rationale="r").include, tuple[ib.Selector, ...])
    assert_type(ib.OpenQuestion(question="q", why="w").about, tuple[str, ...])
    assert_type(ib.kinds.Addition(id="a:b", rationale="r").sources, tuple[str, ...])
    assert_type(
        ib.errors.DataErrors([ib.errors.DataError("f", "line 1", "p", "x")]).errors, tuple[ib.errors.DataError, ...]
    )


def test_rebase_profile() -> None:
    found = ib.migrate_profile(ib.profile("consumer"), "ir8425", "ir8425")
    assert_type(found, ib.MigratedProfile)
    assert_type(found.profile, ib.Profile)
    assert_type(found.report, ib.Migration[dict[str, str]])
    assert_type(list(found), list[ib.MigratedEntry[dict[str, str]]])
    assert_type(found.problems, tuple[ib.errors.DataError, ...])
    assert_type(found.to_text(), str)
    assert_type(found.to_markdown(), str)
    assert_type(found.to_json(), str)


def test_comparisons() -> None:
    consumer = ib.profile("consumer")
    found = ib.compare(consumer, "ir8259a", through=["ir8259b"])
    assert_type(found, ib.Comparison)
    assert_type(ib.compare(consumer.resolve(), ib.load("ir8259a")), ib.Comparison)
    assert_type(found.only_left, ib.Listing[ib.Element])
    assert_type(found.counts(), dict[ib.ComparisonKind, int])
    assert_type(found.counts_by_side(), dict[ib.ComparisonKind, tuple[int, int]])
    assert_type(list(found), list[ib.ComparisonRow])
    row = found.left_rows[0]
    assert_type(row.kind, ib.ComparisonKind)
    assert_type(row.partners, tuple[ib.Connection, ...])
    assert_type(row.closest, tuple[str, ...])
    assert_type(row.because, str)
    aligned = ib.side_by_side("consumer", consumer, base=("ir8259a",))
    assert_type(aligned, ib.SideBySide)
    assert_type(aligned.profiles, tuple[str, ...])
    assert_type(aligned.cells, tuple[tuple[ib.ComparisonRow, ...], ...])
    assert_type(aligned.beyond, tuple[ib.Listing[ib.Element], ...])
    assert_type(aligned.to_markdown(), str)


def test_coverage_of_a_profile() -> None:
    assert_type(ib.profile("consumer").coverage("ir8259a", level=None, through=["ir8259b"]), ib.Coverage)


def test_tables() -> None:
    publication = ib.load("ir8431")
    assert_type(publication.to_records(), list[dict[str, str | int | float | bool | None]])
    assert_type(publication.to_pandas(), pandas.DataFrame)
    assert_type(publication.to_polars(), polars.DataFrame)
    assert_type(ib.info("ir8431").to_records(), list[dict[str, str | int | float | bool | None]])
    assert_type(ib.search("update")[0].to_records(), list[dict[str, str | int | float | bool | None]])
    assert_type(ib.diff("ir8259", "ir8259r1").to_records(), list[dict[str, str | int | float | bool | None]])


def test_errors() -> None:
    try:
        ib.get("ir8425:data-protecton")
    except ib.errors.UnknownIdentifierError as error:
        assert_type(error.suggestions, tuple[str, ...])
    data_error = ib.errors.DataError("file", "place", "problem", "fix")
    assert_type(data_error.file, str)
    assert_type(data_error.fix, str)
    assert_type(ib.errors.DataErrors([data_error]).errors, tuple[ib.errors.DataError, ...])
    assert_type(ib.errors.MissingExtraError("pandas", "pandas").extra, str)


def test_results() -> None:
    coverage = ib.coverage("ir8425", "ir8259a")
    assert_type(coverage.where("gap"), ib.Coverage)
    assert_type(coverage.where(lambda item: item.level > ib.CoverageLevel.COVERED), ib.Coverage)
    assert_type(coverage.groups[0].counts(), dict[ib.CoverageLevel, int])
    assert_type(coverage.to_markdown(), str)
    assert_type(next(iter(ib.crosswalk("ir8425", "ir8259a").where("curated"))), ib.Mapping)
    assert_type(ib.crosswalk("ir8425", "ir8259a").counts(), dict[ib.Basis, int])
    capabilities = ib.load("ir8425").capabilities
    assert_type(capabilities[0], ib.kinds.Capability)
    assert_type(capabilities[:2], ib.Listing[ib.kinds.Capability])
    assert_type(capabilities.where(lambda capability: bool(capability.supports)), ib.Listing[ib.kinds.Capability])
    assert_type(ib.search("update").where("capability"), ib.SearchResult)
    assert_type(ib.side_by_side("consumer").rows, tuple[ib.SideBySideRow, ...])
    assert_type(sorted(capabilities), list[ib.kinds.Capability])


def test_attached_wordings(tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text("Nothing of it.", "utf-8")
    library = assert_type(ib.attach(copy, publication="ir8259a"), ib.Library)
    element = assert_type(library.get("ir8259a:device-identification"), ib.Element)
    assert assert_type(element.wording, ib.Wording | None) is None
    report = assert_type(ib.verify(str(copy), publication="ir8259a"), ib.Verification)
    assert not assert_type(report.is_complete, bool)
    assert assert_type(report.checked[0].wording, ib.Wording | None) is None
    compared = assert_type(ib.compare_draft(copy, "ir8259a"), ib.DraftComparison)
    assert assert_type(compared.entries[0].similarity, float | None) is None
