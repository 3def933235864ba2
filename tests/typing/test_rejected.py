"""What type checkers have to refuse: to ignore an error that is none is an error itself. pytest skips the lines.

mypy looks at the code in the brackets, pyright only at whether there is an error in the line.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true
# ruff: noqa: B018

from __future__ import annotations

from typing import TYPE_CHECKING

import iotbaseline as ib

if TYPE_CHECKING:
    ib.load(8425)  # type: ignore[arg-type]
    ib.load()  # type: ignore[call-arg]
    ib.get(None)  # type: ignore[arg-type]
    ib.get(b"ir8425")  # type: ignore[arg-type]
    ib.lod("ir8425")  # type: ignore[attr-defined]
    ib.crosswalk("ir8425")  # type: ignore[call-arg]
    ib.crosswalk("ir8425", "ir8259a", ib.Library())  # type: ignore[call-arg]
    ib.search("update", "control")  # type: ignore[call-arg]
    ib.search("update", limit="3")  # type: ignore[arg-type]
    ib.search("update", kind=ib.kinds.Control)  # type: ignore[arg-type]
    ib.mappings(ib.load("ir8425"))  # type: ignore[arg-type]
    ib.diff("ir8259", ib.info("ir8259r1"))  # type: ignore[arg-type]
    ib.diff("ir8259", "ir8259r1").where(3)  # type: ignore[arg-type]
    ib.paths("AC-2")  # type: ignore[call-arg]
    ib.paths("AC-2", "AC-3", 4)  # type: ignore[call-arg]
    ib.paths("AC-2", ib.load("ir8425"))  # type: ignore[arg-type]
    ib.paths("AC-2", "AC-3").relation.inverse  # type: ignore[union-attr]
    ib.reach("AC-2", ib.get("ir8425:documentation"))  # type: ignore[arg-type]
    ib.reach("AC-2", "ir8425", limit="3")  # type: ignore[arg-type]
    ib.reach("AC-2", "ir8425")[0.5]  # type: ignore[call-overload]
    ib.coverage("ir8425")  # type: ignore[call-arg]
    ib.coverage("ir8425", "sp800-53r5", "low")  # type: ignore[call-arg]
    ib.coverage("ir8425", 80053)  # type: ignore[arg-type]
    ib.coverage("ir8425", "ir8259a").where(item=3)  # type: ignore[call-arg]
    ib.coverage("ir8425", "ir8259a").gaps = ib.Listing()  # type: ignore[misc]
    ib.check_crosswalks("ir8425", "ir8259a")  # type: ignore[arg-type]
    ib.check_crosswalks().where(None)  # type: ignore[arg-type]
    ib.matches("a", "b")  # type: ignore[arg-type]
    ib.fingerprint("a").sha1  # type: ignore[attr-defined]

    ib.graph(8425)  # type: ignore[arg-type]
    ib.graph("ir8425", ib.Library())  # type: ignore[arg-type]
    ib.export_graph("ir8425", "graph.json")  # type: ignore[arg-type]
    edge: ib.EdgeAttributes = {"link": "became"}  # type: ignore[typeddict-item]

    publication = ib.load("ir8425")
    publication.title = "Other"  # type: ignore[misc]
    publication.elements = ()  # type: ignore[misc]
    publication["a"] = publication["b"]  # type: ignore[index]
    publication[0.5]  # type: ignore[call-overload]
    publication.of_kind(int)  # type: ignore[type-var]
    publication.of_kind(ib.Mapping)  # type: ignore[type-var]
    publication.get("data-protection").id  # type: ignore[union-attr]
    publication.capabilities[0].withdrawn  # type: ignore[attr-defined]

    ib.get("AC-2").baselines  # type: ignore[attr-defined]
    ib.get("AC-2").summary.upper()  # type: ignore[union-attr]
    ib.get("AC-2").id = "ac-3"  # type: ignore[misc]
    ib.kinds.Term("ir8425:a")  # type: ignore[call-arg]
    ib.kinds.Term()  # type: ignore[call-arg]
    ib.kinds.Capability(id="ir8425:a")  # type: ignore[call-arg]
    ib.kinds.Capability(id="ir8425:a", provider="device")  # type: ignore[arg-type]
    ib.kinds.KINDS["mine"] = ib.Element  # type: ignore[index]

    mapping = ib.crosswalk("ir8425", "ir8259a").mappings[0]
    mapping.object.upper()  # type: ignore[union-attr]
    ib.crosswalk("ir8425", "ir8259a").where(lambda m: m.nothing)  # type: ignore[attr-defined]
    ib.Relation("equal").inverse()  # type: ignore[operator]


def test_the_lines_are_there_for_the_type_checkers() -> None:
    assert not TYPE_CHECKING
