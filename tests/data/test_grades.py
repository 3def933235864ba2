"""How far the wording of controls changed from SP 800-53 revision 4 to revision 5."""

from __future__ import annotations

from collections import Counter

import pytest

import iotbaseline as ib
from authoring.publications.sp800_53 import is_editorial


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("The organization reviews plans.", "Review plans.", True),
        ("The information system:\nIdentifies [Assignment: users]; and\nuses IT.", "Identify users; and\nUse IT", True),
        ("[Selection (one or more): a; b]", "[Selection: a; b]", True),
        ("The organization denies access.", "Deny access.", True),
        ("The organization reviews plans.", "Review plans and policies.", False),
        ("Support essential missions.", "Support essential mission.", False),
        ("Review plans.", "Reviews plans.", False),
        ("Limit access.", "Limit use.", False),
    ],
)
def test_an_editorial_change(before: str, after: str, same: bool) -> None:
    assert is_editorial(before, after) is same


def test_every_control_that_stays_in_force_in_other_words_is_graded() -> None:
    found = [change for change in ib.diff("sp800-53r4", "sp800-53r5") if change.grade is not None]
    assert Counter(change.grade for change in found) == {
        ib.WordingGrade.EDITORIAL: 122,
        ib.WordingGrade.SUBSTANTIVE: 617,
    }
    assert {change.basis for change in found} == {ib.Basis.DERIVED}
