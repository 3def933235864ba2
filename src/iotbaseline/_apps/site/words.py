"""What the pages call things."""

from __future__ import annotations

import calendar
import re
import textwrap
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from iotbaseline._model.element import Element
from iotbaseline._model.publication import PublicationInfo
from iotbaseline.relations import Relation

RELATIONS = {
    Relation.EQUAL: "asks for the same as",
    Relation.SUBSET_OF: "lies within",
    Relation.SUPERSET_OF: "contains",
    Relation.INTERSECTS_WITH: "overlaps with",
    Relation.NO_RELATIONSHIP: "has nothing in common with",
    Relation.SUPPORTS: "supports",
    Relation.IS_SUPPORTED_BY: "is supported by",
    Relation.IDENTICAL: "is identical to",
    Relation.EQUIVALENT: "means the same as",
    Relation.CONTRARY: "is contrary to",
    Relation.RELATED: "is related to",
}
"""Each relation as it is read from subject to object."""

BASES = {
    "official": "printed by the publisher",
    "curated": "this project's judgement",
    "derived": "computed from other mappings",
    "user": "from a file of the user",
}

ROLES = {
    "baseline": "Baselines",
    "profile": "Profiles",
    "catalog": "Catalogs of requirements",
    "activities": "Activities of manufacturers",
    "guide": "Guides",
    "framework": "Frameworks",
    "regulation": "Laws and regulations",
    "method": "Methods",
    "report": "Reports",
    "feedback": "Feedback",
    "reference": "Documents that others cite",
    "user framework": "The user's own",
}
"""The groups of publications, in the order of the lists."""

_SHORT = {
    "california-sb-327": "California SB 327",
    "core-considerations-2019-02": "Core considerations (2019)",
    "cra": "Cyber Resilience Act",
    "csf1.1": "CSF 1.1",
    "csf2.0": "CSF 2.0",
    "csrc-glossary": "CSRC Glossary",
    "en303645v3.1.3": "EN 303 645 V3.1.3",
    "isvs1.0": "OWASP ISVS 1.0",
    "jc-star-1": "JC-STAR STAR-1",
    "nist-blog-2025-09-30": "NIST blog, September 2025",
    "online-catalog-2020-08": "Online catalog, August 2020",
    "online-catalog-2021-02": "Online catalog, February 2021",
    "online-catalog-2021-11": "Online catalog, November 2021",
    "router-profile-2023-11": "Router profile, draft 2023",
    "uk-cop-2018": "UK Code of Practice",
    "uk-psti-2023": "UK PSTI 2023",
}
_STAGES = {"ipd": "draft", "2pd": "second draft"}
_SERIES = re.compile(r"NIST\.(IR|SP|CSWP)\.([\w-]+?)(r\d+)?(?:\.(ipd|2pd))?")
_MOST = 34
_LONGEST = 48
"""So long is the name of an element at most that stands in place of an identifier which nobody prints."""


def short(info: PublicationInfo) -> str:
    """The short name of a publication: ``SP 800-53 r5``."""
    if info.key in _SHORT:
        return _SHORT[info.key]
    found = _SERIES.fullmatch(info.pubid or "")
    if found:
        series, number, revision, stage = found.groups()
        return " ".join(filter(None, (series, number, revision, f"({_STAGES[stage]})" if stage else None)))
    names = [name for name in (*info.aliases, info.title) if name and len(name) <= _MOST]
    return names[0] if names else brief(info.title or info.key, _MOST)


def label(element: Element, above: Sequence[Element] = ()) -> str:
    """What an element is called beside others; ``above`` is what it stands below, nearest first.

    Its printed label if that tells it apart (``AC-2``), else its title if that repeats what it stands below, else the
    printed labels and titles on the way down to it (``Data Protection 1``), else its local identifier. Where it names
    its section with a word for the number, this is kept (``Schedule 1, paragraph 1.2``).
    """
    printed = element.label or ""
    if _DISTINCT.search(printed):
        return printed
    first, *rest = [*reversed(above), element]
    if rest and first.title and (element.title or "").startswith(f"{first.title} "):
        return str(element.title)
    words = [first.label if _WORDY.search(first.label or "") else first.title, *(each.label for each in rest)]
    top, *numbers = [each or "" for each in words]
    if not all(words) or not _WORDY.search(top):
        return element.local
    section = str(getattr(element, "section", None) or "")
    if numbers and re.fullmatch(rf"{re.escape(top)}, [a-z]+ {re.escape(numbers[0])}", section):
        spelled = ".".join((section, *numbers[1:]))
    else:
        spelled = " ".join(filter(None, (top, ".".join(numbers))))
    is_printed = printed == element.local or _DISTINCT.search(element.local)
    return spelled if len(spelled) <= (_MOST if is_printed else _LONGEST) else element.local


_DISTINCT = re.compile("[A-Z]{2}")
_WORDY = re.compile("[A-Za-z]{3}")


def brief(text: str, most: int = 110) -> str:
    """The beginning of a text."""
    return textwrap.shorten(text, most, placeholder=" …")


def plural(count: int, one: str, many: str | None = None) -> str:
    """A number of things."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def kind(name: str) -> tuple[str, str]:
    """A kind of element in the singular and in the plural: ``sub-capability``, ``sub-capabilities``."""
    one = name if name == "sub-capability" else name.replace("-", " ")
    return one, _PLURALS.get(one, f"{one[:-1]}ies" if one.endswith("y") else f"{one}s")


_PLURALS = {"criterion": "criteria", "feedback": "feedback"}


def listed(texts: Iterable[str]) -> str:
    """Several things in one sentence: ``one, two and three``."""
    *most, last = texts
    return f"{', '.join(most)} and {last}" if most else last


def evidence(text: str) -> str:
    """What a change rests on, as a sentence; the page says beside it who judged so."""
    return sentence(re.sub(r"^lineage record \([^)]*\): ", "", text))


def date(text: str | None) -> str:
    """A date that may lack its day: ``5 November 2021``, ``November 2021``."""
    if not text:
        return "an undated text"
    year, *rest = map(int, text.split("-"))
    names = [calendar.month_name[rest[0]]] if rest else []
    return " ".join([*map(str, rest[1:]), *names, str(year)])


def host(address: str) -> str:
    """Where an address on the web leads: ``doi.org``."""
    return urlsplit(address).netloc.removeprefix("www.")


def sentence(text: str) -> str:
    """A text with a capital letter at its beginning and a full stop at its end."""
    stop = "" if text.endswith((".", "?", "!", "”")) else "."
    return f"{text[:1].upper()}{text[1:]}{stop}" if text else ""
