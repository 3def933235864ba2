"""Rows and data frames."""

from __future__ import annotations

import sys

import pandas
import polars
import pytest

import iotbaseline as ib
from iotbaseline._display.records import Tabular


def tabulars() -> dict[str, Tabular]:
    """One of each type that can be read as a table."""
    crosswalk, difference = ib.crosswalk("csf1.1", "csf2.0"), ib.diff("ir8259", "ir8259r1")
    return {
        "element": ib.get("ir8425:data-protection"),
        "publication": ib.load("ir8425"),
        "publication without elements": ib.load("csa2015"),
        "info": ib.info("ir8425"),
        "mapping": crosswalk.mappings[0],
        "crosswalk": crosswalk,
        "change": difference.pairings[0],
        "diff": difference,
        "hit": ib.search("update")[0],
    }


@pytest.mark.parametrize("name", tabulars())
def test_records_are_flat_and_alike(name: str) -> None:
    rows = tabulars()[name].to_records()
    assert all(type(value) in (str, int, float, bool, type(None)) for row in rows for value in row.values())
    assert len({tuple(row) for row in rows}) <= 1


@pytest.mark.parametrize("name", tabulars())
def test_pandas(name: str) -> None:
    rows = tabulars()[name].to_records()
    frame = tabulars()[name].to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert frame.astype(object).where(frame.notna(), None).to_dict("records") == rows


@pytest.mark.parametrize("name", tabulars())
def test_polars(name: str) -> None:
    frame = tabulars()[name].to_polars()
    assert isinstance(frame, polars.DataFrame)
    assert frame.to_dicts() == tabulars()[name].to_records()


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_missing_extra(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ib.errors.MissingExtraError, match=rf"pip install 'iotbaseline\[{library}\]'") as caught:
        getattr(ib.info("ir8425"), f"to_{library}")()
    assert isinstance(caught.value, ImportError)
    assert caught.value.name == caught.value.library == caught.value.extra == library


def test_a_subclass_has_to_give_records() -> None:
    with pytest.raises(NotImplementedError):
        Tabular().to_records()
