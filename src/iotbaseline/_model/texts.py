"""What an element asks for, in the best words at hand: the one place where displays and formats get them from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

if TYPE_CHECKING:
    from iotbaseline._model.element import Element
    from iotbaseline._model.wording import Wording

OWN_WORDS = "summary of the iotbaseline project"
"""The mark of a text that is not the publisher's."""


@frozen
class ElementText:
    """The text of an element; ``wording`` is the official one that it is, or ``None`` if it is our summary."""

    text: str
    wording: Wording | None = None

    @property
    def mark(self) -> str:
        """Whose words they are: for an official wording the file with its page and hash."""
        return OWN_WORDS if self.wording is None else f"official wording, from {self.wording.origin}"

    def __str__(self) -> str:
        return self.text


def text_of(element: Element) -> ElementText | None:
    """The official wording if it is attached, else the summary, with its mark; ``None`` if there is neither."""
    if element.wording is not None:
        return ElementText(element.wording.text, element.wording)
    return ElementText(element.summary) if element.summary else None
