"""What the traits of kinds say."""

from __future__ import annotations

import subprocess
import sys
from types import FunctionType
from typing import ClassVar, cast

import pytest
from attrs import frozen

import iotbaseline as ib
from iotbaseline._library.records import maker_of_kind
from iotbaseline._model.kinds import is_part
from iotbaseline.kinds import KINDS, Addition, Asks, Withdrawable

ALWAYS = {
    "activity", "addition", "common-action", "common-element", "component-requirement", "control", "criterion",
    "practice", "provision", "requirement", "subcategory",
}  # fmt: skip
IF_BARE = {"capability", "clause", "sub-capability"}
PARTS = {
    "category", "clause", "common-action", "common-element", "component-requirement", "control", "criterion",
    "practice", "profile-entry", "provision", "requirement", "step", "sub-capability", "subcategory", "topic",
}  # fmt: skip
ALL: dict[str, type[ib.Element]] = {**KINDS, Addition.kind: Addition}


def test_the_traits_of_every_kind() -> None:
    assert {kind for kind, cls in ALL.items() if cls.traits.asks is Asks.ALWAYS} == ALWAYS
    assert {kind for kind, cls in ALL.items() if cls.traits.asks is Asks.IF_BARE} == IF_BARE
    assert {kind for kind, cls in ALL.items() if cls.traits.is_part} == PARTS
    assert {kind for kind, cls in ALL.items() if cls.traits.extends_own_kind} == {"control", "component-requirement"}
    assert {kind for kind, cls in ALL.items() if issubclass(cls, Withdrawable)} == {
        "category",
        "control",
        "practice",
        "subcategory",
    }


@pytest.mark.parametrize(("identifier", "expected"), [("sp800-53r5:ra-4", False), ("sp800-53r5:ra-5", True)])
def test_what_is_withdrawn_is_not_in_force(identifier: str, expected: bool) -> None:
    assert ib.get(identifier).is_in_force is expected
    assert ib.get("ir8425:documentation").is_in_force


def test_a_new_kind_asks_for_nothing_unless_it_says_so() -> None:
    @frozen(kw_only=True, repr=False)
    class Aside(ib.Element):
        """A kind of its own."""

        kind: ClassVar[str] = "aside"

    aside = Aside(id="a:1.x", parent="a:1")
    assert aside.traits.asks is Asks.NEVER
    assert aside.is_in_force
    assert not is_part(aside, ib.kinds.Clause(id="a:1"))


def test_no_kind_has_room_for_what_is_not_a_field() -> None:
    for kind in KINDS.values():
        assert all("__slots__" in vars(cls) for cls in kind.__mro__[:-1]), kind


def test_kinds_are_made_when_they_are_asked_for() -> None:
    code = (
        "import sys, iotbaseline as ib; ib.load('IR 8259A').capabilities;"
        "print(*sorted(name.rpartition('.')[2] for name in sys.modules if '_model.kinds.' in name))"
    )
    made = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    assert made.split() == ["demands", "plain"]


def test_kinds_are_a_table_of_all_of_them() -> None:
    assert len(KINDS) == len([*KINDS]) == len({*KINDS.values()})
    assert "no kind" not in KINDS
    with pytest.raises(KeyError):
        KINDS["no kind"]
    with pytest.raises(ImportError):
        from iotbaseline._model.kinds import NoKind  # type: ignore[attr-defined]  # noqa: F401


def test_each_kind_is_made_by_code_of_its_own() -> None:
    codes = [cast("FunctionType", maker_of_kind(kind)).__code__ for kind in KINDS]
    assert len({*map(id, codes)}) == len(KINDS)
