"""Whose words the text of an element is."""

from __future__ import annotations

from iotbaseline._model.kinds import Requirement
from iotbaseline._model.texts import OWN_WORDS, text_of
from iotbaseline._model.wording import Wording

WORDING = Wording(text="The device keeps a log.", source="copy.pdf", sha256="ab" * 32, page=3)


def test_the_official_wording_comes_before_the_summary() -> None:
    told = text_of(Requirement(id="k:1", summary="Keep a log.", wording=WORDING))
    assert told is not None
    assert (str(told), told.wording) == ("The device keeps a log.", WORDING)
    assert told.mark == f"official wording, from copy.pdf, page 3 of the file (SHA-256 {'ab' * 32})"


def test_a_summary_says_that_it_is_ours() -> None:
    told = text_of(Requirement(id="k:1", summary="Keep a log."))
    assert told is not None
    assert (told.text, told.wording, told.mark) == ("Keep a log.", None, OWN_WORDS)


def test_an_element_without_a_text() -> None:
    assert text_of(Requirement(id="k:1", title="Logs")) is None
