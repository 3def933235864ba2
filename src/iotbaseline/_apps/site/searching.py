"""What the search of the site needs: every name by its spelling, and a prebuilt index of words for MiniSearch.

The index is what MiniSearch itself would serialize, so that a browser has nothing to index; ``assets/find.js`` splits
what is typed into the same words.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from typing import Any

from attrs import frozen

from iotbaseline._apps.site import glossary, reaching, words
from iotbaseline._apps.site.covermap import BASELINES, FamilyRow, cover_maps
from iotbaseline._apps.site.held import Held
from iotbaseline._apps.site.intents import GAPS, INTENTS, Goal
from iotbaseline._library.synonyms import SYNONYMS

FIELDS = ("names", "title", "summary")
STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by can for from has have in is it its may of on or other such than that the their them"
        " they this to what when which who with"
        " about against between did do does how me show there was were where why",
    )
)
COMMON = (
    "control controls element elements nist outcome outcomes provision provisions publication publications requirement"
    " requirements support supported supports text"
)
"""What may be said with a name without being a part of it."""
_WORD = re.compile("[a-z0-9]+")
_SPELLED = re.compile("[a-z]+|[0-9]+")
_OTHERWISE = ((r"\.nist(?=\.)", ""), (r"\.nistir\b", ".ir"), (r"\.rev(?:ision)?(?=\.\d)", ".r"))
"""What people write in several ways in identifiers, and the one that is kept; ``assets/find.js`` has the same."""
_SERIES = (r"^\.(?:[a-z]+\.)*(?:ir|sp|cswp|en|ts)(?=\.\d{3})", r"^\.sp\.800(?=\.\d{3})")
"""What people leave out of the names of publications: ``8425``, ``800-213A``, ``213A``."""
_SERIALIZATION = 2
_ESCAPES = str.maketrans({"\\": r"\\", "'": r"\'", "<": r"\x3c"})
"""What may not stand as it is in a string of a script."""
_FINAL = ("final", "published")
_PROFILE, _PLACE = -1, -2
"""What stands for the number of a publication where there is none."""
PLACES = (
    ("publications.html", "Publications", "every publication that is held, with its date and status"),
    ("crosswalks.html", "Crosswalks", "every set of mappings from one publication to another"),
    ("profiles.html", "Profiles", "those that NIST prints, and those of this project"),
    ("compare.html", "Compare", "consumer, industrial and federal profile side by side"),
    ("changes.html", "Changes", "what became of publications in their next revision"),
    ("errata.html", "Errata", "errors found in the publications, with both readings"),
    ("sources.html", "Sources", "the texts that the data was made from"),
    ("about.html", "How to read this site", "what relations, bases and levels mean"),
)
"""The site's own pages that can be found: the address, the name, and what is there."""


@frozen
class Found:
    """What can be found: what is shown of it, and the texts of its fields."""

    shown: tuple[object, ...]
    texts: tuple[str, ...]


def tokens(text: str) -> list[str]:
    """The words of a text that are searched for."""
    return [word for word in _WORD.findall(text.lower()) if word not in STOP]


def spelled(identifier: str) -> str:
    """An identifier as letters and numbers, each with a dot before it: ``.ac.2.1`` for ``AC-2(1)``, ``AC-02(01)``."""
    text = "".join(f".{part.lstrip('0') or '0'}" for part in _SPELLED.findall(identifier.lower()))
    for written, kept in _OTHERWISE:
        text = re.sub(written, kept, text)
    return text


def script(held: Held, pages: Container[str]) -> str:
    """The script that gives the browser all it searches in; it leads to no page of the site but these."""
    data, index = map(_quoted, contents(held, pages))
    return f"window.iotbaselineSearch=Object.assign(JSON.parse({data}),{{index:{index}}});\n"


def contents(held: Held, pages: Container[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The names of everything, and the index of words."""
    numbers, ways = _numbers(held), _ways(held)
    found = [*_found(held, ways)]
    data = {
        "publications": [
            [
                key,
                held.short[key],
                _joined(_names(held, key)),
                _age(held, key),
                _when(held, key),
                held.infos[key].published or "",
            ]
            for key in held.infos
        ],
        "named": _named(held),
        "profiles": _profiles(held),
        "ways": [way.numbered(numbers) for way in ways.values()],
        "covered": [*_covered(held)],
        "asides": [*GAPS.split(), *map(str.lower, BASELINES), "baseline", "profile"],
        "intents": [
            [said.split(), [_goal(held, goal) for goal in goals(held) if goal.page in pages]] for said, goals in INTENTS
        ],
        "entries": [each.shown for each in found],
        "stop": sorted(STOP),
        "common": COMMON.split(),
        "synonyms": SYNONYMS,
    }
    return data, _serialized([each.texts for each in found])


def _quoted(data: object) -> str:
    """Data as a string of JavaScript that has it as JSON, which a browser reads sooner than what it has to compile."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"'{text.translate(_ESCAPES)}'"


def _joined(names: Iterable[str]) -> str:
    """Names as the script compares them: a bar stands around each."""
    return f"|{'|'.join(f'{name}.' for name in dict.fromkeys(names))}|"


def _own_names(held: Held, key: str) -> tuple[str, ...]:
    """What a publication is called in full."""
    names = (held.short[key], *held.infos[key].names)
    return tuple(spelled(name) for name in names if not name.endswith("…"))


def _shortened(names: Iterable[str]) -> Iterator[str]:
    """The names without their series."""
    for name in names:
        yield from (kept for series in _SERIES if (kept := re.sub(series, "", name)) != name)


def _names(held: Held, key: str) -> tuple[str, ...]:
    """What a publication is called, also without the series."""
    own = _own_names(held, key)
    return (*own, *_shortened(own))


def _named(held: Held) -> dict[str, list[int]]:
    """The publications by their names: those called so in full before the others, then those in force."""
    found: defaultdict[str, list[tuple[int, int, tuple[int, int, str]]]] = defaultdict(list)
    for key in held.infos:
        own, work = _own_names(held, key), spelled(held.infos[key].work)
        for name in {*_names(held, key), work, *_shortened([work])}:
            found[name].append((name not in own, _age(held, key), held.rank(key)))
    numbers = _numbers(held)
    return {name: [numbers[rank[-1]] for _, _, rank in sorted(found[name])] for name in sorted(found)}


def _numbers(held: Held) -> dict[str, int]:
    return {key: number for number, key in enumerate(held.infos)}


def _profiles(held: Held) -> dict[str, list[object]]:
    """The profiles by what they are called: the key, and the numbers of the publications that they take from."""
    numbers = _numbers(held)
    return {
        spelled(name): [key, [numbers[each] for each in held.infos if profile in held.profiled.get(each, ())]]
        for key, profile in held.profiles.items()
        for name in (key, f"{key} profile", f"profile {key}")
    }


@frozen
class Ways:
    """The publications that the page of an element leads to: by its mappings, through others, and by its parts."""

    own: frozenset[str]
    through: frozenset[str]
    below: frozenset[str]

    def numbered(self, numbers: dict[str, int]) -> tuple[list[int], list[int]]:
        """The numbers of those that the element leads to, and of those that only its parts lead to."""
        leads = self.own | self.through
        return sorted(map(numbers.__getitem__, leads)), sorted(map(numbers.__getitem__, self.below - leads))


def _ways(held: Held) -> dict[str, Ways]:
    """Where each element leads to."""
    below = _below(held)
    return {
        element.id: Ways(
            frozenset(held.mappings(element.id).keys() & held.infos.keys()),
            frozenset(key for key, _ in reaching.reached(held, element)),
            frozenset(below[element.id]),
        )
        for element in held.elements.values()
    }


def _covered(held: Held) -> Iterator[list[object]]:
    """What each profile makes of a framework, by part.

    Each has: the profile, the number of the framework, the part, the address, the names of the items at each level,
    and for each family what is left open of it.
    """
    numbers = _numbers(held)
    for profile in held.profiles.values():
        for found in cover_maps(held, profile):
            for part in found.parts:
                items = [
                    [level, " ".join(ref.label for _, refs in families for ref in refs)]
                    for level, _, families in part.levels
                ]
                left = {row.target.label: _left_open(row) for row in part.families}
                yield [profile.key, numbers[found.key], part.name, part.address, items, left]


def _left_open(row: FamilyRow) -> str:
    return f"{row.open} of {row.total} open" if row.open else "nothing open"


def _goal(held: Held, goal: Goal) -> list[object]:
    """A place as the script has it: its address, what it is called, what is there, its names, and its publications."""
    numbers = _numbers(held)
    ends = [_joined(map(spelled, names)) for names in goal.ends]
    return [goal.address, goal.label, goal.about, ends, [numbers[key] for key in goal.keys]]


def _age(held: Held, key: str) -> int:
    """The place of a publication among others: 0 in force, 1 no longer in force, 2 a draft."""
    return 0 if not held.is_old(key) else 1 if held.infos[key].stage in _FINAL else 2


def _when(held: Held, key: str) -> str:
    """The year and the status of a publication."""
    info = held.infos[key]
    return f"{info.published[:4] if info.published else 'undated'} · {held.named(info.notice or info.status)}"


def _below(held: Held) -> dict[str, set[str]]:
    """The publications in force that the parts of each element map to."""
    below: defaultdict[str, set[str]] = defaultdict(set)
    for element in held.elements.values():
        own = {key for key in held.mappings(element.id) if not held.is_old(key)}
        above = element.parent
        while above:
            below[above] |= own
            above = held.elements[above].parent
    return below


_SECTION_OF_PUBLICATION = 1


def _found(held: Held, ways: dict[str, Ways]) -> Iterator[Found]:
    """The publications, the elements, the profiles and the site's own pages.

    Shown are: the number of the publication, the local identifier, the page (``0`` for its own, ``1`` for that of the
    publication, else the local identifier of the element that has it), what it is called, its title or the beginning
    of its summary, whether it is withdrawn, how many publications in force it maps to, how many its parts map to, and
    how many more it reaches through others; zeros at the end are left out. A profile has ``-1`` for a publication; a
    page of the site has ``-2``, and its address for a local identifier.
    """
    numbers = _numbers(held)
    for key, info in held.infos.items():
        names = " ".join((key, held.short[key], *info.names))
        yield Found(
            (numbers[key], "", 0, held.short[key], words.brief(info.title or "", 120)), (names, info.title or "", "")
        )
    for element in held.elements.values():
        page = held.addresses.page(element.id)
        place = 0 if page == element.id else _SECTION_OF_PUBLICATION if page is None else page.partition(":")[2]
        ref = held.ref(element.id)
        shown = (numbers[element.publication], element.local, place, ref.label, words.brief(ref.name, 90))
        names = f"{held.short[element.publication]} {element.publication} {element.local} {element.label or ''}"
        way = ways[element.id]
        own = {key for key in way.own if not held.is_old(key)}
        counts = [int(not element.is_in_force), len(own), len(way.below), len(way.through - own)]
        while counts and not counts[-1]:
            counts.pop()
        yield Found((*shown, *counts), (names, element.title or ref.label, element.summary or ""))
    for profile in held.profiles.values():
        shown = (_PROFILE, profile.key, 0, profile.title, "")
        yield Found(shown, (f"profile {profile.key}", profile.title, profile.summary))
    for address, name, about in PLACES:
        yield Found((_PLACE, address, 0, name, about), (name, name, about))
    for term in glossary.terms():
        yield Found((_PLACE, f"about.html#{term.anchor}", 0, term.question, term.said), ("", term.word, term.said))


def _serialized(documents: list[tuple[str, ...]]) -> dict[str, Any]:
    """The documents as MiniSearch serializes its index; each has its number for an identifier."""
    index: defaultdict[str, defaultdict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    lengths: dict[int, list[int]] = {}
    for number, texts in enumerate(documents):
        counts = [Counter(tokens(text)) for text in texts]
        lengths[number] = [len(counted) for counted in counts]
        for field, counted in enumerate(counts):
            for word, count in counted.items():
                index[word][field][number] = count
    return {
        "documentCount": len(documents),
        "nextId": len(documents),
        "documentIds": dict(enumerate(range(len(documents)))),
        "fieldIds": {name: number for number, name in enumerate(FIELDS)},
        "fieldLength": lengths,
        "averageFieldLength": [_mean(length[field] for length in lengths.values()) for field in range(len(FIELDS))],
        "storedFields": {},
        "dirtCount": 0,
        "index": [(word, index[word]) for word in sorted(index)],
        "serializationVersion": _SERIALIZATION,
    }


def _mean(numbers: Iterable[int]) -> float:
    found = list(numbers)
    return round(sum(found) / max(len(found), 1), 3)
