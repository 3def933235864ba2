"""References in the notations of SP 800-213A and SP 800-53, read and printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iotbaseline as ib
from iotbaseline._library import references

REQUIREMENTS = [
    element.local
    for element in ib.load("sp800-213a")
    if isinstance(element, ib.kinds.SubCapability | ib.kinds.Requirement) and len(element.local.split(".")) > 1
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CS:AEI(1)", ["CS.AEI.1"]),
        ("DO:SMP(5e,f,g,h)", ["DO.SMP.5.e", "DO.SMP.5.f", "DO.SMP.5.g", "DO.SMP.5.h"]),
        ("DO: SMP (5e, f)", ["DO.SMP.5.e", "DO.SMP.5.f"]),
        ("DO:SMP(1,2a,b,3)", ["DO.SMP.1", "DO.SMP.2.a", "DO.SMP.2.b", "DO.SMP.3"]),
        ("LA: ROL(1), ROL(2)", ["LA.ROL.1", "LA.ROL.2"]),
        ("LA:ROL(1), CS:AEI(2)", ["LA.ROL.1", "CS.AEI.2"]),
        ("DO:SMP", ["DO.SMP"]),
        ("IQ:QRY(2a.iv)", ["IQ.QRY.2.a.iv"]),
    ],
)
def test_expand_reference(text: str, expected: list[str]) -> None:
    assert list(references.expand_reference(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "AEI(1)",
        "CS:AEI(1-3)",
        "CS:AEI(1",
        "CS:AEI 1",
        "CS:AEI(a)",
        "CS:AEI(1ab)",
        "CS.AEI.1",
        "CS:",
        "(1)",
        "CS:AEI(1)CS:AEI(2)",
        "see CS:AEI(1)",
        "",
        "CS:AEI(1) and more",
        "DO:SMP(5e,,f)",
        "DO:SMP(5e,)",
        "DO:SMP(,5e)",
        "DO:SMP(5e),",
        "DO:SMP(5e), ",
        "DO:SMP ",
    ],
)
def test_no_reference(text: str) -> None:
    with pytest.raises(ib.errors.IdentifierSyntaxError, match=r"write e\.g\."):
        references.expand_reference(text)


@given(st.lists(st.sampled_from(REQUIREMENTS), min_size=1, max_size=6))
def test_expanding_reverses_contracting(locals_: list[str]) -> None:
    assert list(references.expand_reference(references.contract_reference(locals_))) == locals_


@pytest.mark.parametrize(
    ("locals_", "printed"),
    [
        (["DO.SMP.5.e", "DO.SMP.5.f", "DO.SMP.5.g"], "DO:SMP(5e,f,g)"),
        (["DO.SMP.1", "DO.SMP.2.a", "DO.SMP.2.b"], "DO:SMP(1,2a,b)"),
        (["DO.SMP", "DO.SMP.1"], "DO:SMP, DO:SMP(1)"),
        (["LA.ROL.1", "CS.AEI.1"], "LA:ROL(1), CS:AEI(1)"),
        ([], ""),
    ],
)
def test_contract_reference(locals_: list[str], printed: str) -> None:
    assert references.contract_reference(locals_) == printed


def test_every_requirement_is_named_by_its_label() -> None:
    for local in REQUIREMENTS:
        [element] = ib.parse_reference(references.requirement_label(local))
        assert element.id == f"sp800-213a:{local}"
        assert ib.get(references.requirement_label(local)) is element


@pytest.mark.parametrize("text", ["AC-2,", "AC-2;", "AC-2, ", "AC-2 ", "AC-2(3", "AC-2(3) and more"])
def test_no_reference_to_controls(text: str) -> None:
    with pytest.raises(ib.errors.IdentifierSyntaxError, match=r"write e\.g\. 'AC-2', "):
        references.expand_controls(text)


@pytest.mark.parametrize("text", ["", "CS:AEI(1)", "A-2", "see AC-2"])
def test_what_does_not_begin_with_a_control_has_none(text: str) -> None:
    assert references.expand_controls(text) == ()
