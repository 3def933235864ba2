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

import iotbaseline as ib
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
_OTHERWISE = ((r"\.nist(?=\.)", ""), (r"\.nistir\b", ".ir"), (r"\.rev(?:ision)?(?=\.\d)", ".r"))
"""What people write in several ways in identifiers, and the one that is kept; ``assets/site.js`` has the same."""
_SERIALIZATION = 2
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


def script(held: Held) -> str:
    """The script that gives the browser all it searches in."""
    found = [*_found(held)]
    data = {
        "publications": [
            [key, held.short[key], _spellings(held, key), _age(held, key), _when(held.infos[key])] for key in held.infos
        ],
        "entries": [each.shown for each in found],
        "stop": sorted(STOP),
        "synonyms": SYNONYMS,
        "index": _serialized([each.texts for each in found]),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"window.iotbaselineSearch={text};\n"


def _spellings(held: Held, key: str) -> str:
    """Everything that a publication is called, as letters and numbers; a bar stands around each name."""
    names = dict.fromkeys(spelled(name) for name in (held.short[key], *held.infos[key].names))
    return f"|{'|'.join(f'{name}.' for name in names)}|"


def _age(held: Held, key: str) -> int:
    """The place of a publication among others: 0 in force, 1 no longer in force, 2 a draft."""
    return 0 if not held.is_old(key) else 1 if held.infos[key].stage in _FINAL else 2


def _when(info: ib.PublicationInfo) -> str:
    """The year and the status of a publication."""
    return f"{info.published[:4] if info.published else 'undated'} · {info.notice or info.status}"


_SECTION_OF_PUBLICATION = 1


def _found(held: Held) -> Iterator[Found]:
    """The publications, the elements, the profiles and the site's own pages.

    Shown are: the number of the publication, the local identifier, the page (``0`` for its own, ``1`` for that of the
    publication, else the local identifier of the element that has it), what it is called, its title or the beginning
    of its summary, and whether it is withdrawn. A profile has ``-1`` for a publication; a page
    of the site has ``-2``, and its address for a local identifier.
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
        shown = (_PROFILE, profile.key, 0, profile.title, "")
        yield Found(shown, (f"profile {profile.key}", profile.title, profile.summary))
    for address, name, about in PLACES:
        yield Found((_PLACE, address, 0, name, about), (name, name, about))


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
