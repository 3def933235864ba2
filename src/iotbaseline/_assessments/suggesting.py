"""Suggestions of evidence, from the data that ships unless another library is named."""

from __future__ import annotations

from iotbaseline._display.results import Listing
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import arguments
from iotbaseline._model.element import Element
from iotbaseline._model.suggestions import EvidenceSuggestion


@arguments.checked
def evidence_for(identifier: Element | str, *, library: Library = DEFAULT) -> Listing[EvidenceSuggestion]:
    """What an assessor would look at for an element: see :meth:`Library.evidence_for`.

    >>> [suggestion.kind.value for suggestion in ib.assessments.evidence_for("ir8425:software-update.1")]
    ['test', 'source', 'document']
    """
    return library.evidence_for(identifier)
