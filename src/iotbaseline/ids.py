"""Identifiers parsed and printed; pure functions that know the notations but not the data.

A publication is named by NIST's PubID in any usual spelling, an element by a CURIE
``publication:local``. Two spellings are the same when they fold to the same text.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

from iotbaseline.errors import IdentifierSyntaxError, shorten

MAX_LENGTH = 200
"""No identifier is longer than this many characters."""

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?10\.6028/", re.IGNORECASE)
_REVISION = re.compile(r"(?<![a-z])rev(?:ision)?[\s._-]*(\d+)")
_SERIES = (
    (re.compile(r"\bnist[\s._-]*ir"), "ir"),
    (re.compile(r"\b(?:internal|interagency) report\b"), "ir"),
    (re.compile(r"\bspecial publication\b"), "sp"),
    (re.compile(r"\b(?:second|2nd) public draft\b"), "2pd"),
    (re.compile(r"\binitial public draft\b"), "ipd"),
    (re.compile(r"\bnist\b"), ""),
)
_SEPARATORS = re.compile(r"[\W_]+")
_TOKENS = re.compile(r"[a-z]+|\d+")

_REFERENCE = re.compile(
    r"(?:(?P<family>[A-Z]{2}) ?: ?)?(?P<code>[A-Z]{3})(?: ?\((?P<items>[^()]*)\))?(?:, ?| |$)", re.IGNORECASE
)
_ITEM = re.compile(r"(?P<number>\d+)?(?P<letter>[a-z])?(?:\.(?P<roman>[ivx]+))?")
_NOTATION = "write e.g. 'CS:AEI(1)' or 'DO:SMP(5e,f,g,h)', each number and letter by itself (there are no ranges)"

_BARE = (
    (re.compile(r"(?:DI|DC|DP|LA|SU|CS|DS|DO|IQ|ID|EA):[A-Z]{3}(?:\([^()]*\))?", re.IGNORECASE), "sp800-213a"),
    (re.compile(r"[a-z]{2}-\d{1,2}(?:\(\d{1,2}\)|\.\d{1,2})?", re.IGNORECASE), "sp800-53r5"),
    (re.compile(r"[a-z]{2}\.[a-z]{2}-\d\d", re.IGNORECASE), "csf2.0"),
    (re.compile(r"[a-z]{2}\.[a-z]{2}-\d", re.IGNORECASE), "csf1.1"),
)


def text(value: object) -> str:
    """Return ``value`` if it is a text, else raise :class:`~iotbaseline.errors.IdentifierSyntaxError`."""
    if not isinstance(value, str):
        raise IdentifierSyntaxError(f"an identifier is a string, not {type(value).__name__}; pass e.g. 'ir8425'")
    return value


def checked(value: object) -> str:
    """Return ``value`` trimmed, with typographic dashes and spaces made plain.

    Raises :class:`~iotbaseline.errors.IdentifierSyntaxError` if it is not a string, is empty or longer than
    200 characters, or holds a character that no identifier has (a Cyrillic look-alike, say).
    """
    given = text(value)
    if len(given) > MAX_LENGTH:
        raise IdentifierSyntaxError(f"{shorten(given)} is too long for an identifier (at most {MAX_LENGTH} characters)")
    plain = " ".join(unicodedata.normalize("NFKC", given).translate(_DASHES).split())
    if not plain:
        raise IdentifierSyntaxError("an identifier cannot be empty; pass e.g. 'ir8425' or 'ir8425:data-protection.1'")
    for place, character in enumerate(plain, 1):
        if not " " <= character <= "~":
            name = unicodedata.name(character, f"U+{ord(character):04X}")
            raise IdentifierSyntaxError(f"{shorten(given)} has {name} at place {place}; identifiers are plain ASCII")
    return plain


def fold_publication(text: str) -> str:
    """Fold the spelling of a publication: ``NIST SP 800-53 Rev. 5`` and ``sp800-53r5`` give the same text."""
    folded = _REVISION.sub(r"r\1", _DOI.sub("", text).lower().replace("_", " "))
    for pattern, short in _SERIES:
        folded = pattern.sub(short, folded)
    return _SEPARATORS.sub("", folded)


def fold_local(text: str) -> str:
    """Fold the spelling of an element within its publication: ``AC-02(03)`` and ``ac-2.3`` give the same text."""
    return ".".join(token.lstrip("0") or "0" for token in _TOKENS.findall(text.lower()))


def split(text: str) -> tuple[str | None, str]:
    """Split a checked identifier into publication and local part; the publication is ``None`` if none is named.

    A DOI address with a fragment is understood like a CURIE, and the bare notations of SP 800-53 and of the
    Cybersecurity Framework name their publication by themselves.
    """
    address = _DOI.sub("", text)
    if address != text:
        publication, hash_sign, local = address.partition("#")
        return (publication, local) if hash_sign else (None, text)
    for pattern, key in _BARE:
        if pattern.fullmatch(text):
            return key, text
    publication, colon, local = text.partition(":")
    return (publication, local) if colon else (None, text)


def control_label(control: str) -> str:
    """Print an SP 800-53 control identifier as the publication does: ``ac-2.3`` becomes ``AC-2(3)``."""
    base, dot, enhancement = control.partition(".")
    return f"{base.upper()}({enhancement})" if dot else base.upper()


def requirement_label(local: str) -> str:
    """Print a local identifier of SP 800-213A in its own notation: ``DO.SMP.5.e`` becomes ``DO:SMP(5e)``."""
    family, *rest = local.split(".")
    sub_capability, items = rest[:1], rest[1:]
    numbered = "".join(items[:2]) + "".join(f".{item}" for item in items[2:])
    return ":".join([family, *sub_capability]) + (f"({numbered})" if items else "")


def contract_reference(local_ids: Iterable[str]) -> str:
    """Print local identifiers of SP 800-213A as one reference, the reverse of :func:`expand_reference`."""
    printed = ""
    code, number = "", ""
    for local in local_ids:
        family, sub_capability, *items = local.split(".")
        label = requirement_label(local)
        if not items or not printed.endswith(")") or code != f"{family}.{sub_capability}":
            printed += f", {label}" if printed else label
        elif len(items) > 1 and items[0] == number:
            printed = f"{printed[:-1]},{'.'.join(items[1:])})"
        else:
            printed = f"{printed[:-1]},{label.partition('(')[2]}"
        code, number = f"{family}.{sub_capability}", items[0] if items else ""
    return printed


def expand_reference(text: str) -> tuple[str, ...]:
    """Expand a reference in the notation of SP 800-213A, section 1.4, to local identifiers.

    ``DO:SMP(5e,f,g,h)`` gives ``DO.SMP.5.e`` to ``DO.SMP.5.h``; ``LA: ROL(1), ROL(2)`` carries the family on.
    Raises :class:`~iotbaseline.errors.IdentifierSyntaxError` for anything else, such as a range.
    """
    found: list[str] = []
    family = ""
    place = 0
    for part in _REFERENCE.finditer(text):
        if part.start() != place:
            break
        place = part.end()
        family = (part["family"] or family).upper()
        if not family:
            raise IdentifierSyntaxError(f"{shorten(text)} names no capability; {_NOTATION}")
        items = part["items"]
        code = f"{family}.{part['code'].upper()}"
        found += [".".join([code, *item]) for item in _items(text, items.lower())] if items is not None else [code]
    if not found or place != len(text) or text.endswith((",", " ")):
        raise IdentifierSyntaxError(f"{shorten(text)} is not a reference at {shorten(text[place:])}; {_NOTATION}")
    return tuple(found)


def _items(text: str, items: str) -> list[list[str]]:
    """Expand what stands in the parentheses: ``5e,f`` gives 5.e and 5.f."""
    found: list[list[str]] = []
    number = ""
    for item in items.replace(" ", "").split(","):
        match = _ITEM.fullmatch(item)
        number = (match["number"] or number) if match else ""
        if not item or match is None or not number:
            raise IdentifierSyntaxError(f"{shorten(text)} has the item {shorten(item)}; {_NOTATION}")
        found.append([part for part in (number, match["letter"], match["roman"]) if part])
    return found


def nearest(text: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known identifiers most like ``text``, best first."""
    by_fold = {name.lower(): name for name in known}
    return tuple(by_fold[name] for name in difflib.get_close_matches(text.lower(), by_fold, count, 0.5))
