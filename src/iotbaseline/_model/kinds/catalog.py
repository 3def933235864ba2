"""The kinds that only the federal catalog has, SP 800-213A."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from iotbaseline._model.element import Asks, Element, Traits
from iotbaseline._model.kinds.demands import Demanding


@frozen(kw_only=True, repr=False)
class SubCapability(Demanding):
    """A sub-capability of SP 800-213A; ``related_controls`` are the SP 800-53 controls printed with it.

    ``demand`` is not set in the states of the online catalog.
    """

    kind: ClassVar[str] = "sub-capability"
    traits: ClassVar[Traits] = Traits(asks=Asks.IF_BARE, is_part=True)
    related_controls: tuple[str, ...] = ()


@frozen(kw_only=True, repr=False)
class ProfileEntry(Element):
    """A row of a profile table (SP 800-213A, Appendix A).

    ``selects`` names what it takes from the catalog: single requirements, or a sub-capability as a whole;
    ``related_controls`` are the controls printed in the row, ``bold_controls`` those of them that are printed in bold.
    The publication does not say why; they are not simply the controls of the LOW baseline.
    """

    kind: ClassVar[str] = "profile-entry"
    traits: ClassVar[Traits] = Traits(is_part=True)
    selects: tuple[str, ...]
    related_controls: tuple[str, ...] = ()
    bold_controls: tuple[str, ...] = ()
