"""How many wordings the finder finds in copies of whole publications, how fast, and how many false ones.

Needs the extra ``pdf`` and the source texts: ``IOTBASELINE_SOURCES=... python benchmarks/wordings.py``.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from attrs import evolve

import iotbaseline as ib
from iotbaseline._wording.copies import Copy, read_copy
from iotbaseline._wording.finder import Finder

OSCAL = "oscal/NIST_SP-800-53_{}_catalog-min.json"
COPIES = {
    "pdf/NIST.SP.800-213A.pdf": "sp800-213a",
    "pdf/NIST.SP.800-213.pdf": "sp800-213",
    "pdf/NIST.SP.800-213-draft.pdf": "sp800-213",
    OSCAL.format("rev5.2.0"): "sp800-53r5",
    OSCAL.format("rev4"): "sp800-53r4",
    "nist/ir8259a.md": "ir8259a",
}
MUTATED = "pdf/NIST.SP.800-213A.pdf"
MUTATIONS = 10_000
PAGES = ("2021-02-10", "2021-11-05")
RUNS = 3


def main() -> None:
    folder = Path(os.environ["IOTBASELINE_SOURCES"])
    known = {e.fingerprint for each in ib.publications() for e in ib.load(each.key) if e.fingerprint}
    print(f"{len(known)} fingerprints of {len({each.words for each in known})} lengths")
    for file, key in COPIES.items():
        started = perf_counter()
        copy = read_copy(folder / file)
        read = perf_counter() - started
        wanted = [element for element in ib.load(key) if element.fingerprint]
        times = []
        for _ in range(RUNS):
            began = process_time()
            finder = Finder(copy.pages)
            finder.recognised(known)
            found = finder.locate(wanted)
            times.append(process_time() - began)
        spent = f"read in {read:.2f} s, found in {median(times):.2f} s of CPU time"
        print(f"{file}: {len(found)} of {len(wanted)}; {spent}")
    compared_with_pages(folder)
    print(f"{MUTATIONS} mutated wordings of {MUTATED}: {false_finds(read_copy(folder / MUTATED))} found")


def compared_with_pages(folder: Path) -> None:
    """What pages of the online catalog, joined to one file, seem to change of SP 800-213A."""
    library = ib.attach(folder / MUTATED)
    with TemporaryDirectory() as temporary:
        for day in PAGES:
            pages = sorted((folder / "online-catalog" / day).rglob("*.md"))
            joined = Path(temporary, f"online-catalog-{day}.md")
            joined.write_text("\n\n".join(page.read_text("utf-8") for page in pages), "utf-8")
            began = process_time()
            compared = ib.compare_draft(joined, "sp800-213a", library=library)
            print(f"{compared}, in {process_time() - began:.2f} s of CPU time")


def false_finds(copy: Copy) -> int:
    """How many wordings with one word dropped, doubled or put in the place of another are found; none should be."""
    random = Random(1)  # noqa: S311
    finder = Finder(copy.pages)
    catalog = ib.load("sp800-213a")
    words_of = {key: place.reading.printed(place.start, place.end) for key, place in finder.locate(catalog).items()}
    text = f" {finder.words} {' '.join(finder.text.words.words)} "
    mutated: list[ib.Element] = []
    while len(mutated) < MUTATIONS:
        identifier = random.choice(list(words_of))
        words = ib.normalize(words_of[identifier]).split()
        place = random.randrange(len(words))
        words[place : place + 1] = random.choice(([], [words[place]] * 2, [random.choice(words)]))
        if words and f" {' '.join(words)} " not in text:
            element, known = catalog[identifier], ib.fingerprint(" ".join(words))
            mutated.append(evolve(element, id=f"{identifier}-{len(mutated)}", words=known.words, sha256=known.sha256))
    return len(finder.locate(mutated))


if __name__ == "__main__":
    main()
