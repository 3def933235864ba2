"""Measure every budget of the design that applies now, each beside a floor taken in the same run.

    python benchmarks/run.py [--wheel PATH] [--fail-at N] [--json]

Floor and subject take turns, and the one that went first goes second in the next round, so that a machine which
slows down does so for both. A budget is held against a median over the rounds: of the time the subject took, of
that time less the floor's in the same round, or of the ratio of the two in the same round.
"""

from __future__ import annotations

import argparse
import json
import operator
import os
import platform
import random
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from email import message_from_bytes
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from attrs import asdict, evolve, frozen

import iotbaseline as ib
from iotbaseline._library import garbage
from iotbaseline._library.folder import shipped_data
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._mappings.hops import hops

WARM_UPS = 5
PROCESSES, LOADS, LOOK_UPS, DIFFS, PATHS, FEW = 15, 50, 50, 15, 11, 5
PAIRS = 50
PER_LOOK_UP = 1000
PRODUCTS = 1000
DEPENDENCIES = {"attrs", "cattrs", "importlib-resources", "networkx"}
JUDGES: dict[str, Callable[[float, float], float]] = {
    "takes": lambda subject, _: subject,
    "over": operator.sub,
    "times": operator.truediv,
}
FIRST_ANSWER = 'import iotbaseline as ib; ib.load("IR 8259A").capabilities[0].title'


@frozen(kw_only=True)
class Line:
    """One line of the table: ``floor`` and ``taken`` in ``unit``, ``measured`` and ``budget`` in ``measure``.

    Without ``measured`` nothing was looked at, and ``note`` says why. ``right`` is whether all that is not a
    matter of size is as it should be.
    """

    what: str
    note: str
    unit: str = ""
    floor: float | None = None
    taken: float | None = None
    measure: str = ""
    measured: float | None = None
    budget: float | None = None
    right: bool = True

    @property
    def ratio(self) -> float | None:
        """How much of the budget is used; above 1 it is broken."""
        return None if self.measured is None or self.budget is None else self.measured / self.budget

    @property
    def met(self) -> bool | None:
        """Whether the budget is kept."""
        return None if self.ratio is None else self.ratio <= 1 and self.right


def timed(call: Callable[[], object]) -> float:
    """Seconds for one call, with giving back what it returns: as timeit and pyperf count."""
    start = _seconds()
    call()
    return _seconds() - start


def _seconds() -> float:
    """Of the processor, spent here and by the processes that ended: so other work on the machine counts less.

    On Windows, which does not tell, those of the clock.
    """
    try:
        from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
    except ModuleNotFoundError:
        return perf_counter()
    spent = map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in spent)


def compared(
    what: str, note: str, unit: str, floor: Callable[[], object], subject: Callable[[], object],
    rounds: int, judged: str, budget: float | None, per: int = 1, warm_ups: int = WARM_UPS,
) -> Line:  # fmt: skip
    """Run floor and subject in turns after a warm-up, each call of which does the thing ``per`` times.

    The budget is held against what the subject "takes", takes "over" the floor, or takes in "times" the floor.
    """
    taken: dict[Callable[[], object], list[float]] = {floor: [], subject: []}
    for number in range(warm_ups + rounds):
        for call in (floor, subject) if number % 2 else (subject, floor):
            taken[call].append(timed(call) * {"ms": 1e3, "µs": 1e6}[unit] / per)
    floors, subjects = taken[floor][warm_ups:], taken[subject][warm_ups:]
    return Line(
        what=what, note=note, unit=unit, floor=median(floors), taken=median(subjects), budget=budget,
        measure="times" if judged == "times" else unit, measured=median(map(JUDGES[judged], subjects, floors)),
    )  # fmt: skip


def command_line(*arguments: str) -> str:
    """Code that does what the command does, without printing."""
    return (
        "import io, sys; from iotbaseline.__main__ import main; sys.stdout = io.StringIO();"
        f"sys.argv = ['iotbaseline', *{list(arguments)!r}]; main()"
    )


def processes() -> Iterator[Line]:
    """New interpreters, each over one that does less.

    Compiled modules are kept for this run; the warm-up compiles them.
    """
    with TemporaryDirectory() as compiled:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = compiled

        def start(code: str) -> Callable[[], object]:
            command = [sys.executable, "-c", code]
            return lambda: subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL)  # noqa: S603

        cases = (
            ("import iotbaseline", "a bare interpreter", "pass", "import iotbaseline", 3),
            ("cold start to an answer", "a bare interpreter", "pass", FIRST_ANSWER, 80),
            ("iotbaseline --help", "a bare interpreter", "pass", command_line("--help"), 60),
            ("iotbaseline show", "a bare interpreter", "pass", command_line("show", "ir8425:data-protection.1"), 120),
            ("cold start to a graph", "networkx", "import networkx", "import iotbaseline as ib; ib.graph()", None),
        )
        for what, note, floor, code, budget in cases:
            yield compared(what, note, "ms", start(floor), start(code), PROCESSES, "over", budget)


def load() -> Line:
    """The library finds, reads, hashes and decodes the files each time; the floor has their bytes in memory."""
    folder = Path(str(shipped_data()))
    manifest, registry = folder / "manifest.json", folder / "publications.json"
    names: list[str] = re.findall(r'"publications/([^"]+)"', manifest.read_text("utf-8"))
    raw = [file.read_bytes() for file in (manifest, registry, *(folder / "publications" / name for name in names))]

    def parsed() -> object:
        return [json.loads(each) for each in raw]

    def loaded() -> object:
        library = Library()
        return library, library.load_all()

    note = f"json.loads of the same {sum(map(len, raw)):,} bytes in memory"
    return compared("whole library loaded, warm", note, "ms", parsed, loaded, LOADS, "times", 2.5)


def many(look_up: Callable[[str], object], name: str) -> None:
    """Look up the same name over and over."""
    for _ in range(PER_LOOK_UP):
        look_up(name)


def look_ups() -> Iterator[Line]:
    """The crosswalk is at hand; the floor is a look-up in a dictionary."""
    targets, exact = ib.crosswalk("csf1.1", "sp800-53r5").targets, "csf1.1:PR.AC-1"
    table = {exact: targets(exact)}
    floor, note = partial(many, table.get, exact), "a dictionary look-up"
    cases = (("one crosswalk look-up, warm", exact, 10), ("the same, spelled 'pr.ac-01'", "pr.ac-01", None))
    for what, name, budget in cases:
        yield compared(what, note, "µs", floor, partial(many, targets, name), LOOK_UPS, "takes", budget, PER_LOOK_UP)


def diffs() -> Iterator[Line]:
    """Both revisions are at hand; the floor pairs their elements by equal identifier, in a dictionary."""
    for before, after in (("sp800-53r4", "sp800-53r5"), ("online-catalog-2021-11", "sp800-213a")):
        old, new = ib.load(before), ib.load(after)

        def by_identifier(old: ib.Publication = old, new: ib.Publication = new) -> object:
            known = {element.local: element for element in old}
            return [(known.get(element.local), element) for element in new]

        note = f"pairing {len(old)} with {len(new)} elements by identifier"
        compare = partial(ib.diff, before, after)
        yield compared(f"diff {before}, {after}", note, "ms", by_identifier, compare, DIFFS, "takes", 20)


def one_hop() -> Line:
    """The hops of the publication are at hand; the floor is a look-up in a dictionary."""
    name = "csf1.1:PR.AC-1"
    find = partial(hops, DEFAULT)
    table = {name: find(name)}
    floor, subject = partial(many, table.get, name), partial(many, find, name)
    note = "a dictionary look-up"
    return compared("hops of one element, warm", note, "µs", floor, subject, LOOK_UPS, "takes", 10, PER_LOOK_UP)


def path_queries() -> Iterator[Line]:
    """Pairs of elements that a random walk joins, with the default bounds; the floor finds a single shortest path."""
    import networkx

    starts = [each.id for publication in DEFAULT.load_all() for each in publication if hops(DEFAULT, each.id)]
    network = networkx.Graph((hop.subject, hop.object) for start in starts for hop in hops(DEFAULT, start))
    chosen = random.Random(PAIRS)  # noqa: S311
    lines: list[Line] = []
    while len(lines) < PAIRS:
        start = end = chosen.choice(starts)
        for _ in range(chosen.randint(2, 4)):
            end = chosen.choice(hops(DEFAULT, end)).object
        if not end.startswith(f"{start.partition(':')[0]}:"):
            what, note = f"paths {start}, {end}", "networkx, one shortest path"
            floor, subject = partial(networkx.shortest_path, network, start, end), partial(ib.paths, start, end)
            lines.append(compared(what, note, "ms", floor, subject, PATHS, "takes", 5))
    lines.sort(key=lambda line: line.measured or 0)
    yield evolve(lines[PAIRS // 2], what=f"paths, the median of {PAIRS} pairs", budget=0.3)
    yield evolve(lines[-1], what=f"paths, the worst of {PAIRS} pairs", note=lines[-1].what.removeprefix("paths "))


def selected_by_the_profile(library: Library) -> list[ib.Element]:
    """The requirements and sub-capabilities that the rows of the federal profile of SP 800-213A select."""
    rows = library.load("sp800-213a").of_kind(ib.kinds.ProfileEntry)
    return [library.get(name) for name in dict.fromkeys(name for row in rows for name in row.selects)]


def graphs() -> Line:
    """A new graph of everything; the floor has its nodes, edges and attributes at hand.

    Both put garbage collection off, as the library always does here: where one of them met a collection of all that
    this program holds, it took twice as long, and the ratio said which of the two that was.
    """
    import networkx

    whole = ib.graph()
    nodes, edges = list(whole.nodes(data=True)), list(whole.edges(keys=True, data=True))

    @garbage.put_off()
    def bare() -> object:
        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        graph.add_nodes_from(nodes)
        for start, end, key, about in edges:
            graph.add_edge(start, end, key, **about)
        return graph

    note = f"networkx, the same {len(nodes):,} nodes and {len(edges):,} edges"
    return compared("graph of everything, data at hand", note, "ms", bare, ib.graph, FEW, "times", 1.8)


def checks() -> Line:
    """All set-theory mappings that ship; the floor goes through all mappings once."""
    every = [mapping for pair in ib.crosswalks() for mapping in ib.crosswalk(*pair)]

    def through() -> object:
        return [mapping.relation for mapping in every]

    what, note = "check of all crosswalks, warm", f"going through {len(every):,} mappings once"
    return compared(what, note, "ms", through, ib.check_crosswalks, FEW, "takes", 100)


def coverages() -> Iterator[Line]:
    """The federal profile against the LOW baseline; the floor looks up the controls that it is mapped to.

    A product implements two thirds of what the profile selects, another two thirds each.
    """
    required, targets = selected_by_the_profile(DEFAULT), ib.crosswalk("sp800-213a", "sp800-53r5").targets
    controls = {each.id for each in ib.load("sp800-53r5").controls if "LOW" in each.baselines}

    def mapped() -> object:
        return controls & {mapping.object for each in required for mapping in targets(each)}

    covered = partial(ib.coverage, required, "sp800-53r5", baseline="LOW")
    what, note = "coverage of LOW by the federal profile", f"look-ups of {len(required)} in the crosswalk"
    yield compared(what, note, "ms", mapped, covered, LOADS, "takes", 1)
    chosen = random.Random(PRODUCTS)  # noqa: S311
    products = [chosen.sample(required, len(required) * 2 // 3) for _ in range(PRODUCTS)]

    def all_mapped() -> object:
        return [controls & {mapping.object for each in product for mapping in targets(each)} for product in products]

    def all_covered() -> object:
        return [len(ib.coverage(product, "sp800-53r5", baseline="LOW").gaps) for product in products]

    what = f"coverage of LOW by {PRODUCTS:,} products"
    yield compared(what, note, "ms", all_mapped, all_covered, FEW, "takes", 1000, warm_ups=1)


def size(wheel: Path) -> Line:
    """The floor is what the data files take in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        data = sum(each.compress_size for each in archive.infolist() if each.filename.startswith("iotbaseline/data/"))
    whole = wheel.stat().st_size
    return Line(
        what="wheel", note="its data files, compressed", unit="bytes", floor=data, taken=whole,
        measure="bytes", measured=whole, budget=1_500_000,
    )  # fmt: skip


def dependencies(wheel: Path | None) -> Line:
    """Those of the wheel, or without one of pyproject.toml: exactly the four, or the line is not met."""
    if wheel is None:
        project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
        wanted: list[str] = project["dependencies"]
    else:
        with zipfile.ZipFile(wheel) as archive:
            (name,) = (each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
            wanted = message_from_bytes(archive.read(name)).get_all("Requires-Dist", [])
    plain = (re.split(r"[^\w.-]", each, maxsplit=1)[0] for each in wanted if "extra ==" not in each)
    names = {re.sub(r"[-_.]+", "-", each).lower() for each in plain}
    return Line(
        what="run-time dependencies", note=", ".join(sorted(names)), measure="names", measured=len(names),
        budget=len(DEPENDENCIES), right=names == DEPENDENCIES,
    )  # fmt: skip


def as_text(lines: list[Line]) -> str:
    """The lines as an aligned table."""

    def shown(value: float | None, unit: str) -> str:
        return "-" if value is None else f"{f'{value:,.2f}'.removesuffix('.00')} {unit}".rstrip()

    rows = [
        ("what", "floor", "taken", "measured", "budget", "of budget", "met", "floor is, or note"),
        *(
            (line.what, shown(line.floor, line.unit), shown(line.taken, line.unit), shown(line.measured, line.measure),
             shown(line.budget, line.measure), shown(line.ratio, ""),
             {True: "yes", False: "NO", None: "-"}[line.met], line.note)
            for line in lines
        ),
    ]  # fmt: skip
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def main() -> None:
    """Measure, print, and judge if asked to."""
    parser = argparse.ArgumentParser(description="Measure every budget that applies, each beside its floor.")
    parser.add_argument("--wheel", type=Path, help="a built wheel, for its size and its dependencies")
    parser.add_argument("--fail-at", type=float, metavar="N", help="exit 1 if anything takes over N times its budget")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    wheel = size(options.wheel) if options.wheel else Line(what="wheel", note="not measured: pass --wheel PATH")
    queries = [*look_ups(), one_hop(), *path_queries(), *coverages(), checks(), *diffs()]
    lines = [*processes(), load(), graphs(), *queries, wheel, dependencies(options.wheel)]
    machine = f"{platform.python_implementation()} {platform.python_version()}, {os.cpu_count()} CPUs"
    if options.json:
        records = [{**asdict(line), "ratio": line.ratio, "met": line.met} for line in lines]
        print(json.dumps({"machine": machine, "data_version": ib.data_version, "lines": records}, indent=1))
    else:
        print(f"iotbaseline {ib.__version__}, data {ib.data_version}, {machine}; medians\n\n{as_text(lines)}")
    if options.fail_at is not None:
        far = [line.what for line in lines if (line.ratio or 0) > options.fail_at or not line.right]
        if far:
            sys.exit(f"far over the budget: {', '.join(far)}")


if __name__ == "__main__":
    main()
