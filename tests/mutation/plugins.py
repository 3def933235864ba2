"""What pytest does for a mutant instead of running all tests that it collected."""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import signal
import tempfile
import traceback
from collections.abc import Callable, Iterable, Sequence
from functools import _lru_cache_wrapper, partial
from importlib.machinery import SourceFileLoader
from pathlib import Path
from time import perf_counter
from types import CodeType, FunctionType

import cattrs
import pytest
from attrs import frozen
from coverage import Coverage

from tests.mutation.mutants import Mutant, functions

PACKAGE = Path(__file__).parents[2] / "src" / "iotbaseline"
MEMORY = 4 << 30
_SURVIVED, _ALONE = 0, 3


def started(work: Callable[[], int], seconds: float = 0) -> int:
    """The process of a fork that does some work and is ended after so many seconds."""
    if not (process := os.fork()):
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds)
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
            os._exit(work())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    return process


def ended(process: int) -> int:
    """Wait for the status of a fork: that of its work, or another than 0 if it was ended."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


@frozen
class Measures:
    """Of each test of a wing how long it takes, and which lines of each module it runs."""

    seconds: dict[str, float]
    lines: dict[str, dict[str, set[int]]]

    def tests(self, module: str, mutant: Mutant) -> list[str]:
        """Those that run what the mutant changes, or all if it is outside of functions; the quickest first."""
        ran = self.lines[module]
        found = [name for name, lines in ran.items() if not lines.isdisjoint(mutant.lines)]
        return sorted(found if mutant.in_function else self.seconds, key=lambda name: self.seconds[name])

    def limit(self, names: Iterable[str]) -> float:
        """After how many seconds with these tests a mutant will not end any more."""
        return 20 + 5 * sum(self.seconds[name] for name in names)


class Together:
    """Tries the mutants of a wing, each in a fork of the process that collected its tests.

    A line of JSON for each goes to ``pipe``: the module, the number of the mutant, whether it was killed, and its
    tests. If it needs a process of its own, nobody knows yet whether it was.
    """

    def __init__(self, chosen: dict[str, list[Mutant]], pipe: int) -> None:
        self.chosen, self.pipe = chosen, pipe

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find out what each test runs, then try the mutants."""
        items = {item.nodeid: item for item in session.items}
        with os.fdopen(self.pipe, "w", encoding="utf-8") as pipe:
            measures = _measured(session.items, self.chosen)
            for module, mutants in self.chosen.items():
                for number, mutant in enumerate(mutants):
                    names = measures.tests(module, mutant)
                    trial = partial(_tried, mutant, PACKAGE / module, [items[name] for name in names])
                    status = ended(started(trial, measures.limit(names))) if mutant.in_function else _ALONE
                    killed = None if status == _ALONE else status != _SURVIVED
                    print(json.dumps((module, number, killed, names)), file=pipe, flush=True)
        return True


class Alone:
    """Tries one mutant, in a process that has not imported its module."""

    def __init__(self, path: Path, mutant: Mutant, names: Sequence[str]) -> None:
        self.path, self.mutant, self.names = path, mutant, names

    def pytest_load_initial_conftests(self) -> None:
        """Let the module be imported as it is in the mutant; a conftest imports it already."""
        original = SourceFileLoader.get_code

        def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
            is_here = Path(loader.path) == self.path
            return self.mutant.compiled(str(self.path)) if is_here else original(loader, name)

        SourceFileLoader.get_code = get_code  # type: ignore[method-assign, assignment]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run its tests until one fails."""
        items = {item.nodeid: item for item in session.items}
        _run([items[name] for name in self.names])
        return True


def _tried(mutant: Mutant, path: Path, items: Sequence[pytest.Item]) -> int:
    return _run(items) if _put(mutant, path) else _ALONE


def _put(mutant: Mutant, path: Path) -> bool:
    """Put what a mutant changes into the functions that are there; whether there are any that can take it."""
    old = dict(functions(compile(path.read_bytes(), path, "exec", dont_inherit=True)))
    new = dict(functions(mutant.compiled(str(path))))
    changed = {code: new[key] for key, code in old.items() if key in new and new[key] != code}
    every = (thing for thing in gc.get_objects() if isinstance(thing, FunctionType))
    there = [each for each in every if each.__code__.co_filename == str(path) and each.__code__ in changed]
    for function in there:
        code = changed[function.__code__]
        if len(code.co_freevars) != len(function.__code__.co_freevars):
            return False
        function.__code__ = code
    return bool(there)


def _run(items: Sequence[pytest.Item], around: Callable[[pytest.Item], object] = lambda _: None) -> int:
    for item, after in zip(items, [*items[1:], None], strict=False):
        around(item)
        item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
        if item.session.testsfailed:
            return 1
    return _SURVIVED


def _measured(items: Sequence[pytest.Item], modules: Iterable[str]) -> Measures:
    """What the tests run, found in a fork, which leaves no traces of it here."""
    for module in modules:
        importlib.import_module(".".join(("iotbaseline", *Path(module).with_suffix("").parts)))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "measures.json"
        if ended(started(partial(_measure, items, modules, file))):
            raise pytest.UsageError("a test fails before anything is changed")
        return cattrs.structure(json.loads(file.read_text("utf-8")), Measures)


def _measure(items: Sequence[pytest.Item], modules: Iterable[str], file: Path) -> int:
    """Run all tests, each with empty caches: what is kept from one would not be run by the next."""
    from iotbaseline._library.library import DEFAULT
    from iotbaseline._library.once import Once

    caches = [thing for thing in gc.get_objects() if isinstance(thing, _lru_cache_wrapper)]
    starts: dict[str, float] = {}
    coverage = Coverage(data_file=None, config_file=False, include=[str(PACKAGE / module) for module in modules])
    coverage.set_option("run:disable_warnings", ["no-data-collected"])  # a module may have no functions

    def around(item: pytest.Item) -> None:
        for cached in caches:
            cached.cache_clear()
        DEFAULT.once = Once()
        coverage.switch_context(item.nodeid)
        starts[item.nodeid] = perf_counter()

    coverage.start()
    failed = _run(items, around)
    coverage.stop()
    ends = [*list(starts.values())[1:], perf_counter()]
    seconds = {name: end - start for (name, start), end in zip(starts.items(), ends, strict=True)}
    lines = {module: _by_test(coverage.get_data().contexts_by_lineno(str(PACKAGE / module))) for module in modules}
    file.write_text(json.dumps({"seconds": seconds, "lines": lines}), "utf-8")
    return failed


def _by_test(tests_of_lines: dict[int, list[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for line, tests in tests_of_lines.items():
        for test in filter(None, tests):
            found.setdefault(test, []).append(line)
    return found
