"""Measure what others take for a question that they answer too, each in an environment of its own.

    python benchmarks/peers.py CATALOG [--folder DIR] [--newer PYTHON] [--rounds 9]

CATALOG is NIST's OSCAL catalog of SP 800-53 Rev. 5 as JSON, which is what the tools for OSCAL read. The environments
are made in DIR by ``venv`` and ``pip`` when they are first needed, and kept; PYTHON is an interpreter of 3.12 or later
for what does not install on this one. Each line times new processes, which answer the question and end, in processor
time over one that says ``pass``; ours and theirs take turns with that.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from attrs import frozen

DATA = Path(__file__).parents[1] / "data"
CROSSWALK = DATA / "crosswalks" / "sp800-213a--sp800-53r5.sssom.tsv"


@frozen
class Question:
    """What is asked, and the code that answers it with this library."""

    text: str
    ours: str


@frozen
class Peer:
    """A distribution, and the code with which it answers a question; its argument is a file."""

    name: str
    question: Question
    code: str
    file: Path | None = None
    """By default the catalog."""
    is_newer: bool = False
    """Whether it needs Python 3.12."""


CONTROL = Question("the title of AC-2", "import iotbaseline as ib; ib.get('sp800-53r5:ac-2').title")
MAPPINGS = Question("a crosswalk, read", "import iotbaseline as ib; len(ib.crosswalk('sp800-213a', 'sp800-53r5'))")
PATH = Question(
    "how a requirement leads to a control",
    "import iotbaseline as ib; ib.paths('sp800-213a:DI.IMS', 'sp800-53r5:ia-3')",
)
ENTRY = Question("the name of one entry", CONTROL.ours)
TECHNIQUE = {
    "type": "attack-pattern",
    "spec_version": "2.1",
    "id": "attack-pattern--00000000-0000-4000-8000-000000000000",
    "created": "2024-01-01T00:00:00.000Z",
    "modified": "2024-01-01T00:00:00.000Z",
    "name": "Valid Accounts",
    "external_references": [{"source_name": "mitre-attack", "external_id": "T1078"}],
}
BUNDLE = {"type": "bundle", "id": "bundle--00000000-0000-4000-8000-000000000000", "objects": [TECHNIQUE]}
"""The smallest file that mitreattack-python reads; the one of ATT&CK has to be downloaded and takes longer."""
PEERS = (
    Peer(
        "",
        CONTROL,
        "import json, sys\n"
        "groups = json.load(open(sys.argv[1], encoding='utf-8'))['catalog']['groups']\n"
        "assert [c['title'] for g in groups for c in g['controls'] if c['id'] == 'ac-2']",
    ),
    Peer(
        "compliance-trestle",
        CONTROL,
        "import sys\nfrom pathlib import Path\n"
        "from trestle.oscal.catalog import Catalog\n"
        "from trestle.core.catalog.catalog_interface import CatalogInterface\n"
        "assert CatalogInterface(Catalog.oscal_read(Path(sys.argv[1]))).get_control('ac-2').title",
    ),
    Peer(
        "oscal",
        CONTROL,
        "import sys\nfrom oscal import Catalog\nassert Catalog.load(sys.argv[1]).get_control_by_id('ac-2')",
    ),
    Peer(
        "evidentia-core",
        CONTROL,
        "from evidentia_core.catalogs.loader import load_catalog\n"
        "assert load_catalog('nist-800-53-rev5').get_control('AC-2').title",
        is_newer=True,
    ),
    Peer(
        "mitreattack-python",
        ENTRY,
        "import json, sys, tempfile\nfrom pathlib import Path\n"
        "from mitreattack.stix20 import MitreAttackData\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    file = Path(folder, 'bundle.json')\n"
        f"    file.write_text({json.dumps(BUNDLE)!r})\n"
        "    assert MitreAttackData(str(file)).get_object_by_attack_id('T1078', 'attack-pattern').name",
    ),
    Peer(
        "sssom-pydantic",
        MAPPINGS,
        "import sys, sssom_pydantic\nassert len(sssom_pydantic.read(sys.argv[1])[0])",
        CROSSWALK,
    ),
    Peer(
        "rustworkx",
        PATH,
        "import csv, sys, rustworkx\n"
        "lines = [line for line in open(sys.argv[1], encoding='utf-8') if line[0] != '#']\n"
        "rows = list(csv.DictReader(lines, delimiter='\\t'))\n"
        "numbers, graph = {}, rustworkx.PyGraph()\n"
        "for row in rows:\n"
        "    for end in (row['subject_id'], row['object_id']):\n"
        "        if end not in numbers: numbers[end] = graph.add_node(end)\n"
        "    graph.add_edge(numbers[row['subject_id']], numbers[row['object_id']], row)\n"
        "a, b = rows[0]['subject_id'], rows[0]['object_id']\n"
        "assert rustworkx.dijkstra_shortest_paths(graph, numbers[a], numbers[b])",
        CROSSWALK,
    ),
)


def python_of(peer: Peer, folder: Path, newer: str | None) -> str | None:
    """The interpreter of the environment that has a distribution, which is made if there is none yet.

    ``None`` if it needs a newer one than there is.
    """
    if not peer.name:
        return sys.executable
    base = newer if peer.is_newer and sys.version_info < (3, 12) else sys.executable
    if base is None:
        return None
    place = folder / peer.name
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not place.exists():
        subprocess.run([base, "-m", "venv", place], check=True)  # noqa: S603
        subprocess.run([python, "-m", "pip", "install", "--quiet", peer.name], check=True)  # noqa: S603
    return str(python)


def new_process(python: str, code: str, *arguments: str) -> Callable[[], object]:
    """What runs code in a new process."""
    command = [python, "-c", code, *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL)  # noqa: S603


def processor_time(call: Callable[[], object]) -> float:
    """The seconds of processor time of what runs in a new process, so that other work on the machine counts less."""
    before = os.times()
    call()
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def main() -> None:
    """Measure each and print."""
    parser = argparse.ArgumentParser(description="Measure what others take for a question that they answer too.")
    parser.add_argument("catalog", type=Path, help="NIST's OSCAL catalog of SP 800-53 Rev. 5, as JSON")
    parser.add_argument("--folder", type=Path, help="where the environments are kept; by default, nowhere")
    parser.add_argument("--newer", metavar="PYTHON", help="an interpreter of 3.12 or later, for what needs one")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        for peer in PEERS:
            python = python_of(peer, options.folder or Path(temporary), options.newer)
            if python is None:
                print(peer.question.text, peer.name, "not run: pass --newer PYTHON", sep="\t", flush=True)
                continue
            file = str(peer.file or options.catalog)
            calls = [
                new_process(python, "pass"),
                new_process(python, peer.code, file),
                new_process(sys.executable, "pass"),
                new_process(sys.executable, peer.question.ours),
            ]
            rounds = [[processor_time(call) for call in calls] for _ in range(options.rounds + 1)][1:]
            theirs = median(asked - bare for bare, asked, _, _ in rounds) * 1e3
            ours = median(asked - bare for _, _, bare, asked in rounds) * 1e3
            print(peer.question.text, peer.name or "json", f"{theirs:,.0f} ms", f"{ours:,.0f} ms", sep="\t", flush=True)


if __name__ == "__main__":
    main()
