"""Every kind of element, each imported when it is first needed: making all the classes takes longer than most answers.

A new kind is one class in a module of this folder, its name in ``_HOMES`` and its word in ``_WORDS``. Type checkers
read the imports below.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from iotbaseline._model.element import Element

if TYPE_CHECKING:
    from iotbaseline._model.kinds.activities import *  # noqa: F403
    from iotbaseline._model.kinds.catalog import *  # noqa: F403
    from iotbaseline._model.kinds.criteria import *  # noqa: F403
    from iotbaseline._model.kinds.demands import *  # noqa: F403
    from iotbaseline._model.kinds.plain import *  # noqa: F403
    from iotbaseline._model.kinds.standards import *  # noqa: F403
    from iotbaseline._model.kinds.tailoring import *  # noqa: F403
    from iotbaseline._model.kinds.withdrawable import *  # noqa: F403

_HOMES = {
    "activities": "Activity Phase",
    "catalog": "ProfileEntry SubCapability",
    "criteria": "Criterion Normativity",
    "demands": "Capability CommonAction Demand Demanding Provider Requirement",
    "plain": "Clause CommonElement ComponentType Discussion Example Family Feedback Function Insight Question Rationale"
    " Remark Standard Step Term Topic Utility",
    "standards": "ComponentRequirement Provision ProvisionStatus",
    "tailoring": "Addition OverlayEntry",
    "withdrawable": "Category Control Practice Subcategory Withdrawable",
}
"""The names of this folder by the module that holds each."""
_HOME = {name: home for home, names in _HOMES.items() for name in names.split()}
_WORDS = (
    "capability common-element common-action sub-capability requirement discussion profile-entry criterion rationale"
    " utility remark term activity topic question step example insight feedback component-type standard family control"
    " overlay-entry function category subcategory practice clause provision component-requirement"
)
"""The kinds that files of publications name, in the order in which they are listed."""
_CLASSES = {word: "".join(map(str.capitalize, word.split("-"))) for word in _WORDS.split()}


@cache
def __getattr__(name: str) -> type:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return cast("type", getattr(import_module(f"{__name__}.{_HOME[name]}"), name))


class _Kinds(Mapping[str, type[Element]]):
    """The classes by their words; a class is made when it is asked for."""

    def __getitem__(self, word: str) -> type[Element]:
        return __getattr__(_CLASSES[word])

    def __iter__(self) -> Iterator[str]:
        return iter(_CLASSES)

    def __len__(self) -> int:
        return len(_CLASSES)

    def __contains__(self, word: object) -> bool:
        return word in _CLASSES


KINDS: MappingProxyType[str, type[Element]] = MappingProxyType(_Kinds())
"""Every kind of element by the name it has in the files of publications."""


def is_item(element: Element, parent: Element) -> bool:
    """Whether an element is an item of its parent's statement, an example included.

    An enhancement, of a control or of a component requirement, is not: it adds to the control it stands under.
    """
    adds = element.traits.extends_own_kind and element.kind == parent.kind
    return element.traits.is_part and not adds


def is_part(element: Element, parent: Element) -> bool:
    """Whether an element is part of what its parent asks for (:data:`iotbaseline.relations.PART_OF`).

    What the parent gives as an example is not: nothing that holds for the parent need hold for it.
    """
    return is_item(element, parent) and not element.is_illustrative
