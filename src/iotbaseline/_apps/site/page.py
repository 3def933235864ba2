"""A page before it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import field, frozen


@frozen(kw_only=True)
class Page:
    """The address of a page, its title and description, the template that draws it, and the facts that this shows."""

    address: str
    title: str
    about: str
    template: str
    facts: Mapping[str, object] = field(default=MappingProxyType({}))
    area: str = ""
    """The entry of the menu that it belongs to."""

    @property
    def root(self) -> str:
        """The way from the page to the folder of the site."""
        return "../" * self.address.count("/")
