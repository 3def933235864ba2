"""Make one of everything that the library writes, and print its SHA-256 by its name: ``python outputs.py``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import iotbaseline as ib
from iotbaseline._apps.site import build, elements, publications
from iotbaseline._apps.site.held import Held
from iotbaseline.assessments import Product, plan, shows, start, to_toml, write_questionnaire
from iotbaseline.formats.graph_files import GRAPH_FORMATS
from iotbaseline.formats.registry import FORMATS, Exportable

ASSESSED = start("consumer", Product(key="t2", name="T2", version="1.2"))
SAMPLES: dict[str, Exportable] = {
    "publications": "ir8259a",
    "profiles": "profile:consumer",
    "crosswalks": ib.crosswalk("ir8425", "ir8259a"),
    "assessments": ASSESSED,
}
COVERAGE = ib.coverage("ir8425", "csf2.0", through="sp800-213a")
SHOWN = {
    "coverage": COVERAGE,
    "paths": ib.paths("ir8425:software-update.1", "sp800-53r5:si-2", limit=8),
    "reach": ib.reach("sp800-213a:DI.AID.1", "csf2.0"),
    "diff": ib.diff("ir8259r1.ipd", "ir8259r1"),
    "search": ib.search("software update"),
    "profile": ib.profile("consumer"),
    "conclusions": shows(ASSESSED, "ir8259a"),
    "plan": plan(ASSESSED, "ir8259a"),
    "assessment": ASSESSED,
}


def texts() -> Iterator[tuple[str, str]]:
    for name, shown in SHOWN.items():
        for form in ("to_text", "to_markdown", "to_json", "to_csv", "to_html"):
            if hasattr(shown, form):
                yield f"{name} {form}", getattr(shown, form)()
    graph = ib.graph("ir8425", "ir8259a", "sp800-213a", "csf2.0")
    yield "graph", repr([*graph.nodes(data=True), *graph.edges(keys=True, data=True)])
    yield "assessment to_toml", to_toml(ASSESSED)
    held = Held(ib.Library())
    for page in (*publications.pages(held), *islice(elements.pages(held), 20)):
        yield page.address, build.drawn(page, held.library)


def write_files(folder: Path) -> None:
    for suffix in GRAPH_FORMATS:
        ib.export_graph(ib.graph("ir8425", "ir8259a"), folder / f"graph{suffix}")
    for each in FORMATS.values():
        for takes in each.takes:
            ib.export(SAMPLES[takes], each.name, folder / f"{each.name}-{takes}{each.suffix}")
    write_questionnaire(ASSESSED, folder / "questionnaire.xlsx")
    COVERAGE.to_excel(folder / "coverage.xlsx")


if __name__ == "__main__":
    made = {name: text.encode() for name, text in texts()}
    with TemporaryDirectory() as folder:
        write_files(Path(folder))
        files = [path for path in Path(folder).rglob("*") if path.is_file()]
        made |= {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    print(json.dumps({name: sha256(content).hexdigest() for name, content in made.items()}, indent=0))
