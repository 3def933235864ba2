"""What tailors the elements of another publication."""

from __future__ import annotations

from typing import ClassVar

from attrs import frozen

from iotbaseline._model.element import Asks, Element, Traits


@frozen(kw_only=True, repr=False)
class OverlayEntry(Element):
    """What an overlay does with a control (SP 800-82r3, Appendix F).

    ``control`` is the control's identifier in SP 800-53; ``adds`` and ``removes`` name the baselines of SP 800-53B that
    the overlay adds it to or removes it from: ``low``, ``moderate``, ``high``.
    """

    kind: ClassVar[str] = "overlay-entry"
    control: str
    adds: tuple[str, ...] = ()
    removes: tuple[str, ...] = ()


@frozen(kw_only=True, repr=False)
class Addition(Element):
    """What a profile adds to the baselines that it tailors; no publication has it, so it is not among the ``KINDS``.

    Its identifier starts with the key of its profile, which stands in place of a publication. ``rationale`` says why
    it was added, ``sources`` what it rests on; ``levels`` are the levels of the profile that it belongs to.
    """

    kind: ClassVar[str] = "addition"
    traits: ClassVar[Traits] = Traits(asks=Asks.ALWAYS)
    rationale: str
    sources: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
