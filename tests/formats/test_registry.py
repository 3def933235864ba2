"""The frame of all formats: what is refused, what is written, what is told."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline.formats.losses import Losses
from iotbaseline.formats.registry import FORMATS, Format, Things
from iotbaseline.formats.stable import json_bytes, timestamp, uuid_of

LOSSY = Format(
    name="lossy", title="Lossy", module="lossy", suffix="", takes=("publications", "profiles"), one=False, gate=()
)


def write(things: Things, losses: Losses, *, short: bool = False) -> dict[str, bytes]:
    """Loses the elements of every publication."""
    for publication in things.publications:
        for element in publication:
            losses.left_out("elements", element.id)
        losses.weakened("titles", publication.key)
    keys = [each.key for each in things.publications] + [each.key for each in things.profiles]
    return {f"{key}.txt": b"short" if short else b"long" for key in keys}


@pytest.fixture
def lossy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "lossy", LOSSY)
    monkeypatch.setattr(Format, "writer", property(lambda _: write))


@pytest.mark.parametrize("chosen", FORMATS.values(), ids=list(FORMATS))
def test_every_format_has_its_writer_and_its_reader(chosen: Format) -> None:
    assert chosen.direction in ("out", "in", "out and in")
    assert set(chosen.takes) <= {"publications", "profiles", "crosswalks", "assessments"}
    assert not chosen.takes or callable(import_module(f"iotbaseline.formats.{chosen.module}").write)
    assert chosen.reader is None or callable(getattr(ib, chosen.reader))
    assert chosen.gate


def test_a_crosswalk_as_sssom_is_what_the_crosswalk_says(tmp_path: Path) -> None:
    crosswalk = ib.crosswalk("sp800-213a", "csf2.0")
    report = ib.export(crosswalk, "sssom", tmp_path / "new" / "a.TSV", strict=True)
    assert (tmp_path / "new" / "a.TSV").read_text("utf-8") == crosswalk.to_sssom()
    assert (len(report), str(report)) == (0, "sssom: 1 file, nothing lost")
    assert repr(report) == "<ExportReport sssom: 1 file, nothing lost>"


@pytest.mark.usefixtures("lossy")
def test_a_report_counts_what_is_lost(tmp_path: Path) -> None:
    report = ib.export(["ir8259a", ib.load("ir8259b"), "profile:consumer"], "lossy", tmp_path, short=True)
    both = len(ib.load("ir8259a")) + len(ib.load("ir8259b"))
    assert report.counts() == {"weakened": 2, "renamed": 0, "left-out": both}
    assert [str(loss) for loss in report] == ["2 weakened: titles", f"{both} left-out: elements"]
    assert len(report.to_records()) == 2
    assert report.losses[0].to_records()[0]["examples"] == "ir8259a, ir8259b"
    assert len(report.losses[1].examples) == 5
    assert f"{both} left-out: elements" in report.to_text()
    assert '"format": "lossy"' in report.to_json()
    assert report.to_markdown().startswith("# export to lossy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["consumer.txt", "ir8259a.txt", "ir8259b.txt"]
    assert (tmp_path / "ir8259a.txt").read_bytes() == b"short"
    assert report.files == tuple(str(tmp_path / f"{key}.txt") for key in ("ir8259a", "ir8259b", "consumer"))


@pytest.mark.usefixtures("lossy")
def test_strict_writes_nothing_when_something_is_lost(tmp_path: Path) -> None:
    with pytest.raises(ib.errors.LossError, match="lossy would lose something: 1 weakened: titles; 6"):
        ib.export("ir8259a", "lossy", tmp_path / "out", strict=True)
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("lossy")
@pytest.mark.parametrize(
    ("thing", "format_", "options", "error", "says"),
    [
        ("ir8259a", "losy", {}, ib.errors.UnknownNameError, "did you mean lossy"),
        ("ir8259a", "lossy", {"long": True}, ib.errors.UnknownNameError, "unknown option of lossy 'long'"),
        ("ir8259a", "sssom", {}, ib.errors.UnknownNameError, "unknown suffix of sssom '.txt'"),
        ("ir8259a:device-identification", "lossy", {}, ib.errors.ArgumentTypeError, "of type Capability"),
        ([], "lossy", {}, ib.errors.QueryError, "0 things to export; pass at least one thing to lossy"),
        (7, "lossy", {}, ib.errors.ArgumentTypeError, "thing is of type int"),
        (ib.crosswalk("sp800-213a", "csf2.0"), "lossy", {}, ib.errors.ArgumentTypeError, "of type Crosswalk"),
    ],
)
def test_what_cannot_be_exported_is_refused(
    tmp_path: Path, thing: str, format_: str, options: dict[str, bool], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        ib.export(thing, format_, tmp_path / "a.txt", **options)  # type: ignore[arg-type]


def test_a_format_of_one_thing_takes_no_two(tmp_path: Path) -> None:
    crosswalk = ib.crosswalk("sp800-213a", "csf2.0")
    with pytest.raises(ib.errors.QueryError, match="2 things to export; pass one thing to sssom"):
        ib.export([crosswalk, crosswalk], "sssom", tmp_path / "a.tsv")


def test_identifiers_depend_on_every_part() -> None:
    assert uuid_of("a", "b") == uuid_of("a", "b") != uuid_of("ab")
    assert uuid_of("a")[14] == "5"


def test_time_is_the_one_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert timestamp() == "1970-01-02T00:00:00+00:00"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert timestamp() > "2026"
    assert json_bytes({"b": "é", "a": 1}) == '{\n  "b": "é",\n  "a": 1\n}\n'.encode()
