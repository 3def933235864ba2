"""A guided tour that answers one real question of each kind, with the code that answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from iotbaseline._library.origins import sources
from iotbaseline._library.search import search
from iotbaseline._library.shortcuts import load
from iotbaseline._mappings.crosswalk import crosswalk, mappings
from iotbaseline._mappings.paths import explain
from iotbaseline._profiles.reader import profile
from iotbaseline._profiles.side_by_side import side_by_side
from iotbaseline._revisions.diff import diff


@frozen
class Stop:
    """One stop of the tour: a question, the code that answers it, and the answer line by line."""

    question: str
    code: str
    answer: tuple[str, ...]


def _capabilities() -> Iterable[str]:
    for capability in load("IR 8259A").capabilities:
        yield f"{capability.title}: {capability.summary}"


def _consumer() -> Iterable[str]:
    for mapping in crosswalk("ir8425", "ir8259a").targets("ir8425:software-update"):
        yield str(mapping)


def _industrial() -> Iterable[str]:
    for mapping in crosswalk("ir8259a", "iec62443-4-2").targets("Logical Access to Interfaces"):
        yield str(mapping)


def _connected() -> Iterable[str]:
    yield from explain("ir8425:data-protection.1", "SC-28", limit=1).split("\n")


def _uncovered() -> Iterable[str]:
    found = profile("federal").coverage("sp800-53r5", baseline="low")
    yield str(found)
    yield f"no support: {', '.join(element.label or element.local for element in found.gaps)}"


def _profiles() -> Iterable[str]:
    aligned = side_by_side("consumer", "industrial", "federal", base=("ir8259a",))
    for row in aligned.where("baseline").to_records():
        yield ", ".join([str(row["element"]), *(f"{name}: {row[name]}" for name in aligned.profiles)])


def _withdrawn() -> Iterable[str]:
    yield str(load("IR 8259").notice)
    for change in diff("ir8259", "ir8259r1").split:
        yield str(change)
        yield f"  {change.evidence}"


def _moved() -> Iterable[str]:
    for mapping in mappings("sp800-53r4:AU-8(1)"):
        yield str(mapping)


def _found() -> Iterable[str]:
    for hit in search("authorized entities update", kind="common-element", limit=3):
        yield str(hit.element)


def _sources() -> Iterable[str]:
    for source in sources():
        if source.publication == "ir8425":
            yield f"{source.name}: {source.address} ({source.fidelity})"


_STOPS: tuple[tuple[str, str, Callable[[], Iterable[str]]], ...] = (
    (
        "What does NIST's core baseline ask of an IoT device?",
        'load("IR 8259A").capabilities',
        _capabilities,
    ),
    (
        "Where does the consumer profile's Software Update come from?",
        'crosswalk("ir8425", "ir8259a").targets("ir8425:software-update")',
        _consumer,
    ),
    (
        "Which IEC 62443-4-2 requirements does NIST name beside Logical Access to Interfaces?",
        'crosswalk("ir8259a", "iec62443-4-2").targets("Logical Access to Interfaces")',
        _industrial,
    ),
    (
        "Why does the consumer profile's protection of stored data lead to SP 800-53 control SC-28?",
        'explain("ir8425:data-protection.1", "SC-28", limit=1)',
        _connected,
    ),
    (
        "Which LOW controls does the federal profile leave without support?",
        'profile("federal").coverage("sp800-53r5", baseline="low")',
        _uncovered,
    ),
    (
        "What do a consumer, an industrial and the federal profile make of the core baseline?",
        'side_by_side("consumer", "industrial", "federal", base=("ir8259a",))',
        _profiles,
    ),
    (
        "IR 8259 is withdrawn: which of its activities did the revision split?",
        'diff("ir8259", "ir8259r1").split',
        _withdrawn,
    ),
    (
        "Where did SP 800-53 control AU-8(1) go?",
        'mappings("sp800-53r4:AU-8(1)")',
        _moved,
    ),
    (
        "Which device elements let only authorized entities update?",
        'search("authorized entities update", kind="common-element", limit=3)',
        _found,
    ),
    (
        "Which texts were the records of IR 8425 made from?",
        "sources()",
        _sources,
    ),
)


def tour() -> tuple[Stop, ...]:
    """Walk through the library and return what each stop shows."""
    return tuple(Stop(question, code, tuple(answer())) for question, code, answer in _STOPS)


def as_text(stops: Iterable[Stop]) -> str:
    """The tour as plain text."""
    parts = (f"{stop.question}\n  >>> {stop.code}\n" + "\n".join(f"  {line}" for line in stop.answer) for stop in stops)
    return "\n\n".join(parts)
