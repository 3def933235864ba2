"""What the search of the site needs: every name by its spelling, and a prebuilt index of words for MiniSearch.

The index is what MiniSearch itself would serialize, so that a browser has nothing to index; ``assets/site.js`` splits
what is typed into the same words.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from attrs import frozen

from iotbaseline._apps.site import words
from iotbaseline._apps.site.held import Held
from iotbaseline._library.synonyms import SYNONYMS

FIELDS = ("names", "title", "summary")
STOP = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by can for from has have in is it its may of on or other such than that the their them"
        " they this to what when which who with",
    )
)
_WORD = re.compile("[a-z0-9]+")
_SPELLED = re.compile("[a-z]+|[0-9]+")
_SERIALIZATION = 2


@frozen
class Found:
    """What can be found: what is shown of it, and the texts of its fields."""

    shown: tuple[object, ...]
    texts: tuple[str, ...]


def tokens(text: str) -> list[str]:
    """The words of a text that are searched for."""
    return [word for word in _WORD.findall(text.lower()) if word not in STOP]


def spelled(identifier: str) -> str:
    """An identifier as letters and numbers, each with a dot before it: ``.ac.2.1`` for ``AC-2(1)``."""
    return "".join(f".{part}" for part in _SPELLED.findall(identifier.lower()))


def script(held: Held) -> str:
    """The script that gives the browser all it searches in."""
    found = [*_found(held)]
    data = {
        "publications": [
            [key, held.short[key], _spellings(held, key), int(held.is_old(key)), held.infos[key].title or ""]
            for key in held.infos
        ],
        "entries": [each.shown for each in found],
        "stop": sorted(STOP),
        "synonyms": SYNONYMS,
        "index": _serialized([each.texts for each in found]),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"window.iotbaselineSearch={text};\n"


def _spellings(held: Held, key: str) -> str:
    """Everything that a publication is called, as letters and numbers."""
    return spelled(" ".join((held.short[key], *held.infos[key].names))) + "."


_SECTION_OF_PUBLICATION = 1


def _found(held: Held) -> Iterator[Found]:
    """The publications, the elements and the profiles.

    Shown are: the number of the publication, the local identifier, the page (``0`` for its own, ``1`` for that of the
    publication, else the local identifier of the element that has it), what it is called, its title or the beginning
    of its summary, and whether it is withdrawn. A profile has ``-1`` for a publication.
    """
    numbers = {key: number for number, key in enumerate(held.infos)}
    for key, info in held.infos.items():
        names = " ".join((key, held.short[key], *info.names))
        yield Found((numbers[key], "", 0, held.short[key], info.title or ""), (names, info.title or "", ""))
    for element in held.elements.values():
        page = held.addresses.page(element.id)
        place = 0 if page == element.id else _SECTION_OF_PUBLICATION if page is None else page.partition(":")[2]
        ref = held.ref(element.id)
        shown = (numbers[element.publication], element.local, place, ref.label, words.brief(ref.name, 90))
        names = f"{held.short[element.publication]} {element.publication} {element.local} {element.label or ''}"
        gone = () if element.is_in_force else (1,)
        yield Found((*shown, *gone), (names, element.title or ref.label, element.summary or ""))
    for profile in held.profiles.values():
        yield Found((-1, profile.key, 0, profile.title, ""), (f"profile {profile.key}", profile.title, profile.summary))


def _serialized(documents: list[tuple[str, ...]]) -> dict[str, object]:
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
