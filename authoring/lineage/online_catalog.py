"""What became of each element of NIST's online catalog, from state to state and in SP 800-213A.

Elements of one kind with the same normalised wording are paired by script (basis "derived"). Everything else is judged
by a reader, in content/lineage/online-catalog-changes.tsv: what is before, what is after (identifiers set apart by
blanks), the change, and in a few words what changed. An element that neither way accounts for stops the build; only
what the final gives up or adds as a whole goes by its kind (``GONE``, ``NEW``).

The non-technical part goes a way of its own. It is missing in February 2021, so that what the manufacturer has to do in
the state of August 2020 is followed straight to November 2021. No later state has the actions of the agency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from authoring.publications import sp800_213a
from authoring.publications.online_catalog import FIRST, LAST, SECOND, TECHNICAL, Part, parts
from authoring.shared.content import table
from authoring.shared.files import write_lineage
from authoring.shared.records import Json, lineage
from iotbaseline._files.tables import Row
from iotbaseline._model.fingerprints import fingerprint

TABLE = "lineage/online-catalog-changes"
FINAL = sp800_213a.KEY
GONE = {
    "topic": "the final has no topics between sub-capability and requirement",
    "example": "the final leaves the examples out",
}
NEW = {"discussion": "the final adds a discussion to what had none"}
HOMES = ("capability", "sub-capability")

Side = dict[str, Part]
"""Elements of a state by their full identifier."""


class Judged(NamedTuple):
    """A row of the table, with full identifiers."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    change: str
    evidence: str


class Comparison(NamedTuple):
    """Two sides to be paired, and what of them must be accounted for."""

    name: str
    before: Side
    after: Side
    must_go_somewhere: Side
    must_come_from_somewhere: Side


# --- what is compared --------------------------------------------------------------------------------------------


def state(key: str) -> Side:
    """The elements of a state of the catalog; of SP 800-213A, those of its sections 2 and 3."""
    if key != FINAL:
        return {f"{key}:{part.local}": part for part in parts(key)}
    return {
        f"{key}:{each.local}": Part(each.kind, each.local, each.parent, each.section, each.text, each.label, each.title)
        for each in sp800_213a.catalog()
        if each.kind != "controls"
    }


def technical(side: Side) -> Side:
    return {name: part for name, part in side.items() if part.local.partition(".")[0] in TECHNICAL.values()}


def non_technical(side: Side) -> Side:
    return {name: part for name, part in side.items() if name not in technical(side)}


def of_manufacturer(side: Side) -> Side:
    """What the manufacturer has to do by the state of 2020."""
    return {name: part for name, part in side.items() if ".M." in part.local}


def comparisons() -> list[Comparison]:
    first, second, last, final = map(state, (FIRST, SECOND, LAST, FINAL))
    early, late = non_technical(first), non_technical(last)
    return [
        Comparison(f"{FIRST}--{SECOND}", technical(first), second, technical(first), second),
        Comparison(f"{SECOND}--{LAST}", second, technical(last), second, technical(last)),
        Comparison(f"{FIRST}--{LAST}", early, late, of_manufacturer(early), {}),
        Comparison(f"{LAST}--{FINAL}", last, final, last, final),
    ]


def judged_row(row: Row) -> Judged:
    return Judged(tuple(row["before"].split()), tuple(row["after"].split()), row["change"], row["evidence"])


@cache
def judged() -> tuple[Judged, ...]:
    return table(TABLE, judged_row, Judged._fields)


def rows_about(one: Comparison) -> list[Judged]:
    return [row for row in judged() if {*row.before} <= one.before.keys() and {*row.after} <= one.after.keys()]


# --- pairing -----------------------------------------------------------------------------------------------------


def parent(side: Side, name: str) -> str:
    return f"{name.partition(':')[0]}:{side[name].above}"


def home(side: Side, name: str) -> str:
    """The sub-capability, or else the capability, that an element belongs to."""
    above = parent(side, name)
    return above if above not in side or side[above].kind in HOMES else home(side, above)


def same_wordings(one: Comparison, rows: Sequence[Judged]) -> dict[str, str]:
    """Pairs of one kind and wording, but for what the table has; if several match, the one on the same parent."""
    told = {name for row in rows for name in row.before + row.after}
    partners = defaultdict(set, {name: {*row.after} for row in rows for name in row.before})
    by_wording: defaultdict[object, list[str]] = defaultdict(list)
    for name, part in one.after.items():
        if part.wording and name not in told:
            by_wording[part.kind, fingerprint(part.wording)].append(name)
    pairs: dict[str, str] = {}
    for name, part in one.before.items():
        if not part.wording or name in told:
            continue
        found = by_wording[part.kind, fingerprint(part.wording)]
        if len(found) > 1:
            found = [each for each in found if parent(one.after, each) in partners[parent(one.before, name)]]
        if len(found) == 1:
            pairs[name] = found[0]
            partners[name] = {found[0]}
    if len({*pairs.values()}) != len(pairs):
        raise SystemExit(f"{one.name}: several elements have the wording of one; put them into {TABLE}")
    return pairs


def derived_records(one: Comparison, rows: Sequence[Judged], pairs: dict[str, str]) -> list[Json]:
    """A record for each pair: moved, if its sub-capability is not one that its old sub-capability became."""
    partners = defaultdict(set, {name: {*row.after} for row in rows for name in row.before})
    for before, after in pairs.items():
        partners[before].add(after)
    found = []
    for before, after in pairs.items():
        top = one.before[before].above is None
        stays = top or home(one.after, after) in partners[home(one.before, before)]
        change = "continued" if stays else "moved"
        found.append(lineage([before], [after], change, basis="derived", evidence="same wording"))
    return found


def records(one: Comparison) -> list[Json]:
    """All records of a comparison, in the order of the earlier state, then of the later."""
    rows = rows_about(one)
    pairs = same_wordings(one, rows)
    found = [lineage(row.before, row.after, row.change, basis="curated", evidence=row.evidence) for row in rows]
    found += derived_records(one, rows, pairs)
    gone = one.must_go_somewhere.keys() - pairs.keys() - {name for row in rows for name in row.before}
    new = one.must_come_from_somewhere.keys() - {*pairs.values()} - {name for row in rows for name in row.after}
    for name in gone:
        if not one.name.endswith(FINAL) or one.before[name].kind not in GONE:
            raise SystemExit(f"{one.name}: nothing says what became of {name}")
        found.append(lineage([name], [], "removed", basis="curated", evidence=GONE[one.before[name].kind]))
    for name in new:
        if not one.name.endswith(FINAL) or one.after[name].kind not in NEW:
            raise SystemExit(f"{one.name}: nothing says where {name} comes from")
        found.append(lineage([], [name], "added", basis="curated", evidence=NEW[one.after[name].kind]))
    order = {name: place for place, name in enumerate((*one.before, *one.after))}
    return sorted(found, key=lambda record: order[(record["before"] + record["after"])[0]])


def build() -> None:
    all_of_them = comparisons()
    used = [row for one in all_of_them for row in rows_about(one)]
    if stray := set(judged()) - set(used):
        raise SystemExit(f"{TABLE}: rows about no two states, or with a wrong identifier: {sorted(stray)}")
    for one in all_of_them:
        write_lineage(one.name, records(one))
