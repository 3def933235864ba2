"""An argument of a wrong type is an error that names the argument, the same for every public function."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import iotbaseline as ib

CONTROL = "sp800-53r5:ac-2"
GOOD: dict[str, dict[str, Any]] = {
    "attach": {"source": "missing.txt"},
    "check_crosswalks": {"pairs": ("ir8425", "ir8259a")},
    "check_profile": {"path": "missing.toml"},
    "compare": {"left": "consumer", "right": "industrial"},
    "compare_draft": {"source": "missing.txt", "publication": "ir8425"},
    "coverage": {"selection": "ir8425", "target": "ir8259a"},
    "crosswalk": {"subject": "ir8425", "obj": "ir8259a"},
    "diff": {"before": "ir8259", "after": "ir8259r1"},
    "errata": {},
    "explain": {"subject": CONTROL, "obj": CONTROL},
    "export": {"thing": "ir8425", "format": "oscal-catalog", "path": "out.json"},
    "export_graph": {"graph": ib.graph("ir8259a"), "path": "out.json"},
    "extended": {"things": ib.crosswalk("ir8425", "ir8259a")},
    "find_wordings": {"text": "a b", "wanted": [ib.fingerprint("a b")]},
    "fingerprint": {"text": "a b"},
    "format_reference": {"elements": "sp800-213a:do.smp.1"},
    "get": {"identifier": CONTROL},
    "graph": {"selection": "ir8259a"},
    "history": {"name": "ir8259"},
    "info": {"name": "ir8259"},
    "load": {"name": "ir8259"},
    "mappings": {"identifier": CONTROL},
    "matches": {"text": "a b", "expected": ib.fingerprint("a b")},
    "migrate": {"entries": ["ac-2"], "before": "sp800-53r4", "after": "sp800-53r5"},
    "migrate_profile": {"profile": ib.profile("consumer"), "before": "ir8259", "after": "ir8259r1"},
    "normalize": {"text": "a b"},
    "parse_reference": {"text": "DO:SMP(5e)"},
    "paths": {"subject": CONTROL, "obj": CONTROL},
    "profile": {"key": "federal"},
    "reach": {"subject": CONTROL, "target": "ir8425"},
    "read_crosswalk": {"path": "missing.csv"},
    "read_framework": {"path": "missing.csv", "key": "acme"},
    "read_cyclonedx": {"path": "missing.json", "key": "acme"},
    "read_oscal_catalog": {"path": "missing.json", "key": "acme"},
    "read_oscal_profile": {"path": "missing.json", "key": "acme"},
    "read_profile": {"path": "missing.toml"},
    "require_data": {},
    "revisions": {"name": "ir8259"},
    "search": {"text": "update"},
    "side_by_side": {"profiles": "consumer"},
    "url": {"identifier": "ir8259"},
    "verify": {"source": "missing.txt"},
}
WRONG: dict[str, Any] = {"None": None, "float": 1.5, "bytes": b"ir8425", "object": object(), "list of None": [None]}


def cases() -> list[Any]:
    found: list[Any] = []
    for name, good in GOOD.items():
        for argument, parameter in inspect.signature(getattr(ib, name)).parameters.items():
            for what, wrong in WRONG.items():
                may_be_none = what == "None" and (parameter.default is None or "None" in parameter.annotation)
                if parameter.kind is not parameter.VAR_KEYWORD and parameter.annotation != "bool" and not may_be_none:
                    found.append(pytest.param(name, good, argument, wrong, id=f"{name}-{argument}-{what}"))
    return [each for each in found if each.id != "migrate-entries-list of None"]  # All entries are told at once there.


def test_there_is_a_case_for_every_function() -> None:
    functions = {name for name in ib.__all__ if inspect.isfunction(getattr(ib, name))}
    without = {name for name in functions if set(inspect.signature(getattr(ib, name)).parameters) <= {"library"}}
    assert functions - without == GOOD.keys()


@pytest.mark.parametrize(("name", "good", "argument", "wrong"), cases())
def test_a_wrong_type(
    name: str, good: dict[str, Any], argument: str, wrong: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    function: Callable[..., object] = getattr(ib, name)
    given = {**good, argument: wrong}
    spread = [
        value
        for each, value in given.items()
        if inspect.signature(function).parameters[each].kind is inspect.Parameter.VAR_POSITIONAL
    ]
    named = {each: value for each, value in given.items() if value not in spread} if spread else given
    with pytest.raises(ib.errors.ArgumentTypeError, match=rf"^{argument} is of type ") as caught:
        function(*spread, **named)
    assert caught.value.fix.startswith("pass ")
    assert list(tmp_path.iterdir()) == []
